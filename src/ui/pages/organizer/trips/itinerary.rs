//! The days of a trip, as rows.

use leptos::prelude::*;

use super::rows::{Row, RowButton, Rows, RowsNote};
use crate::{
    crm::trips::{
        changes::{MAX_DAY_TEXT, MAX_DAYS, MAX_TITLE},
        form::{DayForm, Press, TripForm, day_after},
    },
    ui::{
        components::{Field, FieldKind, Glyph, Panel, TextArea},
        form::FormState,
    },
};

/// The itinerary.
#[component]
pub(super) fn ItinerarySection(form: FormState, start: TripForm) -> impl IntoView {
    let is_changed = matches!(Press::read(&start.press), Press::AddDay | Press::RemoveDay(_));
    let rows = Rows::new(start.itinerary);
    let add = Callback::new(move |()| {
        let days: Vec<_> = rows.list().into_iter().map(|row| row.value).collect();
        rows.add(day_after(&days));
    });
    view! {
        <Panel title="Itinerary" id="itinerary" note="day by day; a row without words is left out">
            <div class="stack form-rows">
                <RowsNote form field="itinerary" is_changed/>
                <ol class="stack form-rows" role="list">
                    <For each=move || rows.list() key=|row| row.key let:row>
                        <DayRow form rows row/>
                    </For>
                </ol>
                <span>
                    <RowButton press=Press::AddDay act=add icon=Glyph::Plus>
                        "Add a day"
                    </RowButton>
                </span>
            </div>
        </Panel>
    }
}

#[component]
fn DayRow(form: FormState, rows: Rows<DayForm>, row: Row<DayForm>) -> impl IntoView {
    let Row { key, value } = row;
    let name = move |field: &str| format!("form[itinerary][{key}][{field}]");
    let id = move |field: &str| format!("day-{key}-{field}");
    let errors = move |field| rows.messages(form, "itinerary", key, field);
    let remove = Callback::new(move |()| rows.remove(key));
    let press = Press::RemoveDay(rows.position(key));
    let words = format!("Remove day {}", value.day);
    view! {
        <li class="form-row day-row">
            <Field
                label="Day"
                name=name("day")
                id=id("day")
                kind=FieldKind::Number
                value=value.day
                min="1"
                max=MAX_DAYS.to_string()
                errors=errors("day")
            />
            <Field label="Title" name=name("title") id=id("title") value=value.title max_length=limit(MAX_TITLE) errors=errors("title")/>
            <RowButton press act=remove icon=Glyph::Trash label=words>
                "Remove"
            </RowButton>
            <TextArea
                class="wide2"
                label="What happens"
                name=name("text")
                id=id("text")
                value=value.text
                rows=3
                max_length=limit(MAX_DAY_TEXT)
                errors=errors("text")
            />
        </li>
    }
}

/// A limit as the attribute wants it.
pub(super) fn limit(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}
