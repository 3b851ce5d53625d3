//! The forms of the page and what follows when one went well or not: the lead is read again, open editors close; a conflict
//! shows the current state with a sentence.

use leptos::prelude::*;

use crate::{
    crm::leads::{
        profile::StepTaken,
        server_fns::lead::{ChangeFact, ConvertLead, LogInteraction, TakeStep},
    },
    shared::{error::AppError, lifecycle::Lifecycle},
    ui::{
        components::Toast,
        form::{FormState, use_form},
        pages::{
            answered::{read_again_after, use_problem},
            organizer::moved::with_way_back,
        },
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
    let forms = [step, log, fact, convert];
    let problem = use_problem(&forms, without_field);
    step.finish_toast(move |toast, taken| offer_way_back(toast, taken, step));
    for form in forms {
        read_again_after(form, changes);
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

/// Offers the way back of a step.
fn offer_way_back(toast: Toast, taken: StepTaken, form: FormState) -> Toast {
    let StepTaken { id, from, to, version } = taken;
    let (id, version) = (id.to_string(), version.to_string());
    with_way_back(toast, (from, to), move |back| {
        form.send([("id", id.as_str()), ("version", version.as_str()), ("to", back.as_str())]);
    })
}
