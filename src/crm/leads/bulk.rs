//! What one press does to many leads, as the value of a button.

use std::fmt::{self, Display};

use crate::{
    crm::leads::{changes::BulkOutcome, lead::LostReason, status::LeadStatus},
    shared::lifecycle::Lifecycle,
};

/// What is done to the leads that are selected. What it needs beside itself stands in fields of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkAction {
    /// Moves them to a status, with the reason where that is `lost`.
    Move(LeadStatus, Option<LostReason>),
    /// Sets the follow-up of the field `follow_up`.
    FollowUp,
    /// Takes the follow-up away.
    NoFollowUp,
    /// Adds the tag of the field `tag`.
    Tag,
    /// Takes that tag off.
    Untag,
}

impl BulkAction {
    /// The action of that value.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.split(':').collect::<Vec<_>>().as_slice() {
            ["follow_up"] => Some(Self::FollowUp),
            ["no_follow_up"] => Some(Self::NoFollowUp),
            ["tag"] => Some(Self::Tag),
            ["untag"] => Some(Self::Untag),
            ["move", status] => LeadStatus::from_name(status).map(|status| Self::Move(status, None)),
            ["move", status, reason] => LeadStatus::from_name(status)
                .zip(LostReason::from_name(reason))
                .map(|(status, reason)| Self::Move(status, Some(reason))),
            _ => None,
        }
    }
}

impl Display for BulkAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Move(status, None) => write!(f, "move:{}", status.as_str()),
            Self::Move(status, Some(reason)) => write!(f, "move:{}:{}", status.as_str(), reason.as_str()),
            Self::FollowUp => f.write_str("follow_up"),
            Self::NoFollowUp => f.write_str("no_follow_up"),
            Self::Tag => f.write_str("tag"),
            Self::Untag => f.write_str("untag"),
        }
    }
}

/// What came of it, in a sentence: how many were changed, and why others were not.
pub fn describe_outcome(outcome: &BulkOutcome) -> String {
    let changed = match outcome.changed {
        0 => "No lead was changed.".to_owned(),
        1 => "1 lead changed.".to_owned(),
        count => format!("{count} leads changed."),
    };
    match outcome.refused.as_slice() {
        [] => changed,
        [(_, why)] => format!("{changed} 1 was not: {}", why.message()),
        [(_, why), ..] => format!("{changed} {} were not, the first because: {}", outcome.refused.len(), why.message()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::{error::AppError, id::Id};

    #[test]
    fn what_a_button_sends_is_what_it_means() {
        let moves = LeadStatus::ALL.iter().map(|status| BulkAction::Move(*status, None));
        let losses = LostReason::ALL.iter().map(|reason| BulkAction::Move(LeadStatus::Lost, Some(*reason)));
        let others = [BulkAction::FollowUp, BulkAction::NoFollowUp, BulkAction::Tag, BulkAction::Untag];
        for action in moves.chain(losses).chain(others) {
            assert_eq!(BulkAction::from_name(&action.to_string()), Some(action));
        }
    }

    #[test]
    fn what_was_refused_is_told_with_its_reason() {
        let refused = |count: usize| vec![(Id::from_bytes([0; 12]), AppError::NotFound); count];
        let told = |changed, count| describe_outcome(&BulkOutcome { changed, refused: refused(count) });
        assert_eq!(told(3, 0), "3 leads changed.");
        assert!(told(1, 1).starts_with("1 lead changed. 1 was not: There is nothing here."));
        assert!(told(0, 2).starts_with("No lead was changed. 2 were not, the first because:"));
    }

    #[test]
    fn what_is_no_action_is_none() {
        for name in ["", "move", "move:won", "move:lost:boredom", "delete"] {
            assert_eq!(BulkAction::from_name(name), None, "{name}");
        }
    }
}
