//! A conversation that is open: its head, what was said, and what is said next. It opens at its end, without script too: the messages are
//! laid out from below.

use leptos::prelude::*;

use super::{
    about::AboutPanel,
    bubbles::Day,
    composer::{Composer, Sends},
};
use crate::{
    crm::chat::screens::{About, CHAT_PATH, Other, Thread},
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Avatar, AvatarSize, ButtonKind, ButtonSize, Glyph, Icon, LinkButton, Pill},
        form::FormState,
        pages::organizer::lead::stage_look,
    },
};

#[component]
pub(super) fn ThreadView(thread: Thread, form: FormState) -> impl IntoView {
    let other_read = RwSignal::new(thread.other_read);
    let label = format!("Conversation with {}", thread.with.name);
    let first_unread = thread.first_unread;
    let days = thread
        .days
        .iter()
        .cloned()
        .map(|day| view! { <Day day first_unread other_read=other_read.into()/> })
        .collect_view();
    let nothing = thread.days.is_empty().then(|| view! { <p class="sys">"Nothing was said here yet."</p> });
    let sends =
        Sends { id: thread.id.to_string(), client_id: thread.client_id.clone(), called: thread.with.called.clone() };
    view! {
        <section class="thread" aria-label=label>
            <Head with=thread.with.clone() about=thread.about.clone()/>
            <div class="msgs" tabindex="0" role="log" aria-label="Messages">
                <div class="msgs-in">
                    {thread.earlier.map(|href| view! { <More href glyph=Glyph::Up words="Earlier messages"/> })}
                    {nothing}
                    {days}
                    {thread.later.map(|href| view! { <More href glyph=Glyph::Down words="Later messages"/> })}
                </div>
            </div>
            <Composer sends form/>
        </section>
        <AboutPanel about=thread.about files=thread.files/>
    }
}

/// Who it is, whether they are here, and where the lead stands.
#[component]
pub(super) fn Head(with: Other, about: About) -> impl IntoView {
    let presence = if with.online { "Online" } else { "Away, and told of what you write" };
    let lead = about.lead.map(|lead| {
        let (icon, tone) = stage_look(lead.status);
        view! {
            <Pill tone icon>
                {lead.status.label()}
            </Pill>
            <LinkButton href=lead.href kind=ButtonKind::Quiet size=ButtonSize::Small icon=Glyph::External class="wide">
                "Open lead"
            </LinkButton>
        }
    });
    view! {
        <header>
            <a class="icon-btn only-phone" href=CHAT_PATH aria-label="Back to the conversations">
                <Icon glyph=Glyph::Left/>
            </a>
            <Avatar name=with.name.clone() size=AvatarSize::Medium online=with.online/>
            <div class="who">
                <h2 class="trunc">{with.name}</h2>
                <p class="muted trunc">{format!("{} · {presence}", about.title)}</p>
            </div>
            <span class="push row">{lead}</span>
        </header>
    }
}

#[component]
fn More(href: String, glyph: Glyph, words: &'static str) -> impl IntoView {
    view! {
        <p class="more">
            <LinkButton href kind=ButtonKind::Quiet size=ButtonSize::Small icon=glyph>
                {words}
            </LinkButton>
        </p>
    }
}
