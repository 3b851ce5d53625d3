//! Small marks of state: pill, count, tag, tier. Never by colour alone: a word or a symbol says the same.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};
use crate::shared::page::count_in_digits;

/// A state in a word, with its symbol and tone.
#[component]
pub fn Pill(
    /// What the state means.
    #[prop(optional)]
    tone: Tone,
    /// The symbol before the word.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Without a ground, for columns of tables.
    #[prop(optional)]
    bare: bool,
    /// The exact time or the reason, on hover.
    #[prop(optional, into)]
    title: Option<String>,
    /// The word.
    children: Children,
) -> impl IntoView {
    let bare = if bare { " bare" } else { "" };
    view! {
        <span class=format!("pill {}{bare}", tone.class()) title=title>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </span>
    }
}

/// How loud a count is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeKind {
    /// Merely how many.
    #[default]
    Plain,
    /// Waits for the person.
    Accent,
    /// Late.
    Late,
}

/// How many. `label` says of what, for screen readers.
#[component]
pub fn Badge(
    /// How many.
    #[prop(into)]
    count: Signal<u32>,
    /// How loud it is.
    #[prop(optional)]
    kind: BadgeKind,
    /// Of what, such as "late".
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let class = match kind {
        BadgeKind::Plain => "count",
        BadgeKind::Accent => "count on",
        BadgeKind::Late => "count late",
    };
    view! {
        <span class=class>
            {move || count_in_digits(count.get())}
            {label.map(|label| view! { <span class="sr">{format!(" {label}")}</span> })}
        </span>
    }
}

/// A word that somebody put on a thing.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="tag">{text}</span> }
}

/// How promising a lead is. Also drawn for priorities, from low to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// 75 and more.
    Hot,
    /// 50 and more.
    Warm,
    /// 25 and more.
    Cool,
    /// Less.
    Cold,
}

impl Tier {
    const fn parts(self) -> (&'static str, Glyph, &'static str) {
        match self {
            Self::Hot => ("tier hot", Glyph::TierHot, "Hot"),
            Self::Warm => ("tier warm", Glyph::TierWarm, "Warm"),
            Self::Cool => ("tier cool", Glyph::TierCool, "Cool"),
            Self::Cold => ("tier cold", Glyph::TierCold, "Cold"),
        }
    }
}

/// Four small bars, the score and the word of the tier.
#[component]
pub fn TierMark(
    /// The tier.
    tier: Tier,
    /// The score, 0 to 100.
    #[prop(optional)]
    score: Option<u8>,
) -> impl IntoView {
    let (class, glyph, word) = tier.parts();
    let text = score.map_or_else(|| word.to_owned(), |score| format!("{score} {word}"));
    view! {
        <span class=class>
            <Icon glyph/>
            {text}
        </span>
    }
}
