//! Asking for a link that sets a new password.

use leptos::prelude::*;

use super::{
    entrance::{Refusal, query_value},
    fields::EmailField,
};
use crate::{
    crm::accounts::server_fns::ForgotPassword,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Glyph, Notice},
        form::{PostForm, use_form},
        title::Title,
    },
};

/// One address. What it answers is the same whether the address has an account or not.
#[component]
pub(super) fn ForgotPage() -> impl IntoView {
    let form = use_form::<ForgotPassword>();
    let is_sent = query_value("sent") == "1" && form.error().get_untracked().is_none();
    view! {
        <Title text="Forgot your password?"/>
        <h1>"Forgot your password?"</h1>
        <p class="muted">"We send you a link that sets a new one."</p>
        {is_sent.then(|| view! { <Sent/> })}
        <Refusal text=form.refusal()/>
        <PostForm form attr:class="stack form">
            <EmailField value=form.value("email", "") errors=form.messages("email")/>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true busy=form.pending()>
                "Send me the link"
            </Button>
        </PostForm>
        <p class="muted after">
            "You know it again? "
            <a class="link" href="/sign-in">
                "Sign in"
            </a>
        </p>
    }
}

#[component]
fn Sent() -> impl IntoView {
    view! {
        <Notice icon=Glyph::Mail title="Look into your mail.">
            "If the address has an account, a link is on its way. It is good for an hour."
        </Notice>
    }
}
