//! The forms of the page and what follows when one went well or not: the lead is read again, open editors close; a conflict
//! shows the current state with a sentence.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

use crate::{
    crm::leads::{
        profile::StepTaken,
        server_fns::lead::{ChangeFact, ConvertLead, LogInteraction, TakeStep},
    },
    shared::{error::AppError, lifecycle::Lifecycle},
    ui::{
        components::Toast,
        form::{FormState, use_form},
        pages::{frame::use_frame_version, organizer::moved::with_way_back},
    },
};

/// Everything that can be sent from the page.
#[derive(Clone, Copy)]
pub struct LeadForms {
    /// Steps of the lifecycle.
    pub(super) step: FormState,
    /// What happened.
    pub(super) log: FormState,
    /// One fact.
    pub(super) fact: FormState,
    /// The conversion.
    pub(super) convert: FormState,
    /// Counts what makes the page read the lead again.
    pub(super) changes: RwSignal<u32>,
    /// What no field is to blame for.
    pub(super) problem: RwSignal<Option<String>>,
}

/// The forms of a page, which stay while the lead is read again.
pub(super) fn use_lead_forms() -> LeadForms {
    let (step, log) = (use_form::<TakeStep>(), use_form::<LogInteraction>());
    let (fact, convert) = (use_form::<ChangeFact>(), use_form::<ConvertLead>());
    let changes = RwSignal::new(0);
    // Before any script acts: what a plain form post left behind.
    let forms = [step, log, fact, convert];
    let left =
        forms.into_iter().find_map(|form| form.error().with_untracked(|error| error.as_ref().and_then(without_field)));
    let problem = RwSignal::new(left);
    step.finish_toast(move |toast, taken| offer_way_back(toast, taken, step));
    for form in forms {
        follow(form, changes, problem);
    }
    LeadForms { step, log, fact, convert, changes, problem }
}

/// The sentence of an error that belongs to no field. Missing seats are told next to the departure.
fn without_field(error: &AppError) -> Option<String> {
    match error {
        AppError::InvalidInput(_) | AppError::NoSeatsLeft { .. } => None,
        error => Some(error.message()),
    }
}

/// Watches a form with script: success and conflict have the lead read again.
fn follow(form: FormState, changes: RwSignal<u32>, problem: RwSignal<Option<String>>) {
    let frame = use_frame_version();
    form.when_answered(move |outcome| {
        problem.set(outcome.as_ref().err().and_then(without_field));
        let is_overtaken = matches!(outcome, Err(AppError::Conflict(_) | AppError::StepRefused { .. }));
        if outcome.is_ok() || is_overtaken {
            close_editors();
            changes.update(|count| *count += 1);
        }
        if outcome.is_ok() {
            frame.bump();
        }
    });
}

/// Offers the way back of a step.
fn offer_way_back(toast: Toast, taken: StepTaken, form: FormState) -> Toast {
    let StepTaken { id, from, to, version } = taken;
    let (id, version) = (id.to_string(), version.to_string());
    with_way_back(toast, (from, to), move |back| {
        form.send([("id", id.as_str()), ("version", version.as_str()), ("to", back.as_str())]);
    })
}

/// Closes the dialogs and the editors of facts that are open in the page.
fn close_editors() {
    const OPEN: &str = "#main details[open], dialog[open]";
    let Ok(open) = document().query_selector_all(OPEN) else { return };
    for index in 0..open.length() {
        let Some(node) = open.item(index) else { continue };
        if let Some(dialog) = node.dyn_ref::<web_sys::HtmlDialogElement>() {
            dialog.close();
        } else if let Some(details) = node.dyn_ref::<web_sys::HtmlDetailsElement>() {
            details.set_open(false);
        }
    }
}
