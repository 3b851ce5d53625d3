//! Inviting somebody: they get a mail to choose their password.

use leptos::prelude::*;

use crate::{
    crm::accounts::{server_fns::InvitePerson, user::Role},
    ui::{
        components::{
            Autocomplete, Button, ButtonKind, Crumb, Field, FieldKind, LinkButton, Notice, NoticeKind, Panel,
            RadioChoice, RadioGroup,
        },
        form::{PostForm, use_form},
        guard::{guard_body, require_role},
        layout::AppPage,
        load::load,
        title::Title,
    },
};

/// Name, address and role of somebody new.
#[component]
pub(crate) fn InvitePage() -> impl IntoView {
    let allowed = load(|| (), |()| require_role(&[Role::Admin]));
    view! {
        <Title text="Invite somebody"/>
        <AppPage crumbs=vec![Crumb::link("People", "/admin/people"), Crumb::here("Invite somebody")] back_href="/admin/people">
            <h1 class="sr">"Invite somebody"</h1>
            <Suspense>
                {move || Suspend::new(async move { guard_body(allowed.await, move |()| view! { <InviteForm/> }) })}
            </Suspense>
        </AppPage>
    }
}

#[component]
fn InviteForm() -> impl IntoView {
    let form = use_form::<InvitePerson>();
    let refusal = form.refusal();
    let roles = [
        (Role::Organizer, "Sells trips: leads, conversations, their own trips."),
        (Role::User, "Asks about trips and follows their enquiries."),
        (Role::Admin, "Sees and changes everything."),
    ];
    let choices =
        roles.into_iter().map(|(role, hint)| RadioChoice::new(role.as_str(), role.label()).with_hint(hint)).collect();
    view! {
        <Panel title="Invite somebody" id="invite" note="they get a mail and choose their password" class="narrow-panel">
            <PostForm form attr:class="form narrow">
                {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
                <Field
                    label="Name"
                    name="name"
                    value=form.value("name", "")
                    errors=form.messages("name")
                    autocomplete=Autocomplete::Off
                    max_length=100
                    required=true
                />
                <Field
                    label="Email"
                    name="email"
                    kind=FieldKind::Email
                    value=form.value("email", "")
                    errors=form.messages("email")
                    autocomplete=Autocomplete::Off
                    required=true
                />
                <RadioGroup label="Role" name="role" value=form.value("role", "organizer") choices errors=form.messages("role")/>
                <div class="acts">
                    <Button kind=ButtonKind::Primary busy=form.pending()>
                        "Send the invitation"
                    </Button>
                    <LinkButton href="/admin/people" kind=ButtonKind::Quiet>
                        "Not now"
                    </LinkButton>
                </div>
            </PostForm>
        </Panel>
    }
}
