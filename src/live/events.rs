//! The one protocol of both doors: what clients ask for, what they are answered, and what they are told. Names are those of the
//! API contract (api.md, "Realtime"), and a few more that our own pages need. At the browser's door each is written as `{name: payload}`, which
//! costs a page half of what reading a name beside its payload would; Socket.IO has places of its own for the two.

use serde::{Deserialize, Serialize};

use super::topic::ThingId;
use crate::shared::{error::AppError, time::Time};

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ClientEvent {
    /// To hear of a conversation, and what was said in it after a message that the client has.
    #[serde(rename = "join:conversation")]
    JoinConversation {
        /// Which one.
        conversation_id: ThingId,
        /// The last message that the client has; without it nothing is made up for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after_seq: Option<u32>,
    },
    /// To hear no more of a conversation.
    #[serde(rename = "leave:conversation")]
    LeaveConversation {
        /// Which one.
        conversation_id: ThingId,
    },
    /// To say something.
    #[serde(rename = "message:send")]
    SendMessage(NewMessage),
    /// Begins to type.
    #[serde(rename = "typing:start")]
    StartTyping {
        /// In which conversation.
        conversation_id: ThingId,
    },
    /// Types no more.
    #[serde(rename = "typing:stop")]
    StopTyping {
        /// In which conversation.
        conversation_id: ThingId,
    },
    /// Has read up to a message.
    #[serde(rename = "message:read")]
    ReadMessages {
        /// In which conversation.
        conversation_id: ThingId,
        /// The message.
        seq: u32,
    },
    /// A page is there, and asks for a sign of life. For pages alone.
    #[serde(rename = "page:here")]
    PageHere {
        /// Who it was made for: in the browser somebody else may be signed in by now.
        user_id: ThingId,
        /// When it was made, by the clock of the server, on its first connection: what it shows is loaded anew if something was told since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made_at: Option<Time>,
    },
    /// Looks at a ticket, types in it, or has left it. Pages say so again in half of [`VIEWING_SECS`].
    #[serde(rename = "ticket:view")]
    ViewTicket {
        /// Which one.
        ticket_id: ThingId,
        /// What they do there.
        doing: Doing,
    },
}

/// Something to be said in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMessage {
    /// Where.
    pub conversation_id: ThingId,
    /// Made by the sender's device: sent twice, it is stored once.
    pub client_id: String,
    /// The words.
    pub body: String,
    /// Files that were sent before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ThingId>,
}

/// What somebody does at a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Has it open.
    Looking,
    /// Writes in it.
    Typing,
    /// Has left it.
    Gone,
}

/// How long somebody counts as looking at a ticket who has said so: pages say so again in half this time.
pub const VIEWING_SECS: u32 = 30;
/// How long somebody counts as typing who has said so.
pub const TYPING_SECS: u32 = 6;

/// What a client is answered to an event that asks for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Answer {
    /// Not done, and why.
    Refused {
        /// The code, as REST has it.
        error: String,
        /// The sentence for people.
        message: String,
    },
    /// The message is stored by a majority.
    Stored {
        /// Its id.
        id: ThingId,
        /// Its place in the conversation.
        seq: u32,
        /// When.
        sent_at: Time,
    },
    /// The conversation is joined.
    Joined(Joined),
    /// The person is known.
    Authenticated {
        /// Who it is.
        user_id: ThingId,
    },
    /// It is done.
    Done {},
}

/// A conversation that was joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Joined {
    /// What was said after `afterSeq`, in order.
    pub messages: Vec<Message>,
    /// The last message that there is; what comes live comes after it.
    pub last_seq: u32,
    /// Whether more was said than is here. Then nothing comes live before the client has joined again with the `seq` of the last of these.
    pub more: bool,
    /// How far the other side has read.
    pub other_read_seq: u32,
    /// Whether the other side is here.
    pub online: bool,
}

impl From<&AppError> for Answer {
    fn from(error: &AppError) -> Self {
        Self::Refused { error: error.code().to_owned(), message: error.message() }
    }
}

/// What a client is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum ServerEvent {
    /// Something was said in a conversation that was joined.
    #[serde(rename = "message:new")]
    MessageNew(Message),
    /// Somebody types in a conversation, or no longer; it ends by itself after [`TYPING_SECS`].
    #[serde(rename = "typing:indicator")]
    Typing {
        /// Where.
        conversation_id: ThingId,
        /// Who.
        user_id: ThingId,
        /// Whether they do.
        is_typing: bool,
    },
    /// Somebody has read up to a message.
    #[serde(rename = "message:read")]
    MessageRead {
        /// Where.
        conversation_id: ThingId,
        /// Who.
        user_id: ThingId,
        /// The message.
        seq: u32,
    },
    /// Somebody who shares a conversation has come.
    #[serde(rename = "user:online")]
    UserOnline {
        /// Who.
        user_id: ThingId,
    },
    /// Somebody who shares a conversation has gone.
    #[serde(rename = "user:offline")]
    UserOffline {
        /// Who.
        user_id: ThingId,
    },
    /// The person has a new notification.
    #[serde(rename = "notification:new")]
    NotificationNew {
        /// The notification; pages, which ask for what they show, do not read it.
        #[serde(skip_deserializing)]
        notification: Option<Notice>,
        /// How many are unread now, counted up to one more than is told.
        unread_count: u64,
    },
    /// What is shown of something may be stale.
    #[serde(rename = "changed")]
    Changed {
        /// What kind of thing.
        kind: ChangedKind,
        /// Which one; absent when it is many, or the only one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<ThingId>,
    },
    /// Somebody looks at a ticket, types in it, or has left it.
    #[serde(rename = "ticket:viewer")]
    TicketViewer {
        /// Which ticket.
        ticket_id: ThingId,
        /// Who.
        user_id: ThingId,
        /// Their name.
        name: String,
        /// What they do.
        doing: Doing,
    },
    /// Something that a client sent was refused, or it has to catch up ([`RESYNC`]).
    #[serde(rename = "error")]
    Error {
        /// The code.
        error: String,
        /// The sentence for people.
        message: String,
        /// Which message it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_id: Option<String>,
    },
}

/// The code of the error that says: news were missed, so join again and look at everything anew.
pub const RESYNC: &str = "resync";

const MISSED: &str =
    "Some news were missed. Join again with the last message that you have, and load anew what you show.";

impl Answer {
    /// That news were missed while the client was joining.
    pub fn resync() -> Self {
        Self::Refused { error: RESYNC.into(), message: MISSED.into() }
    }
}

impl ServerEvent {
    /// That news were missed.
    pub fn resync() -> Self {
        Self::Error { error: RESYNC.into(), message: MISSED.into(), client_id: None }
    }

    /// That something was refused.
    pub fn refusal(error: &AppError, client_id: Option<String>) -> Self {
        Self::Error { error: error.code().into(), message: error.message(), client_id }
    }
}

/// What may be stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedKind {
    /// A lead, and lists of leads.
    Lead,
    /// A ticket, and lists of tickets.
    Ticket,
    /// A verification.
    Verification,
    /// A subscription.
    Subscription,
    /// Figures, and what else stands on a first page.
    Dashboard,
    /// The count of what is unread: read on another device. For pages alone.
    Bell,
    /// A conversation in the list of one's own. For pages alone.
    Conversation,
}

/// A message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Where it was said.
    pub conversation_id: ThingId,
    /// The id.
    pub id: ThingId,
    /// Its place in the conversation: 1, 2, 3, without gaps.
    pub seq: u32,
    /// What the sender's device called it.
    pub client_id: String,
    /// Who said it.
    pub sender_id: ThingId,
    /// The words.
    pub body: String,
    /// The files.
    pub attachments: Vec<AttachedFile>,
    /// When.
    pub sent_at: Time,
}

/// A file that is attached to a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachedFile {
    /// The id: its bytes are at `/api/files/{id}`.
    pub id: ThingId,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u32,
    /// The name of its kind in HTTP.
    pub content_type: String,
}

/// A notification, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// The id.
    pub id: ThingId,
    /// Of which kind.
    pub kind: String,
    /// How much it presses.
    pub priority: String,
    /// What happened.
    pub title: String,
    /// The words of it.
    pub body: String,
    /// The page that shows it.
    pub link: String,
    /// When it was told.
    pub created_at: Time,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;
    use crate::shared::id::Id;

    const ID: &str = "070707070707070707070707";

    fn id() -> ThingId {
        Id::from_bytes([7; 12])
    }

    #[test]
    fn client_events_have_the_names_of_the_contract() {
        let message = NewMessage {
            conversation_id: id(),
            client_id: "c1".into(),
            body: "Is snow expected?".into(),
            attachments: Vec::new(),
        };
        let cases: [(&str, Value, ClientEvent); 6] = [
            (
                "join:conversation",
                json!({ "conversationId": ID, "afterSeq": 3 }),
                ClientEvent::JoinConversation { conversation_id: id(), after_seq: Some(3) },
            ),
            (
                "leave:conversation",
                json!({ "conversationId": ID }),
                ClientEvent::LeaveConversation { conversation_id: id() },
            ),
            (
                "message:send",
                json!({ "conversationId": ID, "clientId": "c1", "body": "Is snow expected?" }),
                ClientEvent::SendMessage(message),
            ),
            ("typing:start", json!({ "conversationId": ID }), ClientEvent::StartTyping { conversation_id: id() }),
            ("typing:stop", json!({ "conversationId": ID }), ClientEvent::StopTyping { conversation_id: id() }),
            (
                "message:read",
                json!({ "conversationId": ID, "seq": 4 }),
                ClientEvent::ReadMessages { conversation_id: id(), seq: 4 },
            ),
        ];
        for (event, payload, expected) in cases {
            let wire = json!({ event: payload });
            assert_eq!(from_value::<ClientEvent>(wire.clone()).unwrap(), expected);
            assert_eq!(to_value(&expected).unwrap(), wire);
        }
    }

    #[test]
    fn what_a_client_adds_to_a_payload_is_refused() {
        for payload in [
            json!({ "conversationId": ID, "userId": ID }),
            json!({ "conversationId": { "$ne": null } }),
            json!({}),
            json!([]),
            Value::Null,
        ] {
            let wire = json!({ "typing:start": payload });
            assert!(from_value::<ClientEvent>(wire.clone()).is_err(), "{wire}");
        }
    }

    #[test]
    fn answers_are_read_as_they_are_written() {
        let joined = Joined { messages: Vec::new(), last_seq: 2, more: false, other_read_seq: 1, online: true };
        for answer in [
            Answer::Refused { error: "not_found".into(), message: "No.".into() },
            Answer::Stored { id: id(), seq: 1, sent_at: Time::from_millis(0) },
            Answer::Joined(joined),
            Answer::Authenticated { user_id: id() },
            Answer::Done {},
        ] {
            let wire = to_value(&answer).unwrap();
            assert_eq!(from_value::<Answer>(wire.clone()).unwrap(), answer, "{wire}");
        }
    }

    #[test]
    fn a_change_of_many_things_names_none() {
        let many = ServerEvent::Changed { kind: ChangedKind::Lead, id: None };
        assert_eq!(to_value(many).unwrap(), json!({ "changed": { "kind": "lead" } }));
    }
}
