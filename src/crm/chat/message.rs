//! A message as it is stored, as it is sent, and as lists show it.

use serde::{Deserialize, Serialize};

use super::conversation::{ChatSide, ConversationId};
use crate::{
    crm::{
        accounts::user::UserId,
        files::file::{ATTACHMENTS, Attachment, FileId, MAX_ATTACHMENTS},
    },
    shared::{checks::Checks, error::AppError, excerpt::excerpt, id::Id, time::Time},
};

/// The longest body, in characters.
pub const MAX_BODY: usize = 4_000;
/// The longest id that a device can give, in characters.
pub const MAX_CLIENT_ID: usize = 64;
/// A list shows so many characters of what was said last.
const EXCERPT: usize = 160;

/// The id of a [`Message`].
pub type MessageId = Id<Message>;

/// Something that was said in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The id.
    #[serde(rename = "_id")]
    pub id: MessageId,
    /// Where it was said.
    pub conversation_id: ConversationId,
    /// Its number in the conversation: 1, 2, 3 … without gaps.
    pub seq: u32,
    /// The id that the sender's device gave it: sending it once more stores nothing.
    pub client_id: String,
    /// Who said it.
    pub sender_id: UserId,
    /// On which side.
    pub side: ChatSide,
    /// What they said; empty where files say it all.
    pub body: String,
    /// What they sent along.
    pub attachments: Vec<Attachment>,
    /// When.
    pub sent_at: Time,
}

impl Message {
    /// What was said, or that files were sent, in a line.
    pub fn words(&self) -> String {
        words_of(&self.body, self.attachments.len())
    }
}

/// What a message says where a line of text is needed.
pub fn words_of(body: &str, files: usize) -> String {
    match (body.is_empty(), files) {
        (false, _) => body.to_owned(),
        (true, 1) => "Sent a file".to_owned(),
        (true, files) => format!("Sent {files} files"),
    }
}

/// What was said last, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LastMessage {
    /// Its number.
    pub seq: u32,
    /// Who said it.
    pub sender_id: UserId,
    /// How it begins.
    pub text: String,
    /// When.
    pub sent_at: Time,
}

impl LastMessage {
    /// What lists show of a message.
    pub fn of(message: &Message) -> Self {
        let Message { seq, sender_id, sent_at, .. } = *message;
        Self { seq, sender_id, text: excerpt(&message.words(), EXCERPT), sent_at }
    }
}

/// A message as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewMessage {
    /// An id made by the sender's device, 1 to [`MAX_CLIENT_ID`] printable characters: the same one again stores nothing.
    pub client_id: String,
    /// What is said, at most [`MAX_BODY`] characters; may be empty where files are sent.
    pub body: String,
    /// Files of who says it, which were sent before; at most five.
    #[serde(default)]
    pub attachments: Vec<FileId>,
}

impl NewMessage {
    /// The body, trimmed.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with everything that is wrong.
    pub fn check(&self) -> Result<String, AppError> {
        let mut checks = Checks::new();
        let is_id = (1..=MAX_CLIENT_ID).contains(&self.client_id.len())
            && self.client_id.bytes().all(|byte| byte.is_ascii_graphic());
        checks.require(
            "clientId",
            is_id,
            format!("This is 1 to {MAX_CLIENT_ID} letters, digits or signs that your device chooses for this message."),
        );
        let body = checks.optional_text("body", "The message", &self.body, MAX_BODY);
        let says_something = !body.is_empty() || !self.attachments.is_empty() || checks.has("body");
        checks.require("body", says_something, "Write something, or attach a file.");
        let fits = self.attachments.len() <= MAX_ATTACHMENTS;
        checks.require(ATTACHMENTS, fits, format!("Attach at most {MAX_ATTACHMENTS} files."));
        checks.finish()?;
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(client_id: &str, body: &str, files: usize) -> NewMessage {
        NewMessage { client_id: client_id.into(), body: body.into(), attachments: vec![Id::from_bytes([1; 12]); files] }
    }

    fn wrong(message: &NewMessage) -> Vec<String> {
        message.check().unwrap_err().fields().into_keys().collect()
    }

    #[test]
    fn a_message_has_words_or_files() {
        assert_eq!(new("a", " Hello ", 0).check(), Ok("Hello".into()));
        assert_eq!(new("a", " ", 1).check(), Ok(String::new()));
        assert_eq!(wrong(&new("a", " ", 0)), ["body"]);
        assert_eq!(wrong(&new("a", "Look", MAX_ATTACHMENTS + 1)), ["attachments"]);
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert!(new("a", &"ॐ".repeat(MAX_BODY), 0).check().is_ok());
        for body in ["x".repeat(MAX_BODY + 1), "\u{0}".into()] {
            assert_eq!(wrong(&new("a", &body, 0)), ["body"]);
        }
    }

    #[test]
    fn a_device_gives_an_id_that_can_be_printed() {
        assert!(new(&"x".repeat(MAX_CLIENT_ID), "Hello", 0).check().is_ok());
        for id in ["", " ", "a b", "é", "a\n", &"x".repeat(MAX_CLIENT_ID + 1)] {
            assert_eq!(wrong(&new(id, "Hello", 0)), ["clientId"], "{id:?}");
        }
    }

    #[test]
    fn files_without_words_are_told_of() {
        assert_eq!([0, 1, 2].map(|files| words_of("", files)), ["Sent 0 files", "Sent a file", "Sent 2 files"]);
        assert_eq!(words_of("Look", 2), "Look");
    }
}
