//! What every frame begins with: the way past it, and the name that leads to the front page.

use leptos::prelude::*;

use crate::ui::components::{Glyph, Icon};

/// Leads keyboards past the frame, to the page.
#[component]
pub(super) fn SkipLink() -> impl IntoView {
    view! {
        <a class="skip" href="#main">
            "Skip to content"
        </a>
    }
}

/// The mark and the name.
#[component]
pub(super) fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <span class="mark">
                <Icon glyph=Glyph::Logo/>
            </span>
            <b>"Trek-Tribe"</b>
        </a>
    }
}
