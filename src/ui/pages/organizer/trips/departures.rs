//! The departures of a trip, as rows.

use leptos::prelude::*;

use super::rows::{Row, RowButton, Rows, RowsNote};
use crate::{
    crm::trips::{
        departures::MAX_SEATS,
        form::{DepartureForm, Press, TripForm},
        screens::BookedSeats,
    },
    ui::{
        components::{Field, FieldKind, Glyph, Panel},
        form::FormState,
    },
};

/// When the trip leaves.
#[component]
pub(super) fn DeparturesSection(form: FormState, start: TripForm, booked: Vec<BookedSeats>) -> impl IntoView {
    let is_changed = matches!(Press::read(&start.press), Press::AddDeparture | Press::RemoveDeparture(_));
    let rows = Rows::new(start.departures);
    let add = Callback::new(move |()| rows.add(DepartureForm::default()));
    let booked = StoredValue::new(booked);
    view! {
        <Panel title="Departures" id="departures" note="one row for each first day">
            <div class="stack form-rows">
                <RowsNote form field="departures" is_changed/>
                <ol class="stack form-rows" role="list">
                    <For each=move || rows.list() key=|row| row.key let:row>
                        <DepartureRow form rows row booked/>
                    </For>
                </ol>
                <span>
                    <RowButton press=Press::AddDeparture act=add icon=Glyph::Plus>
                        "Add a departure"
                    </RowButton>
                </span>
            </div>
        </Panel>
    }
}

#[component]
fn DepartureRow(
    form: FormState,
    rows: Rows<DepartureForm>,
    row: Row<DepartureForm>,
    booked: StoredValue<Vec<BookedSeats>>,
) -> impl IntoView {
    let Row { key, value } = row;
    let name = move |field: &str| format!("form[departures][{key}][{field}]");
    let id = move |field: &str| format!("departure-{key}-{field}");
    let errors = move |field| rows.messages(form, "departures", key, field);
    let remove = Callback::new(move |()| rows.remove(key));
    let press = Press::RemoveDeparture(rows.position(key));
    let taken =
        booked.with_value(|booked| booked.iter().find(|seats| seats.id == value.id).map_or(0, |seats| seats.booked));
    let button = (taken == 0).then(|| {
        let words = match value.starts_on.as_str() {
            "" => "Remove the new departure".to_owned(),
            day => format!("Remove the departure on {day}"),
        };
        view! {
            <RowButton press act=remove icon=Glyph::Trash label=words>
                "Remove"
            </RowButton>
        }
    });
    view! {
        <li class="form-row departure-row">
            <input type="hidden" name=name("id") value=value.id/>
            <Field
                label="First day"
                name=name("starts_on")
                id=id("starts_on")
                kind=FieldKind::Date
                value=value.starts_on
                errors=errors("startsOn")
            />
            <Field
                label="Seats"
                name=name("seats")
                id=id("seats")
                kind=FieldKind::Number
                value=value.seats
                min=taken.max(1).to_string()
                max=MAX_SEATS.to_string()
                errors=errors("seats")
            />
            <p class="muted booked">
                {match taken {
                    0 => "No seat booked".to_owned(),
                    1 => "1 seat booked".to_owned(),
                    taken => format!("{taken} seats booked"),
                }}
            </p>
            {button}
        </li>
    }
}
