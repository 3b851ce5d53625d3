//! What can be changed on a lead, and what it takes to convert one.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{
    crm::{
        leads::{
            lead::{Lead, LeadId, LostReason},
            new_lead::{MAX_NAME, check_departure, check_party},
            status::LeadStatus,
            timeline::MAX_TEXT,
        },
        trips::{trip::DepartureId, views::TripOffer},
    },
    shared::{
        checks::Checks,
        contact::Phone,
        error::AppError,
        money::Money,
        patch::{Patch, given},
        time::Time,
    },
};

/// Tags of one lead.
pub const MAX_TAGS: usize = 20;
/// The longest tag, in characters.
pub const MAX_TAG: usize = 30;
/// The longest notes, in characters.
pub const MAX_NOTES: usize = 10_000;
/// The most that one lead can be worth: ten crore rupees.
pub const MAX_VALUE: Money = Money::rupees(10_00_00_000);
/// Follow-ups lie between 2000 and 2100.
const FOLLOW_UPS: std::ops::Range<Time> = Time::from_millis(946_684_800_000)..Time::from_millis(4_102_444_800_000);

/// Changes of a lead; what is not named stays. `null` clears what may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LeadChanges {
    /// The version that the changes were made to.
    pub version: u32,
    /// The name.
    #[serde(default, deserialize_with = "given")]
    pub name: Option<String>,
    /// The number.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub phone: Patch<String>,
    /// The status; `converted` is reached by converting alone.
    #[serde(default, deserialize_with = "given")]
    pub status: Option<LeadStatus>,
    /// The tags, all of them.
    #[serde(default, deserialize_with = "given")]
    pub tags: Option<Vec<String>>,
    /// The notes.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub notes: Patch<String>,
    /// For how many.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<u32>))]
    pub party_size: Patch<u32>,
    /// When they would like to go.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<DepartureId>))]
    pub departure_id: Patch<DepartureId>,
    /// What a booking would bring; `null`: party size × price again.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<Money>))]
    pub estimated_value: Patch<Money>,
    /// When to get back to them.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<Time>))]
    pub next_follow_up_at: Patch<Time>,
    /// Why it is closed; needed for `lost`, and for nothing else.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<LostReason>))]
    pub lost_reason: Patch<LostReason>,
}

impl LeadChanges {
    /// No changes yet, to that version.
    pub fn to_version(version: u32) -> Self {
        Self { version, ..Self::default() }
    }

    /// The lead with all changes but that of the status, which is the lifecycle's.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with everything that is wrong.
    pub fn apply_to(&self, lead: &Lead, trip: &TripOffer) -> Result<Lead, AppError> {
        let mut checks = Checks::new();
        let mut after = lead.clone();
        if let Some(name) = &self.name {
            after.name = checks.text("name", "The name", name, MAX_NAME);
        }
        match self.phone.clone().try_map(|phone| phone.parse::<Phone>()) {
            Ok(phone) => after.phone = phone.apply(after.phone),
            Err(problem) => checks.refuse("phone", problem.to_string()),
        }
        if let Some(tags) = &self.tags {
            after.tags = check_tags(&mut checks, tags);
        }
        if let Patch::Set(notes) = &self.notes {
            after.notes = checks.optional_text("notes", "The notes", notes, MAX_NOTES);
        } else if self.notes == Patch::Clear {
            after.notes.clear();
        }
        after.party_size = self.party_size.apply(after.party_size);
        check_party(&mut checks, after.party_size);
        if let Patch::Set(departure) = self.departure_id {
            check_departure(&mut checks, trip, departure);
        }
        after.departure_id = self.departure_id.apply(after.departure_id);
        if self.estimated_value.is_named() {
            let value = self.estimated_value.apply(None);
            check_amount(&mut checks, "estimatedValue", value.unwrap_or_default());
            (after.value_is_set, after.estimated_value) = (value.is_some(), value.unwrap_or(after.estimated_value));
        }
        if let Patch::Set(at) = self.next_follow_up_at {
            checks.require("nextFollowUpAt", FOLLOW_UPS.contains(&at), "Choose a day within this century.");
        }
        after.next_follow_up_at = self.next_follow_up_at.apply(after.next_follow_up_at);
        after.lost_reason = self.check_lost_reason(&mut checks, lead);
        checks.finish()?;
        after.recompute_since(lead, trip.price);
        if self.estimated_value == Patch::Clear {
            after.revalue(trip.price);
        }
        Ok(after)
    }

    /// The reason after the change: there is one while the lead is lost, and only then.
    fn check_lost_reason(&self, checks: &mut Checks, lead: &Lead) -> Option<LostReason> {
        let will_be_lost = self.status.unwrap_or(lead.status) == LeadStatus::Lost;
        let reason = self.lost_reason.apply(lead.lost_reason);
        if will_be_lost {
            checks.require("lostReason", reason.is_some(), "Choose why this lead is lost.");
            return reason;
        }
        let is_named = matches!(self.lost_reason, Patch::Set(_));
        checks.require("lostReason", !is_named, "Only a lead that is closed as lost has a reason.");
        None
    }
}

/// What it takes to convert a lead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewConversion {
    /// The departure whose seats are booked; none: nothing is booked here.
    #[serde(default)]
    pub departure_id: Option<DepartureId>,
    /// How many people come.
    pub party_size: u32,
    /// What they pay together.
    pub amount: Money,
    /// What else was agreed.
    #[serde(default)]
    pub note: Option<String>,
}

impl NewConversion {
    /// The same, checked, with its note trimmed.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with everything that is wrong.
    pub fn check(mut self, trip: &TripOffer) -> Result<Self, AppError> {
        let mut checks = Checks::new();
        check_party(&mut checks, Some(self.party_size));
        check_amount(&mut checks, "amount", self.amount);
        if let Some(departure) = self.departure_id {
            check_departure(&mut checks, trip, departure);
        }
        let note = checks.optional_text("note", "The note", self.note.as_deref().unwrap_or_default(), MAX_TEXT);
        checks.finish()?;
        self.note = Some(note).filter(|note| !note.is_empty());
        Ok(self)
    }
}

/// The most leads that one bulk action changes.
pub const MAX_BULK: usize = 1_000;

/// One change of many leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkChange {
    /// Moves each to a status, with the reason that `lost` needs.
    Status(LeadStatus, Option<LostReason>),
    /// Sets or clears the follow-up of each.
    FollowUp(Option<Time>),
    /// Adds a tag to each.
    AddTag(String),
    /// Takes a tag off each.
    RemoveTag(String),
}

impl BulkChange {
    /// The change of one lead.
    pub fn changes_of(&self, lead: &Lead) -> LeadChanges {
        let mut changes = LeadChanges::to_version(lead.version);
        match self {
            Self::Status(status, reason) => {
                changes.status = Some(*status);
                changes.lost_reason = reason.map_or(Patch::Keep, Patch::Set);
            }
            Self::FollowUp(at) => changes.next_follow_up_at = at.map_or(Patch::Clear, Patch::Set),
            Self::AddTag(tag) => changes.tags = Some(lead.tags.iter().cloned().chain([tag.clone()]).collect()),
            Self::RemoveTag(tag) => {
                let tag = tag.trim().to_lowercase();
                changes.tags =
                    Some(lead.tags.iter().filter(|present| present.to_lowercase() != tag).cloned().collect());
            }
        }
        changes
    }
}

/// What became of each lead of a bulk action.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Which ones were changed.
    pub changed: Vec<LeadId>,
    /// From where to where they were moved, when all of them took the same step.
    pub step: Option<(LeadStatus, LeadStatus)>,
    /// Which ones were not, and why.
    pub refused: Vec<(LeadId, AppError)>,
}

/// Trimmed, each once (in any case), in the order given.
fn check_tags(checks: &mut Checks, tags: &[String]) -> Vec<String> {
    checks.require("tags", tags.len() <= MAX_TAGS, format!("A lead has at most {MAX_TAGS} tags."));
    let mut seen = BTreeSet::new();
    let tags: Vec<_> = tags.iter().take(MAX_TAGS).map(|tag| checks.text("tags", "A tag", tag, MAX_TAG)).collect();
    tags.into_iter().filter(|tag| seen.insert(tag.to_lowercase())).collect()
}

fn check_amount(checks: &mut Checks, field: &str, amount: Money) {
    let fits = (0..=MAX_VALUE.amount).contains(&amount.amount);
    checks.require(field, fits, format!("Enter an amount from ₹0 to {MAX_VALUE}."));
}
