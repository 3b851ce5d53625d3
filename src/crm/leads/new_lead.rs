//! What makes a lead: an enquiry as somebody sends it, and the same once it has been checked.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::{Role, User},
        leads::{
            lead::{LeadSource, MAX_PARTY},
            timeline::MAX_TEXT,
        },
        trips::{trip::{DepartureId, TripId}, views::TripOffer},
    },
    shared::{
        checks::Checks,
        contact::{Email, Phone},
        error::AppError,
    },
};

/// The longest name, in characters.
pub const MAX_NAME: usize = 100;

/// An enquiry as it is sent. People who are signed in may leave out name and address: those of their account hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewLead {
    /// The trip.
    pub trip_id: TripId,
    /// Their address.
    #[serde(default)]
    pub email: Option<String>,
    /// Their name, at most [`MAX_NAME`] characters.
    #[serde(default)]
    pub name: Option<String>,
    /// Their number.
    #[serde(default)]
    pub phone: Option<String>,
    /// How they came; which ones are possible depends on who asks.
    #[serde(default)]
    pub source: Option<LeadSource>,
    /// What they want to know, at most [`MAX_TEXT`] characters.
    #[serde(default)]
    pub message: Option<String>,
    /// For how many.
    #[serde(default)]
    pub party_size: Option<u32>,
    /// When they would like to go.
    #[serde(default)]
    pub departure_id: Option<DepartureId>,
    /// People do not see this field; who fills it in is a program.
    #[serde(default)]
    pub website: Option<String>,
}

/// An enquiry that has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedLead {
    /// Their address.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// Their number.
    pub phone: Option<Phone>,
    /// How they came.
    pub source: LeadSource,
    /// What they want to know.
    pub message: Option<String>,
    /// For how many.
    pub party_size: Option<u32>,
    /// When they would like to go: a departure of the trip.
    pub departure_id: Option<DepartureId>,
    /// What the organizer knows about them (imports).
    pub notes: Option<String>,
}

impl NewLead {
    /// An enquiry about a trip in which nothing else is said yet.
    pub const fn about(trip_id: TripId) -> Self {
        Self {
            trip_id,
            email: None,
            name: None,
            phone: None,
            source: None,
            message: None,
            party_size: None,
            departure_id: None,
            website: None,
        }
    }

    /// Fills in what was left out from the traveller's account.
    #[must_use]
    pub fn filled_from(mut self, account: &User) -> Self {
        let is_blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        if is_blank(&self.email) {
            self.email = Some(account.email.to_string());
        }
        if is_blank(&self.name) {
            self.name = Some(account.name.clone());
        }
        if is_blank(&self.phone) {
            self.phone = account.phone.as_ref().map(ToString::to_string);
        }
        self
    }

    /// Whether the field that people do not see was filled in.
    pub fn is_from_a_program(&self) -> bool {
        self.website.as_deref().is_some_and(|website| !website.is_empty())
    }

    /// The same, checked. `role` is `None` for people who are not signed in; `trip` is `None` when there is no such trip for them.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with everything that is wrong.
    pub fn check(&self, role: Option<Role>, trip: Option<&TripOffer>) -> Result<CheckedLead, AppError> {
        let mut checks = Checks::new();
        checks.require("tripId", trip.is_some(), "Choose a trip that can be booked.");
        let name = checks.text("name", "The name", self.name.as_deref().unwrap_or_default(), MAX_NAME);
        let email = checks.take("email", self.email.as_deref().unwrap_or_default().parse::<Email>());
        let phone = self.phone.as_deref().filter(|phone| !phone.trim().is_empty());
        let phone = phone.and_then(|phone| checks.take("phone", phone.parse::<Phone>()));
        let source = self.source.unwrap_or(default_source(role));
        if !possible_sources(role).contains(&source) {
            checks.refuse("source", refuse_source(role));
        }
        let message = checks.optional_text("message", "The message", self.message.as_deref().unwrap_or_default(), MAX_TEXT);
        check_party(&mut checks, self.party_size);
        if let Some((trip, departure)) = trip.zip(self.departure_id) {
            check_departure(&mut checks, trip, departure);
        }
        checks.finish()?;
        let email = email.ok_or(AppError::Internal)?;
        Ok(CheckedLead {
            email,
            name,
            phone,
            source,
            message: Some(message).filter(|message| !message.is_empty()),
            party_size: self.party_size,
            departure_id: self.departure_id,
            notes: None,
        })
    }
}

/// The sources that somebody may name (api.md, `POST /api/crm/leads`).
pub const fn possible_sources(role: Option<Role>) -> &'static [LeadSource] {
    match role {
        None => &[LeadSource::Inquiry, LeadSource::Form],
        Some(Role::User) => &[LeadSource::Inquiry, LeadSource::Form, LeadSource::TripView, LeadSource::PartialBooking],
        Some(Role::Organizer | Role::Admin) => LeadSource::ALL,
    }
}

const fn default_source(role: Option<Role>) -> LeadSource {
    match role {
        None | Some(Role::User) => LeadSource::Inquiry,
        Some(Role::Organizer | Role::Admin) => LeadSource::Other,
    }
}

fn refuse_source(role: Option<Role>) -> String {
    let names: Vec<_> = possible_sources(role).iter().map(|source| source.as_str()).collect();
    format!("Here the source is one of {}.", names.join(", "))
}

/// Notes a party that is not of 1 to [`MAX_PARTY`] people.
pub(super) fn check_party(checks: &mut Checks, party_size: Option<u32>) {
    let fits = party_size.is_none_or(|size| (1..=MAX_PARTY).contains(&size));
    checks.require("partySize", fits, format!("A party has 1 to {MAX_PARTY} people."));
}

/// Notes a departure that is not one of the trip.
pub(super) fn check_departure(checks: &mut Checks, trip: &TripOffer, departure: DepartureId) {
    checks.require("departureId", trip.departure(departure).is_some(), "Choose a departure of this trip.");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        crm::trips::trip::Trip,
        shared::{id::Id, time::Time},
    };

    fn trip() -> TripOffer {
        TripOffer::from(&Trip::blank(Id::from_bytes([1; 12]), Id::from_bytes([2; 12]), Time::from_millis(0)))
    }

    fn enquiry() -> NewLead {
        let (email, name) = (Some("Asha@Example.in".into()), Some(" Asha Rao ".into()));
        NewLead { email, name, ..NewLead::about(Id::from_bytes([1; 12])) }
    }

    fn wrong_fields(input: &NewLead, role: Option<Role>, trip: Option<&TripOffer>) -> Vec<String> {
        input.check(role, trip).unwrap_err().fields().into_keys().collect()
    }

    #[test]
    fn an_enquiry_is_trimmed_and_lower_cased() {
        let checked = enquiry().check(None, Some(&trip())).unwrap();
        assert_eq!((checked.email.as_str(), checked.name.as_str()), ("asha@example.in", "Asha Rao"));
        assert_eq!((checked.source, checked.message), (LeadSource::Inquiry, None));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let input = NewLead {
            email: Some("asha".into()),
            name: None,
            phone: Some("12".into()),
            source: Some(LeadSource::Chat),
            party_size: Some(0),
            departure_id: Some(Id::from_bytes([9; 12])),
            ..enquiry()
        };
        assert_eq!(wrong_fields(&input, None, Some(&trip())), ["departureId", "email", "name", "partySize", "phone", "source"]);
        assert_eq!(wrong_fields(&enquiry(), None, None), ["tripId"]);
    }

    #[test]
    fn each_role_names_its_own_sources() {
        for (role, count) in [(None, 2), (Some(Role::User), 4), (Some(Role::Organizer), 7), (Some(Role::Admin), 7)] {
            let possible = LeadSource::ALL.iter().filter(|source| {
                NewLead { source: Some(**source), ..enquiry() }.check(role, Some(&trip())).is_ok()
            });
            assert_eq!(possible.count(), count, "{role:?}");
        }
    }
}
