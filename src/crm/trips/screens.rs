//! What the pages about trips show: complete, in order and formatted by the server, so that views only lay it out.

mod own;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

pub use own::{BookedSeats, DayLine, MyTripRow, MyTripsView, NewTripView, TripEditView, VisibilityStep};

use crate::{
    crm::{
        accounts::user::Role,
        trips::trip::{DepartureId, Difficulty, TripId},
    },
    shared::{money::Money, time::Date},
};

/// How many seats are called the last ones.
const FEW_SEATS: u32 = 4;

/// A picture out of the catalogue, with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Picture {
    /// Its name in a trip's `photos`.
    pub name: String,
    /// The address of the whole picture.
    pub url: String,
    /// The address of the small mark.
    pub thumb_url: String,
    /// What is to be seen.
    pub description: String,
}

/// A departure as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct DepartureLine {
    /// The id.
    pub id: DepartureId,
    /// The first day.
    pub starts_on: Date,
    /// The first day in words: `Sat 19 Dec`.
    pub starts: String,
    /// The first day with its year: `Sat 19 Dec 2026`.
    pub starts_in_full: String,
    /// The last day in words.
    pub ends: String,
    /// All seats.
    pub seats: u32,
    /// Those that are free.
    pub seats_left: u32,
}

impl DepartureLine {
    /// Whether nobody fits any more.
    pub const fn is_full(&self) -> bool {
        self.seats_left == 0
    }

    /// Whether it fills soon.
    pub const fn is_nearly_full(&self) -> bool {
        self.seats_left > 0 && self.seats_left <= FEW_SEATS && self.seats > FEW_SEATS
    }

    /// How many seats are free, in words.
    pub fn seats_in_words(&self) -> String {
        match self.seats_left {
            0 => "Full".into(),
            1 if self.is_nearly_full() => "Last seat".into(),
            1 => "1 seat left".into(),
            left if self.is_nearly_full() => format!("Last {left} seats"),
            left => format!("{left} seats left"),
        }
    }
}

/// A live trip as search results show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TripCardView {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub destination: String,
    /// The part of the country.
    pub region: String,
    /// Days from the first to the last.
    pub duration_days: u32,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// For one person.
    pub price: Money,
    /// The picture that stands for it.
    pub picture: Picture,
    /// The next departure with a free seat, else the next one.
    pub next: Option<DepartureLine>,
}

/// What somebody searches for, as an address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TripQuery {
    /// Words.
    pub q: Option<String>,
    /// The name of a difficulty.
    pub difficulty: Option<String>,
    /// A region.
    pub region: Option<String>,
    /// The name of an order.
    pub sort: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl TripQuery {
    /// Whether it leaves trips out.
    pub const fn is_filtered(&self) -> bool {
        self.q.is_some() || self.difficulty.is_some() || self.region.is_some()
    }
}

/// What the frame of the public pages has to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct PublicSurroundings {
    /// The year, for the footer.
    pub year: i16,
    /// What the visitor is, when they are signed in.
    pub role: Option<Role>,
}

/// One page of search results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TripSearchView {
    /// The trips.
    pub cards: Vec<TripCardView>,
    /// The regions that have live trips, by name.
    pub regions: Vec<String>,
    /// How many match.
    pub total: u64,
    /// Whether there are more than `total`.
    pub total_capped: bool,
    /// How many a page has at most.
    pub limit: u32,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// Who sells a trip, as everybody may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct OrganizerBlock {
    /// The name of the business.
    pub name: String,
    /// Since when they are here: `November 2024`.
    pub since: String,
    /// How many of their trips are live.
    pub live_trips: u64,
    /// How many of those are verified now.
    pub verified_trips: u64,
    /// How fast they usually answer, from their enquiries: `within 2 h`; none when there is no figure.
    pub answers: Option<String>,
}

/// What is known of the person who is about to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Asker {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their number.
    pub phone: String,
}

/// One day of an itinerary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct DayBlock {
    /// Which day.
    pub day: u32,
    /// Where it leads.
    pub title: String,
    /// What happens, by paragraphs.
    pub paragraphs: Vec<String>,
}

/// The public page of a trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TripPageView {
    /// The id.
    pub id: TripId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub destination: String,
    /// The part of the country.
    pub region: String,
    /// One or two sentences.
    pub summary: String,
    /// The description, by paragraphs.
    pub paragraphs: Vec<String>,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Days from the first to the last.
    pub duration_days: u32,
    /// For one person.
    pub price: Money,
    /// The largest group among the coming departures.
    pub group: Option<u32>,
    /// Whether it is verified at this moment.
    pub is_verified: bool,
    /// The picture at the top.
    pub hero: Picture,
    /// The pictures further down.
    pub photos: Vec<Picture>,
    /// Day by day.
    pub days: Vec<DayBlock>,
    /// What is done so that nothing happens, by paragraphs.
    pub measures: Vec<String>,
    /// What is done when something happens, by paragraphs.
    pub emergency_plan: Vec<String>,
    /// What the price includes.
    pub inclusions: Vec<String>,
    /// What it does not.
    pub exclusions: Vec<String>,
    /// The coming departures, by date.
    pub departures: Vec<DepartureLine>,
    /// Who sells it.
    pub organizer: OrganizerBlock,
    /// Who is signed in, as a traveller.
    pub asker: Asker,
    /// Where a traveller chats with the organizer, and who is not signed in yet; nobody else does.
    pub chat_href: Option<String>,
    /// The address of this page for other sites.
    pub address: String,
    /// The address of the hero for other sites.
    pub image_address: String,
}

impl TripPageView {
    /// The next departure that has a seat.
    pub fn next_with_seats(&self) -> Option<&DepartureLine> {
        self.departures.iter().find(|departure| !departure.is_full())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn departure(seats: u32, seats_left: u32) -> DepartureLine {
        let starts_on = jiff::civil::date(2026, 12, 19);
        DepartureLine {
            id: DepartureId::from_bytes([0; 12]),
            starts_on,
            starts: String::new(),
            starts_in_full: String::new(),
            ends: String::new(),
            seats,
            seats_left,
        }
    }

    #[test]
    fn the_last_seats_are_called_so() {
        let said = |seats, left| departure(seats, left).seats_in_words();
        assert_eq!(said(12, 0), "Full");
        assert_eq!(said(12, 1), "Last seat");
        assert_eq!(said(12, 4), "Last 4 seats");
        assert_eq!(said(12, 5), "5 seats left");
    }

    #[test]
    fn a_small_group_is_not_nearly_full_from_the_start() {
        assert_eq!(departure(4, 4).seats_in_words(), "4 seats left");
        assert_eq!(departure(1, 1).seats_in_words(), "1 seat left");
    }
}
