//! What the demo is made of, as it stands in `content/`.

use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    crm::{
        tickets::ticket::{TicketCategory, TicketPriority},
        trips::trip::{Difficulty, ItineraryDay, Safety, Visibility},
        verifications::verification::VerificationStatus,
    },
    shared::{contact::Phone, error::AppError},
};

/// An organizer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organizer {
    pub(super) business: String,
    pub(super) email: String,
    pub(super) phone: Phone,
    pub(super) onboarded_days_ago: i64,
    /// Of all leads, how many are theirs.
    pub(super) share: f64,
}

/// A trip; days are counted from the Tuesday of the week in which the demo is made.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Trip {
    pub(super) organizer: usize,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) destination: String,
    pub(super) region: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) difficulty: Difficulty,
    pub(super) duration_days: u32,
    pub(super) price: i64,
    pub(super) itinerary: Vec<ItineraryDay>,
    pub(super) safety: Safety,
    pub(super) inclusions: Vec<String>,
    pub(super) exclusions: Vec<String>,
    pub(super) photos: Vec<String>,
    pub(super) settings: Vec<String>,
    pub(super) departures: Vec<Departure>,
    pub(super) visibility: Visibility,
    pub(super) verification: VerificationStatus,
}

/// A departure, and which share of its seats is booked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Departure {
    pub(super) offset_days: i64,
    pub(super) seats: u32,
    pub(super) demand: f64,
}

/// Names that go together.
#[derive(Deserialize)]
pub(super) struct Names {
    pub(super) weight: f64,
    pub(super) first: Vec<String>,
    pub(super) last: Vec<String>,
}

/// What people are called.
#[derive(Deserialize)]
pub(super) struct People {
    pub(super) names: Vec<Names>,
}

/// Something that somebody writes, and whom and where it fits.
#[derive(Deserialize)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) party: Party,
    pub(super) setting: String,
}

/// How many people a text speaks of.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Party {
    Any,
    Solo,
    Group,
    Family,
}

/// Everything that people write.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Texts {
    pub(super) questions: Vec<Text>,
    pub(super) follow_up_messages: Vec<Text>,
    pub(super) call_notes: Vec<Text>,
    pub(super) whatsapp: Vec<Text>,
    pub(super) emails: Vec<Text>,
    pub(super) meetings: Vec<Text>,
    pub(super) notes: Vec<Text>,
    pub(super) tags: Vec<Text>,
    pub(super) win_back_notes: Vec<String>,
    pub(super) status_notes: StatusNotes,
    pub(super) lost_notes: LostNotes,
}

/// Notes of steps, by the status they lead to.
#[derive(Deserialize)]
pub(super) struct StatusNotes {
    pub(super) interested: Vec<String>,
    pub(super) not_interested: Vec<String>,
    pub(super) converted: Vec<String>,
}

/// Notes of closing, by reason.
#[derive(Deserialize)]
pub(super) struct LostNotes {
    pub(super) price: Vec<String>,
    pub(super) dates: Vec<String>,
    pub(super) fitness: Vec<String>,
    pub(super) chose_other: Vec<String>,
    pub(super) no_reply: Vec<String>,
    pub(super) other: Vec<String>,
}

/// Somebody who has trouble of a kind.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Who {
    Traveller,
    Organizer,
}

/// What somebody has trouble with, and how it is solved.
#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) who: Who,
    pub(super) category: TicketCategory,
    pub(super) priority: TicketPriority,
    pub(super) subject: String,
    pub(super) description: String,
    /// The first answer.
    pub(super) ack: String,
    /// What the admin asks, where that is needed, and what is replied.
    pub(super) question: Option<String>,
    pub(super) reply: Option<String>,
    /// What admins note among themselves.
    pub(super) note: Option<String>,
    pub(super) resolution: String,
}

/// A canned answer.
#[derive(Deserialize)]
pub(super) struct Answer {
    pub(super) title: String,
    pub(super) text: String,
}

/// Everything that is said in tickets.
#[derive(Deserialize)]
pub(super) struct Help {
    pub(super) cases: Vec<Case>,
    pub(super) thanks: Vec<String>,
    pub(super) waiting: Vec<String>,
    pub(super) reopened: Vec<String>,
    pub(super) cancelled: Vec<String>,
    pub(super) praise: Vec<String>,
    pub(super) blame: Vec<String>,
    pub(super) answers: Vec<Answer>,
}

/// Who says a line.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Speaker {
    Guest,
    Host,
}

/// A line of a conversation, so many minutes after the one before.
#[derive(Deserialize, Clone)]
pub(super) struct Line {
    pub(super) by: Speaker,
    pub(super) after: i64,
    pub(super) text: String,
}

/// A conversation, and how many of its last messages are not read.
#[derive(Deserialize, Clone)]
pub(super) struct Talk {
    pub(super) unread: u32,
    pub(super) lines: Vec<Line>,
}

/// Everything that is said in conversations.
#[derive(Deserialize)]
pub(super) struct Chats {
    pub(super) talks: Vec<Talk>,
    pub(super) support: Vec<Talk>,
}

pub(super) fn chats() -> Result<Chats, AppError> {
    read(include_str!("content/chats.json"))
}

pub(super) fn help() -> Result<Help, AppError> {
    read(include_str!("content/tickets.json"))
}

pub(super) fn organizers() -> Result<Vec<Organizer>, AppError> {
    read(include_str!("content/organizers.json"))
}

pub(super) fn trips() -> Result<Vec<Trip>, AppError> {
    read(include_str!("content/trips.json"))
}

pub(super) fn people() -> Result<People, AppError> {
    read(include_str!("content/people.json"))
}

pub(super) fn texts() -> Result<Texts, AppError> {
    read(include_str!("content/texts.json"))
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, AppError> {
    serde_json::from_str(json).map_err(|error| {
        tracing::error!(%error, "the demo's content cannot be read");
        AppError::Internal
    })
}
