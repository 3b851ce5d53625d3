//! What the leads' list and board show: formatted by the server in the viewer's zone, so that views only lay it out.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{
    crm::leads::{lead::LeadId, score::Tier, status::LeadStatus},
    shared::time::Moment,
};

/// How a follow-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpState {
    /// Its time has passed.
    Late,
    /// It is today.
    Today,
    /// It lies further ahead.
    Ahead,
}

/// When to write again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct FollowUp {
    /// When, in words.
    pub moment: Moment,
    /// How it stands.
    pub state: FollowUpState,
}

/// A lead in the list and on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct LeadLine {
    /// The id.
    pub id: LeadId,
    /// Whose it is.
    pub name: String,
    /// Where it stands.
    pub status: LeadStatus,
    /// 0 to 100.
    pub score: u32,
    /// What the score means.
    pub tier: Tier,
    /// What the trip is called.
    pub trip: String,
    /// The address of the trip's small picture.
    pub thumb: String,
    /// The chosen departure with its year, if one is chosen.
    pub departure: Option<String>,
    /// The chosen departure as a card names it, if one is chosen.
    pub departure_short: Option<String>,
    /// How many people.
    pub party: Option<u32>,
    /// What it may bring.
    pub value: String,
    /// The same in paise, for the sums of a board.
    pub paise: i64,
    /// When to write again.
    pub follow_up: Option<FollowUp>,
    /// When something last happened.
    pub last_activity: Moment,
    /// How they came.
    pub source: String,
    /// The words somebody put on it.
    pub tags: Vec<String>,
    /// How to reach them; masked without CRM access.
    pub contact: String,
    /// When it came.
    pub created: Moment,
    /// Whose lead it is, for admins.
    pub organizer: Option<String>,
    /// Counts changes.
    pub version: u32,
}

impl LeadLine {
    /// The party in words: `3 people`.
    pub fn party_in_words(&self) -> Option<String> {
        self.party.map(|party| if party == 1 { "1 person".to_owned() } else { format!("{party} people") })
    }
}

/// Something to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// A saved view as a tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ViewTab {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Where it leads: its filter, order, columns and layout.
    pub href: String,
    /// How many leads are in it; `None` beyond what is counted.
    pub count: Option<u32>,
    /// Whether it is in the sidebar.
    pub pinned: bool,
}

/// How many leads each quick filter would show; none beyond what is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct QuickCounts {
    /// In which there is work to do.
    pub open: Option<u32>,
    /// Whose follow-up has come.
    pub due: Option<u32>,
    /// That were left alone.
    pub stale: Option<u32>,
    /// That are hot and open.
    pub hot: Option<u32>,
}

/// What stands above list and board alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct LeadsHead {
    /// The saved views.
    pub views: Vec<ViewTab>,
    /// How many leads each quick filter would show.
    pub counts: QuickCounts,
    /// The trips that one can filter by.
    pub trips: Vec<Choice>,
    /// The organizers that an admin can filter by; none for organizers, who see their own leads alone.
    pub organizers: Vec<Choice>,
    /// Whether leads may be changed and exported.
    pub has_access: bool,
    /// Whether the viewer sees everybody's leads, and so whose each is.
    pub for_admin: bool,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct LeadsPage {
    /// What stands above it.
    pub head: LeadsHead,
    /// The leads.
    pub lines: Vec<LeadLine>,
    /// How many match, counted up to a thousand.
    pub total: u64,
    /// Whether there are more than `total`.
    pub total_capped: bool,
    /// How many leads a page has at most.
    pub limit: u32,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// What all that match are worth together, where that is known.
    pub value: Option<String>,
}

/// A column of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct BoardColumn {
    /// The status of its leads.
    pub status: LeadStatus,
    /// How many there are.
    pub count: u64,
    /// Whether there are more than `count`.
    pub capped: bool,
    /// What they are worth together, in paise.
    pub paise: i64,
    /// The first of them.
    pub lines: Vec<LeadLine>,
    /// The cursor of those that follow.
    pub next: Option<String>,
}

/// More of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct MoreLines {
    /// The leads that follow.
    pub lines: Vec<LeadLine>,
    /// The cursor of those after them.
    pub next: Option<String>,
}

/// The board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct LeadsBoard {
    /// What stands above it.
    pub head: LeadsHead,
    /// A column a status.
    pub columns: Vec<BoardColumn>,
}
