//! What is known of a lead, in words and as values of inputs.

use crate::{
    crm::{
        leads::{
            profile::{ConversionDraft, DepartureChoice, Facts, TripFact},
            row::LeadRow,
        },
        trips::trip::{Departure, Trip, Visibility},
    },
    server::zone::Zone,
    shared::{contact::Phone, time::Date},
};

/// The trip with the days of the chosen departure. A live one leads to its public page, another one to its editor.
pub(super) fn trip_of(zone: &Zone, row: &LeadRow, trip: &Trip) -> TripFact {
    let chosen = row.departure_id.and_then(|id| trip.departure(id));
    TripFact {
        title: trip.title.clone(),
        href: if trip.visibility == Visibility::Live {
            format!("/trips/{}", trip.slug)
        } else {
            format!("/my-trips/{}", trip.id)
        },
        thumb: trip.landscape().thumb_url(),
        days: chosen.map(|departure| zone.day_range(departure.starts_on, trip.ends_on(departure.starts_on))),
    }
}

/// The facts of the panel; departures before `today` are past.
pub(super) fn facts_of((zone, today): (&Zone, Date), row: &LeadRow, trip: &Trip) -> Facts {
    let choice = |departure: &Departure| DepartureChoice {
        id: departure.id,
        day: zone.weekday_date(departure.starts_on),
        seats_left: departure.seats_left(),
    };
    let chosen = row.departure_id.and_then(|id| trip.departure(id));
    let upcoming = trip
        .departures
        .iter()
        .filter(|departure| departure.starts_on >= today || Some(departure.id) == row.departure_id);
    Facts {
        owner: row.organizer.clone(),
        departures: upcoming.map(choice).collect(),
        departure: chosen.map(choice),
        party: row.party_size,
        value: row.estimated_value.to_string(),
        value_input: row.estimated_value.input_value(),
        value_hint: trip.price.times(row.party_size.unwrap_or(1)).to_string(),
        phone_input: row.phone.clone().filter(|phone| phone.parse::<Phone>().is_ok()).unwrap_or_default(),
        source: row.source.label().to_owned(),
        tags: row.tags.clone(),
        notes: row.notes.clone(),
        follow_up_input: row.next_follow_up_at.map(|at| zone.input_value(at)).unwrap_or_default(),
        created: zone.stamp(row.created_at),
    }
}

/// What stands in the dialog at first: the wished departure if it has a seat left, the party, party × price.
pub(super) fn draft_of(row: &LeadRow, trip: &Trip) -> ConversionDraft {
    let party = row.party_size.unwrap_or(1);
    let wished = row.departure_id.and_then(|id| trip.departure(id)).filter(|departure| departure.seats_left() > 0);
    ConversionDraft {
        departure_id: wished.map(|departure| departure.id),
        party,
        amount_input: trip.price.times(party).input_value(),
        price: trip.price.to_string(),
        price_paise: trip.price.amount,
    }
}
