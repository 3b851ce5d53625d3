//! Money: whole paise with their currency, never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The one currency of the marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Currency {
    /// The Indian rupee.
    #[default]
    #[serde(rename = "INR")]
    Inr,
}

/// An amount in paise (1/100 rupee); shown grouped the Indian way: `₹1,49,900`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Paise.
    pub amount: i64,
    /// Always `INR`.
    pub currency: Currency,
}

impl Money {
    /// So many paise.
    pub const fn paise(amount: i64) -> Self {
        Self { amount, currency: Currency::Inr }
    }

    /// So many whole rupees.
    pub const fn rupees(rupees: i64) -> Self {
        Self::paise(rupees * 100)
    }

    /// This much for each of `count`; saturates instead of overflowing.
    #[must_use]
    pub const fn times(self, count: u32) -> Self {
        Self::paise(self.amount.saturating_mul(count as i64))
    }

    /// Reads what a person types: `9450`, `9,450`, `₹ 9,450.50`. `None` when it is no amount from 0 to 10^12 rupees.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.trim().trim_start_matches('₹').chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        let (rupees, paise) = digits.split_once('.').unwrap_or((&digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if rupees.is_empty() || rupees.len() > 12 || paise.len() > 2 || !all_digits(rupees) || !all_digits(paise) {
            return None;
        }
        let paise: i64 = format!("{paise:0<2}").parse().ok()?;
        Some(Self::paise(rupees.parse::<i64>().ok()? * 100 + paise))
    }

    /// For an `<input>`: rupees without grouping, paise only when there are some.
    pub fn input_value(self) -> String {
        match self.amount % 100 {
            0 => (self.amount / 100).to_string(),
            paise => format!("{}.{paise:02}", self.amount / 100),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.amount < 0 { "−" } else { "" };
        let amount = self.amount.unsigned_abs();
        write!(f, "{sign}₹{}", group_indian(amount / 100))?;
        match amount % 100 {
            0 => Ok(()),
            paise => write!(f, ".{paise:02}"),
        }
    }
}

/// The last three digits, then pairs: `1,49,900`.
fn group_indian(number: u64) -> String {
    let digits = number.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    if head.is_empty() {
        return tail.to_owned();
    }
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 2);
    for (index, digit) in head.chars().enumerate() {
        if index > 0 && (head.len() - index) % 2 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped},{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rupees_are_grouped_the_indian_way() {
        let shown = |paise| Money::paise(paise).to_string();
        assert_eq!(shown(0), "₹0");
        assert_eq!(shown(99_900), "₹999");
        assert_eq!(shown(1_49_900), "₹1,499");
        assert_eq!(shown(1_49_900_00), "₹1,49,900");
        assert_eq!(shown(12_34_56_789_05), "₹12,34,56,789.05");
        assert_eq!(shown(-500_50), "−₹500.50");
    }

    #[test]
    fn what_people_type_is_read() {
        assert_eq!(Money::parse("₹ 9,450.5"), Some(Money::paise(945_050)));
        assert_eq!(Money::parse("9450"), Some(Money::rupees(9450)));
        for wrong in ["", "-1", "1.234", "abc", "1e3", "9999999999999"] {
            assert_eq!(Money::parse(wrong), None, "{wrong}");
        }
    }
}
