//! What the pages of tickets show: put together and worded by the server in the viewer's zone, so that views only lay it out.
//! The list is here, the page of one ticket in `profile.rs`, the forms beside them in `forms.rs`.

pub mod forms;
pub mod profile;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::{
    status::TicketStatus,
    ticket::{TicketId, TicketPriority},
};
use crate::{
    crm::leads::listing::Choice,
    shared::{named::named, time::Moment},
};

/// The path of the list; tickets are below it.
pub const TICKETS_PATH: &str = "/tickets";

/// The parameters of the list's address that are no place in it.
pub const LIST_FILTERS: [&str; 6] = ["view", "q", "category", "priority", "assignee", "sort"];

/// How what is due next stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    /// Its time has passed.
    Late,
    /// Its time comes within hours.
    Soon,
    /// Its time lies further ahead.
    Ahead,
    /// The clock stands.
    Paused,
}

/// The badge of a service level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct DueBadge {
    /// How it stands.
    pub state: DueState,
    /// `due in 2 h`, `late by 13 min`, `paused`.
    pub text: String,
    /// What is due, and when exactly.
    pub title: String,
}

/// A part of the tickets, as a tab of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketTab {
    /// Open ones of the viewer.
    Mine,
    /// Open ones of nobody.
    Unassigned,
    /// Those whose time has passed.
    Late,
    /// Everything that is open.
    Open,
    /// What the requester can still reopen.
    Resolved,
    /// Everything.
    All,
}

named!(TicketTab {
    Mine = "mine", "Mine";
    Unassigned = "unassigned", "Unassigned";
    Late = "late", "Late";
    Open = "open", "All open";
    Resolved = "resolved", "Resolved";
    All = "all", "All";
});

impl TicketTab {
    /// The tabs that a viewer has.
    pub const fn offered(for_admin: bool) -> &'static [Self] {
        if for_admin { Self::ALL } else { &[Self::Open, Self::All] }
    }

    /// The tab that an address names. Without a name admins see what is open, others everything of theirs.
    pub fn read(name: &str, for_admin: bool) -> Self {
        let usual = if for_admin { Self::Open } else { Self::All };
        Self::from_name(name).filter(|tab| Self::offered(for_admin).contains(tab)).unwrap_or(usual)
    }
}

/// A link of the list, such as a tab: where it leads, and to how many tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct CountedLink {
    /// The words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many are there; `None` where they are not counted.
    pub count: Option<u32>,
    /// Whether it is what is shown.
    pub current: bool,
}

/// A menu of links, of which one may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct LinkMenu {
    /// What is chosen, else what there is to choose.
    pub label: String,
    /// Whether something is.
    pub active: bool,
    /// The links: where each leads, and its words.
    pub lines: Vec<Choice>,
}

/// A ticket in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TicketLine {
    /// The id.
    pub id: TicketId,
    /// `TKT-000042`.
    pub number: String,
    /// What it is about, in a line.
    pub subject: String,
    /// Of which kind.
    pub category: String,
    /// How soon it is needed.
    pub priority: TicketPriority,
    /// Where it stands.
    pub status: TicketStatus,
    /// Who asked.
    pub requester: String,
    /// The admin who works on it; `You` for the viewer.
    pub assignee: Option<String>,
    /// What is due.
    pub badge: Option<DueBadge>,
    /// What happened last, for who asked: `Kavya Menon answered`.
    pub last_word: String,
    /// When something last happened.
    pub last: Moment,
    /// Counts changes.
    pub version: u32,
}

/// A page of the list. Its links are made by the server, so that the browser knows no addresses of lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TicketsPage {
    /// Whether it is the queue of the admins, or somebody's own tickets.
    pub for_admin: bool,
    /// The tab that is open.
    pub tab: TicketTab,
    /// All tabs.
    pub tabs: Vec<CountedLink>,
    /// A link for each category; switches its filter on, or off.
    pub categories: Vec<CountedLink>,
    /// What else admins can filter by.
    pub menus: Vec<LinkMenu>,
    /// The orders that admins can choose from.
    pub orders: Option<LinkMenu>,
    /// What is looked for.
    pub q: String,
    /// The parameters that a search leaves as they are.
    pub kept: Vec<Choice>,
    /// Whether only some tickets of the tab are shown.
    pub is_filtered: bool,
    /// The parameter that leads back to this list from a ticket, with its `?`.
    pub from: String,
    /// The tickets.
    pub lines: Vec<TicketLine>,
    /// `21–40 of 46`.
    pub range: String,
    /// The address of the page before.
    pub previous: Option<String>,
    /// The address of the page after.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_help_has_no_tabs_of_admins() {
        assert_eq!(TicketTab::read("mine", true), TicketTab::Mine);
        assert_eq!(TicketTab::read("mine", false), TicketTab::All);
        assert_eq!(TicketTab::read("'", true), TicketTab::Open);
    }
}
