//! What a trip is: its words, its safety, its price and what that pays for.

use leptos::prelude::*;

use super::itinerary::limit;
use crate::{
    crm::trips::{
        changes::{MAX_DAYS, MAX_DESCRIPTION, MAX_DESTINATION, MAX_REGION, MAX_SAFETY, MAX_SUMMARY, MAX_TITLE},
        form::TripForm,
        trip::Difficulty,
    },
    ui::{
        components::{Field, FieldKind, Panel, Select, SelectOption, TextArea},
        form::FormState,
    },
};

/// Title, place, words, difficulty and length.
#[component]
pub(super) fn DetailsSection(form: FormState, start: TripForm) -> impl IntoView {
    let difficulties = Difficulty::ALL.iter().map(|level| SelectOption::new(level.as_str(), level.label())).collect();
    view! {
        <Panel title="Details" id="details">
            <div class="form-grid">
                <Field class="wide2" label="Title" name="form[title]" id="trip-title" value=start.title max_length=limit(MAX_TITLE) required=true errors=form.messages("title")/>
                <Field label="Destination" name="form[destination]" id="trip-destination" value=start.destination max_length=limit(MAX_DESTINATION) required=true placeholder="Sankri" errors=form.messages("destination")/>
                <Field label="Region" name="form[region]" id="trip-region" value=start.region max_length=limit(MAX_REGION) required=true placeholder="Uttarakhand" errors=form.messages("region")/>
                <Select label="Difficulty" name="form[difficulty]" id="trip-difficulty" options=difficulties value=start.difficulty blank="Choose" required=true errors=form.messages("difficulty")/>
                <Field label="Days" name="form[duration_days]" id="trip-days" kind=FieldKind::Number value=start.duration_days min="1" max=MAX_DAYS.to_string() required=true hint="From the first to the last, both included." errors=form.messages("durationDays")/>
                <TextArea class="wide2" label="Summary" name="form[summary]" id="trip-summary" value=start.summary rows=2 max_length=limit(MAX_SUMMARY) required=true hint="One or two sentences, up to 200 characters." errors=form.messages("summary")/>
                <TextArea class="wide2" label="Description" name="form[description]" id="trip-description" value=start.description rows=10 max_length=limit(MAX_DESCRIPTION) hint="Blank lines part paragraphs." errors=form.messages("description")/>
            </div>
        </Panel>
    }
}

/// What is done so that nothing happens, and when something does.
#[component]
pub(super) fn SafetySection(form: FormState, start: TripForm) -> impl IntoView {
    view! {
        <Panel title="Safety" id="safety">
            <div class="form-grid">
                <TextArea class="wide2" label="Measures" name="form[measures]" id="trip-measures" value=start.measures rows=5 max_length=limit(MAX_SAFETY) hint="Guides, equipment, checks, when you turn around." errors=form.messages("safety.measures")/>
                <TextArea class="wide2" label="Emergency plan" name="form[emergency_plan]" id="trip-emergency" value=start.emergency_plan rows=5 max_length=limit(MAX_SAFETY) hint="Who comes, how fast, and where the nearest hospital is." errors=form.messages("safety.emergencyPlan")/>
            </div>
        </Panel>
    }
}

/// The price and what it pays for.
#[component]
pub(super) fn PriceSection(form: FormState, start: TripForm) -> impl IntoView {
    view! {
        <Panel title="Price" id="pricing">
            <div class="form-grid">
                <Field label="Price per person, in rupees" name="form[price]" id="trip-price" kind=FieldKind::Amount value=start.price min="1" step="0.01" required=true errors=form.messages("price")/>
                <TextArea class="wide2" label="Included" name="form[inclusions]" id="trip-inclusions" value=start.inclusions rows=5 hint="A line for each." errors=lines(form, "inclusions")/>
                <TextArea class="wide2" label="Not included" name="form[exclusions]" id="trip-exclusions" value=start.exclusions rows=4 hint="A line for each." errors=lines(form, "exclusions")/>
            </div>
        </Panel>
    }
}

/// What is wrong with a text of lines as a whole, and with each of its lines.
fn lines(form: FormState, field: &'static str) -> Signal<Vec<String>> {
    let error = form.error();
    Signal::derive(move || {
        let fields = error.with(|error| error.as_ref().map(crate::shared::error::AppError::fields).unwrap_or_default());
        let of_it = |name: &str| name.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        fields.into_iter().filter(|(name, _)| of_it(name)).flat_map(|(_, messages)| messages).collect()
    })
}
