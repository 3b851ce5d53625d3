//! The number that people call a ticket by.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The number that people call a ticket by: `TKT-000042`. Taken from one sequence, never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketNumber(u32);

impl TicketNumber {
    /// The number at a place of the sequence, which begins with 1.
    pub const fn new(place: u32) -> Self {
        Self(place)
    }

    /// Its place in the sequence.
    pub const fn place(self) -> u32 {
        self.0
    }

    /// The number that is written `TKT-000042`, `tkt42`, `#42` or `42`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.get(..3).filter(|start| start.eq_ignore_ascii_case("TKT")).map_or(text, |_| &text[3..]);
        let digits = digits.strip_prefix(['-', '#']).unwrap_or(digits);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|place| is_number && *place > 0).map(Self)
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TKT-{:06}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        assert_eq!(TicketNumber::new(42).to_string(), "TKT-000042");
        for text in ["TKT-000042", "tkt-42", "tkt42", "#42", " 42 "] {
            assert_eq!(TicketNumber::read(text), Some(TicketNumber::new(42)), "{text}");
        }
        for text in ["", "TKT-", "TKT-0", "TKT-+4", "4a", "99999999999"] {
            assert_eq!(TicketNumber::read(text), None, "{text}");
        }
    }
}
