//! Colour, type and icons.

use leptos::prelude::*;

use super::Section;
use crate::ui::components::{Glyph, Icon, Tone};

const GROUNDS: [(&str, &str); 12] = [
    ("Canvas", "canvas"),
    ("Surface", "surface"),
    ("Raised", "raised"),
    ("Fill", "fill"),
    ("Fill strong", "fill-strong"),
    ("Line", "line"),
    ("Line control", "line-control"),
    ("Ink 3", "ink-3"),
    ("Ink 2", "ink-2"),
    ("Ink", "ink"),
    ("Accent", "accent"),
    ("Accent soft", "accent-soft"),
];

const TONES: [(Tone, &str, &str); 6] = [
    (Tone::Info, "Info", "new, pending"),
    (Tone::Violet, "Violet", "contacted, in review"),
    (Tone::Amber, "Amber", "interested, due"),
    (Tone::Green, "Green", "converted, verified"),
    (Tone::Red, "Red", "late, failed"),
    (Tone::Grey, "Grey", "paused, closed"),
];

const SERIES: [&str; 5] = ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5"];

const TYPES: [(&str, &str, &str); 5] = [
    ("48 / 620", "t48", "Kedarkantha winter trek"),
    ("20 / 620", "t20", "Seven people wait for your answer"),
    ("14 / 620", "t14", "Where leads come from"),
    ("13 / 420", "t13", "Asked whether the two Leh rest days are included · क्या दो दिन शामिल हैं?"),
    ("12 / 520", "t12", "Last activity"),
];

/// What everything else is made of.
#[component]
pub(super) fn Looks() -> impl IntoView {
    view! {
        <Section
            id="colour"
            title="Colour"
            rule="95 % neutral. One accent for the one thing to do. Red means late or failed and nothing else."
        >
            <Colours/>
        </Section>
        <Section
            id="type"
            title="Type"
            rule="Inter variable, weights 420, 520, 620. Size says level, weight says importance, colour says less important."
        >
            <Types/>
        </Section>
        <Section
            id="icons"
            title="Icons"
            rule="16 px on a 24 grid, 1.75 stroke, current colour; always with a word, or an aria-label when alone."
        >
            <ul class="icons">
                {Glyph::ALL.map(|glyph| view! { <li title=glyph.id()><Icon glyph/></li> }).collect_view()}
            </ul>
        </Section>
    }
}

#[component]
fn Colours() -> impl IntoView {
    let grounds = GROUNDS.map(|(name, token)| {
        view! { <li><span class=format!("swatch {token}")></span><b>{name}</b><code>{token}</code></li> }
    });
    let tones = TONES.map(|(tone, name, meaning)| {
        view! {
            <li>
                <span class=format!("tri {}", tone.class())><i></i><i></i><i></i></span>
                <b>{name}</b>
                <code>{meaning}</code>
            </li>
        }
    });
    let series = SERIES.map(|token| {
        view! { <li><span class=format!("swatch {token}")></span><code>{token}</code></li> }
    });
    view! {
        <ul class="swatches">{grounds.collect_view()}</ul>
        <ul class="swatches tones">{tones.collect_view()}</ul>
        <ul class="swatches five">{series.collect_view()}</ul>
    }
}

#[component]
fn Types() -> impl IntoView {
    let lines = TYPES.map(|(size, class, text)| view! { <div><dt>{size}</dt><dd class=class>{text}</dd></div> });
    view! {
        <dl class="types">
            {lines.collect_view()}
            <div>
                <dt>"Figures"</dt>
                <dd>
                    <span class="figs num strong">
                        <span>"₹18,42,500"</span>
                        <span>"₹6,37,450"</span>
                        <span>"₹37,800"</span>
                    </span>
                </dd>
            </div>
        </dl>
    }
}
