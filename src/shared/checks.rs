//! Collects what is wrong with an input, field by field, so that a person is told everything at once.

use std::fmt::Display;

use crate::shared::error::{AppError, FieldErrors};

/// What a filter is told that asks for something which is not there to be asked for.
pub const NOT_POSSIBLE: &str = "This value is not one of those that are possible here.";

/// The longest text that is searched for, in characters.
const MAX_SEARCH: usize = 100;

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Checks {
    fields: FieldErrors,
}

impl Checks {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a problem of a field.
    pub fn refuse(&mut self, field: &str, message: impl Into<String>) {
        self.fields.entry(field.to_owned()).or_default().push(message.into());
    }

    /// Notes the problem unless `holds`.
    pub fn require(&mut self, field: &str, holds: bool, message: impl Into<String>) {
        if !holds {
            self.refuse(field, message);
        }
    }

    /// The value, or `None` with its problem noted.
    pub fn take<T, E: Display>(&mut self, field: &str, value: Result<T, E>) -> Option<T> {
        value.map_err(|problem| self.refuse(field, problem.to_string())).ok()
    }

    /// The trimmed text if it has `1..=max` characters and no control characters but line breaks and tabs; else its problem is noted.
    /// `what` starts the sentence: `Your name`.
    pub fn text(&mut self, field: &str, what: &str, text: &str, max: usize) -> String {
        let text = self.optional_text(field, what, text, max);
        self.require(field, !text.is_empty() || self.has(field), format!("{what} is missing."));
        text
    }

    /// Like [`Checks::text`], but it may be empty.
    pub fn optional_text(&mut self, field: &str, what: &str, text: &str, max: usize) -> String {
        let text = text.trim();
        let length = text.chars().count();
        self.require(field, length <= max, format!("{what} has {length} characters; {max} are possible."));
        let printable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        self.require(field, text.chars().all(printable), format!("{what} contains characters that cannot be shown."));
        text.to_owned()
    }

    /// What is searched for, trimmed; nothing is no search.
    pub fn search(&mut self, field: &str, text: &str) -> Option<String> {
        Some(self.optional_text(field, "The search", text, MAX_SEARCH)).filter(|text| !text.is_empty())
    }

    /// What a filter asks for: nothing when its text is empty; one that is none of the possible ones is noted.
    pub fn filter<T>(&mut self, field: &str, text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = read(text);
        self.require(field, value.is_some() || text.is_empty(), NOT_POSSIBLE);
        value
    }

    /// The value of a parameter; that it is not one of those that are possible is noted.
    pub fn one_of<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        self.require(field, value.is_some(), NOT_POSSIBLE);
        value
    }

    /// Adds the values of a parameter, which are parted by commas, each once; those that are not possible are noted.
    pub fn any_of<T: PartialEq>(
        &mut self,
        field: &str,
        values: &str,
        into: &mut Vec<T>,
        read: impl Fn(&str) -> Option<T>,
    ) {
        for value in values.split(',').map(str::trim) {
            match read(value) {
                Some(value) if into.contains(&value) => {}
                Some(value) => into.push(value),
                None => self.refuse(field, format!("“{value}” is not one of the values that are possible here.")),
            }
        }
    }

    /// Whether a field has a problem.
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with all problems.
    pub fn finish(self) -> Result<(), AppError> {
        if self.fields.is_empty() { Ok(()) } else { Err(AppError::InvalidInput(self.fields)) }
    }
}
