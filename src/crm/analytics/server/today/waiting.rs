//! Who waits for an answer: follow-ups that have passed, those of today, and new leads that nobody has answered.

use std::collections::BTreeMap;

use jiff::ToSpan;

use super::super::repository::{self, DayLead, Those};
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::UserId},
        analytics::today::{Cue, Waiting, WaitingLine, Why},
        leads::{
            lead::{LeadId, LeadSource},
            masking::mask_text,
            score::Tier,
        },
        subscriptions::server::service as subscriptions,
        trips::trip::{Trip, TripId},
    },
    server::{state::App, zone::Zone},
    shared::{error::AppError, excerpt::excerpt, time::Time},
};

/// How many are listed.
const SHOWN: usize = 6;
/// The longest part of a message that is quoted, in characters.
const QUOTED: usize = 120;

/// Who waits, the latest first.
pub(super) async fn who_waits(app: &App, actor: &Actor, zone: &Zone, trips: &[Trip]) -> Result<Waiting, AppError> {
    let whose = Some(actor.user());
    let kinds = those_of_today(zone);
    let [late, today, fresh] = kinds.map(|(those, _)| repository::count(&app.db, whose, those));
    let (late, today, fresh) = futures_util::try_join!(late, today, fresh)?;
    let mut leads: Vec<(DayLead, Why)> = Vec::new();
    for (those, why) in kinds {
        let room = i64::try_from(SHOWN.saturating_sub(leads.len())).unwrap_or_default();
        leads.extend(repository::first(&app.db, whose, those, room).await?.into_iter().map(|lead| (lead, why)));
    }
    let names = TripNames::of(trips, zone);
    let lines = Lines { app, actor, zone }.write(leads, |lead| names.name(lead)).await?;
    Ok(Waiting { late, today, fresh, lines })
}

/// Whom an organizer answers today, the latest first.
pub(super) fn those_of_today(zone: &Zone) -> [(Those, Why); 3] {
    let (now, tonight) = (zone.now(), end_of_today(zone));
    [
        (Those::FollowUp(Time::from_millis(0), now), Why::Late),
        (Those::FollowUp(now, tonight), Why::Today),
        (Those::Fresh, Why::New),
    ]
}

/// The last moment of the viewer's day.
fn end_of_today(zone: &Zone) -> Time {
    zone.start_of(zone.today().saturating_add(1.day())) - jiff::SignedDuration::from_millis(1)
}

/// What trips and their departures are called in a line.
struct TripNames<'a> {
    trips: BTreeMap<TripId, &'a Trip>,
    zone: &'a Zone,
}

impl<'a> TripNames<'a> {
    fn of(trips: &'a [Trip], zone: &'a Zone) -> Self {
        Self { trips: trips.iter().map(|trip| (trip.id, trip)).collect(), zone }
    }

    fn name(&self, lead: &DayLead) -> String {
        let Some(trip) = self.trips.get(&lead.trip_id) else { return String::new() };
        match lead.departure_id.and_then(|id| trip.departure(id)) {
            Some(departure) => format!("{}, {}", trip.title, self.zone.short_date(departure.starts_on)),
            None => trip.title.clone(),
        }
    }
}

/// What lines are written with.
pub(super) struct Lines<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) zone: &'a Zone,
}

impl Lines<'_> {
    /// A line for each lead, with what they wrote last.
    pub(super) async fn write(
        &self,
        leads: Vec<(DayLead, Why)>,
        name: impl Fn(&DayLead) -> String,
    ) -> Result<Vec<WaitingLine>, AppError> {
        let ids: Vec<LeadId> = leads.iter().map(|(lead, _)| lead.id).collect();
        let mut said = repository::last_words(&self.app.db, &ids).await?;
        let has_access = subscriptions::has_crm_access(self.app, self.actor.user(), self.actor.role()).await?;
        let line = |(lead, why): (DayLead, Why)| {
            let text = said.remove(&lead.id).filter(|text| !text.trim().is_empty());
            let text = text.map(|text| if has_access || lead.arrived_with_access { text } else { mask_text(&text) });
            let trip = name(&lead);
            line_of(self.zone, lead, why, text.as_deref(), trip)
        };
        Ok(leads.into_iter().map(line).collect())
    }
}

fn line_of(zone: &Zone, lead: DayLead, why: Why, said: Option<&str>, trip: String) -> WaitingLine {
    WaitingLine {
        reason: reason_of(&lead, why, said),
        cue: cue_of(&lead, why, said.is_some()),
        when: match lead.next_follow_up_at {
            Some(at) => zone.due(at),
            None => zone.past(lead.created_at),
        },
        tier: Tier::of(lead.score),
        id: lead.id,
        name: lead.name,
        score: lead.score,
        trip,
        why,
    }
}

fn reason_of(lead: &DayLead, why: Why, said: Option<&str>) -> String {
    let quoted = said.map(|text| excerpt(text, QUOTED));
    match (why, quoted) {
        (Why::New, Some(text)) => format!("New enquiry: {text}"),
        (Why::New, None) => match lead.source {
            LeadSource::PartialBooking => match lead.party_size {
                Some(seats) if seats > 1 => format!("Began to book {seats} seats and stopped"),
                _ => "Began to book and stopped".to_owned(),
            },
            LeadSource::TripView => match lead.visits {
                0..=2 => "Looked at the trip twice, has not written yet".to_owned(),
                visits => format!("Looked at the trip {visits} times, has not written yet"),
            },
            LeadSource::Import | LeadSource::Other => "Added by you, not contacted yet".to_owned(),
            source => format!("New: {}, not answered yet", source.reason()),
        },
        (_, Some(text)) => format!("Follow-up: {text}"),
        (_, None) => format!("Follow-up: {}", lead.source.reason()),
    }
}

const fn cue_of(lead: &DayLead, why: Why, has_written: bool) -> Cue {
    match (why, lead.source) {
        (_, LeadSource::PartialBooking) => Cue::BeganBooking,
        (Why::Late | Why::Today, _) if lead.has_phone => Cue::LeftNumber,
        _ if has_written => Cue::Wrote,
        _ if lead.has_phone => Cue::LeftNumber,
        _ => Cue::CameBack,
    }
}

/// Whose leads an admin's lines name: the organizers of some leads.
pub(super) fn organizers_of(leads: &[DayLead]) -> impl Iterator<Item = UserId> + '_ {
    leads.iter().map(|lead| lead.assigned_to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::id::Id;

    fn lead(source: LeadSource) -> DayLead {
        DayLead {
            id: Id::from_bytes([1; 12]),
            assigned_to: Id::from_bytes([2; 12]),
            trip_id: Id::from_bytes([3; 12]),
            departure_id: None,
            name: "Asha Rao".into(),
            has_phone: false,
            source,
            score: 60,
            visits: 3,
            party_size: Some(2),
            next_follow_up_at: None,
            created_at: Time::from_millis(0),
            arrived_with_access: true,
        }
    }

    #[test]
    fn a_reason_says_why_somebody_waits() {
        for (source, why, said, reason) in [
            (LeadSource::Inquiry, Why::New, Some("Is it\nsafe?"), "New enquiry: Is it safe?"),
            (LeadSource::Inquiry, Why::Late, Some("Call me"), "Follow-up: Call me"),
            (LeadSource::TripView, Why::New, None, "Looked at the trip 3 times, has not written yet"),
            (LeadSource::PartialBooking, Why::New, None, "Began to book 2 seats and stopped"),
            (LeadSource::Form, Why::New, None, "New: filled in a form, not answered yet"),
        ] {
            assert_eq!(reason_of(&lead(source), why, said), reason);
        }
    }

    #[test]
    fn who_left_a_number_is_called_at_the_follow_up() {
        let with_phone = DayLead { has_phone: true, ..lead(LeadSource::Inquiry) };
        assert_eq!(cue_of(&with_phone, Why::Late, true), Cue::LeftNumber);
        assert_eq!(cue_of(&with_phone, Why::New, true), Cue::Wrote);
        assert_eq!(cue_of(&lead(LeadSource::TripView), Why::New, false), Cue::CameBack);
    }
}
