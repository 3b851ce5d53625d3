//! A symbol of the sprite, drawn in the colour of the text around it.

use leptos::prelude::*;

use super::Glyph;

/// Draws one symbol. Give a `label` where it stands alone; beside a word it is hidden from screen readers.
#[component]
pub fn Icon(
    /// What to draw.
    glyph: Glyph,
    /// 14 px instead of 16.
    #[prop(optional)]
    small: bool,
    /// What the symbol says when no word stands beside it.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let class = match (glyph.is_mark(), small) {
        (true, _) => "m",
        (false, true) => "i s",
        (false, false) => "i",
    };
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg class=class aria-hidden=hidden role=role aria-label=label>
            <use_ href=format!("/icons.svg#{}", glyph.id())></use_>
        </svg>
    }
}
