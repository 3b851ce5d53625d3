//! The status of a trip's verification and the steps between statuses (product.md, "Trip verification").

use serde::{Deserialize, Serialize};

use crate::shared::lifecycle::{By, Lifecycle, Step};

/// Where the verification of a trip stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum VerificationStatus {
    /// Nobody reviews it yet.
    #[default]
    Pending,
    /// An admin reviews it.
    UnderReview,
    /// The trip may go live.
    Verified,
    /// The organizer has to change something first.
    RevisionRequired,
    /// The trip is not accepted.
    Rejected,
}

use VerificationStatus::{Pending, Rejected, RevisionRequired, UnderReview, Verified};

impl Lifecycle for VerificationStatus {
    const NOUN: &'static str = "verification";
    const ALL: &'static [Self] = &[Pending, UnderReview, Verified, RevisionRequired, Rejected];
    const STEPS: &'static [Step<Self>] = &[
        Step { from: Pending, verb: "Start review", to: UnderReview, by: &[By::Admin] },
        Step { from: UnderReview, verb: "Verify", to: Verified, by: &[By::Admin] },
        Step { from: Verified, verb: "Changed", to: Pending, by: &[By::System] },
        Step { from: UnderReview, verb: "Request revision", to: RevisionRequired, by: &[By::Admin] },
        Step { from: UnderReview, verb: "Reject", to: Rejected, by: &[By::Admin] },
        Step { from: RevisionRequired, verb: "Resubmit", to: Pending, by: &[By::Organizer] },
        Step { from: RevisionRequired, verb: "Reject", to: Rejected, by: &[By::Admin] },
    ];

    fn as_str(self) -> &'static str {
        match self {
            Pending => "pending",
            UnderReview => "under_review",
            Verified => "verified",
            RevisionRequired => "revision_required",
            Rejected => "rejected",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Pending => "Waiting for review",
            UnderReview => "Under review",
            Verified => "Verified",
            RevisionRequired => "Revision required",
            Rejected => "Rejected",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of product.md, written a second time by hand.
    fn expected(from: VerificationStatus, to: VerificationStatus, by: By) -> bool {
        matches!(
            (from, to, by),
            (Pending, UnderReview, By::Admin)
                | (UnderReview, Verified | RevisionRequired | Rejected, By::Admin)
                | (Verified, Pending, By::System)
                | (RevisionRequired, Pending, By::Organizer)
                | (RevisionRequired, Rejected, By::Admin)
        )
    }

    #[test]
    fn only_the_steps_of_the_table_can_be_taken() {
        for &from in VerificationStatus::ALL {
            for &to in VerificationStatus::ALL {
                for by in [By::Organizer, By::Admin, By::Requester, By::System] {
                    assert_eq!(from.check_step(to, by).is_ok(), expected(from, to, by), "{from:?} to {to:?} by {by:?}");
                }
            }
        }
    }

    #[test]
    fn names_on_the_wire_are_those_of_the_table() {
        for &status in VerificationStatus::ALL {
            assert_eq!(serde_json::to_string(&status).unwrap(), format!("{:?}", status.as_str()));
        }
    }
}
