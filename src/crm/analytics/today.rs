//! What the page of the day shows, to organizers and to admins: put into words by the server in the viewer's zone.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{
    crm::{
        accounts::user::Role,
        analytics::range::Window,
        leads::{lead::LeadId, score::Tier},
    },
    shared::time::Moment,
};

/// The page of the day, as the viewer's role has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Today {
    /// Whom must I answer now, and will I fill my trips?
    Organizer(Box<OrganizerToday>),
    /// What waits, what is late, what came in?
    Admin(Box<AdminToday>),
    /// Travellers have another home.
    Traveller,
}

/// An organizer's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct OrganizerToday {
    /// The sentence that answers the question.
    pub answer: String,
    /// The date, and what is next.
    pub aside: String,
    /// Who waits.
    pub waiting: Waiting,
    /// How full the next departures are.
    pub seats: Seats,
    /// How it went.
    pub figures: Figures,
    /// Their own tickets, in a sentence; none while nothing of theirs is open.
    pub help: Option<String>,
    /// What they have not read in conversations, in a sentence; none where there is nothing.
    pub chats: Option<String>,
}

/// Who waits for an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Waiting {
    /// Whose follow-up has passed.
    pub late: u32,
    /// Whose follow-up is later today.
    pub today: u32,
    /// Who is new and was not answered, without a follow-up.
    pub fresh: u32,
    /// The first of them: late, due, new.
    pub lines: Vec<WaitingLine>,
}

impl Waiting {
    /// How many wait.
    pub const fn count(&self) -> u32 {
        self.late + self.today + self.fresh
    }

    /// How many follow-ups of today and before are not listed.
    pub fn more_follow_ups(&self) -> u32 {
        (self.late + self.today).saturating_sub(self.count_lines(|why| why != Why::New))
    }

    /// How many new leads are not listed.
    pub fn more_new(&self) -> u32 {
        self.fresh.saturating_sub(self.count_lines(|why| why == Why::New))
    }

    fn count_lines(&self, which: impl Fn(Why) -> bool) -> u32 {
        u32::try_from(self.lines.iter().filter(|line| which(line.why)).count()).unwrap_or(u32::MAX)
    }
}

/// Why somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The follow-up has passed.
    Late,
    /// The follow-up is later today.
    Today,
    /// New, and not answered.
    New,
}

/// How somebody is answered best, by what they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// They wrote: reply.
    Wrote,
    /// They left a number: call.
    LeftNumber,
    /// They came back without writing: write.
    CameBack,
    /// They began to book: help.
    BeganBooking,
}

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct WaitingLine {
    /// The id of the lead.
    pub id: LeadId,
    /// Their name.
    pub name: String,
    /// The trip and, if one is chosen, the departure; for admins the organizer too.
    pub trip: String,
    /// Why they wait, in a sentence.
    pub reason: String,
    /// Why they wait.
    pub why: Why,
    /// How to answer.
    pub cue: Cue,
    /// 0 to 100.
    pub score: u32,
    /// What that means.
    pub tier: Tier,
    /// The follow-up, or when they came.
    pub when: Moment,
}

/// How full the departures of the next weeks are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Seats {
    /// The sentence that reads the bars: before, the emphasis, after.
    pub reading: (String, String, String),
    /// The departures by date.
    pub departures: Vec<DepartureSeats>,
}

/// How full a departure is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct DepartureSeats {
    /// What the trip is called.
    pub trip: String,
    /// The address of its small picture.
    pub thumb: String,
    /// The first day: `Sat 19 Dec`.
    pub day: String,
    /// The leads of the trip.
    pub href: String,
    /// Seats that are booked.
    pub booked: u32,
    /// People whom contacted and interested leads would bring on this day.
    pub asked: u32,
    /// All seats.
    pub seats: u32,
}

/// The figures of a range beside those of the range before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Figures {
    /// Which range.
    pub window: Window,
    /// `Last 30 days`.
    pub title: String,
    /// `26 Oct to 24 Nov, compared with 26 Sep to 25 Oct`.
    pub ranges: String,
    /// The figures in order.
    pub cells: Vec<Figure>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// Numbers with their units: `1 h 48 min`.
    pub value: Vec<(String, String)>,
    /// How it differs from the range before.
    pub change: Option<Change>,
    /// What stands beside the change.
    pub note: String,
    /// A value for each day of the range; empty where none is kept by day.
    pub by_day: Vec<u64>,
}

/// How a figure differs from the range before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Change {
    /// Whether it grew.
    pub is_up: bool,
    /// Whether that is welcome.
    pub is_good: bool,
    /// By how much: `18.5 %`, `3 pts`, `22 min`.
    pub by: String,
}

/// An admin's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct AdminToday {
    /// The sentence that answers the question.
    pub answer: String,
    /// The date.
    pub aside: String,
    /// What waits, a line a queue.
    pub queues: Vec<Queue>,
    /// Follow-ups that have passed, the oldest first.
    pub late: Vec<WaitingLine>,
    /// Who joined last.
    pub people: Vec<NewPerson>,
    /// How it went, over all organizers.
    pub figures: Figures,
}

/// Things that wait for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Queue {
    /// What waits.
    pub kind: QueueKind,
    /// How many.
    pub waiting: u32,
    /// How many of them have waited too long; `None` where no time is promised.
    pub late: Option<u32>,
    /// How long the first has waited.
    pub oldest: Option<String>,
    /// Which is the first.
    pub first: Option<String>,
    /// Where they are.
    pub href: String,
}

/// What can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueKind {
    /// Follow-ups whose time has come.
    FollowUps,
    /// New leads that nobody has answered.
    Unanswered,
    /// Trips that are not verified.
    Unverified,
    /// Open tickets.
    Tickets,
}

/// Somebody who joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// When.
    pub since: Moment,
}
