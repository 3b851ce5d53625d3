//! The tabs of a timeline: each shows a part of what happened.

use serde::{Deserialize, Serialize};

use super::Happening;
use crate::crm::leads::timeline::InteractionKind;

/// A tab of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Show {
    /// Everything.
    #[default]
    All,
    /// What was written either way.
    Messages,
    /// Calls and meetings.
    Calls,
    /// Notes.
    Notes,
    /// Changes of status.
    Status,
    /// Visits and changes of facts.
    Activity,
}

impl Show {
    /// Every tab, in order.
    pub const ALL: [Self; 6] = [Self::All, Self::Messages, Self::Calls, Self::Notes, Self::Status, Self::Activity];

    /// The name in addresses (`show=calls`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Messages => "messages",
            Self::Calls => "calls",
            Self::Notes => "notes",
            Self::Status => "status",
            Self::Activity => "activity",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Messages => "Messages",
            Self::Calls => "Calls",
            Self::Notes => "Notes",
            Self::Status => "Status",
            Self::Activity => "Activity",
        }
    }

    /// The tab that an address names; everything when it names none.
    pub fn read(name: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.as_str() == name).unwrap_or_default()
    }

    /// Whether something is shown under this tab.
    pub const fn has(self, what: &Happening) -> bool {
        match (self, what) {
            (Self::All, _) => true,
            (_, Happening::Interaction { kind, .. }) => match kind {
                InteractionKind::Note => matches!(self, Self::Notes),
                InteractionKind::Call | InteractionKind::Meeting => matches!(self, Self::Calls),
                _ => matches!(self, Self::Messages),
            },
            (_, Happening::Moved { .. } | Happening::Arrived { .. }) => matches!(self, Self::Status),
            (_, Happening::Viewed | Happening::Changed { .. }) => matches!(self, Self::Activity),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::leads::status::LeadStatus;

    #[test]
    fn everything_that_happens_stands_under_one_tab_and_under_all() {
        let interactions = InteractionKind::ALL.iter().map(|&kind| Happening::Interaction { kind, text: String::new() });
        let others = [
            Happening::Arrived { source: String::new() },
            Happening::Moved { from: LeadStatus::New, to: LeadStatus::Contacted, note: None },
            Happening::Viewed,
            Happening::Changed { text: String::new() },
        ];
        for what in interactions.chain(others) {
            let tabs: Vec<_> = Show::ALL.into_iter().filter(|show| show.has(&what)).collect();
            assert_eq!((tabs.len(), tabs[0]), (2, Show::All), "{what:?}");
        }
    }

    #[test]
    fn an_unknown_tab_shows_everything() {
        assert_eq!(Show::read("calls"), Show::Calls);
        assert_eq!(Show::read("'"), Show::All);
    }
}
