//! Signing in.

use leptos::prelude::*;

use super::{
    entrance::{Done, Guests, Refusal, next_path},
    fields::EmailField,
};
use crate::{
    crm::accounts::server_fns::SignIn,
    shared::error::AppError,
    ui::{
        components::{Autocomplete, Button, ButtonKind, ButtonSize, Field, FieldKind, Glyph, Notice},
        form::{FormState, PostForm, use_form},
    },
};

/// E-mail and password; goes on to `next`.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    view! {
        <Guests title="Sign in" question="New here?" other=("/register", "Create an account")>
            <SignInForm/>
        </Guests>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let form = use_form::<SignIn>();
    let next = next_path();
    let comes_back = !next.is_empty() && form.error().get_untracked().is_none() && form.notice().is_none();
    let password_errors = password_errors(form);
    let general = Signal::derive(move || form.refusal().get().filter(|_| !is_mismatch(form)));
    let forgot = view! {
        <a class="link" href="/forgot-password">
            "Forgot it?"
        </a>
    };
    view! {
        <Done/>
        <Refusal text=general/>
        {comes_back.then(|| view! { <Notice icon=Glyph::Lock>"Sign in first; then you are back at the page you asked for."</Notice> })}
        <PostForm form attr:class="stack form">
            <input type="hidden" name="next" value=next/>
            <EmailField value=form.value("email", "") errors=form.messages("email")/>
            <Field
                label="Password"
                name="password"
                kind=FieldKind::Password
                errors=password_errors
                autocomplete=Autocomplete::CurrentPassword
                label_end=forgot.into_any()
                required=true
            />
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true busy=form.pending()>
                "Sign in"
            </Button>
        </PostForm>
    }
}

/// That address and password do not belong together is said at the password, which has to be typed again anyway.
fn password_errors(form: FormState) -> Signal<Vec<String>> {
    let messages = form.messages("password");
    Signal::derive(move || match form.error().get() {
        Some(AppError::SignInRefused(message)) => vec![message],
        _ => messages.get(),
    })
}

fn is_mismatch(form: FormState) -> bool {
    matches!(form.error().get(), Some(AppError::SignInRefused(_)))
}
