//! Light or dark. The cookie `theme` holds what the person chose; without it the system decides.

use leptos::{prelude::*, web_sys::SubmitEvent};

use crate::ui::{
    components::{Glyph, Icon},
    form::post_in_place,
};

/// What a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Reads the cookie or the field `theme`; anything unknown is the system's choice.
    #[must_use]
    pub fn from_value(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The value of `data-theme` on `<html>`; none when the system decides.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    const fn look(self) -> (&'static str, &'static str, Glyph) {
        match self {
            Self::System => ("system", "System", Glyph::Monitor),
            Self::Light => ("light", "Light", Glyph::Sun),
            Self::Dark => ("dark", "Dark", Glyph::Moon),
        }
    }
}

/// Three buttons of one form that posts `theme` and `back` to `/theme`; with script the page stays, and what is typed in it.
#[component]
pub fn ThemeSwitch(
    /// What is chosen now.
    theme: Theme,
    /// The path to come back to.
    #[prop(into)]
    back: Signal<String>,
) -> impl IntoView {
    let chosen = RwSignal::new(theme);
    let buttons = Theme::ALL
        .into_iter()
        .map(|choice| {
            let (value, label, glyph) = choice.look();
            let pressed = move || if choice == chosen.get() { "true" } else { "false" };
            view! {
                <button type="submit" name="theme" value=value aria-pressed=pressed>
                    <Icon glyph small=true/>
                    {label}
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="seg theme" method="post" action="/theme" aria-label="Theme" on:submit=move |event| choose(&event, chosen)>
            <input type="hidden" name="back" value=move || back.get()/>
            {buttons}
        </form>
    }
}

fn choose(event: &SubmitEvent, chosen: RwSignal<Theme>) {
    let Some(button) = event.submitter() else { return };
    let theme = Theme::from_value(&button.get_attribute("value").unwrap_or_default());
    post_in_place("/theme", event);
    let Some(root) = document().document_element() else { return };
    // A page whose theme cannot be set keeps the one it has until it is loaded again.
    let set = match theme.attribute() {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    };
    if set.is_ok() {
        chosen.set(theme);
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn an_unknown_theme_leaves_the_choice_to_the_system() {
        assert_eq!(Theme::from_value("light"), Theme::Light);
        assert_eq!(Theme::from_value("dark"), Theme::Dark);
        assert_eq!(Theme::from_value("\"><script>"), Theme::System);
        assert_eq!(Theme::System.attribute(), None);
    }
}
