//! One page of a list: keyset pagination, so that a page costs the same however long the list is.

use serde::{Deserialize, Serialize};

use crate::shared::checks::Checks;

/// How many items a page has at most.
pub const MAX_LIMIT: u32 = 100;
/// How many it has unless asked otherwise.
pub const DEFAULT_LIMIT: u32 = 20;
/// Up to here totals are exact; beyond, they are "1,000 or more".
pub const TOTAL_CAP: u64 = 1_000;

/// Which page of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// 1 to [`MAX_LIMIT`].
    pub limit: u32,
    /// Where the page before ended, as its answer said.
    pub cursor: Option<String>,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { limit: DEFAULT_LIMIT, cursor: None }
    }
}

impl PageRequest {
    /// Takes a parameter of an address if it is one of a page (`limit`, `cursor`). Whether it was.
    pub fn take_parameter(&mut self, checks: &mut Checks, name: &str, value: &str) -> bool {
        match name {
            "limit" => {
                let limit = value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
                checks.require(name, limit.is_some(), format!("A page has 1 to {MAX_LIMIT} items."));
                self.limit = limit.unwrap_or(DEFAULT_LIMIT);
            }
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => return false,
        }
        true
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// How many items a page has at most.
    pub limit: u32,
    /// The cursor of the next page; `None` on the last one.
    pub next: Option<String>,
    /// How many items match, counted up to [`TOTAL_CAP`].
    pub total: u64,
    /// Whether there are more than `total`.
    pub total_capped: bool,
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        let Self { items, limit, next, total, total_capped } = self;
        Page { items: items.into_iter().map(change).collect(), limit, next, total, total_capped }
    }
}

/// A count in digits; what was counted beyond [`TOTAL_CAP`] is not exact, and says so.
pub fn count_in_digits(count: u32) -> String {
    if u64::from(count) > TOTAL_CAP { "1,000+".to_owned() } else { count.to_string() }
}
