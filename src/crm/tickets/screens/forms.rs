//! What the forms beside a ticket show: opening one, and the canned answers.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{crm::leads::listing::Choice, shared::time::Moment};

/// What the form of a new ticket offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct NewTicketForm {
    /// The trips that it can be about.
    pub trips: Vec<Choice>,
    /// What is promised for each priority, in their order: `answered within 8 h`.
    pub promises: Vec<String>,
}

/// The canned answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct AnswersPage {
    /// The answers by their titles.
    pub answers: Vec<AnswerLine>,
    /// The variables that a text may have, each with what it stands for.
    pub variables: Vec<Choice>,
}

/// A canned answer as admins edit it; the default is one that is not there yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct AnswerLine {
    /// The id.
    pub id: String,
    /// What it is found by.
    pub title: String,
    /// The text with its variables.
    pub text: String,
    /// When it was written.
    pub written: Option<Moment>,
    /// Counts changes; sent back with each.
    pub version: u32,
}
