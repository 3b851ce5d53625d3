//! Previous and next of a list. The addresses carry keyset cursors, so a page stays right while rows are added.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The range, the whole, and the two links. A link that leads nowhere stays in its place.
#[component]
pub fn Pager(
    /// What is shown of how much ("1–25 of 46").
    #[prop(into)]
    range: String,
    /// The address of the page before.
    #[prop(optional_no_strip)]
    previous: Option<String>,
    /// The address of the page after.
    #[prop(optional_no_strip)]
    next: Option<String>,
    /// What is paged, for screen readers.
    #[prop(default = "Pages".to_owned(), into)]
    label: String,
) -> impl IntoView {
    let back = || view! { <Icon glyph=Glyph::Left/> <span>"Previous"</span> };
    let forth = || view! { <span>"Next"</span> <Icon glyph=Glyph::Right/> };
    let previous = match previous {
        Some(href) => view! { <a class="btn sm" href=href rel="prev">{back()}</a> }.into_any(),
        None => view! { <span class="btn sm" aria-disabled="true">{back()}</span> }.into_any(),
    };
    let next = match next {
        Some(href) => view! { <a class="btn sm" href=href rel="next">{forth()}</a> }.into_any(),
        None => view! { <span class="btn sm" aria-disabled="true">{forth()}</span> }.into_any(),
    };
    view! {
        <nav class="pager" aria-label=label>
            <span>{range}</span>
            <span class="push"></span>
            {previous}
            {next}
        </nav>
    }
}
