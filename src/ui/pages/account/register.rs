//! Making an account.

use leptos::prelude::*;

use super::{
    entrance::{Guests, Refusal, next_path, query_value},
    fields::{EmailField, NewPasswordField},
};
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
        <Guests title="Create an account" question="You have one?" other=("/sign-in", "Sign in")>
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
        <EmailField value=form.value("email", "") errors=form.messages("email")/>
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
        <NewPasswordField label="Password" errors=form.messages("password")/>
    }
}
