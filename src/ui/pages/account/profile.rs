//! One's own profile: who one is, and the password.

use leptos::prelude::*;

use super::{entrance::Refusal, fields::NewPasswordField};
use crate::{
    crm::accounts::{
        server_fns::{ChangePassword, SaveProfile, list_time_zones, load_profile},
        user::User,
    },
    ui::{
        components::{Autocomplete, Button, ButtonKind, Crumb, Field, FieldKind, Panel, Select, SelectOption},
        form::{FormState, PostForm, use_form},
        guard::guard_body,
        layout::AppPage,
        load::load,
        pages::frame::use_frame_version,
        title::Title,
    },
};

/// Name, phone, language and time zone; below, the password.
#[component]
pub(super) fn ProfilePage() -> impl IntoView {
    let form = use_form::<SaveProfile>();
    let password = use_form::<ChangePassword>();
    let loaded = load(|| (), |()| async { Ok((load_profile().await?.user, list_time_zones().await?)) });
    refresh_frame(form);
    view! {
        <Title text="Profile"/>
        <AppPage crumbs=vec![Crumb::here("Profile")]>
            <div class="page-head">
                <h1>"Your profile"</h1>
            </div>
            <Transition>
                {move || Suspend::new(async move {
                    guard_body(
                        loaded.await,
                        move |(user, zones)| {
                            let email = user.email.to_string();
                            view! {
                                <div class="grid-2">
                                    <ProfileForm form user zones/>
                                    <PasswordForm form=password email/>
                                </div>
                            }
                        },
                    )
                })}
            </Transition>
        </AppPage>
    }
}

/// The frame shows the name, so it looks again.
fn refresh_frame(form: FormState) {
    let frame = use_frame_version();
    form.when_done(move || frame.bump());
}

#[component]
fn ProfileForm(form: FormState, user: User, zones: Vec<String>) -> impl IntoView {
    let User { name, email, phone, role, locale, time_zone, .. } = user;
    let phone = phone.map(|phone| phone.to_string()).unwrap_or_default();
    let languages = vec![SelectOption::new("en", "English"), SelectOption::new("hi", "हिन्दी")];
    let zone = form.value("time_zone", &time_zone);
    view! {
        <Panel title="About you" id="about-you" note=format!("{}, {email}", role.label())>
            <Refusal text=form.refusal()/>
            <PostForm form attr:class="form">
                <Field
                    label="Name"
                    name="name"
                    value=form.value("name", name)
                    errors=form.messages("name")
                    autocomplete=Autocomplete::Name
                    max_length=100
                    required=true
                />
                <Field
                    label="Phone"
                    aside="optional"
                    name="phone"
                    kind=FieldKind::Phone
                    value=form.value("phone", phone)
                    errors=form.messages("phone")
                    autocomplete=Autocomplete::Phone
                    placeholder="+91 98765 43210"
                />
                <Select
                    label="Language"
                    name="locale"
                    options=languages
                    value=form.value("locale", locale.as_str())
                    errors=form.messages("locale")
                    hint="Of mails and, as they are translated, of pages."
                />
                <Select
                    label="Time zone"
                    name="time_zone"
                    options=zone_options(zones, &time_zone)
                    value=zone
                    errors=form.messages("timeZone")
                    hint="All times are shown in it."
                />
                <div class="acts">
                    <Button kind=ButtonKind::Primary busy=form.pending()>
                        "Save the profile"
                    </Button>
                </div>
            </PostForm>
        </Panel>
    }
}

/// The zones in order, as people write them; a zone that is no place stays to be chosen by who has it.
fn zone_options(mut zones: Vec<String>, current: &str) -> Vec<SelectOption> {
    if !zones.iter().any(|zone| zone == current) {
        zones.insert(0, current.to_owned());
    }
    zones.into_iter().map(|zone| SelectOption::new(zone.clone(), zone.replace('_', " "))).collect()
}

#[component]
fn PasswordForm(form: FormState, email: String) -> impl IntoView {
    view! {
        <Panel title="Password" id="password" note="changing it signs you out everywhere">
            <Refusal text=form.refusal()/>
            <PostForm form attr:class="form">
                // Tells password managers whose password it is.
                <input type="text" name="username" autocomplete="username" value=email readonly=true hidden=true/>
                <Field
                    label="Current password"
                    name="current"
                    kind=FieldKind::Password
                    errors=form.messages("current")
                    autocomplete=Autocomplete::CurrentPassword
                    required=true
                />
                <NewPasswordField errors=form.messages("password")/>
                <div class="acts">
                    <Button busy=form.pending()>"Change the password"</Button>
                </div>
            </PostForm>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_one_has_can_always_be_chosen() {
        let options = zone_options(vec!["Asia/Ho_Chi_Minh".into()], "Etc/GMT-5");
        assert_eq!(options[0].value, "Etc/GMT-5");
        assert_eq!((options[1].value.as_str(), options[1].label.as_str()), ("Asia/Ho_Chi_Minh", "Asia/Ho Chi Minh"));
    }
}
