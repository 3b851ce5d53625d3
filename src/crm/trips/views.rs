//! What different people see of a trip: everybody its public side, its organizer a row of their list, other contexts a label.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        trips::trip::{Departure, DepartureId, Difficulty, ItineraryDay, Safety, Trip, TripId, Visibility},
        verifications::verification::VerificationStatus,
    },
    shared::{money::Money, time::Date},
};

/// Who sells a trip, as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OrganizerLabel {
    /// The id.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub id: UserId,
    /// The name of the business.
    pub name: String,
}

/// A departure as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PublicDeparture {
    /// The id.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub id: DepartureId,
    /// The first day.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub starts_on: Date,
    /// The last day.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub ends_on: Date,
    /// How many seats are free.
    pub seats_left: u32,
}

impl PublicDeparture {
    /// The public side of a trip's departure.
    pub fn new(trip: &Trip, departure: &Departure) -> Self {
        Self {
            id: departure.id,
            starts_on: departure.starts_on,
            ends_on: trip.ends_on(departure.starts_on),
            seats_left: departure.seats_left(),
        }
    }
}

/// What every view of a trip shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TripFace {
    /// The id.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub id: TripId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Who sells it.
    pub organizer: OrganizerLabel,
    /// Where it leads.
    pub destination: String,
    /// The part of the country.
    pub region: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Days from the first to the last, both included.
    pub duration_days: u32,
    /// For one person.
    pub price: Money,
    /// The picture that stands for the trip.
    pub landscape: String,
}

impl TripFace {
    fn new(trip: &Trip, organizer_name: String) -> Self {
        Self {
            id: trip.id,
            slug: trip.slug.clone(),
            title: trip.title.clone(),
            organizer: OrganizerLabel { id: trip.organizer, name: organizer_name },
            destination: trip.destination.clone(),
            region: trip.region.clone(),
            difficulty: trip.difficulty,
            duration_days: trip.duration_days,
            price: trip.price,
            landscape: trip.landscape().name.into(),
        }
    }
}

/// A live trip in full, as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PublicTrip {
    /// What every view shows.
    #[serde(flatten)]
    pub face: TripFace,
    /// One or two sentences.
    pub summary: String,
    /// The whole text; blank lines part its paragraphs.
    pub description: String,
    /// Day by day.
    pub itinerary: Vec<ItineraryDay>,
    /// How people are kept safe.
    pub safety: Safety,
    /// What the price includes.
    pub inclusions: Vec<String>,
    /// What it does not.
    pub exclusions: Vec<String>,
    /// Names of pictures.
    pub photos: Vec<String>,
    /// The departures that have not passed, by date.
    pub departures: Vec<PublicDeparture>,
    /// Whether it is verified at this moment: a live trip that was changed is looked at again.
    pub verified: bool,
}

impl PublicTrip {
    /// The public side of a trip on a day.
    pub fn new(trip: Trip, organizer_name: String, today: Date) -> Self {
        Self {
            face: TripFace::new(&trip, organizer_name),
            departures: trip.upcoming(today).map(|departure| PublicDeparture::new(&trip, departure)).collect(),
            verified: trip.verification == VerificationStatus::Verified,
            summary: trip.summary,
            description: trip.description,
            itinerary: trip.itinerary,
            safety: trip.safety,
            inclusions: trip.inclusions,
            exclusions: trip.exclusions,
            photos: trip.photos,
        }
    }
}

/// A live trip in a list for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TripCard {
    /// What every view shows.
    #[serde(flatten)]
    pub face: TripFace,
    /// One or two sentences.
    pub summary: String,
    /// The next departure; `None` when all have passed.
    pub next_departure: Option<PublicDeparture>,
    /// How many departures have not passed.
    pub upcoming_departures: u32,
}

impl TripCard {
    /// The card of a trip on a day.
    pub fn new(trip: Trip, organizer_name: String, today: Date) -> Self {
        let next_departure = trip.upcoming(today).next().map(|departure| PublicDeparture::new(&trip, departure));
        Self {
            face: TripFace::new(&trip, organizer_name),
            upcoming_departures: count(trip.upcoming(today)),
            next_departure,
            summary: trip.summary,
        }
    }
}

/// A trip in its organizer's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TripRow {
    /// What every view shows.
    #[serde(flatten)]
    pub face: TripFace,
    /// Who can see it.
    pub visibility: Visibility,
    /// Where its verification stands.
    pub verification: VerificationStatus,
    /// The date of the next departure; `None` when all have passed.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = Date))]
    pub next_departure: Option<Date>,
    /// How many departures have not passed.
    pub upcoming_departures: u32,
    /// Seats of those departures.
    pub seats: u32,
    /// How many of these are booked.
    pub seats_booked: u32,
    /// Counts changes.
    pub version: u32,
}

impl TripRow {
    /// The row of a trip on a day.
    pub fn new(trip: Trip, organizer_name: String, today: Date) -> Self {
        Self {
            face: TripFace::new(&trip, organizer_name),
            next_departure: trip.next_departure(today),
            upcoming_departures: count(trip.upcoming(today)),
            seats: trip.upcoming(today).map(|departure| departure.seats).sum(),
            seats_booked: trip.upcoming(today).map(|departure| departure.seats_booked).sum(),
            visibility: trip.visibility,
            verification: trip.verification,
            version: trip.version,
        }
    }
}

/// How much an organizer offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveTrips {
    /// Live trips.
    pub live: u64,
    /// Those of them that are verified at this moment.
    pub verified: u64,
}

/// What other lists show of a trip: its name with a link and a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TripLabel {
    /// The id.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub id: TripId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// The picture that stands for it.
    pub landscape: String,
}

impl TripLabel {
    /// Whether somebody who writes `reference` means this trip: its slug, or its title in any case.
    pub fn is_called(&self, reference: &str) -> bool {
        let reference = reference.trim();
        self.slug == reference || self.title.to_lowercase() == reference.to_lowercase()
    }
}

/// What leads need to know of a trip: whose it is, what it costs, when it starts and how many seats are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TripOffer {
    /// The id.
    #[serde(alias = "_id")]
    pub id: TripId,
    /// Who sells it.
    pub organizer: UserId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// For one person.
    pub price: Money,
    /// Who can see it.
    pub visibility: Visibility,
    /// When it starts, by date.
    pub departures: Vec<Departure>,
}

impl TripOffer {
    /// The departure of that id.
    pub fn departure(&self, id: DepartureId) -> Option<&Departure> {
        self.departures.iter().find(|departure| departure.id == id)
    }
}

impl From<&Trip> for TripOffer {
    fn from(trip: &Trip) -> Self {
        Self {
            id: trip.id,
            organizer: trip.organizer,
            slug: trip.slug.clone(),
            title: trip.title.clone(),
            price: trip.price,
            visibility: trip.visibility,
            departures: trip.departures.clone(),
        }
    }
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
