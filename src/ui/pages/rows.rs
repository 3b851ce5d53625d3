//! The keys of lists: `j` and `k` go through the rows, `x` selects one, `o` opens it (as Enter does by itself), `s` moves a card,
//! `a` takes a ticket. A list has those whose controls it shows.

use leptos::{leptos_dom::helpers::is_browser, prelude::*, wasm_bindgen::JsCast, web_sys};

use crate::ui::pages::shortcuts::on_shortcut;

/// The links of the rows, of the table and of the board alike.
const ROWS: &str = "tbody a.cover, .card a.name";

/// Listens for the keys as long as the page is there.
pub(crate) fn use_row_keys() {
    on_shortcut(|event| {
        let handled = match event.key().as_str() {
            "j" => move_focus(1),
            "k" => move_focus(-1),
            "x" => press_in_row("input.check"),
            "s" => press_in_row("a.move"),
            "a" => press_in_row("[data-assign]"),
            "o" => open_row(),
            _ => false,
        };
        if handled {
            event.prevent_default();
        }
    });
}

/// The list is about to be made anew: the row that has the focus keeps it, wherever it comes to lie.
pub(crate) fn keep_focused_row() {
    let focused = is_browser().then(|| document().active_element()).flatten();
    let Some(href) = focused.filter(is_row).and_then(|row| row.get_attribute("href")) else { return };
    // At once: what is pressed before the next frame is meant for that row, too.
    queue_microtask(move || {
        let Some(row) = rows().find(|row| row.get_attribute("href").as_ref() == Some(&href)) else { return };
        if focused_row().as_ref() != Some(&row) {
            // A row that is not shown cannot take it, which is no error.
            drop(row.focus());
        }
    });
}

fn is_row(element: &web_sys::Element) -> bool {
    element.matches(ROWS).unwrap_or_default()
}

/// Moves the focus by one row; from outside of the rows to the first or last one.
fn move_focus(by: i32) -> bool {
    let rows: Vec<web_sys::HtmlElement> = rows().collect();
    let here = focused_row().and_then(|row| rows.iter().position(|other| *other == row));
    let target = match (here, by) {
        (None, 1) => Some(0),
        (None, _) => rows.len().checked_sub(1),
        (Some(here), 1) => Some(here + 1),
        (Some(here), _) => here.checked_sub(1),
    };
    match target.and_then(|target| rows.get(target)) {
        Some(row) => row.focus().is_ok(),
        None => false,
    }
}

/// Presses a control of the row that has the focus.
fn press_in_row(control: &str) -> bool {
    let pressed = focused_row()
        .and_then(|row| row.closest("tr, .card").ok().flatten())
        .and_then(|row| row.query_selector(control).ok().flatten())
        .and_then(|control| control.dyn_into::<web_sys::HtmlElement>().ok());
    pressed.map(|control| control.click()).is_some()
}

fn open_row() -> bool {
    focused_row().map(|row| row.click()).is_some()
}

/// The row that has the focus, or that holds what has it.
fn focused_row() -> Option<web_sys::HtmlElement> {
    let focused = document().active_element()?;
    let row = focused.closest("tbody tr, .card").ok().flatten()?;
    row.query_selector("a.cover, a.name").ok().flatten()?.dyn_into().ok()
}

fn rows() -> impl Iterator<Item = web_sys::HtmlElement> {
    let found = document().query_selector_all(ROWS).ok();
    let count = found.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |index| found.as_ref()?.get(index)?.dyn_into::<web_sys::HtmlElement>().ok())
}
