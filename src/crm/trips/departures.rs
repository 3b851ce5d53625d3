//! The departures that an organizer writes: seats are never taken from people who have booked.

use std::collections::BTreeSet;

use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::{
    crm::trips::trip::{Departure, DepartureId},
    shared::{
        checks::Checks,
        time::{Date, read_date},
    },
};

/// Departures of one trip.
pub const MAX_DEPARTURES: usize = 100;
/// Seats of one departure.
pub const MAX_SEATS: u32 = 200;
/// How many years ahead a departure can lie.
const YEARS_AHEAD: i32 = 3;

/// A departure to be made, or changed when it has an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DepartureInput {
    /// Which departure of the trip this is; absent: a new one.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub id: Option<DepartureId>,
    /// The first day.
    #[serde(deserialize_with = "read_date")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub starts_on: Date,
    /// 1 to [`MAX_SEATS`], and not fewer than are booked.
    pub seats: u32,
}

/// The departures as an organizer wants them, by date. Problems are noted under `departures.<index>`, and under
/// `departures` when one with bookings is left out.
pub(super) fn check(
    checks: &mut Checks,
    present: &[Departure],
    wanted: Vec<DepartureInput>,
    today: Date,
    mut next_id: impl FnMut() -> DepartureId,
) -> Vec<Departure> {
    checks.require(
        "departures",
        wanted.len() <= MAX_DEPARTURES,
        format!("A trip has at most {MAX_DEPARTURES} departures."),
    );
    let mut days = BTreeSet::new();
    let mut kept = BTreeSet::new();
    let mut departures = Vec::new();
    for (index, input) in wanted.into_iter().take(MAX_DEPARTURES).enumerate() {
        let field = |name: &str| format!("departures.{index}.{name}");
        let before = present.iter().find(|departure| Some(departure.id) == input.id);
        if let Some(id) = input.id {
            checks.require(
                &field("id"),
                before.is_some(),
                "This departure is not one of this trip. Leave its id out to add it.",
            );
            checks.require(&field("id"), kept.insert(id), "This departure is given twice.");
        }
        let starts_on = input.starts_on;
        checks.require(
            &field("startsOn"),
            days.insert(starts_on),
            "There is another departure on this day. Give it more seats instead.",
        );
        if before.is_none_or(|departure| departure.starts_on != starts_on) {
            let latest = today.saturating_add(YEARS_AHEAD.years());
            let possible = (today..=latest).contains(&starts_on);
            checks.require(
                &field("startsOn"),
                possible,
                format!("Choose a day from today on and within the next {YEARS_AHEAD} years."),
            );
        }
        let booked = before.map_or(0, |departure| departure.seats_booked);
        checks.require(
            &field("seats"),
            (1..=MAX_SEATS).contains(&input.seats),
            format!("A departure has 1 to {MAX_SEATS} seats."),
        );
        checks.require(
            &field("seats"),
            input.seats >= booked,
            format!("{booked} seats are booked. Keep at least as many."),
        );
        departures.push(Departure {
            id: before.map_or_else(&mut next_id, |departure| departure.id),
            starts_on,
            seats: input.seats,
            seats_booked: booked,
        });
    }
    for removed in present.iter().filter(|departure| departure.seats_booked > 0 && !kept.contains(&departure.id)) {
        let message = format!(
            "The departure on {} has {} booked seats and cannot be removed.",
            removed.starts_on, removed.seats_booked
        );
        checks.refuse("departures", message);
    }
    departures.sort_by_key(|departure| departure.starts_on);
    departures
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::shared::error::{AppError, FieldErrors};

    fn id(number: u8) -> DepartureId {
        DepartureId::from_bytes([number; 12])
    }

    fn today() -> Date {
        date(2026, 11, 24)
    }

    /// One that has passed, one with bookings, one without.
    fn present() -> Vec<Departure> {
        vec![
            Departure { id: id(1), starts_on: date(2026, 11, 21), seats: 12, seats_booked: 9 },
            Departure { id: id(2), starts_on: date(2026, 12, 12), seats: 12, seats_booked: 5 },
            Departure { id: id(3), starts_on: date(2026, 12, 19), seats: 12, seats_booked: 0 },
        ]
    }

    fn unchanged() -> Vec<DepartureInput> {
        present()
            .iter()
            .map(|departure| DepartureInput {
                id: Some(departure.id),
                starts_on: departure.starts_on,
                seats: departure.seats,
            })
            .collect()
    }

    fn new(starts_on: Date, seats: u32) -> DepartureInput {
        DepartureInput { id: None, starts_on, seats }
    }

    fn check_all(wanted: Vec<DepartureInput>) -> Result<Vec<Departure>, FieldErrors> {
        let mut checks = Checks::new();
        let departures = check(&mut checks, &present(), wanted, today(), || id(9));
        match checks.finish() {
            Err(AppError::InvalidInput(fields)) => Err(fields),
            outcome => Ok(outcome.map(|()| departures).unwrap()),
        }
    }

    fn refused(wanted: Vec<DepartureInput>, field: &str) {
        let fields = check_all(wanted).unwrap_err();
        assert_eq!(fields.keys().collect::<Vec<_>>(), [field]);
    }

    #[test]
    fn departures_that_stay_as_they_are_keep_their_bookings() {
        assert_eq!(check_all(unchanged()), Ok(present()));
    }

    #[test]
    fn a_new_departure_has_an_id_and_no_bookings_and_stands_by_its_date() {
        let mut wanted = unchanged();
        wanted.push(new(date(2026, 12, 1), 8));
        let departures = check_all(wanted).unwrap();
        assert_eq!(departures[1], Departure { id: id(9), starts_on: date(2026, 12, 1), seats: 8, seats_booked: 0 });
    }

    #[test]
    fn seats_cannot_drop_below_what_is_booked() {
        let mut wanted = unchanged();
        wanted[1].seats = 4;
        refused(wanted.clone(), "departures.1.seats");
        wanted[1].seats = 5;
        assert_eq!(check_all(wanted).unwrap()[1].seats_left(), 0);
    }

    #[test]
    fn a_departure_with_bookings_cannot_be_left_out() {
        let mut wanted = unchanged();
        wanted.remove(2);
        assert_eq!(check_all(wanted.clone()).unwrap().len(), 2);
        wanted.remove(1);
        refused(wanted, "departures");
    }

    #[test]
    fn a_departure_of_another_trip_cannot_be_named() {
        let mut wanted = unchanged();
        wanted[2].id = Some(id(8));
        refused(wanted, "departures.2.id");
    }

    #[test]
    fn one_departure_cannot_be_given_twice() {
        let mut wanted = unchanged();
        wanted.push(DepartureInput { id: Some(id(3)), ..new(date(2026, 12, 26), 12) });
        refused(wanted, "departures.3.id");
    }

    #[test]
    fn a_day_has_one_departure() {
        let mut wanted = unchanged();
        wanted.push(new(date(2026, 12, 19), 12));
        refused(wanted, "departures.3.startsOn");
    }

    #[test]
    fn a_departure_lies_between_today_and_three_years_ahead() {
        for (day, possible) in [
            (date(2026, 11, 23), false),
            (date(2026, 11, 24), true),
            (date(2029, 11, 24), true),
            (date(2029, 11, 25), false),
        ] {
            let mut wanted = unchanged();
            wanted.push(new(day, 12));
            assert_eq!(check_all(wanted).is_ok(), possible, "{day}");
        }
    }

    #[test]
    fn a_departure_has_1_to_200_seats() {
        for (seats, possible) in [(0, false), (1, true), (200, true), (201, false)] {
            let mut wanted = unchanged();
            wanted[2].seats = seats;
            assert_eq!(check_all(wanted).is_ok(), possible, "{seats}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_keeps_every_booked_seat(
            keep in proptest::collection::vec((0_u8..5, 0_u32..210, 0_i32..1_200), 0..6)
        ) {
            let wanted = keep.into_iter().map(|(number, seats, days)| DepartureInput {
                id: (number > 0).then(|| id(number)),
                starts_on: today().saturating_add(days.days()),
                seats,
            });
            let booked = |departures: &[Departure]| departures.iter().map(|departure| departure.seats_booked).sum::<u32>();
            if let Ok(departures) = check_all(wanted.collect()) {
                prop_assert_eq!(booked(&departures), booked(&present()));
                prop_assert!(departures.iter().all(|departure| departure.seats_booked <= departure.seats));
                prop_assert!(departures.is_sorted_by_key(|departure| departure.starts_on));
            }
        }
    }
}
