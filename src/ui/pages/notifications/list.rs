//! The list of one's notifications, by day, the newest first. A line leads to its page, which marks it as read; it can also be marked
//! here, by itself or with all others.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::look_of;
use crate::{
    crm::notifications::{
        notification::{NOTIFICATIONS_PATH, PREFERENCES_PATH},
        screens::{NotificationLine, NotificationsScreen},
        server_fns::{MarkAllRead, MarkNotificationRead, load_notifications},
    },
    ui::{
        components::{
            Button, ButtonKind, ButtonSize, Crumb, EmptyState, Glyph, Icon, LinkButton, Notice, NoticeKind, Pager,
            Pill, Tab, Tabs, Time, Tone,
        },
        form::{FormState, PostForm, use_form},
        guard::guard,
        layout::AppPage,
        lazy::lazy_pages,
        list_address::ListAddress,
        live::{load_live, use_news},
        pages::frame::use_frame_version,
        title::Title,
    },
};

lazy_pages! {
    pub notifications_page:
    NotificationsRoute => NotificationsPage,
}

/// The forms of the page.
#[derive(Clone, Copy)]
struct Forms {
    one: FormState,
    all: FormState,
}

/// The list, read again whenever something of it was marked.
#[component]
fn NotificationsPage() -> impl IntoView {
    let forms = Forms { one: use_form::<MarkNotificationRead>(), all: use_form::<MarkAllRead>() };
    let query = use_query_map();
    let address = Memo::new(move |_| query.with(|query| ListAddress::read(NOTIFICATIONS_PATH, &["unread"], query)));
    let marked = move || (forms.one.successes().get(), forms.all.successes().get());
    let news = use_news();
    let loaded = load_live(
        move || (address.get(), marked()),
        news,
        |(address, _)| load_notifications(address.get("unread").to_owned(), address.page_request()),
    );
    let frame = use_frame_version();
    for form in [forms.one, forms.all] {
        form.when_done(move || frame.bump());
    }
    view! {
        <Title text="Notifications"/>
        <Transition>
            {move || Suspend::new(async move {
                guard(loaded.await, move |screen| view! { <Inbox screen address=address.get_untracked() forms/> })
            })}
        </Transition>
    }
}

#[component]
fn Inbox(screen: NotificationsScreen, address: ListAddress, forms: Forms) -> impl IntoView {
    let NotificationsScreen { page, unread } = screen;
    let (range, previous, next) = address.around(&page);
    let unread_only = !address.get("unread").is_empty();
    let mark_all = (unread > 0).then(|| {
        view! {
            <PostForm form=forms.all>
                <Button icon=Glyph::Read size=ButtonSize::Small busy=forms.all.pending()>
                    "Mark all read"
                </Button>
            </PostForm>
        }
    });
    let is_empty = page.items.is_empty();
    let days = page.items.chunk_by(|one, other| one.day == other.day);
    let days = days
        .enumerate()
        .map(|(number, lines)| view! { <Day number lines=lines.to_vec() form=forms.one/> })
        .collect_view();
    let list = if is_empty {
        view! { <Nothing unread_only/> }.into_any()
    } else {
        view! {
            {days}
            <Pager range previous next label="Pages of notifications"/>
        }
        .into_any()
    };
    let refused = move || forms.one.message().get().or_else(|| forms.all.message().get());
    view! {
        <AppPage crumbs=vec![Crumb::here("Notifications")]>
            <div class="page-head">
                <h1>"Notifications"</h1>
                <div class="acts">
                    {mark_all}
                    <LinkButton href=PREFERENCES_PATH kind=ButtonKind::Quiet size=ButtonSize::Small>
                        "What you are told"
                    </LinkButton>
                </div>
            </div>
            <Tabs label="Which notifications" items=tabs_of(unread_only, unread)/>
            {move || refused().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            {list}
        </AppPage>
    }
}

fn tabs_of(unread_only: bool, unread: u32) -> Vec<Tab> {
    let tab = |label: &str, href: &str, count, current| Tab {
        label: label.to_owned(),
        href: href.to_owned(),
        count,
        current,
    };
    vec![
        tab("All", NOTIFICATIONS_PATH, None, !unread_only),
        tab("Unread", "/notifications?unread=true", Some(unread), unread_only),
    ]
}

#[component]
fn Nothing(unread_only: bool) -> impl IntoView {
    let (title, text) = if unread_only {
        ("Nothing is unread", "What is told to you next appears here, and the bell counts it.")
    } else {
        ("Nothing has been told to you yet", "Whatever happens that concerns you appears here, and the bell counts it.")
    };
    view! { <div class="panel"><EmptyState title text/></div> }
}

/// What was told on one day.
#[component]
fn Day(number: usize, lines: Vec<NotificationLine>, form: FormState) -> impl IntoView {
    let heading = lines.first().map(|line| line.day.clone()).unwrap_or_default();
    let id = format!("day-{number}");
    let labelled_by = id.clone();
    let lines = lines.into_iter().map(|line| view! { <Line line form/> }).collect_view();
    view! {
        <section class="told-day" aria-labelledby=labelled_by>
            <h2 id=id>{heading}</h2>
            <ul class="panel told">{lines}</ul>
        </section>
    }
}

#[component]
fn Line(line: NotificationLine, form: FormState) -> impl IntoView {
    let NotificationLine { id, kind, presses, title, body, link, at, unread, .. } = line;
    let verb = format!("Mark read: {title}");
    let mark = unread.then(|| {
        view! {
            <PostForm form>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=Glyph::Check label=verb class="mark">
                    "Mark read"
                </Button>
            </PostForm>
        }
    });
    let (glyph, tone) = look_of(kind);
    view! {
        <li class=if unread { "unread" } else { "" }>
            <span class=format!("ti {}", tone.class())>
                <Icon glyph/>
            </span>
            <div class="what">
                <p>
                    {unread.then(|| view! { <span class="dot t-green"></span> <span class="sr">"Unread: "</span> })}
                    <a href=link>{title}</a>
                    {(presses && unread).then(|| view! { <Pill tone=Tone::Amber icon=Glyph::Flag>"Important"</Pill> })}
                </p>
                {(!body.is_empty()).then(|| view! { <p class="said">{body}</p> })}
            </div>
            <Time at=at.at.to_string() text=at.text exact=at.exact class="muted small"/>
            {mark}
        </li>
    }
}
