//! What changing a trip may and may not do.

use jiff::civil::date;

use super::*;
use crate::{
    crm::trips::trip::TripId,
    shared::{error::FieldErrors, time::Time},
};

fn today() -> Date {
    date(2026, 11, 24)
}

fn next_id() -> DepartureId {
    DepartureId::from_bytes([9; 12])
}

fn blank() -> Trip {
    Trip::blank(TripId::from_bytes([1; 12]), UserId::from_bytes([2; 12]), Time::from_millis(0))
}

fn new_trip() -> NewTrip {
    NewTrip {
        title: Some("Kedarkantha winter trek".into()),
        destination: Some("Sankri".into()),
        region: Some("Uttarakhand".into()),
        summary: Some("Six days to a summit.".into()),
        difficulty: Some(Difficulty::Moderate),
        duration_days: Some(6),
        price: Some(Money::rupees(9_450)),
        ..NewTrip::default()
    }
}

fn trip() -> Trip {
    new_trip().write_to(&blank(), today(), next_id).unwrap()
}

fn problems(outcome: Result<Trip, AppError>) -> FieldErrors {
    match outcome {
        Err(AppError::InvalidInput(fields)) => fields,
        other => panic!("{other:?}"),
    }
}

/// The fields that these changes of a good trip are refused for.
fn refused(changes: TripChanges) -> Vec<String> {
    problems(changes.apply_to(&trip(), today(), next_id)).into_keys().collect()
}

fn day(number: u32) -> ItineraryDay {
    ItineraryDay { day: number, title: format!("Day {number}"), text: String::new() }
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let fields = problems(NewTrip::default().write_to(&blank(), today(), next_id));
    let named: Vec<_> = fields.keys().map(String::as_str).collect();
    assert_eq!(named, ["destination", "difficulty", "durationDays", "price", "region", "summary", "title"]);
}

#[test]
fn every_problem_has_one_sentence() {
    let blank_title = NewTrip { title: Some("   ".into()), ..new_trip() };
    let fields = problems(blank_title.write_to(&blank(), today(), next_id));
    assert_eq!(fields["title"], ["The title is missing."]);
}

#[test]
fn what_is_absent_stays_as_it_is() {
    let changed = TripChanges { summary: Some("Another one.".into()), ..TripChanges::default() };
    let after = changed.apply_to(&trip(), today(), next_id).unwrap();
    assert_eq!(after, Trip { summary: "Another one.".into(), ..trip() });
}

#[test]
fn one_line_texts_lose_their_line_breaks() {
    let changes = TripChanges { title: Some("  Hampta\n  Pass ".into()), ..TripChanges::default() };
    assert_eq!(changes.apply_to(&trip(), today(), next_id).unwrap().title, "Hampta Pass");
}

#[test]
fn texts_have_their_limits() {
    let long = |max: usize| Some("x".repeat(max + 1));
    let safety = Safety { measures: "x".repeat(MAX_SAFETY + 1), emergency_plan: "x".repeat(MAX_SAFETY + 1) };
    let changes = TripChanges {
        title: long(MAX_TITLE),
        destination: long(MAX_DESTINATION),
        region: long(MAX_REGION),
        summary: long(MAX_SUMMARY),
        description: long(MAX_DESCRIPTION),
        safety: Some(safety),
        inclusions: Some(vec!["x".repeat(MAX_LINE + 1)]),
        exclusions: Some(vec!["x".into(); MAX_LINES + 1]),
        ..TripChanges::default()
    };
    let expected = [
        "description",
        "destination",
        "exclusions",
        "inclusions.0",
        "region",
        "safety.emergencyPlan",
        "safety.measures",
        "summary",
        "title",
    ];
    assert_eq!(refused(changes), expected);
}

#[test]
fn texts_of_exactly_the_limit_pass() {
    let full = |max: usize| Some("é".repeat(max));
    let changes = TripChanges {
        title: full(MAX_TITLE),
        summary: full(MAX_SUMMARY),
        description: full(MAX_DESCRIPTION),
        ..TripChanges::default()
    };
    assert!(changes.apply_to(&trip(), today(), next_id).is_ok());
}

#[test]
fn a_trip_takes_1_to_60_days() {
    for (days, possible) in [(0, false), (1, true), (60, true), (61, false)] {
        let changes = TripChanges { duration_days: Some(days), ..TripChanges::default() };
        assert_eq!(changes.apply_to(&trip(), today(), next_id).is_ok(), possible, "{days}");
    }
}

#[test]
fn a_price_is_more_than_nothing_and_at_most_a_crore() {
    for (paise, possible) in
        [(-1, false), (0, false), (1, true), (MAX_PRICE.amount, true), (MAX_PRICE.amount + 1, false), (i64::MAX, false)]
    {
        let changes = TripChanges { price: Some(Money::paise(paise)), ..TripChanges::default() };
        assert_eq!(changes.apply_to(&trip(), today(), next_id).is_ok(), possible, "{paise}");
    }
}

#[test]
fn an_itinerary_has_each_day_of_the_trip_at_most_once_and_in_order() {
    let with = |days: &[u32]| TripChanges {
        itinerary: Some(days.iter().copied().map(day).collect()),
        ..TripChanges::default()
    };
    let after = with(&[3, 1, 6]).apply_to(&trip(), today(), next_id).unwrap();
    assert_eq!(after.itinerary.iter().map(|day| day.day).collect::<Vec<_>>(), [1, 3, 6]);
    assert_eq!(refused(with(&[0])), ["itinerary.0.day"]);
    assert_eq!(refused(with(&[1, 7])), ["itinerary.1.day"]);
    assert_eq!(refused(with(&[2, 2])), ["itinerary.1.day"]);
}

#[test]
fn a_trip_cannot_become_shorter_than_its_itinerary() {
    let longer = TripChanges { itinerary: Some((1..=6).map(day).collect()), ..TripChanges::default() };
    let trip = longer.apply_to(&trip(), today(), next_id).unwrap();
    let shorter = TripChanges { duration_days: Some(5), ..TripChanges::default() };
    let fields = problems(shorter.apply_to(&trip, today(), next_id));
    assert_eq!(fields.into_keys().collect::<Vec<_>>(), ["itinerary.5.day"]);
}

#[test]
fn photos_come_from_the_catalogue_each_once() {
    let with = |names: &[&str]| TripChanges {
        photos: Some(names.iter().map(|&name| name.into()).collect()),
        ..TripChanges::default()
    };
    assert!(with(&["kerala-winter", "spiti-winter"]).apply_to(&trip(), today(), next_id).is_ok());
    assert_eq!(refused(with(&["kerala-winter", "../../etc/passwd"])), ["photos.1"]);
    assert_eq!(refused(with(&["kerala-winter", "kerala-winter"])), ["photos.1"]);
}

#[test]
fn empty_lines_of_a_form_are_left_out() {
    let changes =
        TripChanges { inclusions: Some(vec!["Meals".into(), "  ".into(), "Tents".into()]), ..TripChanges::default() };
    assert_eq!(changes.apply_to(&trip(), today(), next_id).unwrap().inclusions, ["Meals", "Tents"]);
}
