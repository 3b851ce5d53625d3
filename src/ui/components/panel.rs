//! A panel: a titled part of a page inside a hairline.

use leptos::prelude::*;

/// A section with a title, words beside it, actions at the end, a body and a foot.
#[component]
pub fn Panel(
    /// The title; an `h2`.
    #[prop(into)]
    title: String,
    /// The id of the title, unique in the page.
    #[prop(into)]
    id: String,
    /// Words beside the title.
    #[prop(optional, into)]
    note: Option<String>,
    /// What stands at the end of the head.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// What stands below the body, behind a hairline.
    #[prop(optional)]
    footer: Option<AnyView>,
    /// The body reaches the edges, for tables and lists.
    #[prop(optional)]
    flush: bool,
    /// Further classes (`todo`, `fill`).
    #[prop(optional, into)]
    class: String,
    /// The body.
    children: Children,
) -> impl IntoView {
    let labelled_by = id.clone();
    let body = if flush { children() } else { view! { <div class="body">{children()}</div> }.into_any() };
    view! {
        <section class=super::button::join_classes("panel", &class) aria-labelledby=labelled_by>
            <header>
                <h2 id=id>{title}</h2>
                {note.map(|note| view! { <span class="muted">{note}</span> })}
                {actions.map(|actions| view! { <span class="push">{actions}</span> })}
            </header>
            {body}
            {footer.map(|footer| view! { <footer>{footer}</footer> })}
        </section>
    }
}
