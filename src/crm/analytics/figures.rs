//! What figures are computed by: counts, rates, medians and percentiles. Pure functions, exact to the unit they are given in.

use std::{collections::BTreeMap, ops::AddAssign};

use jiff::SignedDuration;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

/// Leads of some time, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize_tuple, Deserialize_tuple)]
pub struct Tally {
    /// Leads that came.
    pub created: u64,
    /// Those of them that are converted by now.
    pub converted: u64,
    /// Those of them in which somebody asked, and so waits for an answer.
    pub asked: u64,
    /// Those who asked and were answered within 24 hours.
    pub answered_in_a_day: u64,
}

impl Tally {
    /// The share of leads that are converted by now, in per mille; `None` of none.
    pub fn conversion(&self) -> Option<u32> {
        per_mille(self.converted, self.created)
    }

    /// The share of enquiries that were answered within 24 hours, in per mille; `None` of none.
    pub fn response(&self) -> Option<u32> {
        per_mille(self.answered_in_a_day, self.asked)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.created += other.created;
        self.converted += other.converted;
        self.asked += other.asked;
        self.answered_in_a_day += other.answered_in_a_day;
    }
}

/// A share in per mille, rounded half up; there is none of nothing.
pub fn per_mille(part: u64, whole: u64) -> Option<u32> {
    let share = (part * 1000 + whole / 2).checked_div(whole)?;
    u32::try_from(share).ok()
}

/// How a wait is counted, in minutes: to the minute up to four hours, then down to whole five minutes, hours from a day on, days
/// from a week on. So there are a few hundred steps however many waits there are.
pub fn counted_minutes(wait: SignedDuration) -> u32 {
    const HOUR: u32 = 60;
    const DAY: u32 = 24 * HOUR;
    let minutes = u32::try_from(wait.as_mins().max(0)).unwrap_or(u32::MAX);
    let step = match minutes {
        ..240 => 1,
        240..DAY => 5,
        DAY..10_080 => HOUR,
        _ => DAY,
    };
    minutes - minutes % step
}

/// How often each value occurs; values and counts of a histogram are enough for exact medians and percentiles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram(BTreeMap<u32, u64>);

impl Histogram {
    /// Counts a value so many more times.
    pub fn add(&mut self, value: u32, times: u64) {
        *self.0.entry(value).or_default() += times;
    }

    /// How many values there are.
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    /// The middle value; of an even number the mean of the middle two, rounded down. `None` of none.
    pub fn median(&self) -> Option<u32> {
        let count = self.count();
        let (low, high) = (self.at_rank(count.div_ceil(2))?, self.at_rank(count / 2 + 1)?);
        Some(low + (high - low) / 2)
    }

    /// The least value that is not exceeded by so many per cent of them (nearest rank). `None` of none.
    pub fn percentile(&self, percent: u64) -> Option<u32> {
        self.at_rank((self.count() * percent).div_ceil(100).max(1))
    }

    /// The value at a rank, from 1, in ascending order.
    fn at_rank(&self, rank: u64) -> Option<u32> {
        let mut passed = 0;
        self.0.iter().find_map(|(value, count)| {
            passed += count;
            (passed >= rank && rank > 0).then_some(*value)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn histogram(values: &[u32]) -> Histogram {
        let mut histogram = Histogram::default();
        values.iter().for_each(|&value| histogram.add(value, 1));
        histogram
    }

    proptest! {
        #[test]
        fn a_histogram_knows_the_same_as_the_sorted_values(mut values in prop::collection::vec(0_u32..500, 1..200)) {
            let counted = histogram(&values);
            values.sort_unstable();
            let n = values.len();
            let middle = (values[(n - 1) / 2] + values[n / 2]) / 2;
            prop_assert_eq!(counted.median(), Some(middle));
            prop_assert_eq!(counted.percentile(90), Some(values[(n * 9).div_ceil(10) - 1]));
            prop_assert_eq!(counted.percentile(100), values.last().copied());
        }

        #[test]
        fn a_share_lies_between_nothing_and_everything(part in 0_u64..10_000, more in 0_u64..10_000) {
            let share = per_mille(part, part + more);
            prop_assert_eq!(share.is_none(), part + more == 0);
            prop_assert!(share.is_none_or(|share| share <= 1000));
        }
    }

    #[test]
    fn waits_are_counted_the_coarser_the_longer_they_are() {
        let counted = [-3, 0, 239, 243, 1_439, 1_441, 1_499, 10_079, 11_000]
            .map(|minutes| counted_minutes(SignedDuration::from_mins(minutes)));
        assert_eq!(counted, [0, 0, 239, 240, 1_435, 1_440, 1_440, 10_020, 10_080]);
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        assert_eq!(Histogram::default().median(), None);
        assert_eq!(Histogram::default().percentile(90), None);
        assert_eq!(Tally::default().conversion(), None);
        assert_eq!(Tally::default().response(), None);
    }

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(per_mille(23, 128), Some(180));
        assert_eq!(per_mille(1, 2000), Some(1));
        assert_eq!(per_mille(1, 2001), Some(0));
        assert_eq!(per_mille(2, 2), Some(1000));
    }
}
