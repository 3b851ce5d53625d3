//! What happens anywhere in the window.

use leptos::{ev::EventDescriptor, prelude::*, wasm_bindgen::JsCast};

/// Has `act` called for each event of that kind, as long as the component that asks is there. Only in the browser.
pub fn on_window<E>(event: E, act: impl Fn(E::EventType) + 'static)
where
    E: EventDescriptor + 'static,
    E::EventType: JsCast,
{
    let mut begin = Some(move || window_event_listener(event, act));
    Effect::new(move |_| {
        if let Some(listener) = begin.take().map(|begin| begin()) {
            on_cleanup(move || listener.remove());
        }
    });
}
