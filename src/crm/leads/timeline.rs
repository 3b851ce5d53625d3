//! What happened between a traveller and an organizer: interactions and changes of status, the newest last.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{lead::Lead, status::LeadStatus},
    },
    shared::{checks::Checks, error::AppError, id::Id, named::named, time::Time},
};

/// The longest text of an interaction, in characters.
pub const MAX_TEXT: usize = 4_000;
/// A device's clock may be ahead by so much.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
/// How far back something can be logged.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 366 * 5);

/// How somebody got in touch, or that somebody wrote something down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum InteractionKind {
    /// An e-mail.
    Email,
    /// A call.
    Call,
    /// A chat message.
    Chat,
    /// A message on the site.
    Message,
    /// A meeting.
    Meeting,
    /// A note for the organizer alone: nothing went either way.
    Note,
    /// A WhatsApp message.
    Whatsapp,
}

named!(InteractionKind {
    Email = "email", "E-mail";
    Call = "call", "Call";
    Chat = "chat", "Chat";
    Message = "message", "Message";
    Meeting = "meeting", "Meeting";
    Note = "note", "Note";
    Whatsapp = "whatsapp", "WhatsApp";
});

impl InteractionKind {
    /// Whether something went from one to the other.
    pub const fn is_contact(self) -> bool {
        !matches!(self, Self::Note)
    }

    /// Whether it moves a `new` lead to `contacted` by itself.
    pub const fn makes_contacted(self) -> bool {
        matches!(self, Self::Email | Self::Call | Self::Whatsapp | Self::Meeting)
    }
}

/// On whose side somebody acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Side {
    /// The one who is interested.
    Traveller,
    /// The one who sells.
    Organizer,
    /// The marketplace.
    Admin,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Author {
    /// On whose side.
    pub side: Side,
    /// Their account, if they have one.
    pub id: Option<UserId>,
    /// Their name at that time.
    pub name: String,
}

/// Something that went from one to the other, or was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Interaction {
    /// The id.
    pub id: InteractionId,
    /// How.
    #[serde(rename = "type")]
    pub kind: InteractionKind,
    /// What was said, or what it was about.
    pub text: String,
    /// When it happened.
    pub at: Time,
    /// Who did it.
    pub by: Author,
}

/// The id of an [`Interaction`].
pub type InteractionId = Id<Interaction>;

/// A step of the lifecycle that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct StatusChange {
    /// Where it stood.
    pub from: LeadStatus,
    /// Where it stands since.
    pub to: LeadStatus,
    /// Who took it.
    pub by: Author,
    /// When.
    pub at: Time,
    /// Why, or by what.
    pub note: Option<String>,
}

/// A lead with everything that happened to it, as demo data brings it.
#[derive(Debug, Clone)]
pub struct LeadHistory {
    /// The lead as it stands now.
    pub lead: Lead,
    /// What went either way, or was noted.
    pub interactions: Vec<Interaction>,
    /// The steps that were taken.
    pub steps: Vec<(InteractionId, StatusChange)>,
}

/// An interaction that somebody logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewInteraction {
    /// How they got in touch.
    #[serde(rename = "type")]
    pub kind: InteractionKind,
    /// What was said; 1 to [`MAX_TEXT`] characters.
    pub text: String,
    /// When; now unless given.
    #[serde(default)]
    pub at: Option<Time>,
}

impl NewInteraction {
    /// The same with its text trimmed and its time known.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for a text that is missing or too long, or a time that is not in the past five years.
    pub fn check(&self, now: Time) -> Result<(String, Time), AppError> {
        let mut checks = Checks::new();
        let text = checks.text("text", "The text", &self.text, MAX_TEXT);
        let at = self.at.unwrap_or(now);
        checks.require(
            "at",
            at <= now + CLOCK_TOLERANCE,
            "This lies ahead. Log what has happened; plan with a follow-up.",
        );
        checks.require("at", at >= now - OLDEST, "This is more than five years ago.");
        checks.finish()?;
        Ok((text, at.min(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_call_whatsapp_and_meeting_make_a_lead_contacted() {
        let making: Vec<_> =
            InteractionKind::ALL.iter().filter(|kind| kind.makes_contacted()).map(|kind| kind.as_str()).collect();
        assert_eq!(making, ["email", "call", "meeting", "whatsapp"]);
    }

    #[test]
    fn what_lies_ahead_cannot_be_logged() {
        let now = Time::from_millis(1_764_000_000_000);
        let logged =
            |at| NewInteraction { kind: InteractionKind::Call, text: " Spoke ".into(), at: Some(at) }.check(now);
        assert_eq!(logged(now), Ok(("Spoke".into(), now)));
        assert!(logged(now + SignedDuration::from_hours(1)).is_err());
        assert!(logged(now - SignedDuration::from_hours(24 * 365 * 6)).is_err());
    }
}
