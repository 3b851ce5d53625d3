//! What the page of one lead shows: put together and worded by the server in the viewer's zone, so that views only lay it out.

mod show;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

pub use show::Show;

use crate::{
    crm::{
        leads::{
            lead::LeadId,
            listing::{Choice, FollowUp},
            score::{ScoreReason, Tier},
            status::LeadStatus,
            timeline::InteractionKind,
        },
        trips::trip::DepartureId,
    },
    shared::time::Moment,
};

/// A lead as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct LeadProfile {
    /// The id.
    pub id: LeadId,
    /// Counts changes; sent back with each.
    pub version: u32,
    /// Their name.
    pub name: String,
    /// Where it stands.
    pub status: LeadStatus,
    /// Since when it has been in each status that it was in; the last time counts.
    pub reached: Vec<(LeadStatus, Moment)>,
    /// The steps that the viewer can take.
    pub moves: Vec<Move>,
    /// How to reach them.
    pub contact: Contact,
    /// Whether the viewer may change leads.
    pub has_access: bool,
    /// When to get back to them.
    pub follow_up: Option<FollowUp>,
    /// How long nothing has happened, when that is too long: `9 days`.
    pub silent_for: Option<String>,
    /// The trip.
    pub trip: TripFact,
    /// What is known and can be changed.
    pub facts: Facts,
    /// How promising it is.
    pub score: ScoreFact,
    /// Everything that happened, by day, the newest first.
    pub days: Vec<TimelineDay>,
    /// What it takes to convert it, filled in as far as it is known.
    pub conversion: ConversionDraft,
    /// The booking, once there is one.
    pub booked: Option<Booking>,
    /// Why it was closed.
    pub lost_reason: Option<String>,
    /// Where it stands in the list that the viewer came from.
    pub place: Place,
}

/// A step of the lifecycle as a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Move {
    /// What the button says.
    pub verb: String,
    /// The status it leads to.
    pub to: LeadStatus,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// The lead.
    pub id: LeadId,
    /// Where it was.
    pub from: LeadStatus,
    /// Where it is.
    pub to: LeadStatus,
    /// Its version now.
    pub version: u32,
}

/// How to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Contact {
    /// Their address; masked without CRM access.
    pub email: String,
    /// Their number, grouped for reading; masked without CRM access.
    pub phone: Option<String>,
    /// Whether they are masked, so that nothing leads there.
    pub masked: bool,
    /// Where one chats with them; nowhere without an account of theirs or without CRM access, and not for admins.
    pub chat: Option<String>,
    /// The number as `tel:` and `wa.me` want it: its digits with the country code.
    pub digits: Option<String>,
}

/// The trip that somebody is interested in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TripFact {
    /// What it is called.
    pub title: String,
    /// Where the viewer finds it.
    pub href: String,
    /// The address of its small picture.
    pub thumb: String,
    /// The days of the chosen departure: `Sat 19 to Thu 24 Dec`.
    pub days: Option<String>,
}

/// What is known of a lead and can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Facts {
    /// Who works it.
    pub owner: String,
    /// The departures that can be chosen, the chosen one among them.
    pub departures: Vec<DepartureChoice>,
    /// The chosen one.
    pub departure: Option<DepartureChoice>,
    /// For how many.
    pub party: Option<u32>,
    /// What a booking would bring.
    pub value: String,
    /// The same for an input; empty while it follows from party and price.
    pub value_input: String,
    /// What it is when it follows from party and price.
    pub value_hint: String,
    /// The number for an input.
    pub phone_input: String,
    /// How they came.
    pub source: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What to keep in mind about them.
    pub notes: String,
    /// The follow-up for an input.
    pub follow_up_input: String,
    /// When it came.
    pub created: Moment,
}

/// A departure to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct DepartureChoice {
    /// The id.
    pub id: DepartureId,
    /// Its first day: `Sat 19 Dec`.
    pub day: String,
    /// How many seats are free.
    pub seats_left: u32,
}

impl DepartureChoice {
    /// How many seats are free, in words.
    pub fn seats_in_words(&self) -> String {
        match self.seats_left {
            0 => "full".to_owned(),
            1 => "1 seat left".to_owned(),
            left => format!("{left} seats left"),
        }
    }
}

/// How promising a lead is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ScoreFact {
    /// 0 to 100.
    pub value: u32,
    /// What that means.
    pub tier: Tier,
    /// Why.
    pub reasons: Vec<ScoreReason>,
}

/// What happened on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TimelineDay {
    /// `Today`, `Monday 23 November`.
    pub label: String,
    /// What happened, the newest first.
    pub entries: Vec<Entry>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Entry {
    /// Its kind, with what only that kind has.
    pub what: Happening,
    /// Who did it: `You`, a name, or nobody for the system.
    pub who: String,
    /// Whether it came from the traveller.
    pub from_traveller: bool,
    /// The time of day, and the exact time.
    pub moment: Moment,
}

/// What can happen to a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// It came.
    Arrived {
        /// How.
        source: String,
    },
    /// Somebody got in touch, or wrote something down.
    Interaction {
        /// How.
        kind: InteractionKind,
        /// What was said.
        text: String,
    },
    /// It was moved.
    Moved {
        /// From where.
        from: LeadStatus,
        /// To where.
        to: LeadStatus,
        /// Why, or by what.
        note: Option<String>,
    },
    /// They looked at the trip again.
    Viewed,
    /// A fact was changed.
    Changed {
        /// In words: `party from 2 to 4 people`.
        text: String,
    },
}

/// What stands in the dialog that converts a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ConversionDraft {
    /// The chosen departure.
    pub departure_id: Option<DepartureId>,
    /// For how many.
    pub party: u32,
    /// Party × price, for an input.
    pub amount_input: String,
    /// The price for one person, in words.
    pub price: String,
    /// The same in paise.
    pub price_paise: i64,
}

/// The booking that came out of a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Booking {
    /// The departure, if seats were booked.
    pub departure: Option<String>,
    /// How many people come.
    pub party: u32,
    /// What they pay together.
    pub amount: String,
    /// What else was agreed.
    pub note: Option<String>,
    /// When it was made.
    pub at: Moment,
}

/// Where a lead stands in the list that somebody came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Place {
    /// The address of the list.
    pub list_href: String,
    /// `2 of 9`.
    pub number: Option<String>,
    /// The lead before it: its address and name.
    pub previous: Option<Choice>,
    /// The lead after it: its address and name.
    pub next: Option<Choice>,
}
