//! What is said in a ticket: messages that both sides read, notes that admins alone read, and the steps that were taken.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        files::file::{Attachment, FileId},
        tickets::{status::TicketStatus, ticket::Ticket},
    },
    shared::{checks::Checks, error::AppError, excerpt::excerpt, id::Id, time::Time},
};

/// The longest text of a message, in characters.
pub const MAX_TEXT: usize = 5_000;
/// Where one line of a text is shown it has at most so many characters.
pub const EXCERPT: usize = 160;

/// On whose side somebody acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum TicketSide {
    /// Who asked.
    Requester,
    /// Who helps.
    Admin,
    /// Nobody: time has passed.
    System,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketAuthor {
    /// On whose side.
    pub side: TicketSide,
    /// Their account.
    pub id: Option<UserId>,
    /// Their name at that time.
    pub name: String,
}

/// The id of a [`TicketMessage`].
pub type TicketMessageId = Id<TicketMessage>;

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketMessage {
    /// The id.
    pub id: TicketMessageId,
    /// Who said it.
    pub by: TicketAuthor,
    /// What they said.
    pub text: String,
    /// Whether only admins read it.
    pub internal: bool,
    /// What they sent along.
    pub attachments: Vec<Attachment>,
    /// When.
    pub at: Time,
}

/// A step of the lifecycle that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketStep {
    /// Where it stood.
    pub from: TicketStatus,
    /// Where it stands since.
    pub to: TicketStatus,
    /// Who took it.
    pub by: TicketAuthor,
    /// When.
    pub at: Time,
    /// Why, or by what; both sides read it.
    pub note: Option<String>,
}

/// A ticket with everything that happened to it, as demo data brings it.
#[derive(Debug, Clone)]
pub struct TicketHistory {
    /// The ticket as it stands now.
    pub ticket: Ticket,
    /// The requester's name and address: it is found by them.
    pub requester: [String; 2],
    /// What was said.
    pub messages: Vec<TicketMessage>,
    /// The steps that were taken.
    pub steps: Vec<(TicketMessageId, TicketStep)>,
}

/// What was said last that both sides read, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LastReply {
    /// Who said it.
    pub by: TicketAuthor,
    /// How it begins.
    pub text: String,
    /// When.
    pub at: Time,
}

impl LastReply {
    /// What lists show of a message.
    pub fn of(by: TicketAuthor, text: &str, at: Time) -> Self {
        Self { by, text: excerpt(text, EXCERPT), at }
    }
}

/// A message as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewMessage {
    /// What is said; 1 to [`MAX_TEXT`] characters.
    pub text: String,
    /// Whether only admins read it; for admins alone.
    #[serde(default)]
    pub internal: bool,
    /// Files of who says it, which were sent before; at most five.
    #[serde(default)]
    pub attachments: Vec<FileId>,
}

/// What a page sends along with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlongWith {
    /// The version that was looked at: who writes wants to know what was said meanwhile. `None`: it is said in any case.
    pub version: Option<u32>,
    /// The step to take with a reply: asking takes the ticket to `waiting_customer`; what is said last resolves it.
    pub then: Option<TicketStatus>,
}

impl NewMessage {
    /// The text, trimmed.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for a text that is missing or too long.
    pub fn check(&self) -> Result<String, AppError> {
        let mut checks = Checks::new();
        let text = checks.text("text", "The message", &self.text, MAX_TEXT);
        checks.finish()?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_1_to_5000_characters() {
        let check = |text: &str| NewMessage { text: text.into(), internal: false, attachments: Vec::new() }.check();
        assert_eq!(check(" Hello "), Ok("Hello".into()));
        assert!(check(&"ॐ".repeat(MAX_TEXT)).is_ok());
        for wrong in [" ", "\u{0}", &"x".repeat(MAX_TEXT + 1)] {
            assert!(check(wrong).unwrap_err().fields().contains_key("text"));
        }
    }

    #[test]
    fn a_list_shows_how_a_long_message_begins() {
        let by = TicketAuthor { side: TicketSide::System, id: None, name: String::new() };
        let shown = |text: &str| LastReply::of(by.clone(), text, Time::from_millis(0)).text;
        assert_eq!(shown("One\n\n two"), "One two");
        assert_eq!(shown(&"ॐ".repeat(EXCERPT + 1)), format!("{}…", "ॐ".repeat(EXCERPT - 1)));
    }
}
