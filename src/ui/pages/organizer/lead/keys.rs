//! The keys of the page: `s` leads to the next step, `e` to the first fact that can be edited, `n` to a note, `j` and `k` to
//! the neighbours in the list. Never while somebody types.

use super::composer::TEXT;
use crate::ui::{
    focus::{focus, press},
    pages::shortcuts::on_shortcut,
};

/// Listens as long as the page is there.
pub(super) fn listen_for_keys() {
    on_shortcut(|event| {
        let done = match event.key().as_str() {
            "s" => focus(".acts .btn.primary"),
            "e" => press(".lead-side .fact-edit > summary") && focus(".lead-side .fact-edit[open] .input"),
            "n" => press(".composer [data-kind=note]") && focus(&format!("#{TEXT}")),
            "j" => press(".top .pager [rel=next]"),
            "k" => press(".top .pager [rel=prev]"),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
}
