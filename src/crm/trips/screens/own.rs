//! What the pages show on which organizers keep their own trips.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::Picture;
use crate::crm::{
    accounts::user::UserId,
    trips::{
        form::TripForm,
        trip::{TripId, Visibility},
    },
    verifications::verification::VerificationStatus,
};

/// A trip in its organizer's own list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct MyTripRow {
    /// The id.
    pub id: TripId,
    /// What it is called.
    pub title: String,
    /// The part of the country.
    pub region: String,
    /// Who sells it; only admins are told.
    pub organizer: Option<String>,
    /// The picture that stands for it.
    pub picture: Picture,
    /// Who can see it.
    pub visibility: Visibility,
    /// Where its verification stands.
    pub verification: VerificationStatus,
    /// The next departure.
    pub next: Option<DayLine>,
    /// Seats booked on coming departures.
    pub seats_booked: u32,
    /// Seats of coming departures.
    pub seats: u32,
    /// Leads that are new, contacted or interested.
    pub open_leads: u64,
}

/// A day as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct DayLine {
    /// The day as `2026-12-19`.
    pub at: String,
    /// The day in words: `Sat 19 Dec`.
    pub text: String,
}

/// One page of an organizer's own trips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct MyTripsView {
    /// The trips.
    pub rows: Vec<MyTripRow>,
    /// Whether the viewer sees the trips of all organizers.
    pub of_everybody: bool,
    /// How many there are.
    pub total: u64,
    /// Whether there are more than `total`.
    pub total_capped: bool,
    /// How many a page has at most.
    pub limit: u32,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// How many seats of a departure are booked; those are not taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct BookedSeats {
    /// The departure, as the form names it.
    pub id: String,
    /// How many.
    pub booked: u32,
}

/// A step of a trip's visibility, as a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct VisibilityStep {
    /// What the button says.
    pub verb: String,
    /// Where it leads.
    pub to: Visibility,
    /// Why it cannot be taken now.
    pub refusal: Option<String>,
}

/// The page on which a trip is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TripEditView {
    /// The id.
    pub id: TripId,
    /// The version that is shown.
    pub version: u32,
    /// Who sells it; only admins are told.
    pub organizer: Option<String>,
    /// The form as it is stored.
    pub form: TripForm,
    /// The seats that are booked, by departure.
    pub booked: Vec<BookedSeats>,
    /// Who can see it.
    pub visibility: Visibility,
    /// Where its verification stands.
    pub verification: VerificationStatus,
    /// What can be done about its visibility.
    pub steps: Vec<VisibilityStep>,
    /// Where travellers see it once it is live.
    pub public_path: String,
}

/// The page on which a trip is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct NewTripView {
    /// Whose trip it can become; only admins choose.
    pub organizers: Vec<(UserId, String)>,
}
