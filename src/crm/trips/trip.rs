//! Trips: what organizers sell, their departures and when people may see them. What may be written to a trip stands in
//! `changes.rs`, what others see of it in `views.rs`.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        trips::landscape::{self, Landscape},
        verifications::verification::VerificationStatus,
    },
    shared::{
        error::AppError,
        id::Id,
        lifecycle::{By, Lifecycle, Step},
        money::Money,
        time::{Date, Time},
    },
};

/// The id of a [`Trip`].
pub type TripId = Id<Trip>;

/// The id of a [`Departure`]; unique in the marketplace.
pub type DepartureId = Id<Departure>;

/// How hard a trip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Difficulty {
    /// For everybody who walks.
    Easy,
    /// For people who are used to walking.
    Moderate,
    /// For people who have trained.
    Challenging,
    /// For people who have done such things before.
    Extreme,
}

impl Difficulty {
    /// Every difficulty, from easy to hard.
    pub const ALL: &'static [Self] = &[Self::Easy, Self::Moderate, Self::Challenging, Self::Extreme];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Moderate => "moderate",
            Self::Challenging => "challenging",
            Self::Extreme => "extreme",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Easy => "Easy",
            Self::Moderate => "Moderate",
            Self::Challenging => "Challenging",
            Self::Extreme => "Extreme",
        }
    }

    /// The difficulty of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|difficulty| difficulty.as_str() == name)
    }
}

/// Who can see a trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Visibility {
    /// Its organizer, who still writes it.
    #[default]
    Draft,
    /// Everybody.
    Live,
    /// Its organizer: it was live and may be again.
    Paused,
}

use Visibility::{Draft, Live, Paused};

impl Lifecycle for Visibility {
    const NOUN: &'static str = "trip";
    const ALL: &'static [Self] = &[Draft, Live, Paused];
    const STEPS: &'static [Step<Self>] = &[
        Step { from: Draft, verb: "Go live", to: Live, by: &[By::Organizer, By::Admin] },
        Step { from: Live, verb: "Pause", to: Paused, by: &[By::Organizer, By::Admin, By::System] },
        Step { from: Paused, verb: "Go live again", to: Live, by: &[By::Organizer, By::Admin] },
    ];

    fn as_str(self) -> &'static str {
        match self {
            Draft => "draft",
            Live => "live",
            Paused => "paused",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Draft => "Draft",
            Live => "Live",
            Paused => "Paused",
        }
    }
}

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
    /// Names of pictures out of [`landscape::LANDSCAPES`]; the first one stands for the trip.
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
            visibility: Draft,
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
        landscape::choose_landscape(&self.photos, &self.region)
    }

    /// Takes the step to another visibility.
    ///
    /// # Errors
    /// [`AppError::StepRefused`] when the table has no such step, or when a trip would go live that is not verified.
    pub fn check_visibility(&self, to: Visibility, by: By) -> Result<(), AppError> {
        self.visibility.check_step(to, by)?;
        if to == Live && self.verification != VerificationStatus::Verified {
            let message = match self.verification {
                VerificationStatus::UnderReview => "An admin is reviewing this trip. It can go live once it is verified.",
                VerificationStatus::RevisionRequired => "The review of this trip asked for changes. Make them and resubmit it; it can go live once it is verified.",
                VerificationStatus::Rejected => "This trip was rejected in its review and cannot go live.",
                _ => "A trip can go live once it is verified. Save it as a draft until then.",
            };
            let allowed_next = self.visibility.allowed_next(by).into_iter().filter(|&next| next != Live).map(|next| next.as_str().into());
            return Err(AppError::StepRefused { message: message.into(), allowed_next: allowed_next.collect() });
        }
        Ok(())
    }
}

/// The last day of a trip of so many days; the end of the calendar when it would lie beyond.
pub(crate) fn last_day(starts_on: Date, duration_days: u32) -> Date {
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
