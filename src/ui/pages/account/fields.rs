//! The fields that several account pages ask for in the same words.

use leptos::prelude::*;

use crate::ui::components::{Autocomplete, Field, FieldKind};

/// The address that one signs in with.
#[component]
pub(super) fn EmailField(
    /// What stands in it at first.
    value: String,
    /// What is wrong with it.
    errors: Signal<Vec<String>>,
) -> impl IntoView {
    view! {
        <Field
            label="Email"
            name="email"
            kind=FieldKind::Email
            value
            errors
            autocomplete=Autocomplete::Username
            required=true
        />
    }
}

/// A password that is chosen now, with what makes a good one.
#[component]
pub(super) fn NewPasswordField(
    /// What is asked for.
    #[prop(default = "New password")]
    label: &'static str,
    /// What is wrong with it.
    errors: Signal<Vec<String>>,
) -> impl IntoView {
    view! {
        <Field
            label
            name="password"
            kind=FieldKind::Password
            errors
            hint="At least 10 characters; a few words in a row are good."
            autocomplete=Autocomplete::NewPassword
            min_length=10
            max_length=128
            required=true
        />
    }
}
