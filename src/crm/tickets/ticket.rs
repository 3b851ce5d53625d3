//! A ticket as it is stored, and the words that describe it. What people see of it is in `row.rs`, its lifecycle in `status.rs`,
//! its clock in `levels.rs`.

use serde::{Deserialize, Serialize};

use super::{levels::ServiceClock, message::LastReply, status::TicketStatus};
use crate::{
    crm::{
        accounts::user::{Role, UserId},
        files::file::Attachment,
        trips::trip::TripId,
    },
    shared::{
        error::AppError,
        id::Id,
        lifecycle::{By, Lifecycle},
        named::named,
        time::Time,
    },
};

pub use super::number::TicketNumber;

/// The id of a [`Ticket`].
pub type TicketId = Id<Ticket>;

/// What a ticket is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum TicketCategory {
    /// A place on a trip.
    Booking,
    /// Money.
    Payment,
    /// The review of a trip.
    Verification,
    /// Something does not work.
    Technical,
    /// A question.
    Inquiry,
    /// Somebody is not content.
    Complaint,
    /// Anything else.
    Other,
}

named!(TicketCategory {
    Booking = "booking", "Booking";
    Payment = "payment", "Payment";
    Verification = "verification", "Verification";
    Technical = "technical", "Technical";
    Inquiry = "inquiry", "Inquiry";
    Complaint = "complaint", "Complaint";
    Other = "other", "Other";
});

/// How soon it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum TicketPriority {
    /// Within days.
    Low,
    /// As usual.
    #[default]
    Medium,
    /// Within the day.
    High,
    /// Now.
    Urgent,
}

named!(TicketPriority {
    Low = "low", "Low";
    Medium = "medium", "Medium";
    High = "high", "High";
    Urgent = "urgent", "Urgent";
});

/// How content the requester was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Rating {
    /// 1 to 5.
    pub score: u8,
    /// Why.
    pub comment: Option<String>,
    /// When they said so.
    pub at: Time,
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// The id.
    #[serde(rename = "_id")]
    pub id: TicketId,
    /// What people call it by.
    pub number: TicketNumber,
    /// What it is about, in a line.
    pub subject: String,
    /// What it is about.
    pub description: String,
    /// What was sent along with the description.
    pub attachments: Vec<Attachment>,
    /// Of which kind.
    pub category: TicketCategory,
    /// How soon it is needed.
    pub priority: TicketPriority,
    /// Where it stands.
    pub status: TicketStatus,
    /// Who asked.
    pub requester: UserId,
    /// The admin who works on it.
    pub assignee: Option<UserId>,
    /// The trip that it is about.
    pub trip_id: Option<TripId>,
    /// The clock of its service level.
    pub clock: ServiceClock,
    /// What the clock says is due next; lists of late tickets are a range of it.
    pub next_due_at: Option<Time>,
    /// When it was resolved.
    pub resolved_at: Option<Time>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// How content the requester was.
    pub rating: Option<Rating>,
    /// What was said last that both sides read.
    pub last_reply: Option<LastReply>,
    /// How many notes admins have made among themselves. A note raises nothing that a requester sees.
    pub notes: u32,
    /// When it was opened.
    pub created_at: Time,
    /// When somebody last said or changed something that the requester sees.
    pub updated_at: Time,
    /// Counts changes; a stale one is refused.
    pub version: u32,
}

impl Ticket {
    /// As whom somebody meets it: admins any, everybody else their own; `None`: it does not exist for them.
    pub fn by(&self, person: UserId, role: Role) -> Option<By> {
        match role {
            Role::Admin => Some(By::Admin),
            Role::User | Role::Organizer => (self.requester == person).then_some(By::Requester),
        }
    }

    /// Lets only those pass who have seen the latest.
    ///
    /// # Errors
    /// [`AppError::Conflict`].
    pub fn require_version(&self, version: u32) -> Result<(), AppError> {
        if self.version == version { Ok(()) } else { Err(AppError::stale()) }
    }

    /// Lets nothing more be written once it is closed or cancelled.
    ///
    /// # Errors
    /// [`AppError::StepRefused`].
    pub fn require_writable(&self) -> Result<(), AppError> {
        if !self.status.is_final() {
            return Ok(());
        }
        let is = self.status.label().to_lowercase();
        let message = format!("This ticket is {is}: nothing more can be written to it. Open a new one.");
        Err(AppError::StepRefused { message, allowed_next: Vec::new() })
    }

    /// Is of that priority from now on; what is due follows.
    pub fn prioritize(&mut self, priority: TicketPriority) {
        self.priority = priority;
        self.keep_due();
    }

    /// Comes to a status: the clock goes by it, and what was resolved is so no longer once it is reopened.
    pub fn enter(&mut self, status: TicketStatus, now: Time) {
        self.status = status;
        self.clock.enter(status, now);
        match status {
            TicketStatus::Resolved => self.resolved_at = Some(now),
            TicketStatus::Closed => {}
            _ => (self.resolved_at, self.resolution, self.rating) = (None, None, None),
        }
        self.keep_due();
    }

    /// An admin has answered.
    pub fn note_answer(&mut self, now: Time) {
        self.clock.answer(now);
        self.keep_due();
    }

    /// Computes what follows from other fields: what is due next.
    pub fn keep_due(&mut self) {
        self.next_due_at = self.clock.next_due(self.priority, self.status);
    }
}

#[cfg(test)]
impl Ticket {
    /// A ticket that was just opened.
    pub(super) fn sample() -> Self {
        let (id, requester, now) = (Id::from_bytes([1; 12]), Id::from_bytes([2; 12]), Time::from_millis(0));
        let mut ticket = Self {
            id,
            number: TicketNumber::new(1),
            subject: "Refund".into(),
            description: "The trek was called off.".into(),
            attachments: Vec::new(),
            category: TicketCategory::Payment,
            priority: TicketPriority::Medium,
            status: TicketStatus::Pending,
            requester,
            assignee: None,
            trip_id: None,
            clock: ServiceClock::start(now),
            next_due_at: None,
            resolved_at: None,
            resolution: None,
            rating: None,
            last_reply: None,
            notes: 0,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        ticket.keep_due();
        ticket
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_exists_for_admins_and_for_who_asked() {
        let ticket = Ticket::sample();
        let other = Id::from_bytes([3; 12]);
        for role in Role::ALL {
            let own = if role == Role::Admin { By::Admin } else { By::Requester };
            assert_eq!(ticket.by(ticket.requester, role), Some(own), "{role:?}");
            assert_eq!(ticket.by(other, role).is_some(), role == Role::Admin, "{role:?}");
        }
    }

    #[test]
    fn nothing_is_written_once_it_is_closed_or_cancelled() {
        for status in TicketStatus::ALL {
            let ticket = Ticket { status: *status, ..Ticket::sample() };
            let expected = !matches!(status, TicketStatus::Closed | TicketStatus::Cancelled);
            assert_eq!(ticket.require_writable().is_ok(), expected, "{status:?}");
        }
    }

    #[test]
    fn a_ticket_that_is_reopened_is_resolved_no_longer() {
        let mut ticket = Ticket::sample();
        ticket.enter(TicketStatus::Resolved, Time::from_millis(5));
        ticket.resolution = Some("Paid.".into());
        ticket.rating = Some(Rating { score: 5, comment: None, at: Time::from_millis(6) });
        ticket.enter(TicketStatus::InProgress, Time::from_millis(7));
        assert_eq!((ticket.resolved_at, ticket.resolution, ticket.rating), (None, None, None));
    }
}
