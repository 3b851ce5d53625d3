//! What a home says of the viewer's own tickets and conversations.

use leptos::prelude::*;

use crate::ui::components::{Glyph, Notice};

/// A sentence about tickets, and the way there.
#[component]
pub fn HelpNotice(
    /// The sentence.
    words: String,
) -> impl IntoView {
    notice(Glyph::Ticket, words, ("/tickets?view=open", "See your tickets"))
}

/// A sentence about what is not read in conversations, and the way there.
#[component]
pub fn ChatNotice(
    /// The sentence.
    words: String,
) -> impl IntoView {
    notice(Glyph::Chat, words, ("/chat?show=unread", "Read them"))
}

fn notice(icon: Glyph, words: String, (href, verb): (&'static str, &'static str)) -> impl IntoView {
    view! {
        <Notice icon>
            {words}
            " "
            <a class="link" href=href>
                {verb}
            </a>
        </Notice>
    }
}
