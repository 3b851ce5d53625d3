//! What may be written to a trip: the bodies that make and change one, and the limits of every field. Problems are
//! collected, so that a person is told all of them at once.

mod lists;

use serde::{Deserialize, Serialize};

use lists::{check_itinerary, check_lines, check_photos, line};

use crate::{
    crm::{
        accounts::user::UserId,
        trips::{
            departures::{self, DepartureInput},
            trip::{DepartureId, Difficulty, ItineraryDay, Safety, Trip, Visibility},
        },
    },
    shared::{checks::Checks, error::AppError, money::Money, time::Date},
};

/// Characters of a title, a destination, a day's title.
pub const MAX_TITLE: usize = 120;
/// Characters of a destination; some name a whole route.
pub const MAX_DESTINATION: usize = 200;
/// Characters of a region.
pub const MAX_REGION: usize = 60;
/// Characters of a summary.
pub const MAX_SUMMARY: usize = 200;
/// Characters of a description.
pub const MAX_DESCRIPTION: usize = 10_000;
/// Characters of a day's text.
pub const MAX_DAY_TEXT: usize = 2_000;
/// Characters of the safety measures, and of the emergency plan.
pub const MAX_SAFETY: usize = 5_000;
/// Lines of what is included, and of what is not.
pub const MAX_LINES: usize = 30;
/// Characters of one such line.
pub const MAX_LINE: usize = 200;
/// Photos of a trip.
pub const MAX_PHOTOS: usize = 12;
/// Days of a trip.
pub const MAX_DAYS: u32 = 60;
/// The dearest trip: one crore rupees a person.
pub const MAX_PRICE: Money = Money::rupees(1_00_00_000);

/// A trip to be made. What is optional on the wire but required here is refused with its sentence when it is missing, all at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewTrip {
    /// Whose trip it becomes; admins must say it, organizers need not.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub organizer_id: Option<UserId>,
    /// Required, at most [`MAX_TITLE`] characters.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub title: Option<String>,
    /// Required, at most [`MAX_DESTINATION`] characters.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub destination: Option<String>,
    /// Required, at most [`MAX_REGION`] characters.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub region: Option<String>,
    /// Required, at most [`MAX_SUMMARY`] characters.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub summary: Option<String>,
    /// At most [`MAX_DESCRIPTION`] characters.
    pub description: Option<String>,
    /// Required.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub difficulty: Option<Difficulty>,
    /// Required, 1 to [`MAX_DAYS`].
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub duration_days: Option<u32>,
    /// Required, for one person, more than nothing.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub price: Option<Money>,
    /// Day by day.
    pub itinerary: Option<Vec<ItineraryDay>>,
    /// How people are kept safe.
    pub safety: Option<Safety>,
    /// What the price includes.
    pub inclusions: Option<Vec<String>>,
    /// What it does not.
    pub exclusions: Option<Vec<String>>,
    /// Names of pictures.
    pub photos: Option<Vec<String>>,
    /// When it starts.
    pub departures: Option<Vec<DepartureInput>>,
    /// `draft` unless said otherwise.
    pub visibility: Option<Visibility>,
}

/// Changes to a trip: what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TripChanges {
    /// The version that the changes were made to.
    pub version: u32,
    /// Whose trip it is; a trip cannot change hands.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub organizer_id: Option<UserId>,
    /// At most [`MAX_TITLE`] characters.
    pub title: Option<String>,
    /// At most [`MAX_DESTINATION`] characters.
    pub destination: Option<String>,
    /// At most [`MAX_REGION`] characters.
    pub region: Option<String>,
    /// At most [`MAX_SUMMARY`] characters.
    pub summary: Option<String>,
    /// At most [`MAX_DESCRIPTION`] characters.
    pub description: Option<String>,
    /// How hard it is.
    pub difficulty: Option<Difficulty>,
    /// 1 to [`MAX_DAYS`].
    pub duration_days: Option<u32>,
    /// For one person, more than nothing.
    pub price: Option<Money>,
    /// The whole itinerary.
    pub itinerary: Option<Vec<ItineraryDay>>,
    /// Measures and emergency plan.
    pub safety: Option<Safety>,
    /// What the price includes.
    pub inclusions: Option<Vec<String>>,
    /// What it does not.
    pub exclusions: Option<Vec<String>>,
    /// Names of pictures.
    pub photos: Option<Vec<String>>,
    /// All departures: those with an `id` are changed, those without are new, those left out are removed.
    pub departures: Option<Vec<DepartureInput>>,
    /// The step to take.
    pub visibility: Option<Visibility>,
}

impl NewTrip {
    /// Writes it into a blank trip; the visibility is left to the lifecycle.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with every problem.
    pub fn write_to(self, blank: &Trip, today: Date, next_id: impl FnMut() -> DepartureId) -> Result<Trip, AppError> {
        let mut checks = Checks::new();
        checks.require("title", self.title.is_some(), "The title is missing.");
        checks.require("destination", self.destination.is_some(), "The destination is missing.");
        checks.require("region", self.region.is_some(), "The region is missing.");
        checks.require("summary", self.summary.is_some(), "The summary is missing.");
        checks.require("difficulty", self.difficulty.is_some(), "Choose how difficult the trip is.");
        checks.require("durationDays", self.duration_days.is_some(), "Say how many days the trip takes.");
        checks.require("price", self.price.is_some(), "The price for one person is missing.");
        TripChanges::from(self).check(blank, today, next_id, checks)
    }
}

impl From<NewTrip> for TripChanges {
    fn from(new: NewTrip) -> Self {
        Self {
            version: 0,
            organizer_id: new.organizer_id,
            title: new.title,
            destination: new.destination,
            region: new.region,
            summary: new.summary,
            description: new.description,
            difficulty: new.difficulty,
            duration_days: new.duration_days,
            price: new.price,
            itinerary: new.itinerary,
            safety: new.safety,
            inclusions: new.inclusions,
            exclusions: new.exclusions,
            photos: new.photos,
            departures: new.departures,
            visibility: new.visibility,
        }
    }
}

impl TripChanges {
    /// The trip as these changes make it; version and visibility are left to the caller.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with every problem.
    pub fn apply_to(self, trip: &Trip, today: Date, next_id: impl FnMut() -> DepartureId) -> Result<Trip, AppError> {
        self.check(trip, today, next_id, Checks::new())
    }

    fn check(
        self,
        trip: &Trip,
        today: Date,
        next_id: impl FnMut() -> DepartureId,
        mut checks: Checks,
    ) -> Result<Trip, AppError> {
        let mut trip = trip.clone();
        let checks_now = &mut checks;
        set(&mut trip.title, self.title, |text| line(checks_now, "title", "The title", &text, MAX_TITLE));
        set(&mut trip.destination, self.destination, |text| {
            line(checks_now, "destination", "The destination", &text, MAX_DESTINATION)
        });
        set(&mut trip.region, self.region, |text| line(checks_now, "region", "The region", &text, MAX_REGION));
        set(&mut trip.summary, self.summary, |text| line(checks_now, "summary", "The summary", &text, MAX_SUMMARY));
        set(&mut trip.description, self.description, |text| {
            checks_now.optional_text("description", "The description", &text, MAX_DESCRIPTION)
        });
        set(&mut trip.difficulty, self.difficulty, |difficulty| difficulty);
        set(&mut trip.duration_days, self.duration_days, |days| {
            checks_now.require(
                "durationDays",
                (1..=MAX_DAYS).contains(&days),
                format!("A trip takes 1 to {MAX_DAYS} days."),
            );
            days
        });
        set(&mut trip.price, self.price, |price| {
            let possible = price.amount > 0 && price.amount <= MAX_PRICE.amount;
            checks_now.require("price", possible, format!("A price is more than ₹0 and at most {MAX_PRICE}."));
            price
        });
        set(&mut trip.safety, self.safety, |safety| Safety {
            measures: checks_now.optional_text("safety.measures", "The safety measures", &safety.measures, MAX_SAFETY),
            emergency_plan: checks_now.optional_text(
                "safety.emergencyPlan",
                "The emergency plan",
                &safety.emergency_plan,
                MAX_SAFETY,
            ),
        });
        set(&mut trip.inclusions, self.inclusions, |lines| check_lines(checks_now, "inclusions", lines));
        set(&mut trip.exclusions, self.exclusions, |lines| check_lines(checks_now, "exclusions", lines));
        set(&mut trip.photos, self.photos, |names| check_photos(checks_now, names));
        let itinerary = self.itinerary.unwrap_or_else(|| trip.itinerary.clone());
        trip.itinerary = check_itinerary(checks_now, itinerary, trip.duration_days);
        if let Some(wanted) = self.departures {
            trip.departures = departures::check(checks_now, &trip.departures, wanted, today, next_id);
        }
        checks.finish()?;
        Ok(trip)
    }
}

fn set<T, U>(field: &mut T, value: Option<U>, read: impl FnOnce(U) -> T) {
    if let Some(value) = value {
        *field = read(value);
    }
}

#[cfg(test)]
mod tests;
