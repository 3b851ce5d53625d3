//! The enquiry form of a trip's page, as a browser posts it: all texts, and a field that people do not see.

use serde::{Deserialize, Serialize};

use crate::{
    crm::leads::{lead::LeadSource, new_lead::NewLead},
    shared::{checks::Checks, error::AppError},
};

/// The form. Its fields are posted as `enquiry[name]` and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnquiryForm {
    /// The id of the trip.
    pub trip: String,
    /// The id of a departure; empty while they are not sure.
    pub departure: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// How many people.
    pub people: String,
    /// Their number, if they gave one.
    pub phone: String,
    /// What they ask.
    pub question: String,
    /// Empty, unless a program filled it in.
    pub website: String,
}

impl EnquiryForm {
    /// The enquiry that the form describes; what its values must be like is decided in `new_lead.rs`.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with what cannot be read, by the names that `new_lead.rs` uses.
    pub fn read(self) -> Result<NewLead, AppError> {
        let mut checks = Checks::new();
        let trip = checks.take("tripId", self.trip.parse().map_err(|_| "Choose a trip that can be booked."));
        let departure = match self.departure.trim() {
            "" => None,
            id => checks.take("departureId", id.parse().map_err(|_| "Choose one of the departures.")),
        };
        let people = match self.people.trim() {
            "" => None,
            people => checks.take("partySize", people.parse().map_err(|_| "Say how many people, as a whole number.")),
        };
        checks.finish()?;
        let trip = trip.ok_or(AppError::NotFound)?;
        let given = |text: String| (!text.trim().is_empty()).then_some(text);
        Ok(NewLead {
            email: given(self.email),
            name: given(self.name),
            phone: given(self.phone),
            source: Some(LeadSource::Inquiry),
            message: given(self.question),
            party_size: people,
            departure_id: departure,
            website: given(self.website),
            ..NewLead::about(trip)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "65f1c0ffee00112233445566";

    #[test]
    fn what_is_left_empty_is_absent() {
        let lead = EnquiryForm { trip: ID.into(), name: " ".into(), people: "4".into(), ..EnquiryForm::default() }
            .read()
            .unwrap();
        assert_eq!((lead.name, lead.party_size, lead.departure_id, lead.website), (None, Some(4), None, None));
    }

    #[test]
    fn everything_that_cannot_be_read_is_named() {
        let form =
            EnquiryForm { trip: ID.into(), people: "four".into(), departure: "{$ne}".into(), ..EnquiryForm::default() };
        let error = form.read().unwrap_err();
        assert_eq!(error.fields().keys().collect::<Vec<_>>(), ["departureId", "partySize"]);
    }
}
