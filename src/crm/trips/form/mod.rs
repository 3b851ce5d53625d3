//! The form that makes or changes a trip, as a browser posts it: all texts, rows in any number. What it describes is read in
//! `read.rs`; how it comes back after a refusal stands in `typed.rs`.

mod read;
mod typed;

use serde::{Deserialize, Serialize};

use crate::crm::trips::trip::{ItineraryDay, Trip};

/// One day of the itinerary.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DayForm {
    /// Which day.
    pub day: String,
    /// Where it leads.
    pub title: String,
    /// What happens.
    pub text: String,
}

/// One departure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DepartureForm {
    /// Which one; empty for a new one.
    pub id: String,
    /// The first day.
    pub starts_on: String,
    /// How many people can come.
    pub seats: String,
}

/// The whole form. Its fields are posted as `form[title]`, `form[itinerary][0][title]` and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TripForm {
    /// Which trip; empty for a new one.
    pub id: String,
    /// The version that the form shows.
    pub version: String,
    /// The button that was pressed; see [`Press`].
    pub press: String,
    /// Whose trip a new one becomes; only admins say it.
    pub organizer: String,
    /// The title.
    pub title: String,
    /// Where it leads.
    pub destination: String,
    /// The part of the country.
    pub region: String,
    /// One or two sentences.
    pub summary: String,
    /// The whole text.
    pub description: String,
    /// The name of a [`Difficulty`](crate::crm::trips::trip::Difficulty).
    pub difficulty: String,
    /// Days.
    pub duration_days: String,
    /// Rupees for one person.
    pub price: String,
    /// The days.
    pub itinerary: Vec<DayForm>,
    /// What is done so that nothing happens.
    pub measures: String,
    /// What is done when something happens.
    pub emergency_plan: String,
    /// A line for each.
    pub inclusions: String,
    /// A line for each.
    pub exclusions: String,
    /// Names of the chosen pictures.
    pub photos: Vec<String>,
    /// The name of the picture that stands for the trip.
    pub cover: String,
    /// The departures.
    pub departures: Vec<DepartureForm>,
}

/// What a press of a button of the form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Save what is typed.
    Save,
    /// One more day.
    AddDay,
    /// The day of that row less.
    RemoveDay(usize),
    /// One more departure.
    AddDeparture,
    /// The departure of that row less.
    RemoveDeparture(usize),
}

impl Press {
    /// Reads the value of a button.
    pub fn read(value: &str) -> Self {
        let (verb, row) = value.split_once('.').unwrap_or((value, ""));
        match (verb, row.parse()) {
            ("add_day", _) => Self::AddDay,
            ("add_departure", _) => Self::AddDeparture,
            ("remove_day", Ok(row)) => Self::RemoveDay(row),
            ("remove_departure", Ok(row)) => Self::RemoveDeparture(row),
            _ => Self::Save,
        }
    }

    /// The value of its button.
    pub fn value(self) -> String {
        match self {
            Self::Save => "save".into(),
            Self::AddDay => "add_day".into(),
            Self::RemoveDay(row) => format!("remove_day.{row}"),
            Self::AddDeparture => "add_departure".into(),
            Self::RemoveDeparture(row) => format!("remove_departure.{row}"),
        }
    }
}

/// The field under which a press that only changes rows is answered.
pub const ROWS: &str = "rows";

impl TripForm {
    /// The form of a trip as it is.
    pub fn of(trip: &Trip) -> Self {
        Self {
            id: trip.id.to_string(),
            version: trip.version.to_string(),
            press: String::new(),
            organizer: String::new(),
            title: trip.title.clone(),
            destination: trip.destination.clone(),
            region: trip.region.clone(),
            summary: trip.summary.clone(),
            description: trip.description.clone(),
            difficulty: trip.difficulty.as_str().into(),
            duration_days: trip.duration_days.to_string(),
            price: trip.price.input_value(),
            itinerary: trip.itinerary.iter().map(DayForm::of).collect(),
            measures: trip.safety.measures.clone(),
            emergency_plan: trip.safety.emergency_plan.clone(),
            inclusions: trip.inclusions.join("\n"),
            exclusions: trip.exclusions.join("\n"),
            cover: trip.photos.first().cloned().unwrap_or_default(),
            photos: trip.photos.clone(),
            departures: trip
                .departures
                .iter()
                .map(|departure| DepartureForm {
                    id: departure.id.to_string(),
                    starts_on: departure.starts_on.to_string(),
                    seats: departure.seats.to_string(),
                })
                .collect(),
        }
    }

    /// The form of a trip that does not exist yet, with a first day and a first departure to fill in.
    pub fn blank() -> Self {
        Self { itinerary: vec![day_after(&[])], departures: vec![DepartureForm::default()], ..Self::default() }
    }
}

impl DayForm {
    fn of(day: &ItineraryDay) -> Self {
        Self { day: day.day.to_string(), title: day.title.clone(), text: day.text.clone() }
    }

    fn is_blank(&self) -> bool {
        self.title.trim().is_empty() && self.text.trim().is_empty()
    }
}

impl DepartureForm {
    fn is_blank(&self) -> bool {
        self.starts_on.trim().is_empty() && self.seats.trim().is_empty()
    }
}

/// A blank row for the day after the last one of these.
pub fn day_after(days: &[DayForm]) -> DayForm {
    let last = days.iter().filter_map(|day| whole_number(&day.day)).max().unwrap_or(0);
    DayForm { day: last.saturating_add(1).to_string(), ..DayForm::default() }
}

fn whole_number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_button_reads_as_it_is_written() {
        for press in [Press::Save, Press::AddDay, Press::RemoveDay(3), Press::AddDeparture, Press::RemoveDeparture(0)] {
            assert_eq!(Press::read(&press.value()), press);
        }
    }
}
