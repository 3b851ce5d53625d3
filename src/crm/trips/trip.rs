//! Trips: what organizers sell, their departures and when people may see them. What may be written to a trip stands in
//! `changes.rs`, what others see of it in `views.rs`.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        trips::landscape::{Landscape, choose_landscape},
        verifications::verification::VerificationStatus,
    },
    shared::{
        error::AppError,
        id::Id,
        lifecycle::By,
        money::Money,
        time::{Date, Time},
    },
};

pub use super::{difficulty::Difficulty, visibility::Visibility};

/// The id of a [`Trip`].
pub type TripId = Id<Trip>;

/// The id of a [`Departure`]; unique in the marketplace.
pub type DepartureId = Id<Departure>;

/// One day of an itinerary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ItineraryDay {
    /// From 1 to the trip's duration, each at most once.
    pub day: u32,
    /// Where it leads.
    pub title: String,
    /// What happens.
    pub text: String,
}

/// How people are kept safe.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Safety {
    /// What is done so that nothing happens.
    #[serde(default)]
    pub measures: String,
    /// What is done when something happens.
    #[serde(default)]
    pub emergency_plan: String,
}

/// A date on which the trip starts. `seats_booked` never exceeds `seats`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Departure {
    /// The id.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub id: DepartureId,
    /// The first day, as the calendar in India shows it.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub starts_on: Date,
    /// How many people can come.
    pub seats: u32,
    /// How many of them are booked.
    pub seats_booked: u32,
}

impl Departure {
    /// How many seats are free.
    pub const fn seats_left(&self) -> u32 {
        self.seats.saturating_sub(self.seats_booked)
    }
}

/// A trip in full, as its organizer and admins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Trip {
    /// The id.
    #[serde(alias = "_id")]
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub id: TripId,
    /// Who sells it.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub organizer: UserId,
    /// Its name in addresses; unique, made from the first title and kept.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub destination: String,
    /// The part of the country.
    pub region: String,
    /// One or two sentences.
    pub summary: String,
    /// The whole text; blank lines part its paragraphs.
    pub description: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Days from the first to the last, both included.
    pub duration_days: u32,
    /// For one person.
    pub price: Money,
    /// Day by day.
    pub itinerary: Vec<ItineraryDay>,
    /// How people are kept safe.
    pub safety: Safety,
    /// What the price includes.
    pub inclusions: Vec<String>,
    /// What it does not.
    pub exclusions: Vec<String>,
    /// Names of pictures out of the catalogue; the first one stands for the trip.
    pub photos: Vec<String>,
    /// When it starts, by date.
    pub departures: Vec<Departure>,
    /// Who can see it.
    pub visibility: Visibility,
    /// Where its verification stands; it goes live only when `verified`.
    pub verification: VerificationStatus,
    /// When it was made.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub created_at: Time,
    /// When its organizer or an admin last changed it.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub updated_at: Time,
    /// Counts changes; a stale one is refused. Bookings do not count.
    pub version: u32,
}

impl Trip {
    /// A draft in which nothing is written yet.
    pub fn blank(id: TripId, organizer: UserId, now: Time) -> Self {
        Self {
            id,
            organizer,
            slug: String::new(),
            title: String::new(),
            destination: String::new(),
            region: String::new(),
            summary: String::new(),
            description: String::new(),
            difficulty: Difficulty::Easy,
            duration_days: 1,
            price: Money::default(),
            itinerary: Vec::new(),
            safety: Safety::default(),
            inclusions: Vec::new(),
            exclusions: Vec::new(),
            photos: Vec::new(),
            departures: Vec::new(),
            visibility: Visibility::Draft,
            verification: VerificationStatus::Pending,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }

    /// The departure of that id.
    pub fn departure(&self, id: DepartureId) -> Option<&Departure> {
        self.departures.iter().find(|departure| departure.id == id)
    }

    /// The departures from `today` on, by date.
    pub fn upcoming(&self, today: Date) -> impl Iterator<Item = &Departure> {
        self.departures.iter().filter(move |departure| departure.starts_on >= today)
    }

    /// The date of the next departure; `None` when all have passed.
    pub fn next_departure(&self, today: Date) -> Option<Date> {
        self.upcoming(today).map(|departure| departure.starts_on).min()
    }

    /// The last day of a departure that starts on `starts_on`.
    pub fn ends_on(&self, starts_on: Date) -> Date {
        last_day(starts_on, self.duration_days)
    }

    /// The picture that stands for the trip: its first photo, else one of its region.
    pub fn landscape(&self) -> &'static Landscape {
        choose_landscape(&self.photos, &self.region)
    }

    /// Whether the trip can take the step to another visibility.
    ///
    /// # Errors
    /// As [`Visibility::check_change`].
    pub fn check_visibility(&self, to: Visibility, by: By) -> Result<(), AppError> {
        self.visibility.check_change(to, self.verification, by)
    }
}

/// The last day of a trip of so many days; the end of the calendar when it would lie beyond.
fn last_day(starts_on: Date, duration_days: u32) -> Date {
    let nights = i64::from(duration_days.saturating_sub(1));
    starts_on.saturating_add(jiff::SignedDuration::from_hours(24 * nights))
}

/// The name of a title in addresses: lower-case ASCII letters, digits and single dashes, at most 80 characters.
pub fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for c in title.to_lowercase().chars().take(80) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' && c != '’' {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "trip".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn trip() -> Trip {
        let mut trip = Trip::blank(TripId::from_bytes([1; 12]), UserId::from_bytes([2; 12]), Time::from_millis(0));
        trip.duration_days = 6;
        trip.departures = [date(2026, 11, 21), date(2026, 12, 12), date(2026, 12, 19)]
            .into_iter()
            .map(|starts_on| Departure { id: DepartureId::from_bytes([3; 12]), starts_on, seats: 12, seats_booked: 5 })
            .collect();
        trip
    }

    #[test]
    fn a_slug_is_lower_case_letters_digits_and_single_dashes() {
        for (title, slug) in [
            ("Kedarkantha winter trek", "kedarkantha-winter-trek"),
            ("  Valley of Flowers & Hemkund!  ", "valley-of-flowers-hemkund"),
            ("Pilgrim's path — day 2", "pilgrims-path-day-2"),
            ("हिमालय", "trip"),
            ("---", "trip"),
        ] {
            assert_eq!(slug_of(title), slug);
        }
    }

    #[test]
    fn a_long_title_has_a_slug_of_at_most_80_characters() {
        let slug = slug_of(&"peak ".repeat(40));
        assert!(slug.len() <= 80 && !slug.ends_with('-'), "{slug}");
    }

    #[test]
    fn the_next_departure_is_today_or_later() {
        assert_eq!(trip().next_departure(date(2026, 11, 24)), Some(date(2026, 12, 12)));
        assert_eq!(trip().next_departure(date(2026, 12, 19)), Some(date(2026, 12, 19)));
        assert_eq!(trip().next_departure(date(2026, 12, 20)), None);
    }

    #[test]
    fn the_last_day_counts_the_first() {
        assert_eq!(trip().ends_on(date(2026, 12, 12)), date(2026, 12, 17));
        assert_eq!(trip().ends_on(date(2026, 12, 30)), date(2027, 1, 4));
        assert_eq!(last_day(date(2026, 12, 12), 1), date(2026, 12, 12));
    }
}
