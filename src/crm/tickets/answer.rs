//! Canned answers: texts that admins write once and send often, with gaps that are filled from the ticket.

use serde::{Deserialize, Serialize};

use crate::{
    crm::tickets::message::MAX_TEXT,
    shared::{checks::Checks, error::AppError, id::Id, time::Time},
};

/// The longest title, in characters.
pub const MAX_TITLE: usize = 100;
/// Canned answers of the marketplace.
pub const MAX_ANSWERS: u64 = 200;

/// The id of a [`CannedAnswer`].
pub type AnswerId = Id<CannedAnswer>;

/// What can stand in a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// The requester's name.
    Name,
    /// The ticket's number.
    Number,
    /// The ticket's subject.
    Subject,
    /// The trip that it is about.
    Trip,
    /// Who answers.
    Admin,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Name, Self::Number, Self::Subject, Self::Trip, Self::Admin];

    /// The name between the braces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Subject => "subject",
            Self::Trip => "trip",
            Self::Admin => "admin",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.as_str() == name)
    }
}

/// What the gaps are filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filling<'a> {
    /// The requester's name.
    pub name: &'a str,
    /// The ticket's number.
    pub number: &'a str,
    /// The ticket's subject.
    pub subject: &'a str,
    /// The title of the trip; `None`: it is about none.
    pub trip: Option<&'a str>,
    /// Who answers.
    pub admin: &'a str,
}

impl<'a> Filling<'a> {
    const fn of(&self, variable: Variable) -> &'a str {
        match (variable, self.trip) {
            (Variable::Name, _) => self.name,
            (Variable::Number, _) => self.number,
            (Variable::Subject, _) => self.subject,
            (Variable::Trip, Some(trip)) => trip,
            (Variable::Trip, None) => "your trip",
            (Variable::Admin, _) => self.admin,
        }
    }
}

/// An answer that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CannedAnswer {
    /// The id.
    #[serde(rename = "_id")]
    pub id: AnswerId,
    /// What admins look for it by; no two have the same.
    pub title: String,
    /// The text, with gaps such as `{{name}}`.
    pub text: String,
    /// When it was last written.
    pub updated_at: Time,
    /// Counts changes.
    pub version: u32,
}

/// An answer as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// What admins look for it by.
    pub title: String,
    /// The text.
    pub text: String,
}

impl CannedAnswer {
    /// The text with its gaps filled. What is filled in is not read for gaps again: a subject is the requester's own text.
    pub fn fill(&self, filling: &Filling<'_>) -> String {
        pieces(&self.text)
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Gap(whole, name) => Variable::from_name(name).map_or(whole, |variable| filling.of(variable)),
            })
            .collect()
    }
}

impl NewAnswer {
    /// Title and text, trimmed.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with everything that is wrong, gaps that nothing fills among it.
    pub fn check(&self) -> Result<Self, AppError> {
        let mut checks = Checks::new();
        let title = checks.text("title", "The title", &self.title, MAX_TITLE);
        let text = checks.text("text", "The answer", &self.text, MAX_TEXT);
        for piece in pieces(&text) {
            if let Piece::Gap(whole, name) = piece {
                let known = Variable::ALL.map(|variable| format!("{{{{{}}}}}", variable.as_str())).join(", ");
                let is_known = Variable::from_name(name).is_some();
                checks.require("text", is_known, format!("Nothing fills {whole}. Possible are {known}."));
            }
        }
        checks.finish()?;
        Ok(Self { title, text })
    }
}

/// A part of an answer.
enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// A gap: with its braces, and the name between them.
    Gap(&'a str, &'a str),
}

/// The parts of a text. Braces that nothing closes are words.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = rest.find("{{").unwrap_or(rest.len());
        if start > 0 {
            let (words, after) = rest.split_at(start);
            rest = after;
            return Some(Piece::Text(words));
        }
        let length = rest.find("}}").map_or(rest.len(), |end| end + 2);
        let (whole, after) = rest.split_at(length);
        rest = after;
        let name = whole.strip_prefix("{{").and_then(|name| name.strip_suffix("}}"));
        Some(name.map_or(Piece::Text(whole), |name| Piece::Gap(whole, name.trim())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILLING: Filling<'_> = Filling {
        name: "Asha Rao",
        number: "TKT-000042",
        subject: "{{admin}} please",
        trip: Some("Kedarkantha"),
        admin: "Kavya Menon",
    };

    fn answer(text: &str) -> CannedAnswer {
        let (id, title) = (Id::from_bytes([1; 12]), "Hello".into());
        CannedAnswer { id, title, text: text.into(), updated_at: Time::from_millis(0), version: 1 }
    }

    #[test]
    fn gaps_are_filled_from_the_ticket() {
        let text = "Hello {{name}}, about {{number}} on {{ trip }}:\n{{admin}}";
        assert_eq!(answer(text).fill(&FILLING), "Hello Asha Rao, about TKT-000042 on Kedarkantha:\nKavya Menon");
    }

    #[test]
    fn a_ticket_about_no_trip_speaks_of_your_trip() {
        assert_eq!(answer("{{trip}}").fill(&Filling { trip: None, ..FILLING }), "your trip");
    }

    #[test]
    fn what_is_filled_in_is_not_read_for_gaps() {
        assert_eq!(answer("“{{subject}}”").fill(&FILLING), "“{{admin}} please”");
    }

    #[test]
    fn what_is_no_gap_stays_as_it_is() {
        for text in ["{{", "}}", "{{name", "{name}", "a }} b {{ c", ""] {
            assert_eq!(answer(text).fill(&FILLING), text);
        }
    }

    #[test]
    fn a_gap_that_nothing_fills_is_refused() {
        let check = |title: &str, text: &str| NewAnswer { title: title.into(), text: text.into() }.check();
        assert!(check("Hello", "Hello {{name}}").is_ok());
        for text in ["{{nmae}}", "{{}}", " ", &"x".repeat(MAX_TEXT + 1)] {
            assert_eq!(check("Hello", text).unwrap_err().fields().into_keys().collect::<Vec<_>>(), ["text"], "{text}");
        }
        assert!(check(" ", "Hello").unwrap_err().fields().contains_key("title"));
    }
}
