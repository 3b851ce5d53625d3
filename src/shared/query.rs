//! Query strings of addresses, read and written the same in both builds.

use std::fmt::Write;

/// Parameters as a query string; those without a value are left out.
pub fn write_query<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::new();
    for (name, value) in parameters.into_iter().filter(|(_, value)| !value.is_empty()) {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        escape(&mut query, value);
    }
    query
}

/// The parameters of a query string, in their order.
pub fn read_query(query: &str) -> Vec<(String, String)> {
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (unescape(name), unescape(value))).collect()
}

/// Percent-encodes what is not unreserved (RFC 3986, 2.3), but for the comma, which queries may have.
fn escape(query: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' => query.push(char::from(byte)),
            // Writing to a string cannot fail.
            other => drop(write!(query, "%{other:02X}")),
        }
    }
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let value = std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
                bytes.extend(value);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value in ".{1,40}") {
            prop_assert_eq!(read_query(&write_query([("q", value.as_str())])), [("q".to_owned(), value)]);
        }
    }

    #[test]
    fn what_forms_and_people_write_is_read() {
        assert_eq!(read_query("?q=a+b&&x&r=%4"), [("q".into(), "a b".into()), ("r".into(), "\u{4}".into())]);
    }
}
