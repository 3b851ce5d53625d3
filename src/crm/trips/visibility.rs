//! Who can see a trip, and how it goes live.

use serde::{Deserialize, Serialize};

use crate::{
    crm::verifications::verification::VerificationStatus,
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle, Step},
    },
};

/// Who can see a trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Visibility {
    /// Its organizer, who still writes it.
    #[default]
    Draft,
    /// Everybody.
    Live,
    /// Its organizer: it was live and may be again.
    Paused,
}

use Visibility::{Draft, Live, Paused};

impl Lifecycle for Visibility {
    const NOUN: &'static str = "trip";
    const ALL: &'static [Self] = &[Draft, Live, Paused];
    const STEPS: &'static [Step<Self>] = &[
        Step { from: Draft, verb: "Go live", to: Live, by: &[By::Organizer, By::Admin] },
        Step { from: Live, verb: "Pause", to: Paused, by: &[By::Organizer, By::Admin, By::System] },
        Step { from: Paused, verb: "Go live again", to: Live, by: &[By::Organizer, By::Admin] },
    ];

    fn as_str(self) -> &'static str {
        match self {
            Draft => "draft",
            Live => "live",
            Paused => "paused",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Draft => "Draft",
            Live => "Live",
            Paused => "Paused",
        }
    }
}

impl Visibility {
    /// Whether a trip of that verification can take the step to another visibility.
    ///
    /// # Errors
    /// [`AppError::StepRefused`] when the table has no such step, or when a trip would go live that is not verified;
    /// [`AppError::Forbidden`] when the step is not for `by`.
    pub fn check_change(self, to: Self, verification: VerificationStatus, by: By) -> Result<(), AppError> {
        self.check_step(to, by)?;
        let reason = match verification {
            _ if to != Live => return Ok(()),
            VerificationStatus::Verified => return Ok(()),
            VerificationStatus::Pending => {
                "This trip waits for its verification. It can go live once it is verified; leave it as it is until then."
            }
            VerificationStatus::UnderReview => "An admin is reviewing this trip. It can go live once it is verified.",
            VerificationStatus::RevisionRequired => {
                "The review of this trip asked for changes. Make them; it can go live once it is verified."
            }
            VerificationStatus::Rejected => "This trip was rejected in its review and cannot go live.",
        };
        let allowed_next =
            self.allowed_next(by).into_iter().filter(|&next| next != Live).map(|next| next.as_str().to_owned());
        Err(AppError::StepRefused { message: reason.into(), allowed_next: allowed_next.collect() })
    }

    /// What becomes of it when the trip's verification ends so: a live trip that is not accepted is paused.
    pub const fn after_verification(self, verification: VerificationStatus) -> Self {
        match (self, verification) {
            (Live, VerificationStatus::RevisionRequired | VerificationStatus::Rejected) => Paused,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYBODY: [By; 4] = [By::Organizer, By::Admin, By::Requester, By::System];

    /// The table, written a second time by hand.
    fn expected(from: Visibility, to: Visibility, by: By) -> bool {
        match by {
            By::Organizer | By::Admin => matches!((from, to), (Draft | Paused, Live) | (Live, Paused)),
            By::System => matches!((from, to), (Live, Paused)),
            By::Requester => false,
        }
    }

    #[test]
    fn only_the_steps_of_the_table_can_be_taken() {
        for &from in Visibility::ALL {
            for &to in Visibility::ALL {
                for by in EVERYBODY {
                    let taken = from.check_change(to, VerificationStatus::Verified, by).is_ok();
                    assert_eq!(taken, expected(from, to, by), "{from:?} to {to:?} by {by:?}");
                }
            }
        }
    }

    #[test]
    fn a_trip_goes_live_only_when_it_is_verified() {
        for &verification in VerificationStatus::ALL.iter().filter(|&&status| status != VerificationStatus::Verified) {
            for from in [Draft, Paused] {
                let refusal = from.check_change(Live, verification, By::Organizer);
                assert!(
                    matches!(refusal, Err(AppError::StepRefused { allowed_next, .. }) if allowed_next.is_empty()),
                    "{verification:?}"
                );
            }
        }
    }

    #[test]
    fn a_live_trip_can_be_paused_whatever_its_verification() {
        for &verification in VerificationStatus::ALL {
            assert!(Live.check_change(Paused, verification, By::Organizer).is_ok());
        }
    }

    #[test]
    fn a_verification_that_ends_badly_pauses_a_live_trip_alone() {
        for &verification in VerificationStatus::ALL {
            let badly = matches!(verification, VerificationStatus::RevisionRequired | VerificationStatus::Rejected);
            assert_eq!(Live.after_verification(verification), if badly { Paused } else { Live });
            assert_eq!(Draft.after_verification(verification), Draft);
            assert_eq!(Paused.after_verification(verification), Paused);
        }
    }
}
