//! One of a few, side by side: as links that change the address, or as radio buttons of a form.

use leptos::prelude::*;

use super::{Glyph, Icon, RadioChoice};

/// One segment that is a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What is read.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// A symbol before the words.
    pub icon: Option<Glyph>,
    /// Whether this is what is shown now.
    pub current: bool,
}

/// Segments that are links, such as list and board.
#[component]
pub fn Segmented(
    /// What is chosen here, for screen readers.
    #[prop(into)]
    label: String,
    /// The segments.
    items: Vec<Segment>,
) -> impl IntoView {
    let segments = items
        .into_iter()
        .map(|item| {
            view! {
                <a href=item.href aria-current=item.current.then_some("true")>
                    {item.icon.map(|glyph| view! { <Icon glyph/> })}
                    {item.label}
                </a>
            }
        })
        .collect_view();
    view! { <div class="seg" role="group" aria-label=label>{segments}</div> }
}

/// Segments that are the answer to a question of a form.
#[component]
pub fn RadioSegments(
    /// The question, for screen readers.
    #[prop(into)]
    label: String,
    /// The name the answer is sent under.
    #[prop(into)]
    name: String,
    /// The answers.
    choices: Vec<RadioChoice>,
    /// The value that is chosen at first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let segments = choices
        .into_iter()
        .map(|choice| {
            let checked = choice.value == value;
            view! {
                <label>
                    <input type="radio" name=name.clone() value=choice.value checked=checked/>
                    {choice.label}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="seg">
            <legend class="sr">{label}</legend>
            {segments}
        </fieldset>
    }
}
