//! The leads of the demo: who asks about which trip and when. Each is then lived from its first day to now (`life.rs`), so that
//! status, timeline, score and figures belong together.

use jiff::SignedDuration;

use super::{
    chance::Chance,
    content::{self, Texts},
    life::{Life, minutes},
    people::{People, Traveller},
    texts::Occasion,
    trips::TripDraft,
};
use crate::{
    crm::{
        leads::{
            lead::{Lead, LeadSource},
            status::LeadStatus,
            timeline::{Author, LeadHistory, Side},
        },
        trips::trip::{Trip, TripId, Visibility},
    },
    server::state::App,
    shared::{
        error::AppError,
        money::Money,
        time::{Date, Time},
    },
};

/// Leads are spread over so many days.
const DAYS: f64 = 180.0;
const MINUTES_A_DAY: f64 = 1_440.0;
/// How often leads come in each way.
const SOURCES: &[(LeadSource, f64)] = &[
    (LeadSource::Inquiry, 0.42),
    (LeadSource::TripView, 0.2),
    (LeadSource::Form, 0.14),
    (LeadSource::PartialBooking, 0.1),
    (LeadSource::Import, 0.08),
    (LeadSource::Other, 0.06),
];

/// Makes one lead after the other.
pub(super) struct Maker<'a> {
    people: &'a People,
    trips: Vec<TripDraft>,
    /// Of all leads, how many are about each trip.
    shares: Vec<f64>,
    texts: Texts,
    chance: Chance,
    now: Time,
}

impl<'a> Maker<'a> {
    pub(super) fn new(app: &App, people: &'a People, trips: Vec<TripDraft>, chance: Chance) -> Result<Self, AppError> {
        let shares = shares_of(people, &trips);
        Ok(Self { people, trips, shares, texts: content::texts()?, chance, now: app.clock.now() })
    }

    /// The trips, with the seats that the leads booked.
    pub(super) fn into_trips(self) -> Vec<Trip> {
        self.trips.into_iter().map(TripDraft::finish).collect()
    }

    /// The trip of that id.
    pub(super) fn trip(&self, id: TripId) -> Option<&Trip> {
        self.trips.iter().map(|draft| &draft.trip).find(|trip| trip.id == id)
    }

    /// The lead of that number and what happened to it.
    pub(super) fn make(&mut self, number: u64) -> Result<LeadHistory, AppError> {
        let place = self.chance.weighted(self.shares.iter().copied());
        let traveller = self.choose_traveller(number, place)?;
        let Self { people, trips, texts, chance, now, .. } = self;
        let draft = trips.get_mut(place).ok_or(AppError::Internal)?;
        let organizer = people.organizers.iter().find(|organizer| organizer.id == draft.trip.organizer);
        let organizer = organizer.ok_or(AppError::Internal)?;
        let author = Author { side: Side::Organizer, id: Some(organizer.id), name: organizer.name.clone() };
        let (title, settings) = (draft.trip.title.clone(), draft.settings.clone());
        let created = *now - age(chance);
        let party = *chance.choose(&[1, 1, 2, 2, 2, 2, 3, 4, 4, 5, 6, 8]).unwrap_or(&2);
        let departure = choose_departure(chance, draft, created);
        let month = departure.and_then(|place| draft.trip.departures.get(place)).map_or("the season", |departure| {
            MONTHS
                .get(usize::try_from(departure.starts_on.month() - 1).unwrap_or_default())
                .copied()
                .unwrap_or("the season")
        });
        let occasion = Occasion { trip: &title, settings: &settings, party, month };
        let lead = first_state(chance, &traveller, draft, created, (party, departure));
        let mut life = Life::begin(lead, occasion, author, *now);
        life.arrive(chance, texts, &traveller);
        life.work(chance, texts, (draft, departure), traveller.user);
        Ok(life.finish(draft.trip.price))
    }

    /// One in five has an account. `(trip, email)` stays unique: a traveller asks about a trip once, in the round of that trip.
    fn choose_traveller(&mut self, number: u64, trip: usize) -> Result<Traveller, AppError> {
        let round = usize::try_from(number / 5).unwrap_or_default();
        let (traveller, turn) = (round % self.people.travellers.len(), round / self.people.travellers.len());
        let theirs = number.is_multiple_of(5) && turn == 0 && trip < self.trips.len();
        match self.people.travellers.get(traveller) {
            Some(traveller) if theirs => Ok(traveller.clone()),
            _ => self.people.stranger(&mut self.chance, 1_000 + number),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How much of all leads goes to each trip: nothing to drafts, to others by their organizer's share and their own appeal.
fn shares_of(people: &People, trips: &[TripDraft]) -> Vec<f64> {
    let wanted = |draft: &TripDraft| if draft.trip.visibility == Visibility::Draft { 0.0 } else { draft.appeal };
    let share = |draft: &TripDraft| {
        let organizer = people.organizers.iter().find(|organizer| organizer.id == draft.trip.organizer);
        let theirs = trips.iter().filter(|other| other.trip.organizer == draft.trip.organizer);
        wanted(draft) / theirs.map(wanted).sum::<f64>() * organizer.map_or(0.0, |organizer| organizer.share)
    };
    trips.iter().map(share).collect()
}

/// How long ago a lead came: more often lately than long ago.
fn age(chance: &mut Chance) -> SignedDuration {
    minutes(DAYS * MINUTES_A_DAY * chance.share().powf(1.4))
}

/// A departure that lay ahead when the lead came, if they chose one.
fn choose_departure(chance: &mut Chance, draft: &TripDraft, created: Time) -> Option<usize> {
    let ahead: Vec<usize> = (0..draft.trip.departures.len())
        .filter(|place| {
            draft.trip.departures.get(*place).is_some_and(|departure| starts_after(departure.starts_on, created))
        })
        .collect();
    if chance.happens(0.6) { chance.choose(&ahead).copied() } else { None }
}

fn starts_after(day: Date, time: Time) -> bool {
    day > time.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn first_state(
    chance: &mut Chance,
    traveller: &Traveller,
    draft: &TripDraft,
    created: Time,
    (party, departure): (u32, Option<usize>),
) -> Lead {
    let source = SOURCES.get(chance.weighted(SOURCES.iter().map(|(_, weight)| *weight)));
    Lead {
        id: chance.id(created),
        trip_id: draft.trip.id,
        assigned_to: draft.trip.organizer,
        user_id: traveller.user,
        name: traveller.name.clone(),
        email: traveller.email.clone(),
        phone: traveller.phone.clone(),
        source: source.map_or(LeadSource::Other, |(source, _)| *source),
        status: LeadStatus::New,
        score: 0,
        score_reasons: Vec::new(),
        visits: 1,
        messages: 0,
        tags: Vec::new(),
        notes: String::new(),
        party_size: Some(party),
        departure_id: departure.and_then(|place| draft.trip.departures.get(place)).map(|departure| departure.id),
        estimated_value: Money::default(),
        value_is_set: false,
        next_follow_up_at: None,
        last_activity_at: created,
        asked_at: None,
        first_response_at: None,
        lost_reason: None,
        conversion: None,
        arrived_with_access: true,
        created_at: created,
        version: 1,
    }
}
