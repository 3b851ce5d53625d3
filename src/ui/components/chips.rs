//! Quick filters: each chip is a link that switches one filter on or off.

use leptos::{html, prelude::*};

use super::{Glyph, Icon, close_when_left};

/// One quick filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterChip {
    /// The words.
    pub label: String,
    /// How many fit.
    pub count: Option<u32>,
    /// The address with the filter switched over.
    pub href: String,
    /// Whether it is on.
    pub active: bool,
}

/// A row of quick filters that scrolls sideways where it does not fit.
#[component]
pub fn FilterChips(
    /// What is filtered, for screen readers.
    #[prop(default = "Quick filters".to_owned(), into)]
    label: String,
    /// The filters.
    items: Vec<FilterChip>,
) -> impl IntoView {
    let chips = items
        .into_iter()
        .map(|chip| {
            let class = if chip.active { "chip on" } else { "chip" };
            view! {
                <a class=class href=chip.href aria-current=chip.active.then_some("true")>
                    {chip.label}
                    {chip.count.map(|count| view! { <span class="num">{count}</span> })}
                    {chip.active.then(|| view! { <Icon glyph=Glyph::Close label="Remove this filter"/> })}
                </a>
            }
        })
        .collect_view();
    view! { <div class="chips" role="group" aria-label=label>{chips}</div> }
}

/// A chip that opens a menu: of links that filter, or of a whole form.
#[component]
pub fn ChipMenu(
    /// The words.
    #[prop(into)]
    label: String,
    /// A symbol before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Whether something of it is on.
    #[prop(optional)]
    active: bool,
    /// What it opens.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    close_when_left(node);
    view! {
        <details class="menu-box start" node_ref=node>
            <summary class=if active { "chip on" } else { "chip" }>
                {icon.map(|glyph| view! { <Icon glyph/> })}
                {label}
                <Icon glyph=Glyph::Down/>
            </summary>
            <div class="menu">{children()}</div>
        </details>
    }
}
