//! What the page of one ticket shows.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::DueBadge;
use crate::{
    crm::{
        accounts::user::UserId,
        leads::listing::Choice,
        tickets::{
            status::TicketStatus,
            ticket::{TicketId, TicketPriority},
        },
    },
    shared::time::Moment,
};

/// A ticket as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TicketProfile {
    /// The id.
    pub id: TicketId,
    /// Counts changes; sent back with each.
    pub version: u32,
    /// `TKT-000042`.
    pub number: String,
    /// What it is about, in a line.
    pub subject: String,
    /// Where it stands.
    pub status: TicketStatus,
    /// Whether an admin looks at it, or who asked.
    pub for_admin: bool,
    /// Who looks at it.
    pub viewer_id: UserId,
    /// What to do next.
    pub next: Next,
    /// Since when it has been in each status that it was in; the last time counts.
    pub reached: Vec<(TicketStatus, Moment)>,
    /// The steps that the viewer can take.
    pub moves: Vec<Move>,
    /// Everything that happened, by day, the oldest first.
    pub days: Vec<ThreadDay>,
    /// What can be written; `None` once nothing can.
    pub composer: Option<Draft>,
    /// What is known.
    pub facts: TicketFacts,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// How content the requester was.
    pub rating: Option<RatingFact>,
    /// Whether the viewer may say how content they were.
    pub may_rate: bool,
}

/// What to do next, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Next {
    /// What to do.
    pub title: String,
    /// Why, or what follows.
    pub text: String,
    /// Until when.
    pub badge: Option<DueBadge>,
}

/// A step of the lifecycle as a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Move {
    /// What the button says.
    pub verb: String,
    /// The status it leads to.
    pub to: TicketStatus,
}

/// What happened on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ThreadDay {
    /// `Today`, `Monday 23 November`.
    pub label: String,
    /// What happened, the oldest first.
    pub entries: Vec<ThreadEntry>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ThreadEntry {
    /// How it is drawn.
    pub kind: EntryKind,
    /// Who did it: `You`, a name, or `Trek-Tribe`.
    pub who: String,
    /// What they did: `answered`, `moved it to Resolved`.
    pub deed: String,
    /// What was said.
    pub text: Option<String>,
    /// What was sent along.
    pub files: Vec<FileLink>,
    /// The time of day, and the exact time.
    pub moment: Moment,
}

/// A file that was sent along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct FileLink {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// How large it is: `240 KB`.
    pub size: String,
}

/// How something that happened is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A message of the viewer's own side.
    Ours,
    /// A message of the other side.
    Theirs,
    /// An internal note.
    Note,
    /// A step to this status.
    Moved(TicketStatus),
    /// A fact was changed.
    Changed,
    /// The help was rated.
    Rated,
}

/// What stands in the composer, and around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Draft {
    /// An answer that was chosen without script.
    pub text: String,
    /// What the empty field says.
    pub placeholder: String,
    /// The answers that can be filled in, ready to be sent.
    pub answers: Vec<ReadyAnswer>,
}

/// A canned answer with its variables filled in for one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ReadyAnswer {
    /// The id.
    pub id: String,
    /// What it is found by.
    pub title: String,
    /// What is sent.
    pub text: String,
}

/// What is known of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TicketFacts {
    /// Of which kind.
    pub category: String,
    /// How soon it is needed.
    pub priority: TicketPriority,
    /// The id of the admin who works on it, as a form sends it.
    pub assignee_id: String,
    /// Their name; `You` for the viewer.
    pub assignee: Option<String>,
    /// The admins it can be given to; nobody where the viewer may not.
    pub admins: Vec<Choice>,
    /// Who asked.
    pub requester: String,
    /// What they are: `Traveller`.
    pub role: String,
    /// Where admins find them.
    pub requester_href: Option<String>,
    /// The trip that it is about.
    pub trip: Option<TripLink>,
    /// What was promised, and how that stands.
    pub levels: Vec<Level>,
    /// When it was opened.
    pub opened: Moment,
}

/// The trip that a ticket is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TripLink {
    /// What it is called.
    pub title: String,
    /// Where the viewer finds it.
    pub href: Option<String>,
    /// The address of its small picture.
    pub thumb: String,
}

/// A service level: what was promised, and how that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Level {
    /// `First answer`, `Resolution`.
    pub label: String,
    /// What is due; `None` once it is there.
    pub badge: Option<DueBadge>,
    /// What came of it, or what was promised: `after 26 min`, `within 3 days`.
    pub text: Option<String>,
    /// Whether it is there.
    pub is_done: bool,
}

/// How content the requester was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct RatingFact {
    /// 1 to 5.
    pub score: u8,
    /// Why.
    pub comment: Option<String>,
}
