//! How hard trips are.

use serde::{Deserialize, Serialize};

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

impl Difficulty {
    /// Every difficulty, from easy to hard.
    pub const ALL: &'static [Self] = &[Self::Easy, Self::Moderate, Self::Challenging, Self::Extreme];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Moderate => "moderate",
            Self::Challenging => "challenging",
            Self::Extreme => "extreme",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Easy => "Easy",
            Self::Moderate => "Moderate",
            Self::Challenging => "Challenging",
            Self::Extreme => "Extreme",
        }
    }

    /// The difficulty of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|difficulty| difficulty.as_str() == name)
    }
}

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
