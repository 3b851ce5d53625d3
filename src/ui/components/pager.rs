//! Previous and next of a list. The addresses carry keyset cursors, so a page stays right while rows are added.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The range, the whole, and the two links. A link that leads nowhere stays in its place; where there is one page only, both are
/// left out.
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
    let links = (previous.is_some() || next.is_some()).then(|| {
        view! {
            <PageLink href=previous rel="prev">
                <Icon glyph=Glyph::Left/>
                <span>"Previous"</span>
            </PageLink>
            <PageLink href=next rel="next">
                <span>"Next"</span>
                <Icon glyph=Glyph::Right/>
            </PageLink>
        }
    });
    view! {
        <nav class="pager" aria-label=label>
            <span>{range}</span>
            <span class="push"></span>
            {links}
        </nav>
    }
}

#[component]
fn PageLink(href: Option<String>, rel: &'static str, children: Children) -> impl IntoView {
    match href {
        Some(href) => view! { <a class="btn sm" href=href rel=rel>{children()}</a> }.into_any(),
        None => view! { <span class="btn sm" aria-disabled="true">{children()}</span> }.into_any(),
    }
}
