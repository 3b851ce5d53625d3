//! The range of days that figures are about, and the equally long one before it.

use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::shared::time::Date;

/// How many days back figures look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Window {
    /// A week.
    Week,
    /// Thirty days.
    #[default]
    Month,
    /// Ninety days.
    Quarter,
}

impl Window {
    /// Every window, the shortest first.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    /// How many days it has.
    pub const fn days(self) -> i32 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }

    /// What an address says (`days=30`); anything else is the usual window.
    pub fn read(days: &str) -> Self {
        Self::ALL.into_iter().find(|window| window.days().to_string() == days).unwrap_or_default()
    }

    /// The range that ends on `today`.
    pub fn until(self, today: Date) -> DayRange {
        DayRange { first: today.saturating_sub((self.days() - 1).days()), last: today }
    }
}

/// From a day to a day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl DayRange {
    /// The range of the same length that ends the day before.
    pub fn before(self) -> Self {
        let days = self.days().len();
        let last = self.first.saturating_sub(1.day());
        Self { first: last.saturating_sub(i64::try_from(days).unwrap_or(1).saturating_sub(1).days()), last }
    }

    /// Its days in order.
    pub fn days(self) -> Vec<Date> {
        self.first.series(1.day()).take_while(|day| *day <= self.last).collect()
    }

    /// The day after the last.
    pub fn end(self) -> Date {
        self.last.saturating_add(1.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn thirty_days_end_today_and_follow_thirty_others() {
        let range = Window::Month.until(date("2026-11-24"));
        assert_eq!((range.first, range.last), (date("2026-10-26"), date("2026-11-24")));
        let before = range.before();
        assert_eq!((before.first, before.last), (date("2026-09-26"), date("2026-10-25")));
        assert_eq!(range.days().len(), 30);
        assert_eq!(before.end(), range.first);
    }

    #[test]
    fn an_address_that_names_no_window_means_the_usual_one() {
        assert_eq!(Window::read("90"), Window::Quarter);
        assert_eq!(Window::read("8"), Window::Month);
        assert_eq!(Window::read(""), Window::Month);
    }
}
