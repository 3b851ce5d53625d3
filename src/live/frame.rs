//! Frames of the browser's door: an event as JSON (`{name: payload}`), or the number of a question and its answer as JSON (`7{…}`). A
//! client puts the number before an event that it wants an answer to.

use std::sync::Arc;

use super::events::{Answer, ClientEvent, ServerEvent};
use crate::shared::error::AppError;

/// No frame of a client is larger, in bytes.
pub const MAX_FRAME: usize = 64 * 1024;

/// A frame from the server. An event is written once for all its readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerFrame(Arc<str>);

/// What a frame from the server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Something happened.
    Event(ServerEvent),
    /// The answer to the question of that number.
    Answer(u32, Answer),
}

impl ServerFrame {
    /// A frame of which the text was made before.
    pub const fn new(text: Arc<str>) -> Self {
        Self(text)
    }

    /// An answer.
    pub fn answer(ack: u32, answer: &Answer) -> Self {
        Self(format!("{ack}{}", write(answer)).into())
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What it says. Read as bytes, by the code that also reads pages.
    ///
    /// # Errors
    /// [`AppError::MalformedRequest`] when it is none of ours.
    pub fn read(&self) -> Result<Heard, AppError> {
        let (ack, rest) = split_number(&self.0);
        match ack {
            Some(ack) => serde_json::from_slice(rest.as_bytes()).map(|answer| Heard::Answer(ack, answer)),
            None => serde_json::from_slice(rest.as_bytes()).map(Heard::Event),
        }
        .map_err(|_| unreadable())
    }
}

/// The text of an event.
pub fn write_event(event: &ServerEvent) -> String {
    write(event)
}

/// A frame from a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFrame {
    /// The number under which it wants to be answered.
    pub ack: Option<u32>,
    /// What it asks for, or why that cannot be read.
    pub event: Result<ClientEvent, AppError>,
}

impl ClientFrame {
    /// The frame of that text.
    pub fn read(text: &str) -> Self {
        let (ack, rest) = split_number(text);
        Self { ack, event: serde_json::from_str(rest).map_err(|_| unreadable()) }
    }

    /// Its text; empty when there is nothing to ask.
    pub fn text(&self) -> String {
        let number = self.ack.map(|ack| ack.to_string()).unwrap_or_default();
        self.event.as_ref().map(|event| format!("{number}{}", write(event))).unwrap_or_default()
    }
}

/// Our own types have no map whose keys are no texts, and so can always be written.
fn write(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn split_number(text: &str) -> (Option<u32>, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    number.parse().map_or((None, text), |number| (Some(number), rest))
}

fn unreadable() -> AppError {
    AppError::MalformedRequest("This is no event of the protocol.".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{live::events::ChangedKind, shared::id::Id};

    #[test]
    fn frames_are_read_as_they_are_written() {
        let event = ServerEvent::Changed { kind: ChangedKind::Ticket, id: Some(Id::from_bytes([7; 12])) };
        assert_eq!(ServerFrame::new(write_event(&event).into()).read(), Ok(Heard::Event(event)));
        assert_eq!(ServerFrame::answer(7, &Answer::Done {}).read(), Ok(Heard::Answer(7, Answer::Done {})));
        let asked = ClientFrame {
            ack: Some(12),
            event: Ok(ClientEvent::LeaveConversation { conversation_id: Id::from_bytes([7; 12]) }),
        };
        assert_eq!(ClientFrame::read(&asked.text()), asked);
    }

    #[test]
    fn what_cannot_be_read_is_refused_under_its_number() {
        for (text, ack) in [("", None), ("7", Some(7)), ("9{", Some(9)), ("{}", None), ("99999999999{}", None)] {
            let frame = ClientFrame::read(text);
            assert!(frame.event.is_err(), "{text}");
            assert_eq!(frame.ack, ack, "{text}");
        }
    }
}
