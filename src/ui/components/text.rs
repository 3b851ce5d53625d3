//! Times and money as text that the server has formatted in the person's zone and language.

use leptos::prelude::*;

/// A moment: words for reading, the exact one on hover and for machines.
#[component]
pub fn Time(
    /// RFC 3339.
    #[prop(into)]
    at: String,
    /// What is read ("in 2 h", "Sat 19 Dec").
    #[prop(into)]
    text: String,
    /// The exact moment in the person's zone.
    #[prop(optional, into)]
    exact: Option<String>,
    /// Further classes.
    #[prop(optional, into)]
    class: Option<String>,
) -> impl IntoView {
    view! { <time class=class datetime=at title=exact>{text}</time> }
}

/// An amount, grouped and with its sign (`₹1,49,900`), in tabular figures.
#[component]
pub fn Money(
    /// The formatted amount.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="num nowrap">{text}</span> }
}
