//! Contact details as an organizer without CRM access sees them: they are there, and cannot be used.

use crate::shared::contact::{Email, Phone};

const DOT: char = '•';
/// What stands where something was taken out of a text.
const GAP: &str = "•••";
/// A run of so many digits may be a phone number.
const PHONE_DIGITS: usize = 7;

/// `r••••@e••••.in`: the first letters and the end, so that people recognise but cannot write to it.
pub fn mask_email(email: &Email) -> String {
    let (local, domain) = email.as_str().split_once('@').unwrap_or((email.as_str(), ""));
    let (host, end) = domain.rsplit_once('.').unwrap_or((domain, ""));
    format!("{}@{}.{end}", keep_first(local), keep_first(host))
}

/// `+91 ••••••••••`: the first two digits.
pub fn mask_phone(phone: &Phone) -> String {
    let digits = phone.digits();
    let (first, rest) = digits.split_at(2.min(digits.len()));
    format!("+{first} {}", DOT.to_string().repeat(rest.len()))
}

/// A text without the e-mail addresses and phone numbers that were written in it.
pub fn mask_text(text: &str) -> String {
    let without_addresses: Vec<&str> =
        text.split(' ').map(|word| if word.contains('@') { GAP } else { word }).collect();
    mask_numbers(&without_addresses.join(" "))
}

fn keep_first(part: &str) -> String {
    part.chars().take(1).chain([DOT; 4]).collect()
}

/// Takes out every run of digits, with what people put between them, that is long enough for a phone number.
fn mask_numbers(text: &str) -> String {
    let between = |c: char| matches!(c, '+' | '-' | '.' | '(' | ')' | ' ' | '/' | '\u{a0}');
    let (mut shown, mut run) = (String::with_capacity(text.len()), String::new());
    for c in text.chars().chain(['\n']) {
        if c.is_numeric() || (between(c) && !run.is_empty()) || c == '+' {
            run.push(c);
            continue;
        }
        let digits = run.chars().filter(|c| c.is_numeric()).count();
        if digits >= PHONE_DIGITS {
            let kept = run.trim_end_matches(between).len();
            shown.push_str(GAP);
            shown.push_str(&run[kept..]);
        } else {
            shown.push_str(&run);
        }
        run.clear();
        shown.push(c);
    }
    shown.pop();
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_details_keep_their_shape_and_little_else() {
        assert_eq!(mask_email(&"rohan.k@example.co.in".parse().unwrap()), "r••••@e••••.in");
        assert_eq!(mask_phone(&"+919876500000".parse().unwrap()), "+91 ••••••••••");
    }

    #[test]
    fn addresses_and_numbers_are_taken_out_of_texts() {
        for (text, shown) in [
            ("Call me on +91 98765-43210, please", "Call me on •••, please"),
            ("Write to asha@example.in or 9876543210", "Write to ••• or •••"),
            ("We are 4, aged 29 to 34.", "We are 4, aged 29 to 34."),
            ("19 Dec 2026, ₹37,800", "19 Dec 2026, ₹37,800"),
            ("", ""),
            ("(022) 2345 6789", "(•••"),
        ] {
            assert_eq!(mask_text(text), shown);
        }
    }
}
