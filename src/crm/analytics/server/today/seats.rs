//! How full the departures of the next eight weeks are: booked, asked for, free; and the one to worry about.

use std::collections::BTreeMap;

use jiff::ToSpan;

use super::super::repository;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        analytics::today::{DepartureSeats, Seats},
        trips::{
            listing::MyTripFilter,
            server::service as trips,
            trip::{Departure, DepartureId, Trip, Visibility},
        },
    },
    server::{state::App, zone::Zone},
    shared::{
        error::AppError,
        page::{MAX_LIMIT, PageRequest},
    },
};

/// How many weeks ahead it looks.
const WEEKS: i32 = 8;
/// How many departures are drawn.
const SHOWN: usize = 12;

/// All trips of an organizer.
pub(super) async fn own_trips(app: &App, actor: &Actor) -> Result<Vec<Trip>, AppError> {
    let mut own = Vec::new();
    let mut request = PageRequest { limit: MAX_LIMIT, cursor: None };
    loop {
        let page = trips::search_my_trips(app, actor, MyTripFilter::default(), &request).await?;
        own.extend(page.items);
        match page.next {
            Some(next) => request.cursor = Some(next),
            None => return Ok(own),
        }
    }
}

/// The next departures with their seats, by date.
pub(super) async fn fill(app: &App, zone: &Zone, own: &[Trip]) -> Result<Seats, AppError> {
    let today = trips::today(app);
    let until = today.saturating_add(WEEKS.weeks());
    let mut next: Vec<(&Trip, &Departure)> = own
        .iter()
        .filter(|trip| trip.visibility != Visibility::Draft)
        .flat_map(|trip| {
            trip.upcoming(today)
                .filter(|departure| departure.starts_on <= until)
                .map(move |departure| (trip, departure))
        })
        .collect();
    next.sort_by_key(|(trip, departure)| (departure.starts_on, trip.title.clone()));
    let ids: Vec<DepartureId> = next.iter().map(|(_, departure)| departure.id).collect();
    let asked = repository::asked_seats(&app.db, &ids).await?;
    let departures: Vec<_> = next.iter().map(|(trip, departure)| seats_of(zone, trip, departure, &asked)).collect();
    let reading = read(&departures);
    Ok(Seats { reading, departures: departures.into_iter().take(SHOWN).collect() })
}

fn seats_of(zone: &Zone, trip: &Trip, departure: &Departure, asked: &BTreeMap<DepartureId, u32>) -> DepartureSeats {
    DepartureSeats {
        trip: trip.title.clone(),
        thumb: trip.landscape().thumb_url(),
        day: zone.weekday_date(departure.starts_on),
        href: format!("/leads?tripId={}", trip.id),
        booked: departure.seats_booked,
        asked: asked.get(&departure.id).copied().unwrap_or_default(),
        seats: departure.seats,
    }
}

/// The sentence that reads the bars: how many seats are booked, and the departure that is least likely to fill.
fn read(departures: &[DepartureSeats]) -> (String, String, String) {
    let booked: u32 = departures.iter().map(|departure| departure.booked).sum();
    let seats: u32 = departures.iter().map(|departure| departure.seats).sum();
    let lead = format!("{booked} of {seats} seats are booked.");
    let worst = departures.iter().filter(|departure| departure.booked + departure.asked < departure.seats).min_by_key(
        |departure| u64::from(departure.booked + departure.asked) * 10_000 / u64::from(departure.seats.max(1)),
    );
    match worst {
        None if departures.is_empty() => (String::new(), String::new(), String::new()),
        None => (format!("{lead} With those who ask, every departure fills."), String::new(), String::new()),
        Some(worst) => {
            let asked = match worst.asked {
                0 => "nobody asks for a seat".to_owned(),
                1 => "one person asks for a seat".to_owned(),
                count => format!("{count} people ask for a seat"),
            };
            let rest = format!(" is the one to worry about: {} of {}, {asked}.", worst.booked, worst.seats);
            (format!("{lead} "), format!("{} on {}", worst.trip, worst.day), rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn departure(trip: &str, booked: u32, asked: u32, seats: u32) -> DepartureSeats {
        DepartureSeats {
            trip: trip.into(),
            thumb: String::new(),
            day: "Sun 3 Jan".into(),
            href: String::new(),
            booked,
            asked,
            seats,
        }
    }

    fn reading(departures: &[DepartureSeats]) -> String {
        let (before, strong, after) = read(departures);
        format!("{before}{strong}{after}")
    }

    #[test]
    fn the_emptiest_departure_is_the_one_to_worry_about() {
        let departures =
            [departure("Kedarkantha", 8, 4, 12), departure("Brahmatal", 3, 1, 10), departure("Chadar", 5, 4, 14)];
        assert_eq!(
            reading(&departures),
            "16 of 36 seats are booked. Brahmatal on Sun 3 Jan is the one to worry about: 3 of 10, one person asks for a seat."
        );
    }

    #[test]
    fn nothing_to_worry_about_is_said_too() {
        assert_eq!(
            reading(&[departure("Kedarkantha", 8, 4, 12)]),
            "8 of 12 seats are booked. With those who ask, every departure fills."
        );
        assert_eq!(reading(&[]), "");
    }
}
