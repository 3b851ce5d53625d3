//! A labelled input. The error takes the hint's place, next to the input, with or without a script.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// What an input takes; decides the type and the keyboard of phones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Any line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password, hidden.
    Password,
    /// Words to look for.
    Search,
    /// A phone number.
    Phone,
    /// A whole number.
    Number,
    /// An amount of money: a number that may have a fraction.
    Amount,
    /// A day.
    Date,
    /// A day and a time, in the person's zone.
    DateTimeLocal,
}

impl FieldKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Search => "search",
            Self::Phone => "tel",
            Self::Number | Self::Amount => "number",
            Self::Date => "date",
            Self::DateTimeLocal => "datetime-local",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::Phone => Some("tel"),
            Self::Number => Some("numeric"),
            Self::Amount => Some("decimal"),
            Self::Search => Some("search"),
            Self::Text | Self::Password | Self::Date | Self::DateTimeLocal => None,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Number | Self::Amount | Self::Date | Self::DateTimeLocal | Self::Phone => "input num",
            Self::Text | Self::Email | Self::Password | Self::Search => "input",
        }
    }
}

/// What browsers and password managers may fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Autocomplete {
    /// Nothing.
    Off,
    /// A person's full name.
    Name,
    /// An e-mail address.
    Email,
    /// The address that one signs in with.
    Username,
    /// The password that one signs in with.
    CurrentPassword,
    /// A password that is chosen now.
    NewPassword,
    /// A phone number.
    Phone,
    /// The name of a business.
    Organization,
}

impl Autocomplete {
    /// The value of the attribute.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Name => "name",
            Self::Email => "email",
            Self::Username => "username",
            Self::CurrentPassword => "current-password",
            Self::NewPassword => "new-password",
            Self::Phone => "tel",
            Self::Organization => "organization",
        }
    }
}

/// A label, an `<input>`, and its hint or error.
#[component]
pub fn Field(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name it is sent under.
    #[prop(into)]
    name: String,
    /// What it takes.
    #[prop(optional)]
    kind: FieldKind,
    /// The id; needed where a page has two fields of one name.
    #[prop(optional, into)]
    id: Option<String>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// A sentence below it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Words after the label, such as "optional, for WhatsApp".
    #[prop(optional, into)]
    aside: Option<String>,
    /// What is wrong with it, one sentence each.
    #[prop(optional, into)]
    errors: Signal<Vec<String>>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Cannot be changed now.
    #[prop(optional)]
    disabled: bool,
    /// What browsers may fill in.
    #[prop(optional)]
    autocomplete: Option<Autocomplete>,
    /// An example; never the label.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The least value, for numbers and dates.
    #[prop(optional, into)]
    min: Option<String>,
    /// The greatest value, for numbers and dates.
    #[prop(optional, into)]
    max: Option<String>,
    /// The step of numbers.
    #[prop(optional, into)]
    step: Option<String>,
    /// The most characters.
    #[prop(optional)]
    max_length: Option<u32>,
    /// The fewest characters.
    #[prop(optional)]
    min_length: Option<u32>,
    /// A symbol inside, at the start.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// What stands at the end of the label's line, such as the link "Forgot it?".
    #[prop(optional)]
    label_end: Option<AnyView>,
    /// Further classes, for its place in a grid (`wide2`).
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("f-{name}"));
    let described = description_of(&id, hint.is_some(), errors);
    let input = view! {
        <input
            class=kind.class()
            id=id.clone()
            type=kind.input_type()
            inputmode=kind.input_mode()
            name=name
            value=value
            required=required
            disabled=disabled
            autocomplete=autocomplete.map(Autocomplete::token)
            placeholder=placeholder
            min=min
            max=max
            step=step
            maxlength=max_length.map(|length| length.to_string())
            minlength=min_length.map(|length| length.to_string())
            aria-invalid=move || is_invalid(errors)
            aria-describedby=described
        />
    };
    let input = match icon {
        Some(glyph) => view! { <div class="with-icon"><Icon glyph/>{input}</div> }.into_any(),
        None => input.into_any(),
    };
    view! {
        <FieldFrame id label aside hint errors class label_end>
            {input}
        </FieldFrame>
    }
}

/// What stands around a control: its label with words after it, and below it the hint or the error.
#[component]
pub(in crate::ui) fn FieldFrame(
    /// The id of the control.
    id: String,
    label: String,
    aside: Option<String>,
    hint: Option<String>,
    errors: Signal<Vec<String>>,
    class: String,
    /// What stands at the end of the label's line.
    #[prop(optional_no_strip)]
    label_end: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let label = view! {
        <label for=id.clone()>
            {label}
            {aside.map(|aside| view! { <span class="opt">{format!(" ({aside})")}</span> })}
        </label>
    };
    let label = match label_end {
        Some(end) => view! { <div class="row lab">{label} <span class="push">{end}</span></div> }.into_any(),
        None => label.into_any(),
    };
    view! {
        <div class=super::button::join_classes("field", &class)>
            {label}
            {children()}
            <FieldNote id hint errors/>
        </div>
    }
}

/// The hint, or in its place what is wrong.
#[component]
pub(in crate::ui) fn FieldNote(id: String, hint: Option<String>, errors: Signal<Vec<String>>) -> impl IntoView {
    let note = move || {
        let found = errors.get();
        if !found.is_empty() {
            let sentence = found.join(" ");
            return view! {
                <p class="error" id=format!("{id}-error")>
                    <Icon glyph=Glyph::Late small=true/>
                    <span>{sentence}</span>
                </p>
            }
            .into_any();
        }
        hint.clone().map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> }).into_any()
    };
    view! { {note} }
}

/// What `aria-describedby` of a control points to.
pub(in crate::ui) fn description_of(
    id: &str,
    has_hint: bool,
    errors: Signal<Vec<String>>,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
    let id = id.to_owned();
    move || {
        if !errors.get().is_empty() {
            return Some(format!("{id}-error"));
        }
        has_hint.then(|| format!("{id}-hint"))
    }
}

/// What `aria-invalid` of a control says.
pub(in crate::ui) fn is_invalid(errors: Signal<Vec<String>>) -> Option<&'static str> {
    (!errors.get().is_empty()).then_some("true")
}
