//! What a lead adds to the totals that are kept: to its place in the pipeline, and to days. Every write adds the difference that it
//! makes, in its own transaction, so that totals equal a recount of the leads at any time.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use jiff::{SignedDuration, tz::TimeZone};

use crate::{
    crm::{
        accounts::user::UserId,
        analytics::figures::counted_minutes,
        leads::{lead::Lead, status::LeadStatus},
        trips::trip::{DepartureId, TripId},
    },
    shared::time::{Date, Time},
};

/// So far the clocks of India are ahead of UTC, ever since 1945.
const INDIA_AHEAD: SignedDuration = SignedDuration::from_mins(5 * 60 + 30);
/// So soon an enquiry is to be answered.
const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Total {
    /// The leads of a trip in a status: `count`, and their `value`.
    Pipeline(UserId, TripId, LeadStatus),
    /// A departure: for how many people contacted and interested leads ask (`asked`).
    Departure(DepartureId),
    /// A day of an organizer by the calendar of India. Of the leads that came then: `created`, `converted`, `asked`, `answered`
    /// within a day of asking, `waits.<minutes>` since then; of the bookings that were made then: `won`.
    Day(UserId, Date),
}

/// How much is added to the fields of each total.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals(BTreeMap<Total, Fields>);

/// How much is added, by the path of the field.
pub type Fields = BTreeMap<Cow<'static, str>, i64>;

impl Totals {
    /// The difference that a write makes: from a lead that there was to the one that there is.
    pub fn between(before: Option<&Lead>, after: Option<&Lead>) -> Self {
        let mut totals = Self::default();
        if let Some(before) = before {
            totals.count(before, -1);
        }
        if let Some(after) = after {
            totals.count(after, 1);
        }
        for fields in totals.0.values_mut() {
            fields.retain(|_, count| *count != 0);
        }
        totals.0.retain(|_, fields| !fields.is_empty());
        totals
    }

    /// Counts one more lead.
    pub fn add(&mut self, lead: &Lead) {
        self.count(lead, 1);
    }

    /// Adds to one field.
    pub fn add_to(&mut self, total: Total, field: impl Into<Cow<'static, str>>, count: i64) {
        *self.0.entry(total).or_default().entry(field.into()).or_default() += count;
    }

    /// How many totals differ from those of another count; what is nothing does not count.
    pub fn count_differences(&self, other: &Self) -> usize {
        let filled = |totals: &Self, total: &Total| -> Fields {
            let fields = totals.0.get(total).into_iter().flatten();
            fields.filter(|(_, count)| **count != 0).map(|(field, count)| (field.clone(), *count)).collect()
        };
        let places: BTreeSet<&Total> = self.0.keys().chain(other.0.keys()).collect();
        places.into_iter().filter(|total| filled(self, total) != filled(other, total)).count()
    }

    /// Each total with its fields, always in the same order.
    pub fn iter(&self) -> impl Iterator<Item = (&Total, &Fields)> {
        self.0.iter()
    }

    fn count(&mut self, lead: &Lead, times: i64) {
        let pipeline = Total::Pipeline(lead.assigned_to, lead.trip_id, lead.status);
        self.add_to(pipeline, "count", times);
        self.add_to(pipeline, "value", times * lead.estimated_value.amount);
        if let Some(departure) = lead.departure_id.filter(|_| asks_for_seats(lead.status)) {
            self.add_to(Total::Departure(departure), "asked", times * i64::from(lead.party_size.unwrap_or(1)));
        }
        let day = |at: Time| Total::Day(lead.assigned_to, day_in_india(at));
        let came = day(lead.created_at);
        self.add_to(came, "created", times);
        if lead.status == LeadStatus::Converted {
            self.add_to(came, "converted", times);
        }
        if let Some(asked_at) = lead.asked_since() {
            self.add_to(came, "asked", times);
            if let Some(answered_at) = lead.first_response_at {
                let wait = answered_at.since(asked_at);
                self.add_to(came, format!("waits.{}", counted_minutes(wait)), times);
                if wait <= ANSWER_WITHIN {
                    self.add_to(came, "answered", times);
                }
            }
        }
        if let Some(booking) = &lead.conversion {
            self.add_to(day(booking.at), "won", times * booking.amount.amount);
        }
    }
}

/// Whether somebody in that status would take a seat: they were answered, and have neither booked nor declined.
const fn asks_for_seats(status: LeadStatus) -> bool {
    matches!(status, LeadStatus::Contacted | LeadStatus::Interested)
}

/// The day of a moment by the calendar of India.
fn day_in_india(at: Time) -> Date {
    (at + INDIA_AHEAD).timestamp().to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::zone::{INDIA, Zone};

    #[test]
    fn days_are_those_of_the_calendar_of_india() {
        let zone = Zone::new(INDIA, Time::from_millis(0));
        for millis in [1_795_497_120_000, 1_795_458_600_000 - 1, 1_795_458_600_000, 1_582_914_600_000] {
            let at = Time::from_millis(millis);
            assert_eq!(day_in_india(at), zone.date_of(at));
        }
    }
}
