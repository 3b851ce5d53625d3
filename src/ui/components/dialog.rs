//! Native dialogs. Buttons open and close them by `command`, which needs no script; where a browser does not know
//! it yet, the page renders the dialog open at an address of its own (`open`).

use leptos::prelude::*;

use super::{ButtonKind, ButtonSize, Glyph, Icon, button::button_class};

/// A dialog. The title is the question; the primary verb in the footer repeats it.
#[component]
pub fn Dialog(
    /// The id that [`OpenDialog`] and [`CloseDialog`] name.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    title: String,
    /// Open at first, for a form that came back with errors and for pages without a script.
    #[prop(optional)]
    open: bool,
    /// Where the close button leads when the page has opened it.
    #[prop(optional, into)]
    close_href: Option<String>,
    /// What follows, fields, and a `<footer>` with the buttons: usually one form.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    let close = match close_href.filter(|_| open) {
        Some(href) => view! {
            <a class="icon-btn" href=href aria-label="Close">
                <Icon glyph=Glyph::Close/>
            </a>
        }
        .into_any(),
        None => view! {
            <button class="icon-btn" type="button" commandfor=id.clone() command="close" aria-label="Close">
                <Icon glyph=Glyph::Close/>
            </button>
        }
        .into_any(),
    };
    view! {
        <dialog class="dialog" id=id open=open aria-labelledby=labelled_by>
            <header>
                <h2 id=title_id>{title}</h2>
                {close}
            </header>
            {children()}
        </dialog>
    }
}

/// A button that opens a [`Dialog`] over the page.
#[component]
pub fn OpenDialog(
    /// The id of the dialog.
    #[prop(into)]
    dialog: String,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// A symbol before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Further classes.
    #[prop(optional, into)]
    class: String,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button class=button_class(kind, size, false, &class) type="button" commandfor=dialog command="show-modal">
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span class="lbl">{children()}</span>
        </button>
    }
}

/// A button that closes a [`Dialog`] and changes nothing.
#[component]
pub fn CloseDialog(
    /// The id of the dialog.
    #[prop(into)]
    dialog: String,
    /// The words ("Not yet").
    children: Children,
) -> impl IntoView {
    view! {
        <button class="btn" type="button" commandfor=dialog command="close">
            {children()}
        </button>
    }
}
