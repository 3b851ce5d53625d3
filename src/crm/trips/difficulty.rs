//! How hard trips are.

use serde::{Deserialize, Serialize};

use crate::shared::named::named;

/// How hard a trip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Difficulty {
    /// For everybody who walks.
    Easy,
    /// For people who are used to walking.
    Moderate,
    /// For people who have trained.
    Challenging,
    /// For people who have done such things before.
    Extreme,
}

named!(Difficulty {
    Easy = "easy", "Easy";
    Moderate = "moderate", "Moderate";
    Challenging = "challenging", "Challenging";
    Extreme = "extreme", "Extreme";
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_difficulties_are_those_on_the_wire() {
        for &difficulty in Difficulty::ALL {
            assert_eq!(serde_json::to_string(&difficulty).unwrap(), format!("{:?}", difficulty.as_str()));
            assert_eq!(Difficulty::from_name(difficulty.as_str()), Some(difficulty));
        }
    }
}
