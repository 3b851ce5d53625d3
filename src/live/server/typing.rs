//! Who types says so again and again. Who does not any more, or is gone, has what they began taken back for them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{task::AbortHandle, time::sleep};

use super::{lock::lock, party::Party};
use crate::live::{
    events::{ClientEvent, TYPING_SECS},
    topic::ThingId,
};

/// The conversations in which somebody types over one connection.
#[derive(Debug, Default)]
pub(super) struct Typing {
    ends: Mutex<HashMap<ThingId, AbortHandle>>,
}

impl Typing {
    /// They have said that they type: it counts for [`TYPING_SECS`].
    pub(super) fn begin(&self, conversation: ThingId, party: &Arc<dyn Party>) {
        let party = party.clone();
        let end = tokio::spawn(async move {
            sleep(Duration::from_secs(TYPING_SECS.into())).await;
            take_back(&*party, conversation).await;
        });
        let mut ends = lock(&self.ends);
        ends.retain(|_, end| !end.is_finished());
        if let Some(before) = ends.insert(conversation, end.abort_handle()) {
            before.abort();
        }
    }

    /// They have said that they do not type any more.
    pub(super) fn end(&self, conversation: ThingId) {
        if let Some(end) = lock(&self.ends).remove(&conversation) {
            end.abort();
        }
    }

    /// They are gone.
    pub(super) async fn end_all(&self, party: &dyn Party) {
        let ends = std::mem::take(&mut *lock(&self.ends));
        for (conversation, end) in ends.into_iter().filter(|(_, end)| !end.is_finished()) {
            end.abort();
            take_back(party, conversation).await;
        }
    }
}

async fn take_back(party: &dyn Party, conversation_id: ThingId) {
    if let Err(error) = party.carry_out(ClientEvent::StopTyping { conversation_id }).await {
        tracing::debug!(%error, "that somebody types no more cannot be told");
    }
}
