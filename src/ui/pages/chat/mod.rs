//! Chat, to all roles: the conversations, and beside them the one that is open, or the first message of one that is not there yet. On
//! phones one of the two at a time.

mod about;
mod bubbles;
mod composer;
mod heard;
mod history;
mod kept;
mod list;
mod live;
mod new;
mod thread;

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{Redirect, Route},
    hooks::{use_location, use_params_map},
    path,
};

use self::{kept::Kept, list::Conversations, new::NewTalkView, thread::ThreadView};
use crate::{
    crm::chat::{
        screens::{CHAT_PATH, ChatList, Pane},
        server_fns::{BeginConversation, SendMessage, load_conversations, load_pane},
    },
    live::{
        connection::use_connection,
        events::{ChangedKind, ServerEvent},
    },
    shared::error::AppError,
    ui::{
        components::{ButtonKind, Crumb, EmptyState, LinkButton},
        form::{FormState, use_form},
        guard::{guard_body, guard_part},
        layout::AppPage,
        lazy::lazy_pages,
        live::{load_live, with_time},
        pages::frame::use_frame_version,
        title::Title,
    },
};

lazy_pages! {
    chat_page:
    ChatRoute => ChatPage,
}

/// `/chat`, `/chat/new` and the pages of conversations: one view, so that the list stays while one goes from one to the other.
#[component(transparent)]
pub fn ChatRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/chat/:place?") view={Lazy::<ChatRoute>::new()} ssr=SsrMode::Async/> }.into_inner()
}

/// The forms of the page, which stay while what is open is read again.
#[derive(Clone, Copy)]
struct ChatForms {
    /// Messages.
    message: FormState,
    /// First messages.
    first: FormState,
}

#[component]
fn ChatPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_location().search);
    let place = Memo::new(move |_| params.with(|params| params.get("place").unwrap_or_default()));
    let kept = Kept::new();
    let forms = ChatForms { message: use_form::<SendMessage>(), first: use_form::<BeginConversation>() };
    let sent = forms.message.successes();
    let frame = use_frame_version();
    forms.message.when_done(move || frame.bump());
    let talked = with_time(use_connection().changes(concerns_list));
    let source = move || (place.get(), query.get(), sent.get());
    let list = load_live(source, talked, |(place, query, _)| load_conversations(place, query));
    let pane = load_live(source, kept.stale(), |(place, query, _)| load_pane(place, query));
    let missed = use_connection().missed();
    Effect::new(move |before: Option<()>| {
        missed.track();
        // What could not be loaded without a connection can be now. Below a Suspense, reading a resource tracks it even untracked.
        if before.is_some() && untrack(|| pane.with_untracked(|pane| matches!(pane, Some(Err(AppError::Unavailable)))))
        {
            kept.ask_anew();
        }
    });
    view! {
        <Title text="Chat"/>
        <AppPage crumbs=vec![Crumb::here("Chat")] main_class="class-chat">
            <h1 class="sr">"Chat"</h1>
            <Transition>
                {move || Suspend::new(async move { guard_body(list.await, move |list| view! { <Conversations list types=kept.types/> }) })}
            </Transition>
            <Transition>
                {move || Suspend::new(async move {
                    guard_part(pane.await, move |pane| view! { <Beside pane forms kept/> }, nothing_shown)
                })}
            </Transition>
        </AppPage>
    }
}

/// Whether the list shows something of an event: what was said or read, and who is here.
const fn concerns_list(event: &ServerEvent) -> bool {
    matches!(
        event,
        ServerEvent::Changed { kind: ChangedKind::Conversation, .. }
            | ServerEvent::UserOnline { .. }
            | ServerEvent::UserOffline { .. }
    )
}

/// What stands beside the list.
#[component]
fn Beside(pane: Pane, forms: ChatForms, kept: Kept) -> impl IntoView {
    match pane {
        Pane::Empty => view! { <NothingOpen/> }.into_any(),
        Pane::Thread(thread) => view! { <ThreadView thread=*thread form=forms.message kept/> }.into_any(),
        Pane::New(talk) => view! { <NewTalkView talk=*talk form=forms.first kept/> }.into_any(),
        Pane::There(href) => view! { <Redirect path=href/> }.into_any(),
    }
}

/// Why what was asked for is not shown.
fn nothing_shown(error: AppError) -> AnyView {
    let action = view! { <LinkButton href=CHAT_PATH kind=ButtonKind::Secondary>"See all conversations"</LinkButton> };
    view! {
        <div class="no-thread problem" role="alert">
            <EmptyState title="This cannot be shown" text=error.message() action=action.into_any()/>
        </div>
    }
    .into_any()
}

#[component]
fn NothingOpen() -> impl IntoView {
    view! {
        <div class="no-thread">
            <EmptyState title="No conversation is open" text="Choose one from the list, and what was said appears here."/>
        </div>
    }
}

/// What stands in the list where nothing is.
fn no_conversations(list: &ChatList) -> AnyView {
    let is_filtered = !list.q.is_empty() || !list.show.is_empty();
    let (title, text, href, verb) = match (is_filtered, list.asks_support) {
        (true, _) => (
            "No conversation fits",
            "Look for something else, or at all conversations.",
            CHAT_PATH,
            "Show all conversations",
        ),
        (false, true) => (
            "Nobody has written yet",
            "Conversations about trips appear here. Is something else unclear? Ask us.",
            "/chat/new",
            "Write to support",
        ),
        (false, false) => {
            ("Nobody needs support", "Whoever writes to support appears here.", "/tickets", "See the tickets")
        }
    };
    let action = view! { <LinkButton href kind=ButtonKind::Secondary>{verb}</LinkButton> }.into_any();
    view! { <EmptyState title text action/> }.into_any()
}
