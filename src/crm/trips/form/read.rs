//! Reads the form into [`NewTrip`]; what its values must be like is decided in `changes.rs`.

use super::{DayForm, DepartureForm, Press, ROWS, TripForm, whole_number};
use crate::{
    crm::trips::{
        changes::{NewTrip, TripChanges},
        departures::DepartureInput,
        trip::{DepartureId, Difficulty, ItineraryDay, Safety},
    },
    shared::{checks::Checks, error::AppError, money::Money, time::Date},
};

impl TripForm {
    /// The trip that the form describes. A press that is not [`Press::Save`] is refused under [`ROWS`], so that the form
    /// comes back with its rows changed and nothing saved.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with what cannot be read, by the names that `changes.rs` uses.
    pub fn read(&self) -> Result<NewTrip, AppError> {
        if Press::read(&self.press) != Press::Save {
            return Err(AppError::field(ROWS, "The rows are changed. Nothing is saved before you press “Save”."));
        }
        let mut checks = Checks::new();
        let difficulty = Difficulty::from_name(&self.difficulty).ok_or("Choose how difficult the trip is.");
        let days = whole_number(&self.duration_days).ok_or("Say how many days the trip takes, as a whole number.");
        let price = Money::parse(&self.price).ok_or("Say what the trip costs for one person, in rupees: 9,450.");
        let organizer_id = match self.organizer.trim() {
            "" => None,
            id => checks.take("organizerId", id.parse().map_err(|_| "Choose an organizer.")),
        };
        let new = NewTrip {
            organizer_id,
            title: Some(self.title.clone()),
            destination: Some(self.destination.clone()),
            region: Some(self.region.clone()),
            summary: Some(self.summary.clone()),
            description: Some(self.description.clone()),
            difficulty: checks.take("difficulty", difficulty),
            duration_days: checks.take("durationDays", days),
            price: checks.take("price", price),
            itinerary: Some(self.read_days(&mut checks)),
            safety: Some(Safety { measures: self.measures.clone(), emergency_plan: self.emergency_plan.clone() }),
            inclusions: Some(self.inclusions.lines().map(str::to_owned).collect()),
            exclusions: Some(self.exclusions.lines().map(str::to_owned).collect()),
            photos: Some(self.read_photos()),
            departures: Some(self.read_departures(&mut checks)),
            visibility: None,
        };
        checks.finish()?;
        Ok(new)
    }

    /// The changes of the trip whose form this is.
    ///
    /// # Errors
    /// [`AppError::stale`] when the form does not say which version it shows.
    pub fn changes(&self, read: NewTrip) -> Result<TripChanges, AppError> {
        let version = whole_number(&self.version).ok_or_else(AppError::stale)?;
        Ok(TripChanges { version, ..TripChanges::from(read) })
    }

    fn read_days(&self, checks: &mut Checks) -> Vec<ItineraryDay> {
        let written = self.itinerary.iter().enumerate().filter(|(_, day)| !day.is_blank());
        written
            .filter_map(|(row, day)| {
                let number = whole_number(&day.day).ok_or("Say which day this is, as a whole number.");
                let number = checks.take(&format!("itinerary.{row}.day"), number)?;
                Some(ItineraryDay { day: number, title: day.title.clone(), text: day.text.clone() })
            })
            .collect()
    }

    fn read_departures(&self, checks: &mut Checks) -> Vec<DepartureInput> {
        let written = self.departures.iter().enumerate().filter(|(_, departure)| !departure.is_blank());
        written
            .filter_map(|(row, departure)| {
                let field = |name: &str| format!("departures.{row}.{name}");
                let id = match departure.id.trim() {
                    "" => Ok(None),
                    id => id.parse::<DepartureId>().map(Some).map_err(|_| "This departure is not one of this trip."),
                };
                let id = checks.take(&field("id"), id);
                let starts_on = checks.take(
                    &field("startsOn"),
                    departure.starts_on.trim().parse::<Date>().map_err(|_| "Choose the first day."),
                );
                let seats = checks.take(
                    &field("seats"),
                    whole_number(&departure.seats).ok_or("Say how many seats it has, as a whole number."),
                );
                Some(DepartureInput { id: id?, starts_on: starts_on?, seats: seats? })
            })
            .collect()
    }

    /// The chosen pictures, the one that stands for the trip first.
    fn read_photos(&self) -> Vec<String> {
        let chosen: Vec<_> = self.photos.iter().filter(|name| !name.is_empty()).collect();
        let cover = chosen.iter().filter(|name| ***name == self.cover);
        let others = chosen.iter().filter(|name| ***name != self.cover);
        cover.chain(others).map(|name| (*name).clone()).collect()
    }

    /// A refusal that names the rows of this form, in which blank ones count, instead of those that were read.
    pub fn name_rows(&self, error: AppError) -> AppError {
        let AppError::InvalidInput(fields) = error else { return error };
        let days: Vec<usize> = positions(&self.itinerary, DayForm::is_blank);
        let departures: Vec<usize> = positions(&self.departures, DepartureForm::is_blank);
        let rename = |field: String| {
            let mut parts = field.splitn(3, '.');
            match (parts.next(), parts.next().and_then(|row| row.parse::<usize>().ok()), parts.next()) {
                (Some("itinerary"), Some(row), Some(name)) => {
                    format!("itinerary.{}.{name}", days.get(row).unwrap_or(&row))
                }
                (Some("departures"), Some(row), Some(name)) => {
                    format!("departures.{}.{name}", departures.get(row).unwrap_or(&row))
                }
                _ => field,
            }
        };
        AppError::InvalidInput(fields.into_iter().map(|(field, messages)| (rename(field), messages)).collect())
    }
}

fn positions<T>(rows: &[T], is_blank: impl Fn(&T) -> bool) -> Vec<usize> {
    rows.iter().enumerate().filter(|(_, row)| !is_blank(row)).map(|(position, _)| position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> TripForm {
        TripForm {
            difficulty: "easy".into(),
            duration_days: "2".into(),
            price: "9,450".into(),
            itinerary: vec![DayForm::default(), DayForm { day: "2".into(), title: "Up".into(), text: String::new() }],
            photos: vec!["a".into(), "b".into()],
            cover: "b".into(),
            inclusions: "Tents\nMeals".into(),
            ..TripForm::default()
        }
    }

    #[test]
    fn blank_rows_are_left_out_and_the_cover_comes_first() {
        let new = filled().read().unwrap();
        assert_eq!(new.itinerary.unwrap().len(), 1);
        assert_eq!(new.photos.unwrap(), ["b", "a"]);
        assert_eq!(new.inclusions.unwrap(), ["Tents", "Meals"]);
        assert_eq!(new.price, Some(Money::rupees(9450)));
    }

    #[test]
    fn refusals_name_the_rows_as_they_were_typed() {
        let named = filled().name_rows(AppError::field("itinerary.0.title", "x"));
        assert_eq!(named.field_messages("itinerary.1.title"), ["x"]);
        let wrong = TripForm {
            departures: vec![DepartureForm { seats: "many".into(), ..DepartureForm::default() }],
            ..filled()
        };
        let error = wrong.read().unwrap_err();
        assert!(!error.field_messages("departures.0.seats").is_empty());
        assert!(!error.field_messages("departures.0.startsOn").is_empty());
    }

    #[test]
    fn a_press_that_changes_rows_saves_nothing() {
        let pressed = TripForm { press: Press::AddDay.value(), ..filled() };
        assert!(!pressed.read().unwrap_err().field_messages(ROWS).is_empty());
    }
}
