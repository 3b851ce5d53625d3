//! The rules of trips: who may see and change which, when one goes live, and that no seat is sold twice.

mod reading;
mod seats;
mod writing;

pub use reading::{
    count_live_trips, count_unverified, find_labels, find_offers, find_organizers, list_my_trips, list_own_labels,
    list_regions, list_trips, open_trip, require_live_trip, require_own_trip, require_trip, search_my_trips,
    search_trips, view_trip,
};
pub use seats::book_seats;
pub use writing::{create_trip, follow_verification, store_trips, update_trip};

use crate::{
    crm::{
        accounts::{
            server::actor::Actor,
            user::{Role, UserId},
        },
        trips::trip::Trip,
    },
    server::{
        state::App,
        zone::{INDIA, Zone},
    },
    shared::{error::AppError, time::Date},
};

/// The day that it is in India, by which departures are past or to come.
pub fn today(app: &App) -> Date {
    Zone::new(INDIA, app.clock.now()).today()
}

/// Whose trips are meant: an organizer's own, for admins those of `wanted`, or everybody's.
fn owner(actor: &Actor, wanted: Option<UserId>) -> Result<Option<UserId>, AppError> {
    match (actor.role(), wanted) {
        (Role::Admin, wanted) => Ok(wanted),
        (_, Some(other)) if other != actor.user() => {
            Err(AppError::field("organizerId", "You can see and make trips of your own only. Leave this out."))
        }
        _ => Ok(Some(actor.user())),
    }
}

fn check_owner(actor: &Actor, trip: Trip) -> Result<Trip, AppError> {
    let theirs = actor.role() == Role::Admin || trip.organizer == actor.user();
    if theirs { Ok(trip) } else { Err(AppError::NotFound) }
}
