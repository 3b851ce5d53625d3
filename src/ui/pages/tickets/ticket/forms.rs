//! The forms of the page and what follows when one was answered: the ticket is read again, what was open closes; a conflict shows
//! the current state with a sentence.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

use crate::{
    crm::tickets::server_fns::ticket::{AddTicketMessage, AssignTicket, ChangeTicketPriority, RateTicket, TakeStep},
    shared::error::AppError,
    ui::{
        form::{FormState, use_form},
        pages::frame::use_frame_version,
    },
};

/// Everything that can be sent from the page.
#[derive(Clone, Copy)]
pub(super) struct TicketForms {
    /// Steps of the lifecycle.
    pub(super) step: FormState,
    /// Replies and notes.
    pub(super) message: FormState,
    /// Who works on it.
    pub(super) assign: FormState,
    /// How soon it is needed.
    pub(super) priority: FormState,
    /// How content the requester was.
    pub(super) rating: FormState,
    /// Counts what makes the page read the ticket again.
    pub(super) changes: RwSignal<u32>,
    /// What no field is to blame for; what concerns the composer is told there.
    pub(super) problem: RwSignal<Option<String>>,
}

/// The forms of a page, which stay while the ticket is read again.
pub(super) fn use_ticket_forms() -> TicketForms {
    let (step, message) = (use_form::<TakeStep>(), use_form::<AddTicketMessage>());
    let (assign, priority) = (use_form::<AssignTicket>(), use_form::<ChangeTicketPriority>());
    let rating = use_form::<RateTicket>();
    let changes = RwSignal::new(0);
    let forms = [step, assign, priority, rating];
    // Before any script acts: what a plain form post left behind.
    let left =
        forms.into_iter().find_map(|form| form.error().with_untracked(|error| error.as_ref().and_then(without_field)));
    let problem = RwSignal::new(left);
    for form in forms {
        form.when_answered(move |outcome| problem.set(outcome.as_ref().err().and_then(without_field)));
        follow(form, changes);
    }
    follow(message, changes);
    TicketForms { step, message, assign, priority, rating, changes, problem }
}

/// The sentence of an error that belongs to no field.
fn without_field(error: &AppError) -> Option<String> {
    error.fields().is_empty().then(|| error.message())
}

/// Watches a form with script: success and conflict have the ticket read again.
fn follow(form: FormState, changes: RwSignal<u32>) {
    let frame = use_frame_version();
    form.when_answered(move |outcome| {
        let is_overtaken = matches!(outcome, Err(AppError::Conflict(_) | AppError::StepRefused { .. }));
        if outcome.is_ok() || is_overtaken {
            close_what_is_open();
            changes.update(|count| *count += 1);
            frame.bump();
        }
    });
}

/// Closes the dialogs and the editors of facts that are open in the page.
fn close_what_is_open() {
    let Ok(open) = document().query_selector_all("#main details[open], dialog[open]") else { return };
    for index in 0..open.length() {
        let Some(node) = open.item(index) else { continue };
        if let Some(dialog) = node.dyn_ref::<web_sys::HtmlDialogElement>() {
            dialog.close();
        } else if let Some(details) = node.dyn_ref::<web_sys::HtmlDetailsElement>() {
            details.set_open(false);
        }
    }
}
