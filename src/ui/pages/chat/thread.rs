//! A conversation that is open: its head, what was said, and what is said next. It opens at its end, without script too: the messages are
//! laid out from below.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    about::AboutPanel,
    bubbles::{Day, Words, view_bubbles},
    composer::{Composer, Sends},
    history::{History, use_history},
    kept::Kept,
    live::{Talk, use_talk},
};
use crate::{
    crm::chat::screens::{About, CHAT_PATH, Other, TalkDay, Thread},
    live::{
        events::NewMessage,
        outbox::{OnItsWay, Way},
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Avatar, AvatarSize, ButtonKind, ButtonSize, Glyph, Icon, LinkButton, Pill},
        form::FormState,
        pages::organizer::lead::stage_look,
    },
};

#[component]
pub(super) fn ThreadView(thread: Thread, form: FormState, kept: Kept) -> impl IntoView {
    let is_another = kept.open(&thread.id.to_string());
    let (talk, history) = (use_talk(&thread, kept), use_history(&thread, is_another));
    let (label, called) = (format!("Conversation with {}", thread.with.name), thread.with.called.clone());
    let (id, client_id, to_end) = (thread.id.to_string(), thread.client_id.clone(), thread.later.is_some());
    let sends = Sends { id, client_id, called, to_end };
    let anchor = use_location().hash;
    Effect::new(move |_| kept.scroll_to(anchor.get()));
    let scrolled = move || {
        talk.read_up_to_last();
        history.scrolled();
    };
    view! {
        <section class="thread" aria-label=label>
            <Head with=thread.with.clone() about=thread.about.clone() online=talk.online/>
            <div class="msgs" tabindex="0" role="log" aria-label="Messages" on:scroll=move |_| scrolled()>
                <div class="msgs-in">
                    <Messages thread=thread.clone() talk history/>
                </div>
            </div>
            <Below talk/>
            <Composer sends form talk is_another/>
        </section>
        <AboutPanel about=thread.about files=thread.files/>
    }
}

#[component]
fn Messages(thread: Thread, talk: Talk, history: History) -> impl IntoView {
    let is_empty = thread.days.is_empty();
    let days = view_part(history, thread.days, (thread.first_unread, talk.other_read.into()));
    let earlier = move || {
        let press = move |event| history.press(&event);
        history
            .earlier
            .get()
            .map(|href| view! { <More href glyph=Glyph::Up on:click=press>{move || history.words()}</More> })
    };
    let nothing = move || {
        let is_empty = is_empty && talk.said.try_with(Vec::is_empty) != Some(false) && talk.on_its_way().is_empty();
        is_empty.then(|| view! { <p class="sys">"Nothing was said here yet."</p> })
    };
    view! {
        {earlier}
        {nothing}
        {days}
        <SinceThen talk/>
        <OnTheirWay talk/>
        <TypingRow with=thread.with types=talk.kept.types/>
        {thread.later.map(|href| view! { <More href glyph=Glyph::Down>"Later messages"</More> })}
    }
}

/// What was said before the page was made, or a part of that which is read later, and what is read of what is above it.
fn view_part(history: History, days: Vec<TalkDay>, (first_unread, other_read): (Option<u32>, Signal<u32>)) -> AnyView {
    let above = history.show_part(&days);
    let part_above = move || above.part.get().map(|days| view_part(history, days, (first_unread, other_read)));
    let days = days.into_iter().enumerate().map(|(number, day)| {
        let began_above = (number == 0).then_some(above.has_day);
        view! { <Day day first_unread other_read began_above/> }
    });
    let days = days.collect_view();
    view! {
        {part_above}
        {days}
    }
    .into_any()
}

/// What was said since the page was made.
#[component]
fn SinceThen(talk: Talk) -> impl IntoView {
    move || {
        let said = talk.said.get();
        (!said.is_empty()).then(|| view! { <ol>{view_bubbles(said, None, talk.other_read.into())}</ol> })
    }
}

/// Leads to what has come below what is looked at.
#[component]
fn Below(talk: Talk) -> impl IntoView {
    move || {
        talk.below.get().then(|| {
            view! {
                <button class="below" type="button" on:click=move |_| talk.go_to_bottom()>
                    <Icon glyph=Glyph::Down small=true/>
                    "New messages"
                </button>
            }
        })
    }
}

/// What is on its way, and what has not arrived. Read aloud once it has.
#[component]
fn OnTheirWay(talk: Talk) -> impl IntoView {
    move || {
        let sent = talk.on_its_way();
        (!sent.is_empty()).then(|| {
            let lines = sent.into_iter().map(|sent| view! { <Unarrived sent talk/> }).collect_view();
            view! { <ol aria-live="off">{lines}</ol> }
        })
    }
}

#[component]
fn Unarrived(sent: OnItsWay, talk: Talk) -> impl IntoView {
    let OnItsWay { message: NewMessage { client_id, body, .. }, way } = sent;
    let class = if matches!(way, Way::Refused(_)) { "b me failed" } else { "b me" };
    let state = match way {
        Way::Sending => "Sending".into_any(),
        Way::Waiting => "Waiting for the connection".into_any(),
        Way::Stored { .. } => "Sent".into_any(),
        Way::Refused(problem) => view! {
            <span class="err">
                <Icon glyph=Glyph::Late small=true/>
                {format!("Not sent. {problem}")}
            </span>
            " "
            <button class="link-btn" type="button" on:click=move |_| talk.send_again(client_id.clone())>
                "Try again"
            </button>
        }
        .into_any(),
    };
    view! {
        <li class=class>
            <Words ours=true body files=Vec::new()/>
            <span class="bt">{state}</span>
        </li>
    }
}

#[component]
fn TypingRow(with: Other, types: RwSignal<bool>) -> impl IntoView {
    move || {
        let Other { name, called, .. } = with.clone();
        types.get().then(|| {
            view! {
                <p class="typing-row">
                    <Avatar name/>
                    <span class="dots" aria-hidden="true">
                        <i></i>
                        <i></i>
                        <i></i>
                    </span>
                    <span>{format!("{called} is typing")}</span>
                </p>
            }
        })
    }
}

/// Who it is, whether they are here, and where the lead stands.
#[component]
pub(super) fn Head(with: Other, about: About, #[prop(into)] online: Signal<bool>) -> impl IntoView {
    let presence = move || if online.get() { "Online" } else { "Away" };
    let context = if about.title == with.name { about.text } else { about.title };
    let lead = about.lead.map(|lead| {
        let (icon, tone) = stage_look(lead.status);
        let title = format!("Open lead: {}", lead.status.label());
        view! {
            <a href=lead.href.clone() title=title.clone() aria-label=title>
                <Pill tone icon>
                    {lead.status.label()}
                </Pill>
            </a>
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
            <Avatar name=with.name.clone() size=AvatarSize::Medium online/>
            <div class="who">
                <h2 class="trunc">{with.name}</h2>
                <p class="muted trunc">{presence} " · " {context}</p>
            </div>
            <span class="push row">{lead}</span>
        </header>
    }
}

#[component]
fn More(href: String, glyph: Glyph, children: Children) -> impl IntoView {
    view! {
        <p class="more">
            <LinkButton href kind=ButtonKind::Quiet size=ButtonSize::Small icon=glyph>
                {children()}
            </LinkButton>
        </p>
    }
}
