//! When a lead asks for attention: *due* when its follow-up has come, *stale* when nothing went either way for too long.
//! Pure functions of times; the service gives them the clock's time.

use jiff::SignedDuration;

use crate::{crm::leads::status::LeadStatus, shared::time::Time};

/// Whether the follow-up's time has come.
pub fn is_due(next_follow_up_at: Option<Time>, now: Time) -> bool {
    next_follow_up_at.is_some_and(|at| at <= now)
}

/// Whether an open lead has been left alone: nothing went either way for 7 days (14 for `interested`) and no follow-up lies ahead.
pub fn is_stale(status: LeadStatus, last_activity_at: Time, next_follow_up_at: Option<Time>, now: Time) -> bool {
    stale_from(status, last_activity_at, next_follow_up_at).is_some_and(|at| at <= now)
}

/// From when on a lead is stale if nothing happens; `None` where there is no work to do.
pub fn stale_from(status: LeadStatus, last_activity_at: Time, next_follow_up_at: Option<Time>) -> Option<Time> {
    let rested = last_activity_at + patience(status)?;
    Some(next_follow_up_at.map_or(rested, |at| at.max(rested)))
}

/// How long a lead in that status may rest; `None` where there is no work to do.
const fn patience(status: LeadStatus) -> Option<SignedDuration> {
    match status {
        LeadStatus::New | LeadStatus::Contacted => Some(SignedDuration::from_hours(7 * 24)),
        LeadStatus::Interested => Some(SignedDuration::from_hours(14 * 24)),
        LeadStatus::Converted | LeadStatus::NotInterested | LeadStatus::Lost => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_millis(1_764_000_000_000);

    fn days_ago(days: i64) -> Time {
        NOW - SignedDuration::from_hours(24 * days)
    }

    const MOMENT: SignedDuration = SignedDuration::from_millis(1);

    #[test]
    fn a_lead_is_due_from_the_moment_of_its_follow_up() {
        assert!(is_due(Some(NOW), NOW));
        assert!(!is_due(Some(NOW + MOMENT), NOW));
        assert!(!is_due(None, NOW));
    }

    #[test]
    fn a_lead_is_stale_after_seven_days_of_silence() {
        for status in [LeadStatus::New, LeadStatus::Contacted] {
            assert!(is_stale(status, days_ago(7), None, NOW));
            assert!(!is_stale(status, days_ago(7) + MOMENT, None, NOW));
        }
    }

    #[test]
    fn an_interested_lead_may_rest_for_fourteen_days() {
        assert!(!is_stale(LeadStatus::Interested, days_ago(14) + MOMENT, None, NOW));
        assert!(is_stale(LeadStatus::Interested, days_ago(14), None, NOW));
    }

    #[test]
    fn a_lead_with_a_follow_up_ahead_is_not_stale() {
        assert!(!is_stale(LeadStatus::New, days_ago(30), Some(NOW + MOMENT), NOW));
        assert!(is_stale(LeadStatus::New, days_ago(30), Some(NOW), NOW));
    }

    #[test]
    fn a_closed_lead_is_never_stale() {
        for status in [LeadStatus::Converted, LeadStatus::NotInterested, LeadStatus::Lost] {
            assert!(!is_stale(status, days_ago(400), None, NOW));
        }
    }
}
