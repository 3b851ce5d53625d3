//! The conversations: with search, what is not read, and the way to support.

use leptos::prelude::*;

use super::no_conversations;
use crate::{
    crm::{
        chat::screens::{CHAT_PATH, ChatLine, ChatList},
        tickets::screens::CountedLink,
    },
    live::connection::{LineState, use_connection},
    ui::{
        components::{Avatar, AvatarSize, ButtonKind, ButtonSize, Glyph, Icon, LinkButton, Segment, Segmented, Time},
        pages::search_form::SearchForm,
    },
};

/// The list, and how it stays up to date.
#[component]
pub(super) fn Conversations(
    list: ChatList,
    /// Whether the other side of what is open types.
    types: RwSignal<bool>,
) -> impl IntoView {
    let lines = if list.lines.is_empty() {
        no_conversations(&list)
    } else {
        let lines = list.lines.iter().cloned().map(|line| view! { <Line line types/> }).collect_view();
        view! { <ul>{lines}</ul> }.into_any()
    };
    let next = list.next.clone().map(|href| {
        view! {
            <p class="more">
                <LinkButton href kind=ButtonKind::Quiet size=ButtonSize::Small icon=Glyph::Down>
                    "Older conversations"
                </LinkButton>
            </p>
        }
    });
    view! {
        <section class="convs" aria-label="Conversations">
            <div class="cv-top">
                <SearchForm
                    path=CHAT_PATH
                    label="Search conversations"
                    placeholder="Search people and messages"
                    value=list.q.clone()
                    kept=vec![("show".to_owned(), list.show.clone())]
                />
                <Segmented label="Show" items=list.tabs.iter().map(segment_of).collect()/>
            </div>
            <div class="cv-list" tabindex="0" role="region" aria-label="List of conversations">
                {lines}
                {next}
            </div>
            <Foot href=list.href asks_support=list.asks_support/>
        </section>
    }
}

fn segment_of(link: &CountedLink) -> Segment {
    let CountedLink { label, href, count, current } = link.clone();
    let label = count.map_or_else(|| label.clone(), |count| format!("{label} {count}"));
    Segment { label, href, icon: None, current }
}

#[component]
fn Line(line: ChatLine, types: RwSignal<bool>) -> impl IntoView {
    let unread = line.unread;
    let at = line.last_at.map(|at| {
        view! { <Time class="push muted num nowrap" at=at.at.to_string() text=at.text exact=at.exact/> }
    });
    let (said, ours, current) = (line.last, line.ours, line.current);
    let last = move || {
        if current && types.get() {
            return view! { <span class="types">"typing…"</span> }.into_any();
        }
        let by = ours.clone().map(|(who, is_read)| view! { <ReadMark is_read/> {format!("{who}: ")} });
        view! { {by} {said.clone()} }.into_any()
    };
    let count = (unread > 0).then(|| {
        view! {
            <span class="count on push">
                {unread}
                <span class="sr">" unread"</span>
            </span>
        }
    });
    view! {
        <li>
            <a href=line.href class=(unread > 0).then_some("unread") aria-current=line.current.then_some("true")>
                <Avatar name=line.name.clone() size=AvatarSize::Medium online=line.online/>
                <span class="ct">
                    <span class="row">
                        <b class="trunc">{line.name}</b>
                        {at}
                    </span>
                    <span class="muted trunc ctx">{line.about}</span>
                    <span class="row">
                        <span class="trunc last">{last}</span>
                        {count}
                    </span>
                </span>
            </a>
        </li>
    }
}

/// Whether the other side has read something.
#[component]
pub(super) fn ReadMark(#[prop(into)] is_read: Signal<bool>) -> impl IntoView {
    view! {
        <span class=move || if is_read.get() { "tick read" } else { "tick" }>
            {move || {
                let glyph = if is_read.get() { Glyph::Read } else { Glyph::Check };
                view! { <Icon glyph small=true/> }
            }}
        </span>
    }
}

/// How the page stays up to date, and the way to support. Without script one looks for oneself.
#[component]
fn Foot(href: String, asks_support: bool) -> impl IntoView {
    let state = use_connection().state();
    let support = asks_support.then(|| {
        view! {
            <a class="link push nowrap" href="/chat/new">
                "Ask support"
            </a>
        }
    });
    // The same elements whatever the state: the connection may be open before this part of the page wakes.
    let is_opening = move || state.get() == LineState::Opening;
    let dot = move || if state.get() == LineState::Open { "dot t-green" } else { "dot t-amber" };
    let words = move || match state.get() {
        LineState::Open => "Live. Everything here is up to date.",
        other => other.words().unwrap_or_default(),
    };
    view! {
        <p class="live" role="status">
            <a class="link" href=href hidden=move || !is_opening()>
                "Look for new messages"
            </a>
            <span class=dot hidden=is_opening></span>
            <span>{words}</span>
            {support}
        </p>
    }
}
