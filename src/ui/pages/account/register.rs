//! Making an account.

use leptos::prelude::*;
use leptos_meta::Title;

use super::entrance::{Guests, Refusal, keep_next, next_path, query_value};
use crate::{
    crm::accounts::server_fns::Register,
    ui::{
        components::{Autocomplete, Button, ButtonKind, ButtonSize, ChoiceCards, Field, FieldKind, Glyph, RadioCard},
        form::{FormState, PostForm, use_form},
    },
};

/// Who somebody is and what they come for; `?role=organizer` has that chosen already.
#[component]
pub(super) fn RegisterPage() -> impl IntoView {
    view! {
        <Title text="Create an account"/>
        <Guests>
            <h1>"Create an account"</h1>
            <p class="muted">
                "You have one? "
                <a class="link" href=keep_next("/sign-in")>
                    "Sign in"
                </a>
            </p>
            <RegisterForm/>
        </Guests>
    }
}

#[component]
fn RegisterForm() -> impl IntoView {
    let form = use_form::<Register>();
    let asked_for = query_value("role");
    let role = form.value("role", if asked_for == "organizer" { "organizer" } else { "user" });
    view! {
        <Refusal text=form.refusal()/>
        <PostForm form attr:class="stack form">
            <input type="hidden" name="next" value=next_path()/>
            <ChoiceCards label="What brings you here?" name="role" value=role cards=roles() errors=form.messages("role")/>
            <RegisterFields form/>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true busy=form.pending()>
                "Create the account"
            </Button>
        </PostForm>
    }
}

fn roles() -> Vec<RadioCard> {
    vec![
        RadioCard::new("user", "I travel", "Ask about trips and follow your enquiries.", Glyph::Boot),
        RadioCard::new("organizer", "I organize trips", "Offer trips and answer who asks.", Glyph::Tent),
    ]
}

#[component]
fn RegisterFields(form: FormState) -> impl IntoView {
    view! {
        <Field
            label="Name"
            name="name"
            value=form.value("name", "")
            errors=form.messages("name")
            hint="Organizers: the name of your business."
            autocomplete=Autocomplete::Name
            max_length=100
            required=true
        />
        <Field
            label="Email"
            name="email"
            kind=FieldKind::Email
            value=form.value("email", "")
            errors=form.messages("email")
            autocomplete=Autocomplete::Username
            required=true
        />
        <Field
            label="Phone"
            aside="optional"
            name="phone"
            kind=FieldKind::Phone
            value=form.value("phone", "")
            errors=form.messages("phone")
            autocomplete=Autocomplete::Phone
            placeholder="+91 98765 43210"
        />
        <Field
            label="Password"
            name="password"
            kind=FieldKind::Password
            errors=form.messages("password")
            hint="At least 10 characters; a few words in a row are good."
            autocomplete=Autocomplete::NewPassword
            min_length=10
            max_length=128
            required=true
        />
    }
}
