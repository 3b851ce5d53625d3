//! What had been typed into the form before it was refused, with the rows that were asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::{DayForm, DepartureForm, Press, TripForm, day_after};

impl TripForm {
    /// What had been typed into the form, by the names of its fields, with the rows that were asked for.
    pub fn typed(values: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| values.get(&format!("form[{name}]")).cloned().unwrap_or_default();
        let cell = |rows: &str, row: usize, name: &str| {
            values.get(&format!("form[{rows}][{row}][{name}]")).cloned().unwrap_or_default()
        };
        let mut form = Self {
            id: text("id"),
            version: text("version"),
            press: text("press"),
            organizer: text("organizer"),
            title: text("title"),
            destination: text("destination"),
            region: text("region"),
            summary: text("summary"),
            description: text("description"),
            difficulty: text("difficulty"),
            duration_days: text("duration_days"),
            price: text("price"),
            itinerary: rows_of(values, "itinerary")
                .map(|row| DayForm {
                    day: cell("itinerary", row, "day"),
                    title: cell("itinerary", row, "title"),
                    text: cell("itinerary", row, "text"),
                })
                .collect(),
            measures: text("measures"),
            emergency_plan: text("emergency_plan"),
            inclusions: text("inclusions"),
            exclusions: text("exclusions"),
            photos: rows_of(values, "photos").map(|row| text(&format!("photos][{row}"))).collect(),
            cover: text("cover"),
            departures: rows_of(values, "departures")
                .map(|row| DepartureForm {
                    id: cell("departures", row, "id"),
                    starts_on: cell("departures", row, "starts_on"),
                    seats: cell("departures", row, "seats"),
                })
                .collect(),
        };
        form.change_rows();
        form
    }

    /// Adds or removes the row that the pressed button is for.
    fn change_rows(&mut self) {
        match Press::read(&self.press) {
            Press::Save => {}
            Press::AddDay => self.itinerary.push(day_after(&self.itinerary)),
            Press::RemoveDay(row) => drop((row < self.itinerary.len()).then(|| self.itinerary.remove(row))),
            Press::AddDeparture => self.departures.push(DepartureForm::default()),
            Press::RemoveDeparture(row) => drop((row < self.departures.len()).then(|| self.departures.remove(row))),
        }
    }
}

/// The numbers of the rows that were posted, in order.
fn rows_of(values: &BTreeMap<String, String>, rows: &str) -> impl Iterator<Item = usize> + use<> {
    let prefix = format!("form[{rows}][");
    let numbers: BTreeSet<usize> =
        values.keys().filter_map(|name| name.strip_prefix(&prefix)?.split(']').next()?.parse().ok()).collect();
    numbers.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_press_that_adds_a_row_keeps_what_was_typed() {
        let typed = TripForm::typed(&values(&[
            ("form[press]", "add_day"),
            ("form[itinerary][0][day]", "3"),
            ("form[title]", "Kedarkantha"),
        ]));
        assert_eq!(typed.itinerary.len(), 2);
        assert_eq!(typed.itinerary[1].day, "4");
        assert_eq!(typed.title, "Kedarkantha");
    }

    #[test]
    fn a_row_that_is_not_there_cannot_be_removed() {
        let typed =
            TripForm::typed(&values(&[("form[press]", "remove_departure.7"), ("form[departures][0][seats]", "12")]));
        assert_eq!(typed.departures.len(), 1);
        let typed =
            TripForm::typed(&values(&[("form[press]", "remove_departure.0"), ("form[departures][0][seats]", "12")]));
        assert!(typed.departures.is_empty());
    }
}
