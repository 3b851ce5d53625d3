//! The lifecycle of a lead, as the table in product.md has it, and how far a traveller is told it has come.

use serde::{Deserialize, Serialize};

use crate::{
    crm::accounts::user::Role,
    shared::lifecycle::{By, Lifecycle, Step},
};

/// Where a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum LeadStatus {
    /// Nobody has answered yet.
    New,
    /// Somebody has answered.
    Contacted,
    /// The traveller wants to go.
    Interested,
    /// The traveller has booked.
    Converted,
    /// The traveller does not want to go, for now.
    NotInterested,
    /// Closed for a reason.
    Lost,
}

use LeadStatus::{Contacted, Converted, Interested, Lost, New, NotInterested};

/// Whoever works leads.
const WORKERS: &[By] = &[By::Organizer, By::Admin];

const fn step(from: LeadStatus, verb: &'static str, to: LeadStatus) -> Step<LeadStatus> {
    Step { from, verb, to, by: WORKERS }
}

impl Lifecycle for LeadStatus {
    const NOUN: &'static str = "lead";
    const ALL: &'static [Self] = &[New, Contacted, Interested, Converted, NotInterested, Lost];
    const STEPS: &'static [Step<Self>] = &[
        step(New, "Mark contacted", Contacted),
        step(New, "Mark not interested", NotInterested),
        step(Contacted, "Mark interested", Interested),
        step(Contacted, "Mark not interested", NotInterested),
        step(Interested, "Convert", Converted),
        step(Interested, "Mark not interested", NotInterested),
        step(NotInterested, "Win back", Contacted),
        step(NotInterested, "Close as lost", Lost),
        step(Lost, "Win back", Contacted),
    ];

    fn as_str(self) -> &'static str {
        match self {
            New => "new",
            Contacted => "contacted",
            Interested => "interested",
            Converted => "converted",
            NotInterested => "not_interested",
            Lost => "lost",
        }
    }

    fn label(self) -> &'static str {
        match self {
            New => "New",
            Contacted => "Contacted",
            Interested => "Interested",
            Converted => "Converted",
            NotInterested => "Not interested",
            Lost => "Lost",
        }
    }
}

impl LeadStatus {
    /// The statuses in which there is work to do.
    pub const OPEN: &'static [Self] = &[New, Contacted, Interested];

    /// Whether there is work to do.
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }

    /// The status that a lead goes back to when its step from `from` to `to` is undone: `from`, where one plain step leads back.
    /// There is no other way back: an undo is a step as any other.
    pub fn way_back(from: Self, to: Self) -> Option<Self> {
        let needs_more = matches!(from, Converted | Lost);
        let step = Self::STEPS.iter().find(|step| step.from == to && step.to == from);
        step.filter(|_| !needs_more).map(|step| step.to)
    }

    /// What the traveller is told.
    pub const fn stage(self) -> Stage {
        match self {
            New => Stage::Received,
            Contacted => Stage::InConversation,
            Interested => Stage::Choosing,
            Converted => Stage::Booked,
            NotInterested | Lost => Stage::Closed,
        }
    }
}

/// As whom somebody of that role takes steps; travellers take none.
pub const fn worker(role: Role) -> Option<By> {
    match role {
        Role::Organizer => Some(By::Organizer),
        Role::Admin => Some(By::Admin),
        Role::User => None,
    }
}

/// How far an enquiry has come, in the traveller's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Stage {
    /// It has arrived.
    Received,
    /// The organizer has answered.
    InConversation,
    /// The details are being settled.
    Choosing,
    /// The seats are booked.
    Booked,
    /// Nothing more is planned.
    Closed,
}

impl Stage {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::InConversation => "In conversation",
            Self::Choosing => "Choosing",
            Self::Booked => "Booked",
            Self::Closed => "Closed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::error::AppError;

    /// The table of product.md, "Leads", written a second time.
    const TABLE: &[(&str, &str, &str)] = &[
        ("new", "Mark contacted", "contacted"),
        ("new", "Mark not interested", "not_interested"),
        ("contacted", "Mark interested", "interested"),
        ("contacted", "Mark not interested", "not_interested"),
        ("interested", "Convert", "converted"),
        ("interested", "Mark not interested", "not_interested"),
        ("not_interested", "Win back", "contacted"),
        ("not_interested", "Close as lost", "lost"),
        ("lost", "Win back", "contacted"),
    ];

    #[test]
    fn every_step_of_every_role_is_as_the_product_says() {
        for &from in LeadStatus::ALL {
            for &to in LeadStatus::ALL {
                let verb =
                    TABLE.iter().find(|(a, _, b)| (*a, *b) == (from.as_str(), to.as_str())).map(|(_, verb, _)| *verb);
                for by in [By::Organizer, By::Admin, By::Requester, By::System] {
                    let outcome = from.check_step(to, by);
                    match (verb, by) {
                        (Some(verb), By::Organizer | By::Admin) => assert_eq!(outcome.unwrap().verb, verb),
                        (Some(_), _) => assert_eq!(outcome, Err(AppError::Forbidden)),
                        (None, _) => {
                            assert!(matches!(outcome, Err(AppError::StepRefused { .. })), "{from:?} {to:?} {by:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_step_is_undone_only_where_the_lifecycle_leads_back() {
        let mut undone = Vec::new();
        for step in LeadStatus::STEPS {
            undone.extend(LeadStatus::way_back(step.from, step.to).map(|back| (step.verb, step.to, back)));
        }
        assert_eq!(undone, [("Mark not interested", NotInterested, Contacted), ("Win back", Contacted, NotInterested)]);
    }

    #[test]
    fn only_converted_is_final() {
        let last: Vec<_> = LeadStatus::ALL.iter().filter(|status| status.is_final()).collect();
        assert_eq!(last, [&Converted]);
    }

    #[test]
    fn names_on_the_wire_are_those_of_the_product() {
        for status in LeadStatus::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
            assert_eq!(LeadStatus::from_name(status.as_str()), Some(*status));
        }
    }

    #[test]
    fn travellers_take_no_steps() {
        assert_eq!(worker(Role::User), None);
    }
}
