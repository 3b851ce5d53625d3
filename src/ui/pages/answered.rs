//! What follows on the page of one thing when one of its forms was answered.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

use crate::{
    shared::error::AppError,
    ui::{form::FormState, pages::frame::use_frame_version},
};

/// The sentence that stands above the page: what one of these forms was refused for, unless `sentence` leaves it to a field. At first
/// it is what a plain form post left behind.
pub fn use_problem(forms: &[FormState], sentence: fn(&AppError) -> Option<String>) -> RwSignal<Option<String>> {
    let left = forms.iter().find_map(|form| form.error().with_untracked(|error| error.as_ref().and_then(sentence)));
    let problem = RwSignal::new(left);
    for form in forms {
        form.when_answered(move |outcome| problem.set(outcome.as_ref().err().and_then(sentence)));
    }
    problem
}

/// Has the thing read again when the form did something, or found that somebody else had: what is open closes, and the counts of the
/// frame follow.
pub fn read_again_after(form: FormState, changes: RwSignal<u32>) {
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
