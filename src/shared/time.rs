//! Points in time: RFC 3339 in UTC on the wire, a date in the database, milliseconds everywhere.
//! Formatting for people needs a time zone, which only the server has; pages receive a [`Moment`].

use std::{fmt, ops};

use jiff::{SignedDuration, Timestamp};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
    ser::SerializeStruct,
};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A calendar day without a zone (`2026-12-19`), as departures have.
pub type Date = jiff::civil::Date;

/// Reads a day that somebody sent; the library's own words about one that cannot be read are about its digits.
///
/// # Errors
/// When it is not of the form `2026-12-19`.
pub fn read_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    deserializer.deserialize_str(DateVisitor)
}

/// The same for one that may be absent.
///
/// # Errors
/// As [`read_date`].
pub fn read_optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    read_date(deserializer).map(Some)
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2026-12-19")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
        text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

/// A point in time with a precision of one millisecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

impl Time {
    /// The time that many milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same point as a `jiff` timestamp; times outside its range (years -9999 to 9999) are cut to it.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    /// How much later this is than `earlier` (negative when it is not).
    pub fn since(self, earlier: Time) -> SignedDuration {
        SignedDuration::from_millis(self.0 - earlier.0)
    }
}

impl From<Timestamp> for Time {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }
}

impl ops::Add<SignedDuration> for Time {
    type Output = Time;

    fn add(self, duration: SignedDuration) -> Time {
        Time(self.0.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl ops::Sub<SignedDuration> for Time {
    type Output = Time;

    fn sub(self, duration: SignedDuration) -> Time {
        self + -duration
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The struct name by which serde's BSON format knows a date, and the field of its milliseconds.
const DATE: &str = "$date";
const NUMBER_LONG: &str = "$numberLong";

struct Millis(i64);

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct(NUMBER_LONG, 1)?;
        body.serialize_field(NUMBER_LONG, &self.0.to_string())?;
        body.end()
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        let mut date = serializer.serialize_struct(DATE, 1)?;
        date.serialize_field(DATE, &Millis(self.0))?;
        date.end()
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TimeVisitor)
    }
}

struct TimeVisitor;

/// Reads a time of the wire. `jiff` could, but brings 20 KB of words about its errors into the browser.
fn parse_rfc3339(text: &str) -> Option<Time> {
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(time.unix_timestamp_nanos().div_euclid(1_000_000)).ok().map(Time)
}

impl<'de> Visitor<'de> for TimeVisitor {
    type Value = Time;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time such as 2026-11-24T05:12:00Z")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Time, E> {
        parse_rfc3339(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    /// What a client sends as an object is no time either, and nobody wants to know how we store one.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Time, A::Error> {
        match map.next_entry::<String, DateBody>() {
            Ok(Some((key, DateBody { millis }))) if key == DATE => millis.parse().ok().map(Time),
            _ => None,
        }
        .ok_or_else(|| de::Error::invalid_type(de::Unexpected::Map, &self))
    }
}

#[derive(Deserialize)]
struct DateBody {
    #[serde(rename = "$numberLong")]
    millis: String,
}

/// A time as a page shows it: words for the viewer, the exact time on hover and focus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Moment {
    /// The point in time, for `<time datetime>`.
    pub at: Time,
    /// Short and relative to now: `2 h ago`, `due in 3 h`, `Fri 27 Nov`.
    pub text: String,
    /// In full, in the viewer's zone: `Tuesday 24 November 2026, 10:42 IST`.
    pub exact: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_rfc_3339_in_utc_with_milliseconds() {
        let time: Time = serde_json::from_str("\"2026-11-24T10:42:00+05:30\"").unwrap();
        assert_eq!(serde_json::to_string(&time).unwrap(), "\"2026-11-24T05:12:00.000Z\"");
    }

    #[test]
    fn times_before_1970_are_cut_to_the_millisecond_below() {
        let time: Time = serde_json::from_str("\"1969-12-31T23:59:59.9995Z\"").unwrap();
        assert_eq!(time.millis(), -1);
        assert_eq!(serde_json::to_string(&time).unwrap(), "\"1969-12-31T23:59:59.999Z\"");
    }

    #[test]
    fn an_operator_is_not_a_time() {
        assert!(serde_json::from_str::<Time>(r#"{"$gt":""}"#).is_err());
    }

    #[test]
    fn adding_and_subtracting_undo_each_other() {
        let time = Time::from_millis(1_700_000_000_000);
        let hour = SignedDuration::from_hours(1);
        assert_eq!((time + hour - hour), time);
        assert_eq!((time + hour).since(time), hour);
    }
}
