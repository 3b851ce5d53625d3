//! Times in the words of a person, in their time zone. Only the server has the zones; pages receive a [`Moment`].

use jiff::{
    Zoned,
    civil::DateTime,
    tz::{self, TimeZone},
};

use crate::shared::time::{Date, Moment, Time};

/// The zone whose calendar departures go by, and the one of everybody who chose no other.
pub const INDIA: &str = "Asia/Kolkata";

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A person's time zone at this moment: words such as "2 h ago" and "tomorrow" are relative to its `now`.
#[derive(Debug, Clone)]
pub struct Zone {
    zone: TimeZone,
    now: Time,
}

impl Zone {
    /// The zone of that IANA name; a name that is not known counts as [`INDIA`], where the marketplace is.
    pub fn new(name: &str, now: Time) -> Self {
        let zone = TimeZone::get(name).or_else(|_| TimeZone::get(INDIA)).unwrap_or(TimeZone::UTC);
        Self { zone, now }
    }

    /// The present moment that words are relative to.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Today's date there.
    pub fn today(&self) -> Date {
        self.zoned(self.now).date()
    }

    /// How many minutes the clocks there are ahead of UTC now.
    pub fn offset_minutes(&self) -> i32 {
        self.zoned(self.now).offset().seconds() / 60
    }

    /// The date of a moment there.
    pub fn date_of(&self, at: Time) -> Date {
        self.zoned(at).date()
    }

    /// Something that happened: `26 min ago`, `3 days ago`, `12 Oct`.
    pub fn past(&self, at: Time) -> Moment {
        let seconds = self.now.since(at).as_secs();
        let text = match seconds {
            ..MINUTE => "just now".to_owned(),
            ..HOUR => format!("{} min ago", seconds / MINUTE),
            ..DAY => format!("{} h ago", seconds / HOUR),
            _ if seconds < 30 * DAY => format!("{} ago", days(seconds / DAY)),
            _ => self.short_date(self.date_of(at)),
        };
        self.moment(at, text)
    }

    /// Something to be done: `late by 13 min`, `due in 1 h 48 min`, `tomorrow`, `Thu 26 Nov`.
    pub fn due(&self, at: Time) -> Moment {
        let text = if at <= self.now {
            format!("late by {}", duration(self.now.since(at).as_secs()))
        } else {
            let day = self.date_of(at);
            match day.since(self.today()).map_or(i32::MAX, |span| span.get_days()) {
                0 => format!("due in {}", duration(at.since(self.now).as_secs())),
                1 => "tomorrow".to_owned(),
                _ if day.year() == self.today().year() => day.strftime("%a %-d %b").to_string(),
                _ => day.strftime("%-d %b %Y").to_string(),
            }
        };
        self.moment(at, text)
    }

    /// A point in time by its date and hour: `24 Nov, 10:42`.
    pub fn stamp(&self, at: Time) -> Moment {
        let format = if self.date_of(at).year() == self.today().year() { "%-d %b, %H:%M" } else { "%-d %b %Y, %H:%M" };
        let text = self.zoned(at).strftime(format).to_string();
        self.moment(at, text)
    }

    /// A date, with its year only when it is another one than now: `12 Oct`, `3 Jan 2027`.
    pub fn short_date(&self, date: Date) -> String {
        if date.year() == self.today().year() { date.strftime("%-d %b").to_string() } else { long_date(date) }
    }

    /// A day of the week and month, with its year only when it is another one than now: `Sat 19 Dec`, `Sat 9 Jan 2027`.
    pub fn weekday_date(&self, date: Date) -> String {
        if date.year() == self.today().year() {
            date.strftime("%a %-d %b").to_string()
        } else {
            long_weekday_date(date)
        }
    }

    /// From a day to a day, both included: `Sat 19 to Thu 24 Dec`, `Wed 30 Dec 2026 to Mon 4 Jan 2027`. One day is just that day.
    pub fn day_range(&self, first: Date, last: Date) -> String {
        let start = if first == last {
            return self.weekday_date(first);
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            first.strftime("%a %-d").to_string()
        } else if first.year() == last.year() {
            first.strftime("%a %-d %b").to_string()
        } else {
            return format!("{} to {}", long_weekday_date(first), long_weekday_date(last));
        };
        format!("{start} to {}", self.weekday_date(last))
    }

    /// When a day begins there; a day without midnight begins at its first moment.
    pub fn start_of(&self, date: Date) -> Time {
        date.to_zoned(self.zone.clone()).map_or(Time::from_millis(0), |start| start.timestamp().into())
    }

    /// When it is that full hour of a day there; in a night whose hour is left out, as soon as clocks go on.
    pub fn hour_of(&self, date: Date, hour: i8) -> Time {
        let local = date.at(hour.clamp(0, 23), 0, 0, 0);
        local.to_zoned(self.zone.clone()).map_or_else(|_| self.start_of(date), |zoned| zoned.timestamp().into())
    }

    /// The time of day, with the exact time behind it: `10:42`.
    pub fn hour(&self, at: Time) -> Moment {
        self.moment(at, self.zoned(at).strftime("%H:%M").to_string())
    }

    /// A point in time by its day of the week, date and hour: `Sun 22 Nov, 19:14`.
    pub fn weekday_stamp(&self, at: Time) -> Moment {
        let hour = self.zoned(at).strftime("%H:%M");
        self.moment(at, format!("{}, {hour}", self.weekday_date(self.date_of(at))))
    }

    /// A day as a heading: `Today`, `Yesterday`, `Monday 23 November`, with its year only when it is another one than now.
    pub fn day_heading(&self, date: Date) -> String {
        match self.today().since(date).map_or(i32::MAX, |span| span.get_days()) {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            _ if date.year() == self.today().year() => date.strftime("%A %-d %B").to_string(),
            _ => date.strftime("%A %-d %B %Y").to_string(),
        }
    }

    /// This moment: `Tuesday 24 November, 10:42 IST`.
    pub fn day_and_hour(&self) -> String {
        self.zoned(self.now).strftime("%A %-d %B, %H:%M %Z").to_string()
    }

    /// The value of `<input type="datetime-local">`.
    pub fn input_value(&self, at: Time) -> String {
        self.zoned(at).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// The moment that `<input type="datetime-local">` or `<input type="date">` (then at nine in the morning) means there.
    pub fn read_input(&self, text: &str) -> Option<Time> {
        let local: DateTime = match text.parse::<DateTime>() {
            Ok(local) if text.contains(['T', ' ']) => local,
            _ => text.parse::<Date>().ok()?.at(9, 0, 0, 0),
        };
        local.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp().into())
    }

    fn moment(&self, at: Time, text: String) -> Moment {
        Moment { at, text, exact: self.zoned(at).strftime("%A %-d %B %Y, %H:%M %Z").to_string() }
    }

    fn zoned(&self, at: Time) -> Zoned {
        at.timestamp().to_zoned(self.zone.clone())
    }
}

/// The IANA zones of places, in order; abbreviations and bare offsets are for machines.
pub fn place_zones() -> Vec<String> {
    const REGIONS: [&str; 10] =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let is_place = |name: &str| name.split_once('/').is_some_and(|(region, _)| REGIONS.contains(&region));
    let mut names: Vec<String> =
        tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| is_place(name)).collect();
    names.sort_unstable();
    names
}

/// A date with its year: `19 Dec 2026`.
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// A day of the week with its date and year: `Sat 19 Dec 2026`.
pub fn long_weekday_date(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// A length of time in at most two parts: `13 min`, `1 h 48 min`, `5 h`, `3 days`.
pub fn duration(seconds: i64) -> String {
    match seconds {
        ..MINUTE => "1 min".to_owned(),
        ..HOUR => format!("{} min", seconds / MINUTE),
        _ if seconds < 2 * HOUR && seconds % HOUR >= MINUTE => format!("1 h {} min", seconds % HOUR / MINUTE),
        ..DAY => format!("{} h", seconds / HOUR),
        _ => days(seconds / DAY),
    }
}

fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Tuesday 24 November 2026, 10:42 in India.
    fn zone() -> Zone {
        Zone::new("Asia/Kolkata", time("2026-11-24T10:42:00+05:30"))
    }

    fn time(text: &str) -> Time {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn what_happened_is_told_by_how_long_ago() {
        for (at, text) in [
            ("2026-11-24T10:41:30+05:30", "just now"),
            ("2026-11-24T10:16:00+05:30", "26 min ago"),
            ("2026-11-23T13:42:00+05:30", "21 h ago"),
            ("2026-11-23T10:00:00+05:30", "1 day ago"),
            ("2026-11-15T10:00:00+05:30", "9 days ago"),
            ("2026-10-12T10:00:00+05:30", "12 Oct"),
            ("2025-10-12T10:00:00+05:30", "12 Oct 2025"),
        ] {
            assert_eq!(zone().past(time(at)).text, text);
        }
    }

    #[test]
    fn what_is_to_be_done_is_told_by_when() {
        for (at, text) in [
            ("2026-11-24T10:29:00+05:30", "late by 13 min"),
            ("2026-11-20T10:29:00+05:30", "late by 4 days"),
            ("2026-11-24T12:30:00+05:30", "due in 1 h 48 min"),
            ("2026-11-24T17:42:00+05:30", "due in 7 h"),
            ("2026-11-25T00:10:00+05:30", "tomorrow"),
            ("2026-11-26T09:00:00+05:30", "Thu 26 Nov"),
            ("2027-01-03T09:00:00+05:30", "3 Jan 2027"),
        ] {
            assert_eq!(zone().due(time(at)).text, text);
        }
    }

    #[test]
    fn a_day_carries_its_year_only_when_it_is_another_one() {
        assert_eq!(zone().weekday_date(date(2026, 12, 19)), "Sat 19 Dec");
        assert_eq!(zone().weekday_date(date(2027, 1, 9)), "Sat 9 Jan 2027");
        assert_eq!(long_weekday_date(date(2026, 12, 19)), "Sat 19 Dec 2026");
    }

    #[test]
    fn the_zones_to_choose_from_are_those_of_places() {
        let zones = place_zones();
        assert!(zones.iter().any(|zone| zone == INDIA) && zones.iter().any(|zone| zone == "Europe/Berlin"));
        assert!(!zones.iter().any(|zone| zone.starts_with("Etc/") || zone == "EST"));
    }

    #[test]
    fn a_range_of_days_says_nothing_twice() {
        for (first, last, text) in [
            (date(2026, 12, 19), date(2026, 12, 24), "Sat 19 to Thu 24 Dec"),
            (date(2026, 11, 28), date(2026, 12, 3), "Sat 28 Nov to Thu 3 Dec"),
            (date(2027, 1, 9), date(2027, 1, 14), "Sat 9 to Thu 14 Jan 2027"),
            (date(2026, 12, 30), date(2027, 1, 4), "Wed 30 Dec 2026 to Mon 4 Jan 2027"),
            (date(2026, 12, 19), date(2026, 12, 19), "Sat 19 Dec"),
        ] {
            assert_eq!(zone().day_range(first, last), text);
        }
    }

    #[test]
    fn the_day_is_that_of_the_zone() {
        let late = time("2026-11-24T19:00:00Z");
        assert_eq!(Zone::new(INDIA, late).today(), date(2026, 11, 25));
        assert_eq!(Zone::new("Europe/London", late).today(), date(2026, 11, 24));
    }

    #[test]
    fn clocks_are_ahead_of_utc_or_behind() {
        assert_eq!(zone().offset_minutes(), 330);
        assert_eq!(Zone::new("America/New_York", zone().now()).offset_minutes(), -300);
    }

    #[test]
    fn days_are_headings() {
        for (date, text) in [
            ("2026-11-24", "Today"),
            ("2026-11-23", "Yesterday"),
            ("2026-11-22", "Sunday 22 November"),
            ("2025-11-22", "Saturday 22 November 2025"),
        ] {
            assert_eq!(zone().day_heading(date.parse().unwrap()), text);
        }
        assert_eq!(zone().day_and_hour(), "Tuesday 24 November, 10:42 IST");
        assert_eq!(zone().weekday_stamp(time("2026-11-22T19:14:00+05:30")).text, "Sun 22 Nov, 19:14");
    }

    #[test]
    fn a_day_begins_at_midnight_there() {
        assert_eq!(zone().start_of("2026-11-24".parse().unwrap()), time("2026-11-23T18:30:00Z"));
        let santiago = Zone::new("America/Santiago", zone().now());
        assert_eq!(santiago.hour(santiago.start_of("2026-09-06".parse().unwrap())).text, "01:00");
    }

    #[test]
    fn an_hour_is_that_of_the_zone() {
        let date = "2026-11-24".parse().unwrap();
        assert_eq!(zone().hour_of(date, 8), time("2026-11-24T02:30:00Z"));
        assert_eq!(Zone::new("America/New_York", zone().now()).hour_of(date, 8), time("2026-11-24T13:00:00Z"));
    }

    #[test]
    fn the_exact_time_names_its_zone() {
        assert_eq!(zone().past(zone().now()).exact, "Tuesday 24 November 2026, 10:42 IST");
    }

    #[test]
    fn what_an_input_says_is_meant_in_the_zone() {
        assert_eq!(zone().read_input("2026-11-26T09:00"), Some(time("2026-11-26T03:30:00Z")));
        assert_eq!(zone().read_input("2026-11-26"), Some(time("2026-11-26T03:30:00Z")));
        assert_eq!(zone().input_value(time("2026-11-26T03:30:00Z")), "2026-11-26T09:00");
        assert_eq!(zone().read_input("soon"), None);
    }
}
