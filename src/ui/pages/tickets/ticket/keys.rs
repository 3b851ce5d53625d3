//! The keys of the page: `r` leads to a reply, `n` to an internal note, `a` assigns the ticket to the viewer, `s` leads to the next
//! step. Never while somebody types.

use super::composer::TEXT;
use crate::ui::{
    focus::{focus, press},
    pages::shortcuts::on_shortcut,
};

/// Listens as long as the page is there.
pub(super) fn listen_for_keys() {
    on_shortcut(|event| {
        let text = format!("#{TEXT}");
        let done = match event.key().as_str() {
            "r" => {
                // Who asked has one kind of message, and nothing to choose.
                press(".composer [data-kind=reply]");
                focus(&text)
            }
            "n" => press(".composer [data-kind=note]") && focus(&text),
            "a" => press("#main [data-assign]"),
            "s" => focus(".acts .btn.primary"),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
}
