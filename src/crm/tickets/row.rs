//! What people see of a ticket: rows of lists, the ticket in full, its clock, and how many there are.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::{Role, UserId},
        files::file::Attachment,
        tickets::{
            message::{LastReply, TicketMessage, TicketStep},
            status::TicketStatus,
            ticket::{Rating, Ticket, TicketCategory, TicketId, TicketPriority},
        },
        trips::{trip::TripId, views::TripLabel},
    },
    shared::time::Time,
};

/// Somebody whom a ticket concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketPerson {
    /// The id.
    pub id: UserId,
    /// The name today.
    pub name: String,
    /// What they are.
    pub role: Role,
}

/// The trip that a ticket is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketTrip {
    /// The id.
    pub id: TripId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
}

impl From<TripLabel> for TicketTrip {
    fn from(TripLabel { id, slug, title, .. }: TripLabel) -> Self {
        Self { id, slug, title }
    }
}

/// What is due next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum TicketDue {
    /// The first answer.
    Answer,
    /// The resolution.
    Resolution,
}

/// Where the clock of the service level stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketClock {
    /// What is due next; nothing while an answered customer is asked, and once it is resolved.
    pub due: Option<TicketDue>,
    /// When.
    pub due_at: Option<Time>,
    /// Whether that time is over.
    pub late: bool,
    /// Whether the clock of the resolution stands because the customer is asked.
    pub paused: bool,
    /// When an admin answered first.
    pub answered_at: Option<Time>,
}

impl TicketClock {
    /// The clock of a ticket at that time.
    pub fn new(ticket: &Ticket, now: Time) -> Self {
        let Ticket { clock, priority, status, .. } = ticket;
        let due_at = clock.next_due(*priority, *status);
        let is_answer = due_at.is_some() && due_at == clock.answer_due(*priority);
        let due = due_at.map(|_| if is_answer { TicketDue::Answer } else { TicketDue::Resolution });
        Self {
            due,
            due_at,
            late: due_at.is_some_and(|due| due <= now),
            paused: *status == TicketStatus::WaitingCustomer,
            answered_at: clock.answered_at,
        }
    }
}

/// A ticket in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketRow {
    /// The id.
    pub id: TicketId,
    /// What people call it by: `TKT-000042`.
    pub number: String,
    /// What it is about, in a line.
    pub subject: String,
    /// Of which kind.
    pub category: TicketCategory,
    /// How soon it is needed.
    pub priority: TicketPriority,
    /// Where it stands.
    pub status: TicketStatus,
    /// Who asked.
    pub requester: TicketPerson,
    /// Who works on it.
    pub assignee: Option<TicketPerson>,
    /// What it is about.
    pub trip: Option<TicketTrip>,
    /// Where its clock stands.
    pub clock: TicketClock,
    /// What was said last, beside the description.
    pub last_reply: Option<LastReply>,
    /// When it was resolved.
    pub resolved_at: Option<Time>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// How content the requester was.
    pub rating: Option<Rating>,
    /// When it was opened.
    pub created_at: Time,
    /// When somebody last said or changed something that the requester sees.
    pub updated_at: Time,
    /// Sent back with changes.
    pub version: u32,
}

/// What a row needs to know beside its ticket.
#[derive(Debug, Clone)]
pub struct Around {
    /// Who asked.
    pub requester: TicketPerson,
    /// Who works on it.
    pub assignee: Option<TicketPerson>,
    /// What it is about.
    pub trip: Option<TicketTrip>,
    /// The clock's time.
    pub now: Time,
}

impl TicketRow {
    /// The row of a ticket.
    pub fn new(ticket: Ticket, around: Around) -> Self {
        let Around { requester, assignee, trip, now } = around;
        Self {
            id: ticket.id,
            number: ticket.number.to_string(),
            clock: TicketClock::new(&ticket, now),
            subject: ticket.subject,
            category: ticket.category,
            priority: ticket.priority,
            status: ticket.status,
            requester,
            assignee,
            trip,
            last_reply: ticket.last_reply,
            resolved_at: ticket.resolved_at,
            resolution: ticket.resolution,
            rating: ticket.rating,
            created_at: ticket.created_at,
            updated_at: ticket.updated_at,
            version: ticket.version,
        }
    }
}

/// A ticket in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketDetail {
    /// What lists show too.
    #[serde(flatten)]
    pub row: TicketRow,
    /// What it is about.
    pub description: String,
    /// What was sent along with it.
    pub attachments: Vec<Attachment>,
    /// What was said, the oldest first; for requesters without internal notes.
    pub messages: Vec<TicketMessage>,
    /// The steps that were taken; the oldest first.
    pub history: Vec<TicketStep>,
    /// Where the asker can move it to.
    pub allowed_next: Vec<TicketStatus>,
}

/// How many tickets wait for what, for admins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// Open ones of who asks.
    pub mine: u32,
    /// Open ones of nobody.
    pub unassigned: u32,
    /// Those whose time is over.
    pub late: u32,
    /// All open ones.
    pub open: u32,
    /// Those that wait to be closed.
    pub resolved: u32,
    /// Open ones by kind, each kind once, in the order of [`TicketCategory::ALL`].
    pub by_category: Vec<(TicketCategory, u32)>,
}

/// How many tickets somebody has open themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnCounts {
    /// All open ones.
    pub open: u32,
    /// Those in which they were asked something.
    pub waiting: u32,
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn at(minutes: i64) -> Time {
        Ticket::sample().created_at + SignedDuration::from_mins(minutes)
    }

    fn read(ticket: &Ticket, minutes: i64) -> (Option<TicketDue>, bool, bool) {
        let TicketClock { due, late, paused, .. } = TicketClock::new(ticket, at(minutes));
        (due, late, paused)
    }

    #[test]
    fn the_first_answer_is_due_then_the_resolution_and_nothing_while_the_customer_is_asked() {
        let mut ticket = Ticket::sample();
        ticket.priority = TicketPriority::Urgent;
        assert_eq!(read(&ticket, 59), (Some(TicketDue::Answer), false, false));
        assert_eq!(read(&ticket, 60), (Some(TicketDue::Answer), true, false));
        ticket.note_answer(at(61));
        assert_eq!(read(&ticket, 61), (Some(TicketDue::Resolution), false, false));
        ticket.enter(TicketStatus::InProgress, at(61));
        ticket.enter(TicketStatus::WaitingCustomer, at(62));
        assert_eq!(read(&ticket, 9_999), (None, false, true));
        ticket.enter(TicketStatus::Resolved, at(9_999));
        assert_eq!(read(&ticket, 9_999), (None, false, false));
    }
}
