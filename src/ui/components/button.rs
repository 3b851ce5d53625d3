//! Buttons, links that look like buttons, and buttons that are an icon alone.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// How much a button asks for attention. One primary in a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Without an edge until the pointer is over it.
    Quiet,
    /// Takes something away; red in its words only.
    Danger,
    /// The last step of taking away for good.
    DangerSolid,
}

/// How high a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 28 px.
    Small,
    /// 32 px.
    #[default]
    Normal,
    /// 40 px, for public forms.
    Large,
}

/// What a press does in a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonType {
    /// Sends the form it stands in.
    #[default]
    Submit,
    /// Nothing by itself; a handler or `commandfor` acts.
    Button,
    /// Puts the form it stands in back to how it came.
    Reset,
}

impl ButtonType {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Button => "button",
            Self::Reset => "reset",
        }
    }
}

/// A `<button>`. Attributes such as `on:click` or `attr:formaction` go to the element.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// What a press does.
    #[prop(optional)]
    button_type: ButtonType,
    /// A symbol before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// As wide as its place.
    #[prop(optional)]
    block: bool,
    /// Further classes, for the place it stands in (`push`, `wide`, `keep`).
    #[prop(optional, into)]
    class: String,
    /// The name it sends with the form.
    #[prop(optional, into)]
    name: Option<String>,
    /// The value it sends with the form.
    #[prop(optional, into)]
    value: Option<String>,
    /// The tooltip; says why when it is disabled.
    #[prop(optional, into)]
    title: Option<String>,
    /// The full sentence for screen readers where the words alone are not enough ("Reply: Meera Joshi").
    #[prop(optional, into)]
    label: Option<String>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Something is on its way; the width stays.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The words: a verb and its object.
    children: Children,
) -> impl IntoView {
    let classes = button_class(kind, size, block, &class);
    let classes = move || if busy.get() { format!("{classes} busy") } else { classes.clone() };
    let kind_of_press = button_type.as_str();
    view! {
        <button
            class=classes
            type=kind_of_press
            name=name
            value=value
            title=title
            aria-label=label
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
        >
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span class="lbl">{children()}</span>
        </button>
    }
}

/// An `<a>` that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// A symbol before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// A symbol after the words.
    #[prop(optional)]
    icon_after: Option<Glyph>,
    /// As wide as its place.
    #[prop(optional)]
    block: bool,
    /// Further classes, for the place it stands in (`push`, `wide`, `keep`).
    #[prop(optional, into)]
    class: String,
    /// The tooltip.
    #[prop(optional, into)]
    title: Option<String>,
    /// The full sentence for screen readers where the words alone are not enough.
    #[prop(optional, into)]
    label: Option<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=button_class(kind, size, block, &class) href=href title=title aria-label=label>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span class="lbl">{children()}</span>
            {icon_after.map(|glyph| view! { <Icon glyph small=true/> })}
        </a>
    }
}

/// A button that is a symbol alone; its `label` is its name.
#[component]
pub fn IconButton(
    /// What to draw.
    glyph: Glyph,
    /// What it does.
    #[prop(into)]
    label: String,
    /// What a press does in a form.
    #[prop(default = ButtonType::Button)]
    button_type: ButtonType,
    /// Further classes.
    #[prop(optional, into)]
    class: String,
    /// The name it sends with the form.
    #[prop(optional, into)]
    name: Option<String>,
    /// The value it sends with the form.
    #[prop(optional, into)]
    value: Option<String>,
) -> impl IntoView {
    let kind_of_press = button_type.as_str();
    view! {
        <button
            class=join_classes("icon-btn", &class)
            type=kind_of_press
            name=name
            value=value
            title=label.clone()
            aria-label=label
        >
            <Icon glyph/>
        </button>
    }
}

/// A link that is a symbol alone; its `label` is its name.
#[component]
pub fn IconLink(
    /// What to draw.
    glyph: Glyph,
    /// What is there.
    #[prop(into)]
    label: String,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Further classes.
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    view! {
        <a class=join_classes("icon-btn", &class) href=href title=label.clone() aria-label=label>
            <Icon glyph/>
        </a>
    }
}

pub(super) fn button_class(kind: ButtonKind, size: ButtonSize, block: bool, extra: &str) -> String {
    let kind = match kind {
        ButtonKind::Primary => "primary",
        ButtonKind::Secondary => "",
        ButtonKind::Quiet => "quiet",
        ButtonKind::Danger => "danger",
        ButtonKind::DangerSolid => "danger solid",
    };
    let size = match size {
        ButtonSize::Small => "sm",
        ButtonSize::Normal => "",
        ButtonSize::Large => "lg",
    };
    let block = if block { "block" } else { "" };
    ["btn", kind, size, block, extra].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

pub(super) fn join_classes(base: &str, extra: &str) -> String {
    if extra.is_empty() { base.to_owned() } else { format!("{base} {extra}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_button_has_one_class() {
        assert_eq!(button_class(ButtonKind::Secondary, ButtonSize::Normal, false, ""), "btn");
    }

    #[test]
    fn every_part_of_the_class_is_separated_by_one_space() {
        let class = button_class(ButtonKind::DangerSolid, ButtonSize::Small, true, "push");
        assert_eq!(class, "btn danger solid sm block push");
    }
}
