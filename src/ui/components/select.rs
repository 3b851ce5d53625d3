//! A labelled choice of one among several, as a native list.

use leptos::prelude::*;

use super::field::{FieldFrame, description_of, is_invalid};

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Shown, but not to be chosen.
    pub disabled: bool,
}

impl SelectOption {
    /// A line that can be chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), disabled: false }
    }
}

/// A label, a `<select>`, and its hint or error.
#[component]
pub fn Select(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name it is sent under.
    #[prop(into)]
    name: String,
    /// The lines.
    options: Vec<SelectOption>,
    /// The value that is chosen at first.
    #[prop(optional, into)]
    value: String,
    /// The line for "nothing chosen", sent as an empty value.
    #[prop(optional, into)]
    blank: Option<String>,
    /// The id; needed where a page has two fields of one name.
    #[prop(optional, into)]
    id: Option<String>,
    /// A sentence below it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Words after the label, such as "optional".
    #[prop(optional, into)]
    aside: Option<String>,
    /// What is wrong with it, one sentence each.
    #[prop(optional, into)]
    errors: Signal<Vec<String>>,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Further classes, for its place in a grid (`wide2`).
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("f-{name}"));
    let described = description_of(&id, hint.is_some(), errors);
    let blank = blank.map(|label| SelectOption::new("", label));
    let lines = blank
        .into_iter()
        .chain(options)
        .map(|line| {
            let selected = line.value == value;
            view! {
                <option value=line.value selected=selected disabled=line.disabled>
                    {line.label}
                </option>
            }
        })
        .collect_view();
    view! {
        <FieldFrame id=id.clone() label aside hint errors class>
            <select
                class="input"
                id=id
                name=name
                required=required
                aria-invalid=move || is_invalid(errors)
                aria-describedby=described
            >
                {lines}
            </select>
        </FieldFrame>
    }
}
