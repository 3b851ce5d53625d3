//! Which trips a list shows, and in which order.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        trips::trip::{Difficulty, Visibility},
    },
    shared::error::AppError,
};

/// Characters of a search.
const MAX_QUERY: usize = 200;

/// Which live trips everybody's list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripFilter {
    /// Beginnings of words in title, destination or region.
    pub q: Option<String>,
    /// Only trips that are so hard.
    pub difficulty: Option<Difficulty>,
    /// Only trips of this region.
    pub region: Option<String>,
    /// The order; by the next departure unless said otherwise.
    pub sort: TripOrder,
}

/// Which trips an organizer's (or for admins, any organizer's) list shows; the newest come first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyTripFilter {
    /// Admins: only this organizer's. Organizers see their own alone.
    pub organizer_id: Option<UserId>,
    /// Beginnings of words in title, destination or region.
    pub q: Option<String>,
    /// Only trips that are so visible.
    pub visibility: Option<Visibility>,
}

/// By what live trips are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TripSort {
    /// The date of the next departure; trips without one come last either way.
    #[default]
    StartsOn,
    /// The price of one person.
    Price,
    /// The title.
    Title,
}

/// A whitelisted order of live trips: `startsOn`, `price` or `title`, with `-` for descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TripOrder {
    /// By what.
    pub by: TripSort,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// The text names no order of trips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Sort trips by startsOn, price or title, with - in front for the other way round.")]
pub struct NotATripOrder;

impl FromStr for TripOrder {
    type Err = NotATripOrder;

    fn from_str(text: &str) -> Result<Self, NotATripOrder> {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let by = match name {
            "startsOn" => TripSort::StartsOn,
            "price" => TripSort::Price,
            "title" => TripSort::Title,
            _ => return Err(NotATripOrder),
        };
        Ok(Self { by, descending })
    }
}

impl TryFrom<String> for TripOrder {
    type Error = NotATripOrder;

    fn try_from(text: String) -> Result<Self, NotATripOrder> {
        text.parse()
    }
}

impl From<TripOrder> for String {
    fn from(order: TripOrder) -> Self {
        let name = match order.by {
            TripSort::StartsOn => "startsOn",
            TripSort::Price => "price",
            TripSort::Title => "title",
        };
        format!("{}{name}", if order.descending { "-" } else { "" })
    }
}

/// A search as it is carried out: trimmed; `None` when nothing is searched for.
///
/// # Errors
/// [`AppError::InvalidInput`] when it is too long.
pub fn check_query(q: Option<&str>) -> Result<Option<String>, AppError> {
    let q = q.unwrap_or_default().trim();
    if q.chars().count() > MAX_QUERY {
        return Err(AppError::field("q", format!("Search with at most {MAX_QUERY} characters.")));
    }
    Ok((!q.is_empty()).then(|| q.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_as_it_is_written() {
        for text in ["startsOn", "-startsOn", "price", "-price", "title", "-title"] {
            assert_eq!(String::from(text.parse::<TripOrder>().unwrap()), text);
        }
        for wrong in ["", "-", "seats", "--price", "price,title", "$where"] {
            assert_eq!(wrong.parse::<TripOrder>(), Err(NotATripOrder), "{wrong}");
        }
    }
}
