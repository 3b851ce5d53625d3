//! Which conversations a list shows, and which part of one is read: typed, read from the parameters of an address.

use crate::shared::{
    checks::Checks,
    error::AppError,
    page::{DEFAULT_LIMIT, PageRequest},
};

/// The longest text that is searched for, in characters.
pub const MAX_Q: usize = 100;

/// Which conversations are meant; every condition that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConversationFilter {
    /// Those with the admins, or those about trips.
    pub support: Option<bool>,
    /// Those in which something is not read; pages alone ask for this.
    pub unread: bool,
    /// Beginnings of words of names, of the trip, or of what was said.
    pub q: Option<String>,
}

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConversationQuery {
    /// Which conversations.
    pub filter: ConversationFilter,
    /// Which page.
    pub page: PageRequest,
}

impl ConversationQuery {
    /// What these parameters ask for.
    ///
    /// # Errors
    /// [`AppError::UnknownField`] for a parameter that is not one, [`AppError::InvalidInput`] for values that do not fit.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, AppError> {
        let (mut query, mut checks) = (Self::default(), Checks::new());
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            match name {
                "support" => query.filter.support = checks.one_of(name, value.parse().ok()),
                "q" => query.filter.q = read_q(&mut checks, value),
                _ if query.page.take_parameter(&mut checks, name, value) => {}
                _ => return Err(AppError::UnknownField(name.to_owned())),
            }
        }
        checks.finish()?;
        Ok(query)
    }
}

/// What is looked for; nothing where nothing is typed.
pub fn read_q(checks: &mut Checks, text: &str) -> Option<String> {
    let text = checks.optional_text("q", "The search", text, MAX_Q);
    Some(text).filter(|text| !text.is_empty())
}

/// Which messages of a conversation are read, always the oldest of them first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessagesQuery {
    /// From where on.
    pub part: Part,
    /// 1 to 100.
    pub limit: u32,
}

/// A part of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The newest messages.
    Newest,
    /// Those that follow this one, the nearest first.
    After(u32),
    /// Those that lead up to this one.
    Before(u32),
}

impl Default for MessagesQuery {
    fn default() -> Self {
        Self { part: Part::Newest, limit: DEFAULT_LIMIT }
    }
}

impl MessagesQuery {
    /// What these parameters ask for.
    ///
    /// # Errors
    /// [`AppError::UnknownField`] for a parameter that is not one, [`AppError::InvalidInput`] for values that do not fit, and when both
    /// ends are named.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, AppError> {
        let (mut after, mut before, mut page, mut checks) = (None, None, PageRequest::default(), Checks::new());
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            match name {
                "after" => after = checks.one_of(name, value.parse::<u32>().ok()),
                "before" => before = checks.one_of(name, value.parse::<u32>().ok()),
                "limit" => drop(page.take_parameter(&mut checks, name, value)),
                _ => return Err(AppError::UnknownField(name.to_owned())),
            }
        }
        checks.require("before", after.is_none() || before.is_none(), "Ask for what is after a message or before one.");
        checks.finish()?;
        let part = after.map(Part::After).or(before.map(Part::Before)).unwrap_or(Part::Newest);
        Ok(Self { part, limit: page.limit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_by_kind_and_by_words() {
        let query = ConversationQuery::from_pairs([("support", "true"), ("q", " asha "), ("limit", "5")]).unwrap();
        assert_eq!((query.filter.support, query.filter.q.as_deref(), query.page.limit), (Some(true), Some("asha"), 5));
        assert_eq!(ConversationQuery::from_pairs([("q", " ")]).unwrap(), ConversationQuery::default());
        for (name, value) in [("support", "1"), ("limit", "101"), ("q", &"x".repeat(MAX_Q + 1))] {
            let fields = ConversationQuery::from_pairs([(name, value)]).unwrap_err().fields();
            assert_eq!(fields.keys().collect::<Vec<_>>(), [name]);
        }
        assert_eq!(ConversationQuery::from_pairs([("unread", "true")]), Err(AppError::UnknownField("unread".into())));
    }

    #[test]
    fn messages_are_asked_for_by_one_end() {
        let part = |pairs: &[(&str, &str)]| MessagesQuery::from_pairs(pairs.iter().copied()).map(|query| query.part);
        assert_eq!(part(&[]), Ok(Part::Newest));
        assert_eq!(part(&[("after", "0")]), Ok(Part::After(0)));
        assert_eq!(part(&[("before", "7"), ("limit", "2")]), Ok(Part::Before(7)));
        assert!(part(&[("after", "1"), ("before", "7")]).unwrap_err().fields().contains_key("before"));
        for wrong in ["-1", "x", "", "4294967296", "{\"$gt\":0}"] {
            assert!(part(&[("after", wrong)]).unwrap_err().fields().contains_key("after"), "{wrong}");
        }
        assert_eq!(part(&[("cursor", "1")]), Err(AppError::UnknownField("cursor".into())));
    }
}
