//! Topics: what an event is about, and what a connection listens to.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::shared::id::Id;

/// Something that only the business knows.
#[derive(Debug)]
pub struct Thing;

/// The id of a person, a conversation, a lead…; which of them, the place says where it stands.
pub type ThingId = Id<Thing>;

/// What an event is about. Whoever is signed in listens to their own topics from the start; the others are joined, and the business
/// is asked for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// What concerns one person, on all their devices. Own.
    Person(ThingId),
    /// What concerns one session. Own.
    Session(ThingId),
    /// The leads of one organizer. Own, for that organizer.
    Leads(ThingId),
    /// All leads. Own, for admins.
    AllLeads,
    /// The queue of tickets, with what admins note in them. Own, for admins.
    TicketQueue,
    /// A conversation. Joined by its members.
    Conversation(ThingId),
    /// Who looks at a ticket and who types in it. Joined by admins.
    TicketDesk(ThingId),
}

impl Topic {
    /// Its word and what it is about.
    const fn parts(self) -> (&'static str, Option<ThingId>) {
        match self {
            Self::Person(id) => ("person", Some(id)),
            Self::Session(id) => ("session", Some(id)),
            Self::Leads(id) => ("leads", Some(id)),
            Self::AllLeads => ("leads", None),
            Self::TicketQueue => ("tickets", None),
            Self::Conversation(id) => ("conversation", Some(id)),
            Self::TicketDesk(id) => ("ticket_desk", Some(id)),
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (word, Some(id)) => write!(f, "{word}:{id}"),
            (word, None) => f.write_str(word),
        }
    }
}

/// The text names no topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no such topic.")]
pub struct NotATopic;

impl FromStr for Topic {
    type Err = NotATopic;

    fn from_str(text: &str) -> Result<Self, NotATopic> {
        let (word, id) = match text.split_once(':') {
            Some((word, id)) => (word, Some(id.parse().map_err(|_| NotATopic)?)),
            None => (text, None),
        };
        Ok(match (word, id) {
            ("person", Some(id)) => Self::Person(id),
            ("session", Some(id)) => Self::Session(id),
            ("leads", Some(id)) => Self::Leads(id),
            ("leads", None) => Self::AllLeads,
            ("tickets", None) => Self::TicketQueue,
            ("conversation", Some(id)) => Self::Conversation(id),
            ("ticket_desk", Some(id)) => Self::TicketDesk(id),
            _ => return Err(NotATopic),
        })
    }
}

impl Serialize for Topic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Topic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_read_as_it_is_written() {
        let id = Id::from_bytes([7; 12]);
        for topic in [
            Topic::Person(id),
            Topic::Session(id),
            Topic::Leads(id),
            Topic::AllLeads,
            Topic::TicketQueue,
            Topic::Conversation(id),
            Topic::TicketDesk(id),
        ] {
            assert_eq!(topic.to_string().parse(), Ok(topic));
        }
        for wrong in ["", "person", "person:x", "tickets:070707070707070707070707", "*"] {
            assert_eq!(wrong.parse::<Topic>(), Err(NotATopic), "{wrong}");
        }
    }
}
