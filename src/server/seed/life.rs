//! How a lead is lived: what its traveller does, what its organizer does about it, step by step until now.

use jiff::SignedDuration;

use super::{
    chance::Chance,
    content::{Text, Texts},
    people::Traveller,
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
    },
    shared::{
        lifecycle::{By, Lifecycle},
        money::Money,
        time::Time,
    },
};

/// A lead while it is lived.
pub(super) struct Life<'a> {
    lead: Lead,
    interactions: Vec<Interaction>,
    steps: Vec<(InteractionId, StatusChange)>,
    occasion: Occasion<'a>,
    organizer: Author,
    at: Time,
    now: Time,
}

impl<'a> Life<'a> {
    /// Somebody who has come just now, whose lead that organizer works.
    pub(super) fn begin(lead: Lead, occasion: Occasion<'a>, organizer: Author, now: Time) -> Self {
        let at = lead.created_at;
        Self { lead, interactions: Vec::new(), steps: Vec::new(), occasion, organizer, at, now }
    }
}

impl Life<'_> {
    /// How they came: with a question or without, some of them again.
    pub(super) fn arrive(&mut self, chance: &mut Chance, texts: &Texts, traveller: &Traveller) {
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
    pub(super) fn work(
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

    pub(super) fn finish(mut self, price: Money) -> LeadHistory {
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

#[expect(clippy::cast_possible_truncation, reason = "half a year has few minutes")]
pub(super) fn minutes(minutes: f64) -> SignedDuration {
    SignedDuration::from_secs((minutes * 60.0) as i64)
}

/// The same time if it lies between 9 and 20 o'clock in India, else the next such time: nobody calls at night.
pub(super) fn in_daytime(time: Time) -> Time {
    const HOUR: i64 = 3_600_000;
    let of_day = (time.millis() + 5 * HOUR + HOUR / 2).rem_euclid(24 * HOUR);
    match of_day / HOUR {
        0..9 => time + SignedDuration::from_hours(9 - of_day / HOUR),
        20.. => time + SignedDuration::from_hours(13),
        _ => time,
    }
}
