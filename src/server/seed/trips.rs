//! The trips of the demo, with departures around today.

use jiff::{SignedDuration, ToSpan, civil::Weekday};

use super::{chance::Chance, content, people::People};
use crate::{
    crm::trips::trip::{Departure, Trip},
    server::{
        state::App,
        zone::{INDIA, Zone},
    },
    shared::{error::AppError, money::Money, time::Date},
};

/// A trip under way of being made: its seats fill up while leads are.
pub(super) struct TripDraft {
    pub(super) trip: Trip,
    /// Which texts fit it.
    pub(super) settings: Vec<String>,
    /// How many seats of each departure shall be booked in the end, at least.
    targets: Vec<u32>,
    /// How much people want it, against the others of its organizer.
    pub(super) appeal: f64,
}

impl TripDraft {
    /// Books seats of a departure for a lead if so many are free.
    pub(super) fn book(&mut self, departure: usize, party: u32) -> bool {
        match self.trip.departures.get_mut(departure) {
            Some(departure) if departure.seats_left() >= party => {
                departure.seats_booked += party;
                true
            }
            _ => false,
        }
    }

    /// The trip, with the seats that were booked elsewhere than here.
    pub(super) fn finish(mut self) -> Trip {
        for (departure, target) in self.trip.departures.iter_mut().zip(self.targets) {
            departure.seats_booked = departure.seats_booked.max(target).min(departure.seats);
        }
        self.trip
    }
}

/// All trips, none of their seats booked yet.
pub(super) fn make(app: &App, people: &People, chance: &mut Chance) -> Result<Vec<TripDraft>, AppError> {
    let now = app.clock.now();
    let tuesday = tuesday_of(Zone::new(INDIA, now).today());
    let contents = content::trips()?;
    contents.into_iter().map(|content| draft(content, people, chance, (app, tuesday))).collect()
}

/// Offsets are counted from a Tuesday, so that departures fall on the days they were written for.
fn tuesday_of(today: Date) -> Date {
    let since = i64::from(today.weekday().since(Weekday::Tuesday));
    today.saturating_sub(since.days())
}

fn draft(
    content: content::Trip,
    people: &People,
    chance: &mut Chance,
    (app, tuesday): (&App, Date),
) -> Result<TripDraft, AppError> {
    let created = app.clock.now() - SignedDuration::from_hours(24 * chance.number(200, 700));
    let organizer = people.organizers.get(content.organizer).ok_or(AppError::Internal)?.id;
    let targets = content.departures.iter().map(|departure| share_of(departure.seats, departure.demand)).collect();
    let departures = content.departures.iter().map(|departure| Departure {
        id: chance.id(created),
        starts_on: tuesday.saturating_add(departure.offset_days.days()),
        seats: departure.seats,
        seats_booked: 0,
    });
    let departures: Vec<_> = departures.collect();
    let trip = Trip {
        slug: content.slug,
        title: content.title,
        destination: content.destination,
        region: content.region,
        summary: content.summary,
        description: content.description,
        difficulty: content.difficulty,
        duration_days: content.duration_days,
        price: Money::paise(content.price),
        itinerary: content.itinerary,
        safety: content.safety,
        inclusions: content.inclusions,
        exclusions: content.exclusions,
        photos: content.photos,
        departures,
        visibility: content.visibility,
        verification: content.verification,
        ..Trip::blank(chance.id(created), organizer, created)
    };
    Ok(TripDraft { trip, settings: content.settings, targets, appeal: 0.3 + chance.share() })
}

/// So many of `seats` as the share says, rounded.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 200 seats at most")]
fn share_of(seats: u32, share: f64) -> u32 {
    (f64::from(seats) * share.clamp(0.0, 1.0)).round() as u32
}
