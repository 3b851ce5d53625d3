//! What the leads' list and board show: formatted by the server in the viewer's zone, so that views only lay it out.

use serde::{Deserialize, Serialize};

use crate::{
    crm::leads::{
        lead::LeadId,
        score::Tier,
        status::LeadStatus,
    },
    shared::time::Moment,
};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LeadColumn {
    /// Whose lead it is; always shown.
    Name,
    /// Where it stands.
    Stage,
    /// How promising it is.
    Score,
    /// The trip and its departure.
    Trip,
    /// What it may bring.
    Value,
    /// When to write again.
    FollowUp,
    /// When something last happened.
    LastActivity,
    /// How they came.
    Source,
    /// How many people.
    Party,
    /// The words somebody put on it.
    Tags,
    /// E-mail address and phone number.
    Contact,
    /// When it came.
    Created,
}

impl LeadColumn {
    /// Every column, in the order of the table.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Stage,
        Self::Score,
        Self::Trip,
        Self::Party,
        Self::Value,
        Self::FollowUp,
        Self::LastActivity,
        Self::Source,
        Self::Tags,
        Self::Contact,
        Self::Created,
    ];

    /// The columns that are shown unless somebody chose others.
    pub const USUAL: [Self; 7] =
        [Self::Name, Self::Stage, Self::Score, Self::Trip, Self::Value, Self::FollowUp, Self::LastActivity];

    /// The name in addresses and saved views.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Stage => "stage",
            Self::Score => "score",
            Self::Trip => "trip",
            Self::Value => "value",
            Self::FollowUp => "followUp",
            Self::LastActivity => "lastActivity",
            Self::Source => "source",
            Self::Party => "party",
            Self::Tags => "tags",
            Self::Contact => "contact",
            Self::Created => "created",
        }
    }

    /// The words of the column's head.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Stage => "Stage",
            Self::Score => "Score",
            Self::Trip => "Trip and departure",
            Self::Value => "Value",
            Self::FollowUp => "Follow-up",
            Self::LastActivity => "Last activity",
            Self::Source => "Source",
            Self::Party => "Party",
            Self::Tags => "Tags",
            Self::Contact => "Contact",
            Self::Created => "Created",
        }
    }

    /// The word that a list is sorted by this column with, where it can be.
    pub const fn sort_key(self) -> Option<&'static str> {
        match self {
            Self::Score => Some("score"),
            Self::FollowUp => Some("nextFollowUpAt"),
            Self::LastActivity => Some("lastActivityAt"),
            Self::Created => Some("createdAt"),
            _ => None,
        }
    }

    /// The columns that an address names, in the order of the table; the usual ones where it names none.
    pub fn read_many(names: &str) -> Vec<Self> {
        let named: Vec<&str> = names.split(',').map(str::trim).collect();
        let chosen: Vec<Self> =
            Self::ALL.into_iter().filter(|column| *column == Self::Name || named.contains(&column.as_str())).collect();
        if chosen.len() > 1 { chosen } else { Self::USUAL.to_vec() }
    }

    /// Columns as an address names them; nothing for the usual ones.
    pub fn write_many(columns: &[Self]) -> String {
        if columns == Self::USUAL {
            return String::new();
        }
        columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(",")
    }
}

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// When, in words.
    pub moment: Moment,
    /// How it stands.
    pub state: FollowUpState,
}

/// A lead in the list and on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

    /// The address of its page.
    pub fn href(&self) -> String {
        format!("/leads/{}", self.id)
    }
}

/// Something to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// A saved view as a tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadsHead {
    /// The saved views.
    pub views: Vec<ViewTab>,
    /// How many leads each quick filter would show.
    pub counts: QuickCounts,
    /// The trips that one can filter by.
    pub trips: Vec<Choice>,
    /// Whether leads may be changed and exported.
    pub has_access: bool,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoreLines {
    /// The leads that follow.
    pub lines: Vec<LeadLine>,
    /// The cursor of those after them.
    pub next: Option<String>,
}

/// The board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadsBoard {
    /// What stands above it.
    pub head: LeadsHead,
    /// A column a status.
    pub columns: Vec<BoardColumn>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_columns_means_the_usual_ones() {
        assert_eq!(LeadColumn::read_many(""), LeadColumn::USUAL);
        assert_eq!(LeadColumn::write_many(&LeadColumn::USUAL), "");
    }

    #[test]
    fn columns_stand_in_the_order_of_the_table_and_the_name_is_always_there() {
        let chosen = LeadColumn::read_many("tags,stage,nonsense");
        assert_eq!(chosen, [LeadColumn::Name, LeadColumn::Stage, LeadColumn::Tags]);
        assert_eq!(LeadColumn::write_many(&chosen), "name,stage,tags");
    }
}
