//! A menu at its button. `<details>` opens it without any script; with one, Esc and a press elsewhere close it.

use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::{ButtonKind, ButtonSize, Glyph, Icon, button::button_class};
use crate::ui::window::on_window;

/// Where a menu opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MenuPlace {
    /// Below, flush with the end of the button.
    #[default]
    BelowEnd,
    /// Below, flush with the start of the button.
    BelowStart,
    /// Above, flush with the end of the button.
    AboveEnd,
    /// Above, flush with the start of the button.
    AboveStart,
}

/// A button with a list of verbs.
#[component]
pub fn Menu(
    /// The words of the button; its name for screen readers where `icon_only`.
    #[prop(into)]
    label: String,
    /// The symbol of the button.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Shows the symbol alone.
    #[prop(optional)]
    icon_only: bool,
    /// How much the button asks for attention.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
    /// How high the button is.
    #[prop(default = ButtonSize::Small)]
    size: ButtonSize,
    /// Where the menu opens.
    #[prop(optional)]
    place: MenuPlace,
    /// [`MenuLink`]s, [`MenuButton`]s in their forms, [`MenuCaption`]s, `<hr/>`.
    children: Children,
) -> impl IntoView {
    let place = match place {
        MenuPlace::BelowEnd => "menu-box",
        MenuPlace::BelowStart => "menu-box start",
        MenuPlace::AboveEnd => "menu-box up",
        MenuPlace::AboveStart => "menu-box up start",
    };
    let node = NodeRef::<html::Details>::new();
    close_when_left(node);
    let glyph = icon.unwrap_or(Glyph::More);
    let summary = if icon_only {
        view! { <summary class="icon-btn" aria-label=label.clone() title=label><Icon glyph/></summary> }.into_any()
    } else {
        view! {
            <summary class=button_class(kind, size, false, "")>
                {icon.map(|glyph| view! { <Icon glyph/> })}
                <span>{label}</span>
                <Icon glyph=Glyph::Down small=true/>
            </summary>
        }
        .into_any()
    };
    view! {
        <details class=place node_ref=node>
            {summary}
            <div class="menu">{children()}</div>
        </details>
    }
}

/// Closes a `<details>` on Esc (the focus goes back to its button) and on a press elsewhere.
pub fn close_when_left(node: NodeRef<html::Details>) {
    on_window(ev::pointerdown, move |event| {
        let Some(details) = node.get_untracked() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if details.open() && !details.contains(target.as_ref()) {
            details.set_open(false);
        }
    });
    on_window(ev::keydown, move |event| {
        let Some(details) = node.get_untracked() else { return };
        if details.open() && event.key() == "Escape" {
            details.set_open(false);
            focus_summary(&details);
        }
    });
}

fn focus_summary(details: &web_sys::HtmlDetailsElement) {
    let summary = details.first_element_child().and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(summary) = summary {
        // An element that cannot take the focus leaves it where it is, which is no error.
        drop(summary.focus());
    }
}

/// Words above a group of lines.
#[component]
pub fn MenuCaption(
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="cap">{text}</span> }
}

/// A line that leads somewhere.
#[component]
pub fn MenuLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The symbol.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="item" href=href>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </a>
    }
}

/// A line that sends the form it stands in.
#[component]
pub fn MenuButton(
    /// The symbol.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// The name it sends with the form.
    #[prop(optional, into)]
    name: Option<String>,
    /// The value it sends with the form.
    #[prop(optional, into)]
    value: Option<String>,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// The verb.
    children: Children,
) -> impl IntoView {
    let class = if danger { "item danger" } else { "item" };
    view! {
        <button class=class type="submit" name=name value=value>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </button>
    }
}
