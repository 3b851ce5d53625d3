//! The bell of the top bar: how much is new, and the way to it.

use leptos::prelude::*;

use crate::{
    shared::page::count_in_digits,
    ui::components::{Glyph, Icon},
};

/// More than that are not counted in the small mark.
const MOST: u32 = 9;

/// How many notifications are unread, as a context of the pages that have a bell.
#[derive(Debug, Clone, Copy)]
pub struct Unread(pub RwSignal<u32>);

/// The bell with its mark. A page outside of the frame has none.
#[component]
pub(super) fn Bell() -> impl IntoView {
    use_context::<Unread>().map(|Unread(unread)| {
        let class = move || if unread.get() == 0 { "none" } else { "count on" };
        let mark = move || if unread.get() > MOST { format!("{MOST}+") } else { unread.get().to_string() };
        let words = move || format!("{} unread", count_in_digits(unread.get()));
        view! {
            <a class="icon-btn bell" href="/notifications" title="Notifications">
                <Icon glyph=Glyph::Bell/>
                <span class="sr">"Notifications, " {words}</span>
                <span class=class aria-hidden="true">
                    {mark}
                </span>
            </a>
        }
    })
}
