//! The search of a list: a form that changes the address, with and without script.

use leptos::prelude::*;
use leptos_router::components::Form;

use crate::ui::components::{Glyph, Icon};

/// One field of words. Enter looks; other filters stay as they are.
#[component]
pub fn SearchForm(
    /// The path of the list.
    path: &'static str,
    /// What is looked for.
    label: &'static str,
    /// The same in short, in the empty field.
    placeholder: &'static str,
    /// The words now.
    value: String,
    /// The other filters of the address, by name.
    kept: Vec<(String, String)>,
) -> impl IntoView {
    let kept = kept
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <Form method="get" action=path attr:class="search" attr:role="search">
            {kept}
            <div class="with-icon">
                <Icon glyph=Glyph::Search/>
                <input class="input" type="search" name="q" value=value aria-label=label placeholder=placeholder maxlength="100"/>
            </div>
        </Form>
    }
}
