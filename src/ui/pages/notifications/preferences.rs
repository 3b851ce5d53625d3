//! What one wants to be told, and how: a box for each kind and way.

use leptos::prelude::*;

use super::look_of;
use crate::{
    crm::notifications::{
        notification::NOTIFICATIONS_PATH,
        preferences::{Channel, box_of},
        screens::PreferenceLine,
        server_fns::{SavePreferences, load_preferences},
    },
    ui::{
        components::{Button, ButtonKind, Crumb, Glyph, Icon, Notice, NoticeKind},
        form::{FormState, PostForm, use_form},
        guard::guard_body,
        layout::AppPage,
        lazy::lazy_pages,
        load::load,
        title::Title,
    },
};

lazy_pages! {
    pub preferences_page:
    PreferencesRoute => PreferencesPage,
}

/// The boxes, as they were chosen last.
#[component]
fn PreferencesPage() -> impl IntoView {
    let form = use_form::<SavePreferences>();
    let loaded = load(move || form.successes().get(), |_| load_preferences());
    let refusal = form.message();
    view! {
        <Title text="What you are told"/>
        <AppPage
            crumbs=vec![Crumb::link("Notifications", NOTIFICATIONS_PATH), Crumb::here("What you are told")]
            back_href=NOTIFICATIONS_PATH
        >
            <div class="page-head">
                <div>
                    <h1>"What you are told"</h1>
                    <p>"By the bell of these pages, and by mail. Nobody is told of what they did themselves."</p>
                </div>
            </div>
            {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            <Transition>
                {move || Suspend::new(async move { guard_body(loaded.await, move |lines| view! { <Choices lines form/> }) })}
            </Transition>
        </AppPage>
    }
}

#[component]
fn Choices(lines: Vec<PreferenceLine>, form: FormState) -> impl IntoView {
    let rows = lines.into_iter().map(|line| view! { <Row line/> }).collect_view();
    view! {
        <PostForm form attr:class="form">
            <div class="panel told-choices">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Of what"</th>
                            <th scope="col">"In the app"</th>
                            <th scope="col">"By mail"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="acts">
                <Button kind=ButtonKind::Primary busy=form.pending()>
                    "Save the choice"
                </Button>
            </div>
        </PostForm>
    }
}

#[component]
fn Row(line: PreferenceLine) -> impl IntoView {
    let PreferenceLine { kind, tells, in_app, email, locked_because } = line;
    let (glyph, tone) = look_of(kind);
    let locked = locked_because.is_some();
    let reason = format!("why-{}", kind.as_str());
    let describes = locked.then(|| reason.clone());
    let why = locked_because.map(|because| {
        view! {
            <p class="muted small" id=reason>
                <Icon glyph=Glyph::Lock small=true/>
                {because}
            </p>
        }
    });
    let tick = move |channel, on, way: &str| {
        view! {
            <td>
                <label class="choice">
                    <input
                        class="check"
                        type="checkbox"
                        name="on[]"
                        value=box_of(kind, channel)
                        checked=on
                        disabled=locked
                        aria-label=format!("{} {way}", kind.label())
                        aria-describedby=describes.clone()
                    />
                </label>
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row">
                <div class="kind">
                    <span class=format!("ti {}", tone.class())>
                        <Icon glyph/>
                    </span>
                    <div>
                        <b>{kind.label()}</b>
                        <p>{tells}</p>
                        {why}
                    </div>
                </div>
            </th>
            {tick(Channel::InApp, in_app, "in the app")}
            {tick(Channel::Email, email, "by mail")}
        </tr>
    }
}
