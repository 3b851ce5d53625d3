//! What the panels of facts are made of.

use leptos::prelude::*;

/// A fact: its name, what it is, and its editor where there is one.
#[component]
pub fn Fact(
    /// What it is called.
    name: &'static str,
    /// Its editor.
    #[prop(optional_no_strip)]
    editor: Option<AnyView>,
    /// What it is.
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()} {editor}</dd>
        </div>
    }
}
