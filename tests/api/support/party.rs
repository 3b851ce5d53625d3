//! Somebody at a connection who is not known to the business, for the tests of the road alone.

use futures_util::future::BoxFuture;
use trek_tribe::{
    live::{
        events::{Answer, ClientEvent, Joined, Message},
        server::party::Party,
        topic::{ThingId, Topic},
    },
    shared::error::AppError,
};

/// Somebody who may join everything. What was said before they join is what the business says.
pub struct Anybody {
    pub person: ThingId,
    pub said: Vec<Message>,
}

impl Party for Anybody {
    fn person(&self) -> ThingId {
        self.person
    }

    fn session(&self) -> ThingId {
        self.person
    }

    fn own_topics(&self) -> Vec<Topic> {
        vec![Topic::AllLeads]
    }

    fn is_signed_in(&self) -> BoxFuture<'_, Result<bool, AppError>> {
        Box::pin(async { Ok(true) })
    }

    fn join(&self, _: Topic, after_seq: Option<u32>) -> BoxFuture<'_, Result<Joined, AppError>> {
        let last_seq = self.said.last().map_or(0, |message| message.seq);
        let missed = self.said.iter().filter(|message| after_seq.is_some_and(|after| message.seq > after));
        let joined =
            Joined { messages: missed.cloned().collect(), last_seq, more: false, other_read_seq: 0, online: false };
        Box::pin(async { Ok(joined) })
    }

    fn carry_out(&self, _: ClientEvent) -> BoxFuture<'_, Result<Answer, AppError>> {
        Box::pin(async { Ok(Answer::Done {}) })
    }
}
