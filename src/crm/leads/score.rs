//! How promising a lead is: 0 to 100, a pure function of its causes, with the reasons kept so that people see why.
//! Silence is not in the score; it shows as *stale* (`due.rs`).

use serde::{Deserialize, Serialize};

use crate::{crm::leads::lead::LeadSource, shared::named::named};

/// Points for more than one visit.
const RETURNED: u32 = 10;
/// Points for a first message.
const WROTE: u32 = 15;
/// Points for each further message, and for all of them together at most.
const WROTE_MORE: (u32, u32) = (5, 15);
/// Points for a chosen departure.
const CHOSE_DEPARTURE: u32 = 10;
/// No score is higher.
const MOST: u32 = 100;

/// All that the score depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Causes {
    /// How they came.
    pub source: LeadSource,
    /// How often they looked or asked.
    pub visits: u32,
    /// How many messages they wrote.
    pub messages: u32,
    /// Whether they chose a departure.
    pub departure_chosen: bool,
}

/// One reason of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ScoreReason {
    /// What it adds.
    pub points: u32,
    /// What they did: `asked a question`.
    pub text: String,
}

/// A score with its reasons. The reasons may add up to more than 100, the score does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// 0 to 100.
    pub value: u32,
    /// Why, in the order of product.md.
    pub reasons: Vec<ScoreReason>,
}

/// How promising a score is, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Tier {
    /// 75 and more.
    Hot,
    /// 50 to 74.
    Warm,
    /// 25 to 49.
    Cool,
    /// Less than 25.
    Cold,
}

impl Causes {
    /// The score that follows from them.
    pub fn score(self) -> Score {
        let further = self.messages.saturating_sub(1);
        let reasons: Vec<ScoreReason> = [
            (self.source.weight(), self.source.reason().to_owned()),
            (if self.visits > 1 { RETURNED } else { 0 }, count_returns(self.visits)),
            (if self.messages > 0 { WROTE } else { 0 }, "wrote a message".to_owned()),
            (further.saturating_mul(WROTE_MORE.0).min(WROTE_MORE.1), count_messages(further)),
            (if self.departure_chosen { CHOSE_DEPARTURE } else { 0 }, "chose a departure".to_owned()),
        ]
        .into_iter()
        .filter(|(points, _)| *points > 0)
        .map(|(points, text)| ScoreReason { points, text })
        .collect();
        let sum: u32 = reasons.iter().map(|reason| reason.points).sum();
        Score { value: sum.min(MOST), reasons }
    }
}

named!(Tier {
    Hot = "hot", "Hot";
    Warm = "warm", "Warm";
    Cool = "cool", "Cool";
    Cold = "cold", "Cold";
});

impl Tier {
    /// The tier of a score.
    pub const fn of(score: u32) -> Self {
        match score {
            75.. => Self::Hot,
            50..=74 => Self::Warm,
            25..=49 => Self::Cool,
            _ => Self::Cold,
        }
    }

    /// Its scores: the least, and the first that belongs to the tier above.
    pub const fn range(self) -> (u32, u32) {
        match self {
            Self::Hot => (75, 101),
            Self::Warm => (50, 75),
            Self::Cool => (25, 50),
            Self::Cold => (0, 25),
        }
    }
}

fn count_returns(visits: u32) -> String {
    match visits.saturating_sub(1) {
        1 => "came back once".into(),
        times => format!("came back {times} times"),
    }
}

fn count_messages(further: u32) -> String {
    match further {
        1 => "wrote once more".into(),
        times => format!("wrote {times} more times"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn causes() -> impl Strategy<Value = Causes> {
        (0..LeadSource::ALL.len(), any::<u32>(), any::<u32>(), any::<bool>()).prop_map(
            |(source, visits, messages, departure_chosen)| Causes {
                source: LeadSource::ALL[source],
                visits,
                messages,
                departure_chosen,
            },
        )
    }

    proptest! {
        #[test]
        fn a_score_is_the_sum_of_its_reasons_cut_at_100(causes in causes()) {
            let score = causes.score();
            let sum: u32 = score.reasons.iter().map(|reason| reason.points).sum();
            prop_assert_eq!(score.value, sum.min(100));
            prop_assert!(score.reasons.iter().all(|reason| reason.points > 0 && !reason.text.is_empty()));
        }

        #[test]
        fn more_interest_never_lowers_the_score(causes in causes()) {
            let more = Causes { visits: causes.visits.saturating_add(1), messages: causes.messages.saturating_add(1), departure_chosen: true, ..causes };
            prop_assert!(more.score().value >= causes.score().value);
        }

        #[test]
        fn a_score_lies_in_the_range_of_its_tier(score in 0_u32..=100) {
            let (least, above) = Tier::of(score).range();
            prop_assert!((least..above).contains(&score));
        }
    }

    #[test]
    fn the_example_of_the_product_adds_up() {
        let score = Causes { source: LeadSource::Inquiry, visits: 4, messages: 1, departure_chosen: true }.score();
        let reasons: Vec<_> = score.reasons.iter().map(|reason| (reason.points, reason.text.as_str())).collect();
        let expected =
            [(60, "asked a question"), (10, "came back 3 times"), (15, "wrote a message"), (10, "chose a departure")];
        assert_eq!(reasons, expected);
        assert_eq!(score.value, 95);
    }

    #[test]
    fn further_messages_count_three_times_at_most() {
        let score =
            |messages| Causes { source: LeadSource::Other, visits: 1, messages, departure_chosen: false }.score().value;
        assert_eq!([0, 1, 2, 3, 4, 5, 100].map(score), [10, 25, 30, 35, 40, 40, 40]);
    }

    #[test]
    fn tiers_begin_at_75_50_and_25() {
        assert_eq!(
            [100, 75, 74, 50, 49, 25, 24, 0].map(Tier::of),
            [Tier::Hot, Tier::Hot, Tier::Warm, Tier::Warm, Tier::Cool, Tier::Cool, Tier::Cold, Tier::Cold]
        );
    }
}
