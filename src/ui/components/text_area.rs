//! A labelled text of several lines. It grows with what is written.

use leptos::prelude::*;

use super::field::{FieldFrame, description_of, is_invalid};

/// A label, a `<textarea>`, and its hint or error.
#[component]
pub fn TextArea(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name it is sent under.
    #[prop(into)]
    name: String,
    /// The id; needed where a page has two fields of one name.
    #[prop(optional, into)]
    id: Option<String>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// A sentence below it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Words after the label, such as "optional".
    #[prop(optional, into)]
    aside: Option<String>,
    /// What is wrong with it, one sentence each.
    #[prop(optional, into)]
    errors: Signal<Vec<String>>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// An example; never the label.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The most characters.
    #[prop(optional)]
    max_length: Option<u32>,
    /// How many lines it shows at first.
    #[prop(default = 3)]
    rows: u32,
    /// Further classes, for its place in a grid (`wide2`).
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("f-{name}"));
    let described = description_of(&id, hint.is_some(), errors);
    view! {
        <FieldFrame id=id.clone() label aside hint errors class>
            <textarea
                class="input"
                id=id
                name=name
                rows=rows.to_string()
                required=required
                placeholder=placeholder
                maxlength=max_length.map(|length| length.to_string())
                aria-invalid=move || is_invalid(errors)
                aria-describedby=described
            >
                {value}
            </textarea>
        </FieldFrame>
    }
}
