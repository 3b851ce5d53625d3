//! What people see of conversations and messages, and what they send about them.

use serde::{Deserialize, Serialize};

use super::{
    conversation::{ChatSide, Conversation, ConversationId, SUPPORT},
    message::{LastMessage, Message, MessageId},
};
use crate::{
    crm::{
        accounts::user::{Role, UserId},
        files::file::Attachment,
        leads::lead::LeadId,
        trips::{trip::TripId, views::TripLabel},
    },
    shared::{error::AppError, time::Time},
};

/// What a conversation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum ConversationKind {
    /// A trip, with its organizer.
    Trip,
    /// Help, with the admins.
    Support,
}

/// The trip that a conversation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChatTrip {
    /// The id.
    pub id: TripId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
}

impl From<TripLabel> for ChatTrip {
    fn from(TripLabel { id, slug, title, .. }: TripLabel) -> Self {
        Self { id, slug, title }
    }
}

/// The other side of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChatPerson {
    /// The id; `null` for the admins, who are one.
    pub id: Option<UserId>,
    /// The name: a person's, or for organizers that of the business.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Whether they are here now.
    pub online: bool,
}

impl ChatPerson {
    /// The admins.
    pub fn support(online: bool) -> Self {
        Self { id: None, name: SUPPORT.to_owned(), role: Role::Admin, online }
    }
}

/// A conversation as one side of it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConversationRow {
    /// The id.
    pub id: ConversationId,
    /// What it is about.
    pub kind: ConversationKind,
    /// The other side.
    pub with: ChatPerson,
    /// The trip.
    pub trip: Option<ChatTrip>,
    /// The number of the last message; 0 before the first.
    pub last_seq: u32,
    /// What was said last.
    pub last_message: Option<LastMessage>,
    /// How far the asker has read.
    pub read_seq: u32,
    /// How far the other side has read.
    pub other_read_seq: u32,
    /// How many messages the asker has not read: `lastSeq` less `readSeq`.
    pub unread: u32,
    /// When it was opened.
    pub created_at: Time,
    /// When something was last said.
    pub updated_at: Time,
}

impl ConversationRow {
    /// What a side sees.
    pub fn new(conversation: Conversation, side: ChatSide, with: ChatPerson, trip: Option<ChatTrip>) -> Self {
        Self {
            id: conversation.id,
            kind: if conversation.is_support() { ConversationKind::Support } else { ConversationKind::Trip },
            with,
            trip,
            last_seq: conversation.last_seq,
            read_seq: conversation.read.of(side),
            other_read_seq: conversation.read.of(side.other()),
            unread: conversation.unread(side),
            last_message: conversation.last,
            created_at: conversation.created_at,
            updated_at: conversation.updated_at,
        }
    }
}

/// A message as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MessageRow {
    /// The id.
    pub id: MessageId,
    /// Where it was said.
    pub conversation_id: ConversationId,
    /// Its number in the conversation, from 1 on without gaps.
    pub seq: u32,
    /// The id that the sender's device gave it.
    pub client_id: String,
    /// Who said it.
    pub sender_id: UserId,
    /// What they said.
    pub body: String,
    /// What they sent along.
    pub attachments: Vec<Attachment>,
    /// When.
    pub sent_at: Time,
}

impl From<Message> for MessageRow {
    fn from(message: Message) -> Self {
        let Message { id, conversation_id, seq, client_id, sender_id, body, attachments, sent_at, .. } = message;
        Self { id, conversation_id, seq, client_id, sender_id, body, attachments, sent_at }
    }
}

/// What opens a conversation: exactly one of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewConversation {
    /// A trip: a traveller talks with its organizer.
    pub trip_id: Option<TripId>,
    /// A lead with an account: its organizer talks with the traveller.
    pub lead_id: Option<LeadId>,
    /// Help: travellers and organizers talk with the admins.
    pub support: bool,
}

/// From where a conversation is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The page of a trip.
    Trip(TripId),
    /// The page of a lead.
    Lead(LeadId),
    /// Anywhere: with the admins.
    Support,
}

impl NewConversation {
    /// Whether people of a role open conversations from what is named. Admins open none: whoever needs them writes first.
    pub const fn is_for(self, role: Role) -> bool {
        match role {
            Role::User => self.lead_id.is_none(),
            Role::Organizer => self.trip_id.is_none(),
            Role::Admin => false,
        }
    }

    /// From where it is opened.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] when none or several are named.
    pub fn read(self) -> Result<Opening, AppError> {
        match self {
            Self { trip_id: Some(trip), lead_id: None, support: false } => Ok(Opening::Trip(trip)),
            Self { trip_id: None, lead_id: Some(lead), support: false } => Ok(Opening::Lead(lead)),
            Self { trip_id: None, lead_id: None, support: true } => Ok(Opening::Support),
            _ => Err(AppError::field("support", "Name a trip, or a lead, or ask for support: one of them.")),
        }
    }
}

/// How far somebody has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewReadPointer {
    /// The number of the last message that they have read.
    pub seq: u32,
}

/// How far somebody has read by now, and how much is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReadPointerRow {
    /// Where.
    pub conversation_id: ConversationId,
    /// The number of the last message that they have read; never less than before.
    pub seq: u32,
    /// How many messages come after it.
    pub unread: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::id::Id;

    #[test]
    fn a_conversation_is_opened_from_one_thing() {
        let (trip, lead) = (Some(Id::from_bytes([1; 12])), Some(Id::from_bytes([2; 12])));
        let read = |trip_id, lead_id, support| NewConversation { trip_id, lead_id, support }.read();
        assert_eq!(read(None, None, true), Ok(Opening::Support));
        assert!(matches!(read(trip, None, false), Ok(Opening::Trip(_))));
        assert!(matches!(read(None, lead, false), Ok(Opening::Lead(_))));
        for (trip, lead, support) in [(None, None, false), (trip, lead, false), (trip, None, true), (None, lead, true)]
        {
            assert!(read(trip, lead, support).is_err());
        }
    }

    #[test]
    fn each_role_opens_its_own() {
        let of_trip = NewConversation { trip_id: Some(Id::from_bytes([1; 12])), ..NewConversation::default() };
        let of_lead = NewConversation { lead_id: Some(Id::from_bytes([2; 12])), ..NewConversation::default() };
        let support = NewConversation { support: true, ..NewConversation::default() };
        let possible = |role| [of_trip, of_lead, support].map(|new| new.is_for(role));
        assert_eq!(possible(Role::User), [true, false, true]);
        assert_eq!(possible(Role::Organizer), [false, true, true]);
        assert_eq!(possible(Role::Admin), [false, false, false]);
    }
}
