//! What a home says of the viewer's own tickets.

use leptos::prelude::*;

use crate::ui::components::{Glyph, Notice};

/// A sentence about them, and the way there.
#[component]
pub fn HelpNotice(
    /// The sentence.
    words: String,
) -> impl IntoView {
    view! {
        <Notice icon=Glyph::Ticket>
            {words}
            " "
            <a class="link" href="/tickets?view=open">
                "See your tickets"
            </a>
        </Notice>
    }
}
