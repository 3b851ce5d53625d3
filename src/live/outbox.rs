//! What was said in conversations and has not arrived yet: it stays until it has, wherever in the pages its writer is by then.

use leptos::prelude::*;

use super::{
    connection::{Connection, LineState},
    events::{Answer, ClientEvent, NewMessage},
    topic::ThingId,
};
use crate::shared::{error::AppError, time::Time};

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnItsWay {
    /// The message.
    pub message: NewMessage,
    /// How far it has come.
    pub way: Way,
}

impl OnItsWay {
    fn is_unsent(&self) -> bool {
        !matches!(self.way, Way::Stored { .. })
    }
}

/// How far a message has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// It is on its way.
    Sending,
    /// The connection broke before the answer: it is sent again when it is back, and stored once all the same.
    Waiting,
    /// It was refused, and why.
    Refused(String),
    /// It is stored, and the page that listens there shows it in its order.
    Stored {
        /// Its id.
        id: ThingId,
        /// Its place in the conversation.
        seq: u32,
        /// When.
        sent_at: Time,
    },
}

impl Connection {
    /// What is on its way, and what was refused, in all conversations, in the order in which it was written.
    pub fn outbox(self) -> Signal<Vec<OnItsWay>> {
        self.outbox.into()
    }

    /// Sends a message, until it is stored or refused.
    pub fn post(self, message: NewMessage) {
        let client_id = message.client_id.clone();
        self.outbox.try_update(|outbox| outbox.push(OnItsWay { message, way: Way::Sending }));
        self.send_again(client_id);
    }

    /// Sends what has not arrived once more, under the same id.
    pub fn send_again(self, client_id: String) {
        self.note(&client_id, Way::Sending);
        let message = self.outbox.try_with_untracked(|outbox| {
            outbox.iter().find(|sent| sent.message.client_id == client_id).map(|sent| sent.message.clone())
        });
        let Some(Some(message)) = message else { return };
        let conversation_id = message.conversation_id;
        self.ask(ClientEvent::SendMessage(message), move |answer| match answer {
            Ok(Answer::Stored { id, seq, sent_at }) if self.is_joined(conversation_id) => {
                self.note(&client_id, Way::Stored { id, seq, sent_at });
            }
            // It is shown where it was said, when that is opened again.
            Ok(Answer::Stored { .. }) => self.forget(|sent| sent.message.client_id == client_id),
            Ok(Answer::Refused { message, .. }) => self.note(&client_id, Way::Refused(message)),
            Ok(_) => self.note(&client_id, Way::Refused(AppError::Internal.message())),
            Err(_) => self.note(&client_id, Way::Waiting),
        });
    }

    /// Sends what was on its way when the connection broke, in the order in which it was written.
    pub(super) fn send_what_waits(self) {
        let waiting = self.outbox.try_with_untracked(|outbox| {
            let waiting = outbox.iter().filter(|sent| sent.way == Way::Waiting);
            waiting.map(|sent| sent.message.client_id.clone()).collect::<Vec<_>>()
        });
        waiting.into_iter().flatten().for_each(|client_id| self.send_again(client_id));
    }

    /// Whether something would be lost with the tab.
    pub(super) fn has_unsent(self) -> bool {
        self.outbox.try_with_untracked(|outbox| outbox.iter().any(OnItsWay::is_unsent)).unwrap_or_default()
    }

    /// Nothing is sent any more: whoever wrote it has to sign in again.
    pub(super) fn give_up_outbox(self) {
        let why = LineState::SignedOut.words().unwrap_or_default();
        self.outbox.try_update(|outbox| {
            let unsent = outbox.iter_mut().filter(|sent| sent.is_unsent());
            unsent.for_each(|sent| sent.way = Way::Refused(why.to_owned()));
        });
    }

    /// Forgets what has arrived.
    pub fn forget(self, has_arrived: impl Fn(&OnItsWay) -> bool) {
        if self.outbox.try_with_untracked(|outbox| outbox.iter().any(&has_arrived)) == Some(true) {
            self.outbox.try_update(|outbox| outbox.retain(|sent| !has_arrived(sent)));
        }
    }

    fn note(self, client_id: &str, way: Way) {
        self.outbox.try_update(|outbox| {
            if let Some(sent) = outbox.iter_mut().find(|sent| sent.message.client_id == client_id) {
                sent.way = way;
            }
        });
    }
}
