//! What a trip has several of: lines, pictures, days; and what one line is.

use super::{MAX_DAY_TEXT, MAX_DAYS, MAX_LINE, MAX_LINES, MAX_PHOTOS, MAX_TITLE};
use crate::{
    crm::trips::{landscape::find_landscape, trip::ItineraryDay},
    shared::checks::Checks,
};

/// One line of text: runs of spaces and line breaks become single spaces.
pub(super) fn line(checks: &mut Checks, field: &str, what: &str, text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    checks.text(field, what, &text, max)
}

/// Empty lines are left out: forms have some.
pub(super) fn check_lines(checks: &mut Checks, field: &str, lines: Vec<String>) -> Vec<String> {
    let lines: Vec<_> = lines.into_iter().filter(|text| !text.trim().is_empty()).collect();
    checks.require(
        field,
        lines.len() <= MAX_LINES,
        format!("{} lines are too many; {MAX_LINES} are possible.", lines.len()),
    );
    lines
        .iter()
        .enumerate()
        .map(|(index, text)| line(checks, &format!("{field}.{index}"), "This line", text, MAX_LINE))
        .collect()
}

/// Pictures out of the catalogue, each once.
pub(super) fn check_photos(checks: &mut Checks, mut names: Vec<String>) -> Vec<String> {
    checks.require("photos", names.len() <= MAX_PHOTOS, format!("A trip shows at most {MAX_PHOTOS} photos."));
    for (index, name) in names.iter().enumerate() {
        let field = format!("photos.{index}");
        checks.require(
            &field,
            find_landscape(name).is_some(),
            "There is no picture of this name. Choose one from the catalogue.",
        );
        checks.require(&field, !names[..index].contains(name), "This picture is chosen already.");
    }
    names.truncate(MAX_PHOTOS);
    names
}

/// Days of the trip, each once, in their order.
pub(super) fn check_itinerary(checks: &mut Checks, days: Vec<ItineraryDay>, duration: u32) -> Vec<ItineraryDay> {
    let numbers: Vec<u32> = days.iter().map(|day| day.day).collect();
    let mut checked: Vec<ItineraryDay> = days
        .into_iter()
        .take(MAX_DAYS as usize)
        .enumerate()
        .map(|(index, day)| {
            let field = format!("itinerary.{index}.day");
            checks.require(
                &field,
                (1..=duration).contains(&day.day),
                format!("The trip has the days 1 to {duration}."),
            );
            checks.require(&field, !numbers[..index].contains(&day.day), format!("Day {} is there already.", day.day));
            ItineraryDay {
                day: day.day,
                title: line(checks, &format!("itinerary.{index}.title"), "The day's title", &day.title, MAX_TITLE),
                text: checks.optional_text(
                    &format!("itinerary.{index}.text"),
                    "The day's text",
                    &day.text,
                    MAX_DAY_TEXT,
                ),
            }
        })
        .collect();
    checks.require(
        "itinerary",
        numbers.len() <= MAX_DAYS as usize,
        format!("An itinerary has at most {MAX_DAYS} days."),
    );
    checked.sort_by_key(|day| day.day);
    checked
}
