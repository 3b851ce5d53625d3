//! What opens a ticket: a question as somebody sends it, and the same once it has been checked.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        files::file::FileId,
        tickets::ticket::{TicketCategory, TicketPriority},
        trips::trip::TripId,
    },
    shared::{checks::Checks, error::AppError},
};

/// The longest subject, in characters.
pub const MAX_SUBJECT: usize = 200;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 5_000;

/// A ticket as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewTicket {
    /// What it is about, in a line; at most [`MAX_SUBJECT`] characters.
    pub subject: String,
    /// What it is about; at most [`MAX_DESCRIPTION`] characters.
    pub description: String,
    /// Of which kind.
    pub category: TicketCategory,
    /// How soon it is needed; `medium` unless said otherwise.
    #[serde(default)]
    pub priority: TicketPriority,
    /// The trip that it is about.
    #[serde(default)]
    pub trip_id: Option<TripId>,
    /// Files of who asks, which were sent before; at most five.
    #[serde(default)]
    pub attachments: Vec<FileId>,
}

/// A ticket that has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedTicket {
    /// What it is about, in a line.
    pub subject: String,
    /// What it is about.
    pub description: String,
    /// Of which kind.
    pub category: TicketCategory,
    /// How soon it is needed.
    pub priority: TicketPriority,
    /// The trip that it is about.
    pub trip_id: Option<TripId>,
}

impl NewTicket {
    /// The same, checked. `sees_trip` is whether the trip, if one is named, is there for who asks.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with everything that is wrong.
    pub fn check(&self, sees_trip: bool) -> Result<CheckedTicket, AppError> {
        let mut checks = Checks::new();
        let subject = checks.text("subject", "The subject", &self.subject, MAX_SUBJECT);
        checks.require("subject", !subject.contains(['\n', '\r']), "The subject is one line.");
        let description = checks.text("description", "The description", &self.description, MAX_DESCRIPTION);
        let trip_is_there = self.trip_id.is_none() || sees_trip;
        checks.require("tripId", trip_is_there, "There is no such trip for you. Choose another one, or none.");
        checks.finish()?;
        let Self { category, priority, trip_id, .. } = *self;
        Ok(CheckedTicket { subject, description, category, priority, trip_id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::id::Id;

    fn ticket() -> NewTicket {
        NewTicket {
            subject: " Refund ".into(),
            description: "The trek was called off.".into(),
            category: TicketCategory::Payment,
            priority: TicketPriority::High,
            trip_id: None,
            attachments: Vec::new(),
        }
    }

    fn wrong_fields(input: &NewTicket) -> Vec<String> {
        input.check(false).unwrap_err().fields().into_keys().collect()
    }

    #[test]
    fn a_ticket_is_trimmed() {
        assert_eq!(ticket().check(false).unwrap().subject, "Refund");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let input = NewTicket {
            subject: "x".repeat(MAX_SUBJECT + 1),
            description: " ".into(),
            trip_id: Some(Id::from_bytes([1; 12])),
            ..ticket()
        };
        assert_eq!(wrong_fields(&input), ["description", "subject", "tripId"]);
        assert_eq!(
            wrong_fields(&NewTicket { description: "x".repeat(MAX_DESCRIPTION + 1), ..ticket() }),
            ["description"]
        );
        assert_eq!(wrong_fields(&NewTicket { subject: "One\nTwo".into(), ..ticket() }), ["subject"]);
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert!(NewTicket { description: "ॐ".repeat(MAX_DESCRIPTION), ..ticket() }.check(false).is_ok());
    }
}
