//! The leads of the demo: each is lived from its first day to now, so that status, timeline, score and figures belong together.

use jiff::SignedDuration;

use super::{
    chance::Chance,
    content::{self, Text, Texts},
    people::{People, Traveller},
    texts::Occasion,
    trips::TripDraft,
};
use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            lead::{Conversion, Lead, LeadSource, LostReason},
            status::LeadStatus,
            timeline::{Author, Interaction, InteractionId, InteractionKind, LeadHistory, Side, StatusChange},
        },
        trips::trip::Trip,
    },
    server::state::App,
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
        money::Money,
        time::Time,
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
    texts: Texts,
    chance: Chance,
    now: Time,
}

/// A lead while it is lived.
struct Life<'a> {
    lead: Lead,
    interactions: Vec<Interaction>,
    steps: Vec<(InteractionId, StatusChange)>,
    occasion: Occasion<'a>,
    organizer: Author,
    at: Time,
    now: Time,
}

impl<'a> Maker<'a> {
    pub(super) fn new(app: &App, people: &'a People, trips: Vec<TripDraft>, chance: Chance) -> Result<Self, AppError> {
        Ok(Self { people, trips, texts: content::texts()?, chance, now: app.clock.now() })
    }

    /// The trips, with the seats that the leads booked.
    pub(super) fn into_trips(self) -> Vec<Trip> {
        self.trips.into_iter().map(TripDraft::finish).collect()
    }

    /// The lead of that number and what happened to it.
    pub(super) fn make(&mut self, number: u64) -> Result<LeadHistory, AppError> {
        let place = self.choose_trip();
        let traveller = self.choose_traveller(number, place)?;
        let Self { people, trips, texts, chance, now } = self;
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
        let mut life = Life {
            lead,
            interactions: Vec::new(),
            steps: Vec::new(),
            occasion,
            organizer: author,
            at: created,
            now: *now,
        };
        life.arrive(chance, texts, &traveller);
        life.work(chance, texts, (draft, departure), traveller.user);
        Ok(life.finish(draft.trip.price))
    }

    fn choose_trip(&mut self) -> usize {
        let Self { people, trips, chance, .. } = self;
        let share = |draft: &TripDraft| {
            let organizer = people.organizers.iter().find(|organizer| organizer.id == draft.trip.organizer);
            let theirs = trips.iter().filter(|other| other.trip.organizer == draft.trip.organizer);
            let wanted = |draft: &TripDraft| if draft.trip.visibility.as_str() == "draft" { 0.0 } else { draft.appeal };
            wanted(draft) / theirs.map(wanted).sum::<f64>() * organizer.map_or(0.0, |organizer| organizer.share)
        };
        let shares: Vec<f64> = trips.iter().map(share).collect();
        chance.weighted(shares.iter().copied())
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

/// How long ago a lead came: more often lately than long ago.
fn age(chance: &mut Chance) -> SignedDuration {
    minutes(DAYS * MINUTES_A_DAY * chance.share().powf(1.4))
}

#[expect(clippy::cast_possible_truncation, reason = "half a year has few minutes")]
fn minutes(minutes: f64) -> SignedDuration {
    SignedDuration::from_secs((minutes * 60.0) as i64)
}

/// The same time if it lies between 9 and 20 o'clock in India, else the next such time: nobody calls at night.
fn in_daytime(time: Time) -> Time {
    const HOUR: i64 = 3_600_000;
    let of_day = (time.millis() + 5 * HOUR + HOUR / 2).rem_euclid(24 * HOUR);
    match of_day / HOUR {
        0..9 => time + SignedDuration::from_hours(9 - of_day / HOUR),
        20.. => time + SignedDuration::from_hours(13),
        _ => time,
    }
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

fn starts_after(day: crate::shared::time::Date, time: Time) -> bool {
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
        first_response_at: None,
        lost_reason: None,
        conversion: None,
        arrived_with_access: true,
        created_at: created,
        version: 1,
    }
}

impl Life<'_> {
    /// How they came: with a question or without, some of them again.
    fn arrive(&mut self, chance: &mut Chance, texts: &Texts, traveller: &Traveller) {
        let wrote = match self.lead.source {
            LeadSource::Inquiry => 0.95,
            LeadSource::Form => 0.6,
            LeadSource::PartialBooking => 0.3,
            _ => 0.0,
        };
        if chance.happens(wrote) {
            self.hear(chance, &texts.questions, traveller);
        }
        if self.lead.source == LeadSource::TripView || chance.happens(0.3) {
            self.lead.visits += chance.count(1, 3);
        }
        if self.lead.messages > 0 && chance.happens(0.25) && self.wait(chance, 1.0, 30.0) {
            self.hear(chance, &texts.follow_up_messages, traveller);
        }
        if chance.happens(0.45) {
            let tag = self.occasion.draw(chance, &texts.tags);
            self.lead.tags.extend((!tag.is_empty()).then_some(tag));
        }
    }

    /// What the organizer does about it, step by step, until now.
    fn work(
        &mut self,
        chance: &mut Chance,
        texts: &Texts,
        (draft, departure): (&mut TripDraft, Option<usize>),
        user: Option<UserId>,
    ) {
        // Most are answered within a day; some of the latest still wait.
        let patience = if chance.happens(0.8) { 16.0 } else { 70.0 };
        if !self.wait(chance, 0.2, patience) || chance.happens(0.03) {
            return;
        }
        self.answer(chance, texts);
        self.step(chance, LeadStatus::Contacted, None);
        if chance.happens(0.4) {
            let note = self.occasion.draw(chance, &texts.notes);
            self.say(chance, InteractionKind::Note, note);
        }
        if !self.wait(chance, 20.0, 150.0) {
            return self.plan(chance);
        }
        if chance.happens(0.42) {
            let note = self.occasion.draw_line(chance, &texts.status_notes.not_interested);
            self.step(chance, LeadStatus::NotInterested, note);
            return self.part(chance, texts);
        }
        self.answer(chance, texts);
        let note = self.occasion.draw_line(chance, &texts.status_notes.interested);
        self.step(chance, LeadStatus::Interested, note);
        if !self.wait(chance, 24.0, 240.0) {
            return self.plan(chance);
        }
        if chance.happens(0.62) { self.convert(chance, texts, (draft, departure), user) } else { self.plan(chance) }
    }

    /// After a no: closed with a reason, won back, or left.
    fn part(&mut self, chance: &mut Chance, texts: &Texts) {
        if !self.wait(chance, 48.0, 400.0) {
            return;
        }
        if chance.happens(0.12) {
            let note = self.occasion.draw_line(chance, &texts.win_back_notes);
            self.step(chance, LeadStatus::Contacted, note);
            return self.plan(chance);
        }
        if chance.happens(0.75) {
            let (reason, lines) = lost_because(chance, texts);
            let note = self.occasion.draw_line(chance, lines);
            self.step(chance, LeadStatus::Lost, note);
            self.lead.lost_reason = Some(reason);
        }
    }

    fn convert(
        &mut self,
        chance: &mut Chance,
        texts: &Texts,
        (draft, departure): (&mut TripDraft, Option<usize>),
        user: Option<UserId>,
    ) {
        let party = self.occasion.party;
        let booked = departure.filter(|place| draft.book(*place, party));
        if departure.is_some() && booked.is_none() {
            return self.plan(chance);
        }
        let departure_id = booked.and_then(|place| draft.trip.departures.get(place)).map(|departure| departure.id);
        let discount = if party >= 6 { 95 } else { 100 };
        let amount = Money::paise(draft.trip.price.times(party).amount / 100 * discount);
        let note = self.occasion.draw_line(chance, &texts.status_notes.converted);
        self.step(chance, LeadStatus::Converted, note.clone());
        let by = self.organizer.id.or(user).unwrap_or(self.lead.assigned_to);
        self.lead.conversion = Some(Conversion { departure_id, party_size: party, amount, note, at: self.at, by });
        self.lead.departure_id = departure_id.or(self.lead.departure_id);
    }

    /// Most open leads have a follow-up: some late, some today, most in the next days.
    fn plan(&mut self, chance: &mut Chance) {
        if chance.happens(0.7) {
            let minutes = if chance.happens(0.12) { chance.number(-900, -5) } else { chance.number(30, 10 * 1_440) };
            self.lead.next_follow_up_at = Some(self.now + SignedDuration::from_mins(minutes - minutes % 15));
        }
    }

    fn answer(&mut self, chance: &mut Chance, texts: &Texts) {
        let (kind, lines): (_, &[Text]) = match chance.number(0, 9) {
            0..=4 => (InteractionKind::Call, &texts.call_notes),
            5..=7 if self.lead.phone.is_some() => (InteractionKind::Whatsapp, &texts.whatsapp),
            9 => (InteractionKind::Meeting, &texts.meetings),
            _ => (InteractionKind::Email, &texts.emails),
        };
        let text = self.occasion.draw(chance, lines);
        self.say(chance, kind, text);
        self.lead.first_response_at = self.lead.first_response_at.or(Some(self.at));
    }

    fn say(&mut self, chance: &mut Chance, kind: InteractionKind, text: String) {
        self.interactions.push(Interaction {
            id: chance.id(self.at),
            kind,
            text,
            at: self.at,
            by: self.organizer.clone(),
        });
        if kind.is_contact() {
            self.lead.last_activity_at = self.at;
        }
    }

    fn hear(&mut self, chance: &mut Chance, texts: &[Text], traveller: &Traveller) {
        let text = self.occasion.draw(chance, texts);
        let by = Author { side: Side::Traveller, id: traveller.user, name: traveller.name.clone() };
        self.interactions.push(Interaction {
            id: chance.id(self.at),
            kind: InteractionKind::Message,
            text,
            at: self.at,
            by,
        });
        self.lead.messages += 1;
        self.lead.last_activity_at = self.at;
    }

    /// Takes a step; what the lifecycle does not allow does not happen here either.
    fn step(&mut self, chance: &mut Chance, to: LeadStatus, note: Option<String>) {
        let from = self.lead.status;
        if from.check_step(to, By::Organizer).is_ok() {
            let change = StatusChange { from, to, by: self.organizer.clone(), at: self.at, note };
            self.steps.push((chance.id(self.at), change));
            self.lead.status = to;
            self.lead.version += 1;
        }
    }

    /// Lets some hours pass; `false` when they are not over yet.
    fn wait(&mut self, chance: &mut Chance, least: f64, most: f64) -> bool {
        let later = in_daytime(self.at + minutes((least + (most - least) * chance.share()) * 60.0));
        let over = later < self.now;
        if over {
            self.at = later;
        }
        over
    }

    fn finish(mut self, price: Money) -> LeadHistory {
        self.lead.recompute(price);
        LeadHistory { lead: self.lead, interactions: self.interactions, steps: self.steps }
    }
}

fn lost_because<'t>(chance: &mut Chance, texts: &'t Texts) -> (LostReason, &'t [String]) {
    let notes = &texts.lost_notes;
    match chance.number(0, 99) {
        0..=27 => (LostReason::Price, &notes.price),
        28..=50 => (LostReason::Dates, &notes.dates),
        51..=60 => (LostReason::Fitness, &notes.fitness),
        61..=74 => (LostReason::ChoseOther, &notes.chose_other),
        75..=93 => (LostReason::NoReply, &notes.no_reply),
        _ => (LostReason::Other, &notes.other),
    }
}
