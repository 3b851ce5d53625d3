//! What a home says of the viewer's own tickets and conversations.

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

/// A sentence about what is not read in conversations, and the way there.
#[component]
pub fn ChatNotice(
    /// The sentence.
    words: String,
) -> impl IntoView {
    view! {
        <Notice icon=Glyph::Chat>
            {words}
            " "
            <a class="link" href="/chat?show=unread">
                "Read them"
            </a>
        </Notice>
    }
}
