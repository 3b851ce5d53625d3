//! Puts the page of one lead together and turns what its forms send into what the service takes. No rule of leads is here.

mod facts;
mod forms;
mod place;
mod timeline;

pub use forms::{ConvertForm, LogForm, StepForm, change_fact, convert_lead, log_interaction, take_step};

use super::{follow_up::follow_up_of, service};
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        chat::screens::{CHAT_PATH, NEW},
        leads::{
            lead::LeadId,
            profile::{Booking, Contact, LeadProfile, Move, ScoreFact},
            row::{LeadDetail, LeadRow},
            status::{LeadStatus, worker},
        },
        subscriptions::server::service as subscriptions,
        trips::{server::service as trips, trip::Trip},
    },
    server::{
        state::App,
        zone::{Zone, duration},
    },
    shared::{
        contact::Phone,
        error::AppError,
        lifecycle::Lifecycle,
        time::{Date, Moment},
    },
};

/// A lead as its page shows it; `from` is the query of the list that the viewer came from.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] when it is absent or another organizer's.
pub async fn load_lead(app: &App, actor: &Actor, id: &str, from: &str) -> Result<LeadProfile, AppError> {
    let id = read_id(id)?;
    let lead = service::require_lead(app, actor, id).await?;
    let (trip, has_access, place, visits, changes) = futures_util::try_join!(
        trips::require_trip(app, lead.row.trip_id),
        subscriptions::has_crm_access(app, actor.user(), actor.role()),
        place::find_place(app, actor, &lead.row, from),
        timeline::visits(app, &lead.row),
        timeline::changes(app, &lead.row),
    )?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let days = timeline::days_of(actor, &zone, &lead, timeline::Around { visits, changes, trip: &trip });
    Ok(profile_of(actor, &zone, lead, &trip, Loaded { has_access, place, days, today: trips::today(app) }))
}

/// What was loaded beside the lead.
struct Loaded {
    has_access: bool,
    place: crate::crm::leads::profile::Place,
    days: Vec<crate::crm::leads::profile::TimelineDay>,
    /// The day by which departures are past.
    today: Date,
}

fn profile_of(actor: &Actor, zone: &Zone, lead: LeadDetail, trip: &Trip, loaded: Loaded) -> LeadProfile {
    let row = &lead.row;
    let Loaded { has_access, place, days, today } = loaded;
    LeadProfile {
        id: row.id,
        version: row.version,
        name: row.name.clone(),
        status: row.status,
        reached: reached(zone, &lead),
        moves: if has_access { moves_of(actor.role(), row.status) } else { Vec::new() },
        contact: Contact { chat: chat_of(actor, row, has_access), ..contact_of(row) },
        has_access,
        follow_up: row.next_follow_up_at.map(|at| follow_up_of(zone, at)),
        silent_for: row.stale.then(|| duration(zone.now().since(row.last_activity_at).as_secs())),
        trip: facts::trip_of(zone, row, trip),
        facts: facts::facts_of((zone, today), row, trip),
        score: ScoreFact { value: row.score, tier: row.tier, reasons: row.score_reasons.clone() },
        days,
        conversion: facts::draft_of(row, trip),
        booked: row.conversion.as_ref().map(|booking| Booking {
            departure: booking
                .departure_id
                .and_then(|id| trip.departure(id))
                .map(|departure| zone.weekday_date(departure.starts_on)),
            party: booking.party_size,
            amount: booking.amount.to_string(),
            note: booking.note.clone(),
            at: zone.weekday_stamp(booking.at),
        }),
        lost_reason: row.lost_reason.map(|reason| reason.label().to_owned()),
        place,
    }
}

/// The lead's coming, then each step with its time.
fn reached(zone: &Zone, lead: &LeadDetail) -> Vec<(LeadStatus, Moment)> {
    let steps = lead.history.iter().map(|step| (step.to, zone.weekday_stamp(step.at)));
    std::iter::once((LeadStatus::New, zone.weekday_stamp(lead.row.created_at))).chain(steps).collect()
}

fn moves_of(role: Role, status: LeadStatus) -> Vec<Move> {
    let steps = worker(role).into_iter().flat_map(|by| status.steps_for(by));
    steps.map(|step| Move { verb: step.verb.to_owned(), to: step.to }).collect()
}

fn contact_of(row: &LeadRow) -> Contact {
    let phone = row.phone.as_ref().filter(|_| !row.contact_masked).and_then(|phone| phone.parse::<Phone>().ok());
    Contact {
        email: row.email.clone(),
        phone: row.phone.as_deref().map(|number| phone.as_ref().map_or_else(|| number.to_owned(), group_number)),
        chat: None,
        digits: phone.map(|phone| phone.digits().to_owned()),
        masked: row.contact_masked,
    }
}

/// Where an organizer chats with the traveller of a lead.
fn chat_of(actor: &Actor, row: &LeadRow, has_access: bool) -> Option<String> {
    let may_chat = has_access && row.user_id.is_some() && actor.role() == Role::Organizer;
    may_chat.then(|| format!("{CHAT_PATH}/{NEW}?lead={}", row.id))
}

/// Indian numbers as people read them: `+91 98765 00000`.
fn group_number(phone: &Phone) -> String {
    match phone.digits().strip_prefix("91") {
        Some(national) if national.len() == 10 => format!("+91 {} {}", &national[..5], &national[5..]),
        _ => phone.to_string(),
    }
}

/// The id in an address; what cannot be one is not there.
fn read_id(text: &str) -> Result<LeadId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indian_numbers_are_grouped_for_reading() {
        assert_eq!(group_number(&"+919876500000".parse().unwrap()), "+91 98765 00000");
        assert_eq!(group_number(&"+14155552671".parse().unwrap()), "+14155552671");
    }
}
