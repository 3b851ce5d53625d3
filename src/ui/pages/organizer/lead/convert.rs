//! The dialog that makes a booking of a lead. It books the seats in the same step, or fails as a whole and says why.

use leptos::{ev::Event, prelude::*, wasm_bindgen::JsCast, web_sys};
use leptos_router::hooks::use_query_map;

use super::dialogs::first_name;
use crate::{
    crm::leads::{
        lead::MAX_PARTY,
        profile::{DepartureChoice, LeadProfile},
    },
    shared::{error::AppError, money::Money},
    ui::{
        components::{
            Button, ButtonKind, CloseDialog, Dialog, Field, FieldKind, Glyph, Select, SelectOption, TextArea,
        },
        form::{FormState, PostForm},
    },
};

/// The id of the dialog.
pub(super) const CONVERT_DIALOG: &str = "convert";
/// The id of the amount's field.
const AMOUNT: &str = "convert-amount";

/// Departure, party, amount and note; party × price stands there at first.
#[component]
pub(super) fn ConvertDialog(lead: LeadProfile, form: FormState) -> impl IntoView {
    let title = format!("Convert {} into a booking?", first_name(&lead));
    let is_refused = form.error().with_untracked(|error| error.as_ref().is_some_and(belongs_here));
    // The board leads here with `?convert=1`.
    let is_asked_for = use_query_map().with_untracked(|query| query.get("convert").is_some());
    let open = is_refused || is_asked_for;
    let draft = lead.conversion.clone();
    let follow_party = amount_follows_party(draft.price_paise, draft.amount_input.clone());
    let chosen = draft.departure_id.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <Dialog id=CONVERT_DIALOG title open close_href=format!("/leads/{}", lead.id)>
            <PostForm form on:input=follow_party>
                <div class="body">
                    <p>"The seats are booked in the same step. A booking is final."</p>
                    <input type="hidden" name="id" value=lead.id.to_string()/>
                    <Select
                        label="Departure"
                        name="departure_id"
                        id="convert-departure"
                        options=lead.facts.departures.iter().map(departure_line).collect()
                        value=form.value("departure_id", chosen)
                        blank="No departure yet, book no seats"
                        errors=departure_errors(form)
                    />
                    <Field
                        label="People"
                        name="party_size"
                        id="convert-party"
                        kind=FieldKind::Number
                        value=form.value("party_size", draft.party.to_string())
                        min="1"
                        max=MAX_PARTY.to_string()
                        required=true
                        errors=form.messages("partySize")
                    />
                    <Field
                        label="Amount"
                        aside="₹, for all of them"
                        name="amount"
                        id=AMOUNT
                        value=form.value("amount", draft.amount_input)
                        hint=format!("{} for each person.", draft.price)
                        required=true
                        errors=form.messages("amount")
                    />
                    <TextArea
                        label="Note"
                        aside="optional"
                        name="note"
                        id="convert-note"
                        rows=2
                        value=form.value("note", "")
                        errors=form.messages("note")
                    />
                </div>
                <footer>
                    <CloseDialog dialog=CONVERT_DIALOG>"Not yet"</CloseDialog>
                    <Button kind=ButtonKind::Primary icon=Glyph::Check busy=form.pending()>"Convert"</Button>
                </footer>
            </PostForm>
        </Dialog>
    }
}

/// Party × price, as long as nobody wrote another amount.
fn amount_follows_party(price: i64, first: String) -> impl Fn(Event) + 'static {
    let last = StoredValue::new(first);
    move |event| {
        let Some(party) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
            return;
        };
        let amount =
            document().get_element_by_id(AMOUNT).and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
        let (Some(amount), Ok(people)) =
            (amount.filter(|_| party.name() == "party_size"), party.value().parse::<u32>())
        else {
            return;
        };
        if amount.value() == last.get_value() {
            last.set_value(Money::paise(price).times(people).input_value());
            amount.set_value(&last.get_value());
        }
    }
}

fn departure_line(departure: &DepartureChoice) -> SelectOption {
    SelectOption {
        disabled: departure.seats_left == 0,
        ..SelectOption::new(departure.id.to_string(), format!("{}, {}", departure.day, departure.seats_in_words()))
    }
}

/// Whether a refusal is about what stands in the dialog; conflicts are told above the page, with the current state.
const fn belongs_here(error: &AppError) -> bool {
    matches!(error, AppError::InvalidInput(_) | AppError::NoSeatsLeft { .. })
}

/// What is wrong with the departure: also that it has not seats enough.
fn departure_errors(form: FormState) -> Signal<Vec<String>> {
    let (error, named) = (form.error(), form.messages("departureId"));
    Signal::derive(move || {
        let seats = error.with(|error| {
            error.as_ref().filter(|error| matches!(error, AppError::NoSeatsLeft { .. })).map(AppError::message)
        });
        named.get().into_iter().chain(seats).collect()
    })
}
