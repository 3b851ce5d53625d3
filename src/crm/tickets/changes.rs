//! What is done to a ticket beside writing in it, as it is sent: steps, the assignee, the priority, the rating.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        tickets::{
            message::MAX_TEXT,
            status::TicketStatus,
            ticket::{Rating, Ticket, TicketPriority},
        },
    },
    shared::{
        checks::Checks,
        error::AppError,
        lifecycle::{By, Lifecycle},
        time::Time,
    },
};

/// The longest comment of a rating, in characters.
pub const MAX_COMMENT: usize = 1_000;

/// A step of the lifecycle that somebody takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewStatus {
    /// Where it leads.
    pub status: TicketStatus,
    /// Why; the requester reads it. Needed for `resolved`: then it says how.
    #[serde(default)]
    pub note: Option<String>,
    /// The version that was looked at.
    pub version: u32,
}

impl NewStatus {
    /// The note, if this step can be taken from there.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for a step that is for others, [`AppError::InvalidInput`] for a note that is missing or too long,
    /// [`AppError::Conflict`] for a stale version, [`AppError::StepRefused`] for a step that there is not.
    pub fn check(&self, before: &Ticket, by: By) -> Result<Option<String>, AppError> {
        let step = before.status.check_step(self.status, by).map(drop);
        if step == Err(AppError::Forbidden) {
            return Err(AppError::Forbidden);
        }
        let note = check_note(self.status, self.note.as_deref().unwrap_or_default())?;
        before.require_version(self.version)?;
        step.map(|()| note)
    }
}

/// The note of a step to that status, trimmed; nothing is no note.
fn check_note(to: TicketStatus, note: &str) -> Result<Option<String>, AppError> {
    let mut checks = Checks::new();
    let note = checks.optional_text("note", "The note", note, MAX_TEXT);
    let is_told = to != TicketStatus::Resolved || !note.is_empty() || checks.has("note");
    checks.require("note", is_told, "Say how it was resolved: the requester reads it.");
    checks.finish()?;
    Ok(Some(note).filter(|note| !note.is_empty()))
}

/// That a ticket is solved, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewResolution {
    /// How; the requester reads it.
    pub note: String,
    /// The version that was looked at.
    pub version: u32,
}

impl From<NewResolution> for NewStatus {
    fn from(NewResolution { note, version }: NewResolution) -> Self {
        Self { status: TicketStatus::Resolved, note: Some(note), version }
    }
}

/// Who is to work on a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewAssignee {
    /// An admin.
    pub assignee_id: UserId,
    /// The version that was looked at.
    pub version: u32,
}

/// How soon a ticket is needed, as an admin sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPriority {
    /// How soon.
    pub priority: TicketPriority,
    /// The version that was looked at.
    pub version: u32,
}

/// How content the requester was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewRating {
    /// 1 to 5.
    pub score: u8,
    /// Why; at most [`MAX_COMMENT`] characters.
    #[serde(default)]
    pub comment: Option<String>,
}

impl NewRating {
    /// The rating, given at that time.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for a score beyond 1 to 5 or a comment that is too long.
    pub fn check(&self, at: Time) -> Result<Rating, AppError> {
        let mut checks = Checks::new();
        checks.require("score", (1..=5).contains(&self.score), "A rating is a number from 1 to 5.");
        let comment =
            checks.optional_text("comment", "The comment", self.comment.as_deref().unwrap_or_default(), MAX_COMMENT);
        checks.finish()?;
        Ok(Rating { score: self.score, comment: Some(comment).filter(|comment| !comment.is_empty()), at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(status: TicketStatus, note: Option<&str>, version: u32) -> NewStatus {
        NewStatus { status, note: note.map(str::to_owned), version }
    }

    fn in_progress() -> Ticket {
        let mut ticket = Ticket::sample();
        ticket.enter(TicketStatus::InProgress, Time::from_millis(1));
        ticket
    }

    #[test]
    fn what_is_wrong_is_said_in_the_order_of_the_contract() {
        let ticket = in_progress();
        let check = |step: NewStatus, by| step.check(&ticket, by);
        assert_eq!(check(step(TicketStatus::Resolved, None, 9), By::Requester), Err(AppError::Forbidden));
        let unsaid = check(step(TicketStatus::Resolved, Some(" "), 9), By::Admin).unwrap_err();
        assert_eq!(unsaid.fields().into_keys().collect::<Vec<_>>(), ["note"]);
        assert_eq!(check(step(TicketStatus::Resolved, Some("Paid."), 9), By::Admin), Err(AppError::stale()));
        let nowhere = check(step(TicketStatus::Closed, None, 1), By::Admin).unwrap_err();
        assert_eq!(nowhere.code(), "step_refused");
        assert_eq!(check(step(TicketStatus::Resolved, Some(" Paid. "), 1), By::Admin), Ok(Some("Paid.".into())));
    }

    #[test]
    fn a_rating_is_1_to_5() {
        let rate = |score| NewRating { score, comment: Some(" ".into()) }.check(Time::from_millis(0));
        assert!((1..=5).all(|score| rate(score).is_ok_and(|rating| rating.comment.is_none())));
        assert!(rate(0).is_err() && rate(6).is_err());
    }
}
