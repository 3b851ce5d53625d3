//! Follow-ups in the words of a page, wherever it shows them.

use crate::{
    crm::leads::{
        due::is_due,
        listing::{FollowUp, FollowUpState},
    },
    server::zone::Zone,
    shared::time::Time,
};

/// When to get back to somebody, and how that stands.
pub fn follow_up_of(zone: &Zone, at: Time) -> FollowUp {
    let state = if is_due(Some(at), zone.now()) {
        FollowUpState::Late
    } else if zone.date_of(at) == zone.today() {
        FollowUpState::Today
    } else {
        FollowUpState::Ahead
    };
    FollowUp { moment: zone.due(at), state }
}
