//! The departures that an organizer writes: seats are never taken from people who have booked.

use std::collections::BTreeSet;

use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::{
    crm::trips::trip::{Departure, DepartureId},
    shared::{checks::Checks, time::Date},
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
    checks.require("departures", wanted.len() <= MAX_DEPARTURES, format!("A trip has at most {MAX_DEPARTURES} departures."));
    let mut days = BTreeSet::new();
    let mut kept = BTreeSet::new();
    let mut departures = Vec::new();
    for (index, input) in wanted.into_iter().take(MAX_DEPARTURES).enumerate() {
        let field = |name: &str| format!("departures.{index}.{name}");
        let before = present.iter().find(|departure| Some(departure.id) == input.id);
        if let Some(id) = input.id {
            checks.require(&field("id"), before.is_some(), "This departure is not one of this trip. Leave its id out to add it.");
            checks.require(&field("id"), kept.insert(id), "This departure is given twice.");
        }
        let starts_on = input.starts_on;
        checks.require(&field("startsOn"), days.insert(starts_on), "There is another departure on this day. Give it more seats instead.");
        if before.is_none_or(|departure| departure.starts_on != starts_on) {
            let latest = today.saturating_add(YEARS_AHEAD.years());
            let possible = (today..=latest).contains(&starts_on);
            checks.require(&field("startsOn"), possible, format!("Choose a day from today on and within the next {YEARS_AHEAD} years."));
        }
        let booked = before.map_or(0, |departure| departure.seats_booked);
        checks.require(&field("seats"), (1..=MAX_SEATS).contains(&input.seats), format!("A departure has 1 to {MAX_SEATS} seats."));
        checks.require(&field("seats"), input.seats >= booked, format!("{booked} seats are booked. Keep at least as many."));
        departures.push(Departure {
            id: before.map_or_else(&mut next_id, |departure| departure.id),
            starts_on,
            seats: input.seats,
            seats_booked: booked,
        });
    }
    for removed in present.iter().filter(|departure| departure.seats_booked > 0 && !kept.contains(&departure.id)) {
        let message = format!("The departure on {} has {} booked seats and cannot be removed.", removed.starts_on, removed.seats_booked);
        checks.refuse("departures", message);
    }
    departures.sort_by_key(|departure| departure.starts_on);
    departures
}
