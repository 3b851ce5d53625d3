//! What one press does to many leads, as the value of a button.

use std::fmt::{self, Display};

use crate::{
    crm::leads::{
        changes::{BulkOutcome, MAX_BULK},
        filter::{LeadFilter, LeadQuery},
        lead::{LeadId, LostReason},
        status::LeadStatus,
    },
    shared::{error::AppError, lifecycle::Lifecycle},
};

/// Which leads are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These, each once, [`MAX_BULK`] at most.
    Ids(Vec<LeadId>),
    /// All that match.
    Matching(LeadFilter),
}

impl Selection {
    /// These leads.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for none of them, or too many.
    pub fn of(mut ids: Vec<LeadId>) -> Result<Self, AppError> {
        ids.sort_unstable();
        ids.dedup();
        match ids.len() {
            0 => Err(AppError::field("ids", "Tick at least one lead first.")),
            1..=MAX_BULK => Ok(Self::Ids(ids)),
            _ => Err(AppError::field("selection", format!("Choose at most {MAX_BULK} leads at once."))),
        }
    }

    /// What these parameters name: `ids`, parted by commas, or a filter.
    ///
    /// # Errors
    /// As [`Selection::of`] and [`LeadQuery::without_page`]; [`AppError::UnknownField`] for a filter beside `ids`.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, AppError> {
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        if pairs.iter().all(|(name, _)| name.as_ref() != IDS) {
            return LeadQuery::without_page(pairs).map(|(filter, _)| Self::Matching(filter));
        }
        let mut ids = Vec::new();
        for (name, value) in &pairs {
            if name.as_ref() != IDS {
                return Err(AppError::UnknownField(name.as_ref().to_owned()));
            }
            for id in value.as_ref().split(',').filter(|id| !id.is_empty()) {
                let id = id.parse().map_err(|_| AppError::field(IDS, format!("“{id}” is not the id of a lead.")))?;
                ids.push(id);
            }
        }
        Self::of(ids)
    }
}

/// The parameter that names leads one by one.
pub const IDS: &str = "ids";

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

/// What a step has done, in a sentence.
pub fn describe_step(name: &str, to: LeadStatus) -> String {
    format!("{name} is “{}” now.", to.label())
}

/// What came of it, in a sentence: how many were changed, and why others were not.
pub fn describe_outcome(outcome: &BulkOutcome) -> String {
    let changed = match outcome.changed.len() {
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
    use crate::shared::id::Id;

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
    fn a_selection_is_ids_or_a_filter() {
        let id = |byte| Id::from_bytes([byte; 12]);
        let ids = format!("{},{},{}", id(2), id(1), id(2));
        assert_eq!(Selection::from_pairs([("ids", ids)]), Ok(Selection::Ids(vec![id(1), id(2)])));
        let hot = Selection::from_pairs([("tier", "hot")]).unwrap();
        assert!(matches!(hot, Selection::Matching(filter) if filter.tier.is_some()));
        assert!(Selection::from_pairs([("ids", "")]).unwrap_err().fields().contains_key("ids"));
        assert!(Selection::from_pairs([("ids", "x")]).unwrap_err().fields().contains_key("ids"));
        let both = Selection::from_pairs([("ids", id(1).to_string()), ("tier", "hot".into())]);
        assert_eq!(both, Err(AppError::UnknownField("tier".into())));
    }

    #[test]
    fn what_was_refused_is_told_with_its_reason() {
        let id = Id::from_bytes([0; 12]);
        let told = |changed, refused| {
            let refused = vec![(id, AppError::NotFound); refused];
            describe_outcome(&BulkOutcome { changed: vec![id; changed], step: None, refused })
        };
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
