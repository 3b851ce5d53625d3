//! Tabs are links: the address says which one is open.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many are behind it.
    pub count: Option<u32>,
    /// Whether it is open now.
    pub current: bool,
}

/// A row of tabs that scrolls sideways where it does not fit.
#[component]
pub fn Tabs(
    /// What is chosen here, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs.
    items: Vec<Tab>,
    /// Further classes (`tl-tabs`).
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let tabs = items
        .into_iter()
        .map(|tab| {
            view! {
                <a class="tab" href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.label}
                    " "
                    {tab.count.map(|count| view! { <span class="count">{count}</span> })}
                </a>
            }
        })
        .collect_view();
    view! { <nav class=super::button::join_classes("tabs", &class) aria-label=label>{tabs}</nav> }
}
