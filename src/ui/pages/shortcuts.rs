//! The keys that work on every signed-in page: `g` and a letter to go somewhere, `?` for the sheet of all keys. Never while
//! somebody types, and never with Ctrl, Alt or Cmd. And the one key that works while somebody types: what sends a text.

use leptos::{
    ev::{self, KeyboardEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys,
};
use leptos_router::hooks::use_navigate;

use crate::{
    crm::accounts::user::Role,
    ui::{components::Dialog, window::on_window},
};

/// A letter after `g`, where it leads, and the name of the place.
type Leap = (&'static str, &'static str, &'static str);

const fn leaps_of(role: Role) -> &'static [Leap] {
    match role {
        Role::Organizer => &[
            ("t", "/today", "Today"),
            ("l", "/leads", "Leads"),
            ("m", "/my-trips", "My trips"),
            ("c", "/chat", "Chat"),
            ("n", "/leads/new", "Add a lead"),
            ("b", "/notifications", "Notifications"),
            ("h", "/tickets", "Tickets"),
        ],
        Role::Admin => &[
            ("t", "/today", "Today"),
            ("l", "/leads", "Leads"),
            ("c", "/chat", "Chat"),
            ("p", "/admin/people", "People"),
            ("m", "/admin/outbox", "Mails"),
            ("a", "/admin/audit", "Audit"),
            ("h", "/tickets", "Tickets"),
            ("r", "/admin/answers", "Answers"),
            ("b", "/notifications", "Notifications"),
        ],
        Role::User => &[
            ("e", "/home", "My enquiries"),
            ("c", "/chat", "Chat"),
            ("t", "/trips", "Trips"),
            ("h", "/tickets", "Tickets"),
            ("b", "/notifications", "Notifications"),
        ],
    }
}

/// Listens for the keys and holds their sheet.
#[component]
pub fn Shortcuts(
    /// Whose places `g` leads to.
    role: Role,
) -> impl IntoView {
    let leaps = leaps_of(role);
    let awaiting_place = StoredValue::new(false);
    let navigate = use_navigate();
    let sheet = NodeRef::<html::Div>::new();
    on_shortcut(move |event| {
        let key = event.key();
        let leap = leaps.iter().find(|(letter, ..)| *letter == key).filter(|_| awaiting_place.get_value());
        awaiting_place.set_value(key == "g");
        if let Some((_, href, _)) = leap {
            event.prevent_default();
            navigate(href, leptos_router::NavigateOptions::default());
        } else if key == "?" {
            event.prevent_default();
            show_sheet(sheet);
        }
    });
    view! {
        <div node_ref=sheet>
            <Dialog id="keys" title="Keys">
                <div class="body">
                    <KeyList leaps role/>
                </div>
            </Dialog>
        </div>
    }
}

/// The keys of one kind of place: what it is called, and each key with what it does.
type Keys = (&'static str, &'static [(&'static str, &'static str)]);

const IN_A_LIST: Keys = ("In a list", &[("j", "Next row"), ("k", "Row before"), ("o", "Open the row")]);
const AMONG_LEADS: Keys = ("Among leads", &[("x", "Select the row"), ("s", "Move the card of a board")]);
const AMONG_TICKETS: Keys = ("Among tickets", &[("a", "Assign the ticket to me")]);
const ON_A_LEAD: Keys = (
    "On a lead",
    &[("s", "Next step"), ("e", "Change a fact"), ("n", "Add a note"), ("j", "Next lead"), ("k", "Lead before")],
);
const ON_ONES_TICKET: Keys = ("On a ticket", &[("r", "Reply")]);
const ON_A_TICKET: Keys =
    ("On a ticket", &[("r", "Reply"), ("n", "Add a note"), ("a", "Assign the ticket to me"), ("s", "Next step")]);

const fn keys_of(role: Role) -> &'static [Keys] {
    match role {
        Role::Organizer => &[IN_A_LIST, AMONG_LEADS, ON_A_LEAD, ON_ONES_TICKET],
        Role::Admin => &[IN_A_LIST, AMONG_LEADS, AMONG_TICKETS, ON_A_LEAD, ON_A_TICKET],
        Role::User => &[IN_A_LIST, ON_ONES_TICKET],
    }
}

#[component]
fn KeyList(leaps: &'static [Leap], role: Role) -> impl IntoView {
    let places = leaps.iter().map(|(letter, _, place)| (format!("g {letter}"), *place));
    let everywhere = [("?".to_owned(), "Show this sheet")].into_iter().chain(places).collect();
    let others = keys_of(role)
        .iter()
        .map(|(place, keys)| view_keys(place, keys.iter().map(|(key, what)| ((*key).to_owned(), *what)).collect()));
    view! {
        {view_keys("Everywhere", everywhere)}
        {others.collect_view()}
    }
}

fn view_keys(place: &'static str, keys: Vec<(String, &'static str)>) -> AnyView {
    let keys = keys.into_iter().map(|(key, what)| view! { <dt><kbd class="kbd">{key}</kbd></dt> <dd>{what}</dd> });
    view! {
        <h3>{place}</h3>
        <dl class="terms">{keys.collect_view()}</dl>
    }
    .into_any()
}

/// Calls `handle` for each key that is meant as a shortcut, as long as the component that asks is there.
pub fn on_shortcut(handle: impl Fn(KeyboardEvent) + Send + Sync + 'static) {
    // On the server a page is dropped on another thread than it was made on: nothing of it may be bound to one.
    let handle = StoredValue::new(handle);
    on_window(ev::keydown, move |event| {
        if !is_typing(&event) {
            handle.with_value(|handle| handle(event));
        }
    });
}

/// Whether the key belongs to a field, an open dialog, or the browser.
fn is_typing(event: &KeyboardEvent) -> bool {
    const WRITTEN_IN: &str =
        "input:not([type=checkbox]):not([type=radio]), textarea, select, dialog[open], [contenteditable]";
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let in_field = element.is_some_and(|element| element.closest(WRITTEN_IN).is_ok_and(|found| found.is_some()));
    in_field
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || event.default_prevented()
}

fn show_sheet(sheet: NodeRef<html::Div>) {
    let dialog = sheet
        .get_untracked()
        .and_then(|holder| holder.first_element_child())
        .and_then(|first| first.dyn_into::<web_sys::HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        // A dialog that cannot be opened stays closed, which is no error: the keys still work.
        drop(dialog.show_modal());
    }
}

/// Ctrl or Cmd with Enter sends the form that is written in.
pub fn send_by_key(event: KeyboardEvent) {
    if event.key() != "Enter" || !(event.ctrl_key() || event.meta_key()) {
        return;
    }
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let form = field
        .and_then(|field| field.closest("form").ok().flatten())
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        event.prevent_default();
        // A form that is not complete says so by itself.
        drop(form.request_submit());
    }
}
