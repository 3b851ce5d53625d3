//! A lead as it is stored, and the words that describe it. What people see of it is in `row.rs`, its lifecycle in `status.rs`,
//! its conversation in `timeline.rs`.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            score::{Causes, ScoreReason, Tier},
            status::LeadStatus,
        },
        trips::trip::{DepartureId, TripId},
    },
    shared::{
        contact::{Email, Phone},
        id::Id,
        money::Money,
        named::named,
        time::Time,
    },
};

pub use super::source::LeadSource;

/// The id of a [`Lead`].
pub type LeadId = Id<Lead>;

/// The most people that one lead can be for.
pub const MAX_PARTY: u32 = 100;

/// Why a lead was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum LostReason {
    /// Too dear.
    Price,
    /// No date suited.
    Dates,
    /// Not fit enough, or not sure to be.
    Fitness,
    /// They went with somebody else.
    ChoseOther,
    /// They never answered.
    NoReply,
    /// Anything else.
    Other,
}

named!(LostReason {
    Price = "price", "Price";
    Dates = "dates", "Dates";
    Fitness = "fitness", "Fitness";
    ChoseOther = "chose_other", "Chose another";
    NoReply = "no_reply", "No reply";
    Other = "other", "Other";
});

/// A booking that came out of a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Conversion {
    /// The departure whose seats were booked; `None` when the date is settled elsewhere.
    pub departure_id: Option<DepartureId>,
    /// How many people come.
    pub party_size: u32,
    /// What they pay together.
    pub amount: Money,
    /// What else was agreed.
    pub note: Option<String>,
    /// When it was converted.
    pub at: Time,
    /// By whom.
    pub by: UserId,
}

/// A lead. `(trip_id, email)` is unique.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lead {
    /// The id.
    #[serde(rename = "_id")]
    pub id: LeadId,
    /// The trip that they are interested in.
    pub trip_id: TripId,
    /// Who works it: always the trip's organizer.
    pub assigned_to: UserId,
    /// Their account, when they were signed in.
    pub user_id: Option<UserId>,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Email,
    /// Their number.
    pub phone: Option<Phone>,
    /// How they came; of several ways the one that weighs most.
    pub source: LeadSource,
    /// Where it stands.
    pub status: LeadStatus,
    /// 0 to 100; always the score of [`Lead::causes`].
    pub score: u32,
    /// Why.
    pub score_reasons: Vec<ScoreReason>,
    /// How often they looked or asked.
    pub visits: u32,
    /// How many messages they wrote.
    pub messages: u32,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What the organizer keeps in mind about them.
    pub notes: String,
    /// How many would come.
    pub party_size: Option<u32>,
    /// When they would like to go.
    pub departure_id: Option<DepartureId>,
    /// What a booking would bring: party size × price, unless set by hand.
    pub estimated_value: Money,
    /// Whether it was set by hand.
    pub value_is_set: bool,
    /// When to get back to them.
    pub next_follow_up_at: Option<Time>,
    /// When something last went either way.
    pub last_activity_at: Time,
    /// When they first asked, where that was later than they came: who only looked waits for no answer.
    pub asked_at: Option<Time>,
    /// When somebody first answered.
    pub first_response_at: Option<Time>,
    /// Why it was closed; only while `lost`.
    pub lost_reason: Option<LostReason>,
    /// The booking; only when `converted`.
    pub conversion: Option<Conversion>,
    /// Whether the organizer had CRM access when it came: then it stays readable in full.
    pub arrived_with_access: bool,
    /// When it came.
    pub created_at: Time,
    /// Counts changes; a stale one is refused.
    pub version: u32,
}

impl Lead {
    /// What its score depends on.
    pub const fn causes(&self) -> Causes {
        Causes {
            source: self.source,
            visits: self.visits,
            messages: self.messages,
            departure_chosen: self.departure_id.is_some(),
        }
    }

    /// Its tier.
    pub const fn tier(&self) -> Tier {
        Tier::of(self.score)
    }

    /// Computes what follows from other fields when it is made: the score, and the estimated value.
    pub fn recompute(&mut self, price: Money) {
        self.rescore();
        self.revalue(price);
    }

    /// Computes what follows from other fields after a write. The value follows the party and the departure, at the price of that
    /// moment: a price that has changed since moves no value in a write that is about something else.
    pub fn recompute_since(&mut self, before: &Self, price: Money) {
        self.rescore();
        if (self.party_size, self.departure_id) != (before.party_size, before.departure_id) {
            self.revalue(price);
        }
    }

    /// Computes the estimated value unless it was set by hand. Nobody knows the party: one person is counted.
    pub fn revalue(&mut self, price: Money) {
        if !self.value_is_set {
            self.estimated_value = price.times(self.party_size.unwrap_or(1));
        }
    }

    fn rescore(&mut self) {
        let score = self.causes().score();
        (self.score, self.score_reasons) = (score.value, score.reasons);
    }

    /// Since when they wait, or waited, for a first answer; `None` while they have not asked.
    pub fn asked_since(&self) -> Option<Time> {
        self.source.asks().then(|| self.asked_at.unwrap_or(self.created_at))
    }

    /// They came once more, this way, at that time. Who asks only then waits since then: what was said before was no answer.
    pub fn come_by(&mut self, source: LeadSource, at: Time) {
        let had_asked = self.source.asks();
        self.source = self.source.heavier(source);
        if self.source.asks() && !had_asked {
            self.asked_at = Some(at).filter(|at| *at > self.created_at);
            self.first_response_at = self.first_response_at.filter(|answer| *answer >= at);
        }
    }

    /// They said something more in their conversation. No other wish comes with it, so that the value stays.
    pub fn hear(&mut self, at: Time) {
        self.messages = self.messages.saturating_add(1);
        self.note_activity(at);
        self.come_by(LeadSource::Chat, at);
        self.rescore();
    }

    /// Somebody answered at that time; the earliest answer counts. Who was spoken to before they were written down as a lead was
    /// answered at once.
    pub fn note_answer(&mut self, at: Time) {
        if self.asked_at.is_some_and(|asked| at < asked) {
            return;
        }
        let at = at.max(self.created_at);
        self.first_response_at = Some(self.first_response_at.map_or(at, |first| first.min(at)));
    }

    /// Stands in another status from now on. Once nothing is left to do there is no follow-up; a reason belongs to lost leads alone.
    pub fn enter(&mut self, status: LeadStatus, now: Time) {
        self.status = status;
        self.note_activity(now);
        if matches!(status, LeadStatus::Converted | LeadStatus::Lost) {
            self.next_follow_up_at = None;
        }
        if status != LeadStatus::Lost {
            self.lost_reason = None;
        }
        if status == LeadStatus::Contacted {
            self.note_answer(now);
        }
    }

    /// Something went either way at that time.
    pub fn note_activity(&mut self, at: Time) {
        self.last_activity_at = self.last_activity_at.max(at);
    }
}
