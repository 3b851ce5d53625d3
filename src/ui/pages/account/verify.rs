//! Confirming an address. Opening the link changes nothing, since mail programs open links too: a press does.

use leptos::prelude::*;

use super::entrance::{Done, Refusal, query_value};
use crate::{
    crm::accounts::server_fns::VerifyEmail,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Glyph, Notice},
        form::{PostForm, use_form},
        title::Title,
    },
};

/// With a key the button that confirms; without one the request to look into the mail.
#[component]
pub(super) fn VerifyPage() -> impl IntoView {
    let token = query_value("token");
    let body =
        if token.is_empty() { view! { <LookIntoMail/> }.into_any() } else { view! { <VerifyForm token/> }.into_any() };
    view! {
        <Title text="Confirm your address"/>
        <h1>"Confirm your address"</h1>
        <Done/>
        {body}
    }
}

#[component]
fn LookIntoMail() -> impl IntoView {
    view! {
        <Notice icon=Glyph::Mail title="Look into your mail.">"We have sent you a link; your account begins when you follow it."</Notice>
        <Elsewhere/>
    }
}

#[component]
fn VerifyForm(token: String) -> impl IntoView {
    let form = use_form::<VerifyEmail>();
    let token_errors = form.messages("token");
    let general = Signal::derive(move || form.refusal().get().or_else(|| token_errors.get().into_iter().next()));
    view! {
        <p class="muted">"One press, and your account begins."</p>
        <Refusal text=general/>
        <PostForm form attr:class="stack form">
            <input type="hidden" name="token" value=token/>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true busy=form.pending()>
                "Confirm and go on"
            </Button>
        </PostForm>
        <Elsewhere/>
    }
}

#[component]
fn Elsewhere() -> impl IntoView {
    view! {
        <p class="muted after">
            "Nothing came? Look among the unwanted mails, or "
            <a class="link" href="/register">
                "register again"
            </a>
            "."
        </p>
    }
}
