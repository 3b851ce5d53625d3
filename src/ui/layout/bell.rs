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
        let name = move || match unread.get() {
            0 => "Notifications".to_owned(),
            count => format!("Notifications, {} unread", count_in_digits(count)),
        };
        let mark = move || match unread.get() {
            0 => None,
            count if count > MOST => Some(format!("{MOST}+")),
            count => Some(count.to_string()),
        };
        view! {
            <a class="icon-btn bell" href="/notifications" title="Notifications" aria-label=name>
                <Icon glyph=Glyph::Bell/>
                {move || {
                    mark().map(|text| view! { <span class="count on" aria-hidden="true">{text}</span> })
                }}
            </a>
        }
    })
}
