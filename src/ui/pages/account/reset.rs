//! Setting a password by a mailed link: a new one after the old was forgotten, or the first one of an invited person.

use leptos::prelude::*;

use super::{
    entrance::{Refusal, query_value},
    fields::NewPasswordField,
};
use crate::{
    crm::accounts::server_fns::ResetPassword,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Notice, NoticeKind},
        form::{PostForm, use_form},
        title::Title,
    },
};

/// The new password, typed once: password managers and browsers show it on request.
#[component]
pub(super) fn ResetPage() -> impl IntoView {
    let token = query_value("token");
    let body = if token.is_empty() { view! { <NoToken/> }.into_any() } else { view! { <ResetForm token/> }.into_any() };
    view! {
        <Title text="Set a new password"/>
        <h1>"Set a new password"</h1>
        {body}
    }
}

#[component]
fn NoToken() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Warning>"This address lacks its key. Open the link from the mail again, or ask for a new one."</Notice>
        <AskAgain/>
    }
}

#[component]
fn ResetForm(token: String) -> impl IntoView {
    let form = use_form::<ResetPassword>();
    let token_errors = form.messages("token");
    let general = Signal::derive(move || form.refusal().get().or_else(|| token_errors.get().into_iter().next()));
    view! {
        <p class="muted">"Afterwards you are signed out everywhere, and sign in with the new one."</p>
        <Refusal text=general/>
        <PostForm form attr:class="stack form">
            <input type="hidden" name="token" value=token/>
            <NewPasswordField errors=form.messages("password")/>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true busy=form.pending()>
                "Set the password"
            </Button>
        </PostForm>
        <AskAgain/>
    }
}

#[component]
fn AskAgain() -> impl IntoView {
    view! {
        <p class="muted after">
            "The link is too old? "
            <a class="link" href="/forgot-password">
                "Ask for a new one"
            </a>
        </p>
    }
}
