//! Where keys go to, and what they press.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// Leads the keys to the first element that fits; whether there is one.
pub fn focus(selector: &str) -> bool {
    find(selector).is_some_and(|element| element.focus().is_ok())
}

/// Presses the first element that fits; whether there is one.
pub fn press(selector: &str) -> bool {
    find(selector).map(|element| element.click()).is_some()
}

/// Leads the keys there when what they were led to is gone, so that they do not begin at the top of the page again.
pub fn take_lost_focus(selector: &str) {
    if document().active_element().is_none_or(|active| active.tag_name() == "BODY") {
        focus(selector);
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
