//! Choices that are seen all at once: a checkbox, and groups of radio buttons, plain or as cards.

use leptos::prelude::*;

use super::{
    Glyph, Icon,
    field::{FieldNote, description_of, is_invalid},
};

/// A checkbox with its words.
#[component]
pub fn Checkbox(
    /// What is agreed to or switched on.
    #[prop(into)]
    label: String,
    /// The name it is sent under when it is ticked.
    #[prop(into)]
    name: String,
    /// What is sent when it is ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    /// The id; needed where a page has several of one name.
    #[prop(optional, into)]
    id: Option<String>,
    /// Ticked at first.
    #[prop(optional)]
    checked: bool,
    /// Must be ticked.
    #[prop(optional)]
    required: bool,
    /// A sentence below it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    errors: Signal<Vec<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("f-{name}"));
    let described = description_of(&id, hint.is_some(), errors);
    view! {
        <div class="field">
            <label class="choice" for=id.clone()>
                <input
                    class="check"
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value=value
                    checked=checked
                    required=required
                    aria-invalid=move || is_invalid(errors)
                    aria-describedby=described
                />
                {label}
            </label>
            <FieldNote id hint errors/>
        </div>
    }
}

/// One of the choices of a [`RadioGroup`] or of [`RadioSegments`](super::RadioSegments).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioChoice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A sentence below the words.
    pub hint: Option<String>,
}

impl RadioChoice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// The same choice with a sentence below it.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Radio buttons under one question.
#[component]
pub fn RadioGroup(
    /// The question.
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
    /// What is wrong with the answer.
    #[prop(optional, into)]
    errors: Signal<Vec<String>>,
) -> impl IntoView {
    let id = format!("f-{name}");
    let answers = choices
        .into_iter()
        .map(|choice| {
            let checked = choice.value == value;
            view! {
                <label class="choice">
                    <input class="check" type="radio" name=name.clone() value=choice.value checked=checked/>
                    <span>
                        {choice.label}
                        {choice.hint.map(|hint| view! { <span class="hint">{hint}</span> })}
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <Question id label errors>
            {answers}
        </Question>
    }
}

/// One of a few answers that are worth a card each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioCard {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A sentence below the words.
    pub hint: String,
    /// The symbol above the words.
    pub icon: Glyph,
}

impl RadioCard {
    /// A card.
    pub fn new(value: impl Into<String>, label: impl Into<String>, hint: impl Into<String>, icon: Glyph) -> Self {
        Self { value: value.into(), label: label.into(), hint: hint.into(), icon }
    }
}

/// Radio buttons as cards side by side; each card is the label of its button.
#[component]
pub fn ChoiceCards(
    /// The question.
    #[prop(into)]
    label: String,
    /// The name the answer is sent under.
    #[prop(into)]
    name: String,
    /// The answers.
    cards: Vec<RadioCard>,
    /// The value that is chosen at first.
    #[prop(optional, into)]
    value: String,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    errors: Signal<Vec<String>>,
) -> impl IntoView {
    let id = format!("f-{name}");
    let answers = cards
        .into_iter()
        .map(|card| {
            let (checked, hint_id) = (card.value == value, format!("{id}-{}-hint", card.value));
            view! {
                <label class="choice-card">
                    <input
                        class="check"
                        type="radio"
                        name=name.clone()
                        value=card.value
                        checked=checked
                        aria-describedby=hint_id.clone()
                    />
                    <Icon glyph=card.icon/>
                    <b>{card.label}</b>
                    <span class="hint" id=hint_id aria-hidden="true">
                        {card.hint}
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <Question id label errors>
            <div class="choice-cards">{answers}</div>
        </Question>
    }
}

/// The question above answers, and below them what is wrong.
#[component]
fn Question(id: String, label: String, errors: Signal<Vec<String>>, children: Children) -> impl IntoView {
    let described = description_of(&id, false, errors);
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="label">{label}</legend>
            {children()}
            <FieldNote id hint=None errors/>
        </fieldset>
    }
}
