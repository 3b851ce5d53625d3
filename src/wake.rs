//! Waking the page that the server has sent.

use leptos::{
    ev::MouseEvent,
    mount::hydrate_from_async,
    prelude::window,
    tachys::dom::body,
    wasm_bindgen::{JsCast, closure::Closure},
};

use crate::ui::app::LiveApp;

/// Wakes the page. Until it is awake, links lead through the server, as they do without a script: the router listens to them
/// before the code of the page has come, and would change the address of a page that does not follow yet.
pub async fn wake() {
    let asleep = Closure::<dyn Fn(MouseEvent)>::new(|click: MouseEvent| click.stop_propagation());
    let listener = asleep.as_ref().unchecked_ref();
    // A window that takes no listener leaves the router's own: the page wakes all the same.
    let _ = window().add_event_listener_with_callback_and_bool("click", listener, true);
    hydrate_from_async(body(), LiveApp).await.forget();
    let _ = window().remove_event_listener_with_callback_and_bool("click", listener, true);
}
