//! A button that copies a text. Only there with a script: without one it could do nothing.

use leptos::{prelude::*, task::spawn_local, wasm_bindgen::prelude::*, web_sys::js_sys::Promise};
use wasm_bindgen_futures::JsFuture;

use super::{Glyph, Icon};

#[wasm_bindgen(wasm_bindgen = leptos::wasm_bindgen)]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// What the button has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Ready,
    Copied,
    Refused,
}

/// Copies `text`, and says in words whether it did.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// What it is ("Copy the number").
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let usable = RwSignal::new(false);
    Effect::new(move |_| usable.set(true));
    let outcome = RwSignal::new(Outcome::Ready);
    let copy = move |_| copy_text(&text, outcome);
    let glyph = move || if outcome.get() == Outcome::Copied { Glyph::Check } else { Glyph::Copy };
    let words = move || match outcome.get() {
        Outcome::Ready => "",
        Outcome::Copied => "Copied",
        Outcome::Refused => "The browser did not allow it. Select the text and copy it yourself.",
    };
    view! {
        <button
            class="icon-btn"
            type="button"
            title=label.clone()
            aria-label=label
            hidden=move || !usable.get()
            on:click=copy
        >
            {move || view! { <Icon glyph=glyph()/> }}
        </button>
        <span class="sr" role="status">
            {words}
        </span>
    }
}

fn copy_text(text: &str, outcome: RwSignal<Outcome>) {
    let Ok(copying) = write_text(text) else {
        outcome.set(Outcome::Refused);
        return;
    };
    spawn_local(async move {
        let is_copied = JsFuture::from(copying).await.is_ok();
        outcome.try_set(if is_copied { Outcome::Copied } else { Outcome::Refused });
    });
}
