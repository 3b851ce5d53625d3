//! The bar of the next action: the follow-up with its time, done or later; or that there is none, and that it has been silent.

use leptos::prelude::*;

use super::{head::NextMark, marks::FollowUpPill};
use crate::{
    crm::leads::{
        listing::{FollowUp, FollowUpState},
        profile::LeadProfile,
        status::LeadStatus,
    },
    ui::{
        components::{Button, ButtonSize, Field, FieldKind, Glyph, Menu, MenuButton, MenuCaption, Tone},
        form::{FormState, PostForm},
    },
};

/// What to do next about an open lead.
#[component]
pub(super) fn NextAction(lead: LeadProfile, form: FormState) -> impl IntoView {
    if !lead.status.is_open() && lead.follow_up.is_none() {
        return ().into_any();
    }
    let (title, text) = words_of(&lead);
    let (glyph, tone) = match &lead.follow_up {
        Some(FollowUp { state: FollowUpState::Late, .. }) => (Glyph::Late, Tone::Red),
        Some(FollowUp { state: FollowUpState::Today, .. }) => (Glyph::Phone, Tone::Amber),
        Some(_) => (Glyph::Calendar, Tone::Grey),
        None if lead.status == LeadStatus::New => (Glyph::Inbox, Tone::Info),
        None => (Glyph::Calendar, Tone::Grey),
    };
    let pill = lead.follow_up.clone().map(|follow_up| view! { <FollowUpPill follow_up/> });
    let controls = lead.has_access.then(|| view! { <FollowUpControls lead=lead.clone() form/> });
    view! {
        <section class="next menu-row" aria-label="Next action">
            <NextMark glyph tone/>
            <p>
                <b class="strong">{title}</b>
                <span class="muted">{text}</span>
            </p>
            {pill}
            {controls}
        </section>
    }
    .into_any()
}

fn words_of(lead: &LeadProfile) -> (String, String) {
    let first = lead.name.split_whitespace().next().unwrap_or(&lead.name).to_owned();
    let silence = lead.silent_for.as_ref().map(|time| format!("Nothing went either way for {time}."));
    match (&lead.follow_up, lead.status) {
        (Some(_), _) => (format!("Get back to {first}"), silence.unwrap_or_else(|| last_word(lead))),
        (None, LeadStatus::New) => (format!("Answer {first}"), silence.unwrap_or_else(|| last_word(lead))),
        (None, _) => (
            "No follow-up is set".to_owned(),
            silence.unwrap_or_else(|| "Set one, so that nobody is forgotten.".to_owned()),
        ),
    }
}

/// What the traveller wrote last, else how they came.
fn last_word(lead: &LeadProfile) -> String {
    use crate::crm::leads::profile::Happening;
    let said = lead.days.iter().flat_map(|day| &day.entries).find_map(|entry| match &entry.what {
        Happening::Interaction { text, .. } if !text.is_empty() => Some(text.as_str()),
        _ => None,
    });
    match said {
        Some(text) if text.chars().count() > 90 => format!("{}…", text.chars().take(89).collect::<String>().trim_end()),
        Some(text) => text.to_owned(),
        None => lead.facts.source.clone(),
    }
}

#[component]
fn FollowUpControls(lead: LeadProfile, form: FormState) -> impl IntoView {
    let is_set = lead.follow_up.is_some();
    let hidden = StoredValue::new((lead.id.to_string(), lead.version.to_string()));
    let done = is_set.then(|| {
        view! {
            <PostForm form>
                <FollowUpFields hidden/>
                <Button name="value" value="" size=ButtonSize::Small icon=Glyph::Check busy=form.pending()>
                    "Done"
                </Button>
            </PostForm>
        }
    });
    let label = if is_set { "Later" } else { "Follow up" };
    view! {
        {done}
        <Menu label>
            <PostForm form>
                <FollowUpFields hidden/>
                <MenuCaption text="Follow up"/>
                <MenuButton icon=Glyph::Clock name="value" value="in:1h">"In an hour"</MenuButton>
                <MenuButton icon=Glyph::Calendar name="value" value="in:1d">"Tomorrow at nine"</MenuButton>
                <MenuButton icon=Glyph::Calendar name="value" value="in:2d">"In 2 days"</MenuButton>
                <MenuButton icon=Glyph::Calendar name="value" value="in:7d">"In a week"</MenuButton>
            </PostForm>
            <hr/>
            <PostForm form attr:class="menu-form">
                <FollowUpFields hidden/>
                <Field
                    label="Another time"
                    name="value"
                    id="next-at"
                    kind=FieldKind::DateTimeLocal
                    value=lead.facts.follow_up_input.clone()
                    required=true
                    errors=form.messages("nextFollowUpAt")
                />
                <Button size=ButtonSize::Small>"Set the time"</Button>
            </PostForm>
        </Menu>
    }
}

/// Whose follow-up a form sets.
#[component]
fn FollowUpFields(hidden: StoredValue<(String, String)>) -> impl IntoView {
    let (id, version) = hidden.get_value();
    view! {
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="version" value=version/>
        <input type="hidden" name="fact" value="follow_up"/>
    }
}
