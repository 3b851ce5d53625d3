//! A notice in the page, next to what it concerns.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know.
    #[default]
    Info,
    /// Done.
    Success,
    /// Needs attention soon.
    Warning,
    /// Went wrong.
    Error,
}

impl NoticeKind {
    const fn look(self) -> (Option<Tone>, Glyph, &'static str) {
        match self {
            Self::Info => (None, Glyph::Info, "status"),
            Self::Success => (Some(Tone::Green), Glyph::Check, "status"),
            Self::Warning => (Some(Tone::Amber), Glyph::Alert, "status"),
            Self::Error => (Some(Tone::Red), Glyph::Late, "alert"),
        }
    }
}

/// A box with a symbol, a sentence and at most one action.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    kind: NoticeKind,
    /// Another symbol than that of the kind.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// The first words, in bold.
    #[prop(optional, into)]
    title: Option<String>,
    /// What to do about it.
    #[prop(optional)]
    action: Option<AnyView>,
    /// The sentence.
    children: Children,
) -> impl IntoView {
    let (tone, glyph, role) = kind.look();
    let class = tone.map_or_else(|| "note".to_owned(), |tone| format!("note {}", tone.class()));
    view! {
        <div class=class role=role>
            <Icon glyph=icon.unwrap_or(glyph)/>
            <p>
                {title.map(|title| view! { <strong>{title}</strong>" " })}
                {children()}
            </p>
            {action}
        </div>
    }
}
