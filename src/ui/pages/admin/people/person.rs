//! Somebody's account: what is known of them, and what they are and may do.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{StatePill, sessions::EndSessions};
use crate::{
    crm::accounts::{
        server_fns::{ChangePerson, load_person},
        user::{Role, User, UserState},
        views::PersonView,
    },
    shared::time::Moment,
    ui::{
        components::{
            Avatar, AvatarSize, Button, ButtonKind, Crumb, Glyph, LinkButton, Notice, NoticeKind, Panel, RadioChoice,
            RadioGroup, Time,
        },
        form::{FormState, PostForm, use_form},
        guard::guard,
        layout::AppPage,
        load::load,
        title::Title,
    },
};

/// The page of one person.
#[component]
pub(crate) fn PersonPage() -> impl IntoView {
    let form = use_form::<ChangePerson>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let loaded = load(move || (id.get(), form.successes().get()), |(id, _)| load_person(id));
    view! {
        <Transition>
            {move || Suspend::new(async move { guard(loaded.await, move |view| view! { <Person view form/> }) })}
        </Transition>
    }
}

#[component]
fn Person(view: PersonView, form: FormState) -> impl IntoView {
    let PersonView { user, joined } = view;
    let (name, state) = (user.name.clone(), user.state);
    let trail = format!("/admin/audit?entity=user&id={}", user.id);
    let changes = view! {
        <LinkButton href=trail icon=Glyph::Audit>
            "What was changed"
        </LinkButton>
    };
    view! {
        <Title text=name.clone()/>
        <AppPage
            crumbs=vec![Crumb::link("People", "/admin/people"), Crumb::here(name.clone())]
            actions=changes.into_any()
            back_href="/admin/people"
        >
            <div class="row person-head">
                <Avatar name=name.clone() size=AvatarSize::Large/>
                <h1>{name}</h1>
                <StatePill state/>
            </div>
            <div class="grid-2">
                <RoleForm user=user.clone() form/>
                <Facts user=user.clone() joined/>
                <EndSessions id=user.id/>
            </div>
        </AppPage>
    }
}

#[component]
fn Facts(user: User, joined: Moment) -> impl IntoView {
    let confirmed = if user.email_verified { "confirmed" } else { "not confirmed" };
    let phone = user.phone.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
    view! {
        <Panel title="Account" id="account">
            <dl class="facts">
                <div>
                    <dt>"Email"</dt>
                    <dd>
                        <span class="trunc">{user.email.to_string()}</span>
                        <span class="muted">{confirmed}</span>
                    </dd>
                </div>
                <div>
                    <dt>"Phone"</dt>
                    <dd>{phone}</dd>
                </div>
                <div>
                    <dt>"Time zone"</dt>
                    <dd>{user.time_zone}</dd>
                </div>
                <div>
                    <dt>"Joined"</dt>
                    <dd>
                        <Time at=joined.at.to_string() text=joined.text exact=joined.exact/>
                    </dd>
                </div>
            </dl>
        </Panel>
    }
}

#[component]
fn RoleForm(user: User, form: FormState) -> impl IntoView {
    let roles = Role::ALL.into_iter().map(|role| RadioChoice::new(role.as_str(), role.label())).collect();
    let states = vec![
        RadioChoice::new(UserState::Active.as_str(), UserState::Active.label()),
        RadioChoice::new(UserState::Disabled.as_str(), UserState::Disabled.label())
            .with_hint("Cannot sign in; nothing is deleted."),
    ];
    let message = form.message();
    view! {
        <Panel title="Role and state" id="role-and-state" note="a change ends their sessions">
            <PostForm form attr:class="form">
                <input type="hidden" name="id" value=user.id.to_string()/>
                <input type="hidden" name="version" value=user.version.to_string()/>
                <RadioGroup label="Role" name="role" choices=roles value=form.value("role", user.role.as_str())/>
                <RadioGroup label="State" name="state" choices=states value=form.value("state", user.state.as_str())/>
                {move || message.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
                <div class="acts">
                    <Button kind=ButtonKind::Primary busy=form.pending()>
                        "Save the change"
                    </Button>
                </div>
            </PostForm>
        </Panel>
    }
}
