//! How people are reached: e-mail addresses and phone numbers that have been checked.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A lower-cased e-mail address of the form `local@domain.tld`, at most 254 characters (RFC 5321, 4.5.3.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Enter an e-mail address such as name@example.com.")]
pub struct NotAnEmail;

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let address = text.trim().to_lowercase();
        let (local, domain) = address.rsplit_once('@').ok_or(NotAnEmail)?;
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte));
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let top_ok = domain
            .rsplit('.')
            .next()
            .is_some_and(|top| top.len() >= 2 && !top.bytes().all(|byte| byte.is_ascii_digit()));
        if local_ok && address.len() <= 254 && domain.contains('.') && domain.split('.').all(label_ok) && top_ok {
            Ok(Self(address))
        } else {
            Err(NotAnEmail)
        }
    }
}

/// A phone number in E.164: `+`, then 8 to 15 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// The text is no phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Enter a phone number with its country code, such as +91 98765 43210.")]
pub struct NotAPhone;

impl Phone {
    /// The number, `+919876543210`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits alone, as `wa.me` links want them.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }
}

impl FromStr for Phone {
    type Err = NotAPhone;

    /// Spaces, dashes, dots and brackets are left out; ten digits that start with 6 to 9 are taken for an Indian mobile number.
    fn from_str(text: &str) -> Result<Self, NotAPhone> {
        let plain: String =
            text.trim().chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}')).collect();
        let digits = match plain.strip_prefix('+') {
            Some(digits) => digits.to_owned(),
            None if plain.len() == 10 && plain.starts_with(['6', '7', '8', '9']) => format!("91{plain}"),
            None => return Err(NotAPhone),
        };
        let valid = (8..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if valid { Ok(Self(format!("+{digits}"))) } else { Err(NotAPhone) }
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Phone {
    type Error = NotAPhone;

    fn try_from(text: String) -> Result<Self, NotAPhone> {
        text.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_lower_cased() {
        assert_eq!("  Asha.Rao+treks@Example.COM ".parse::<Email>().unwrap().as_str(), "asha.rao+treks@example.com");
        for wrong in
            ["", "a", "a@b", "@b.in", "a@.in", "a@b.1", "a b@c.in", "a..b@c.in", "a@-b.in", "a@b.in\r\nBcc: x@y.in"]
        {
            assert!(wrong.parse::<Email>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn numbers_become_e_164() {
        for (typed, number) in [
            ("+91 98765 43210", "+919876543210"),
            ("98765-43210", "+919876543210"),
            ("+1 (415) 555.2671", "+14155552671"),
        ] {
            assert_eq!(typed.parse::<Phone>().unwrap().as_str(), number);
        }
        for wrong in ["", "12345", "+0123456789", "+12345678901234567", "call me", "+91 98765 4321x"] {
            assert!(wrong.parse::<Phone>().is_err(), "{wrong:?}");
        }
    }
}
