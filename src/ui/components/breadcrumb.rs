//! Where the page stands. On phones only the last part stays, as the page's title.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// One part of the way; the last has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// The words.
    pub label: String,
    /// Where it leads; none for the page itself.
    pub href: Option<String>,
}

impl Crumb {
    /// A part that leads back.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// The way to the page.
#[component]
pub fn Breadcrumb(
    /// The parts, the page itself last.
    items: Vec<Crumb>,
) -> impl IntoView {
    let parts = items
        .into_iter()
        .map(|crumb| match crumb.href {
            Some(href) => view! {
                <li>
                    <a href=href>{crumb.label}</a>
                    <Icon glyph=Glyph::Right/>
                </li>
            }
            .into_any(),
            None => view! {
                <li>
                    <span aria-current="page" class="trunc">
                        {crumb.label}
                    </span>
                </li>
            }
            .into_any(),
        })
        .collect_view();
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>{parts}</ol>
        </nav>
    }
}
