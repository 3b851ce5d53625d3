//! The forms of the page and what follows when one was answered: the ticket is read again, what was open closes; a conflict shows
//! the current state with a sentence.

use leptos::prelude::*;

use crate::{
    crm::tickets::server_fns::ticket::{AddTicketMessage, AssignTicket, ChangeTicketPriority, RateTicket, TakeStep},
    shared::error::AppError,
    ui::{
        form::{FormState, use_form},
        pages::answered::{read_again_after, use_problem},
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
    let problem = use_problem(&forms, without_field);
    for form in forms.into_iter().chain([message]) {
        read_again_after(form, changes);
    }
    TicketForms { step, message, assign, priority, rating, changes, problem }
}

/// The sentence of an error that belongs to no field.
fn without_field(error: &AppError) -> Option<String> {
    error.fields().is_empty().then(|| error.message())
}
