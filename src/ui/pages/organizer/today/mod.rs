//! The page of the day. Its title answers the viewer's question: for organizers whom to answer and whether trips fill, for
//! admins what waits.

pub mod figures;
pub mod seats;
pub mod waiting;

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{Redirect, Route},
    hooks::use_query_map,
    path,
};

pub(crate) use self::{figures::FigureRow, waiting::LinePanel};
use self::{seats::SeatsPanel, waiting::WaitingPanel};
use crate::{
    crm::analytics::{
        server_fns::load_today,
        today::{OrganizerToday, Today},
    },
    live::events::ChangedKind,
    ui::{
        components::{ButtonKind, ButtonSize, Crumb, Glyph, LinkButton},
        guard::guard,
        layout::AppPage,
        lazy::lazy_pages,
        live::{load_live, use_changes, with_time},
        pages::{
            admin::today::AdminDay,
            help::{ChatNotice, HelpNotice},
        },
        title::Title,
    },
};

lazy_pages! {
    today_page:
    TodayRoute => TodayPage,
}

/// The route of the day.
#[component(transparent)]
pub fn TodayRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/today") view={Lazy::<TodayRoute>::new()} ssr=SsrMode::Async/> }.into_inner()
}

/// The day, as the viewer's role has it.
#[component]
pub fn TodayPage() -> impl IntoView {
    let query = use_query_map();
    let days = Memo::new(move |_| query.with(|query| query.get("days").unwrap_or_default()));
    const SHOWN: &[ChangedKind] =
        &[ChangedKind::Lead, ChangedKind::Ticket, ChangedKind::Conversation, ChangedKind::Dashboard];
    let live = with_time(use_changes(SHOWN));
    let today = load_live(move || days.get(), live, load_today);
    view! {
        <Title text="Today"/>
        <Transition>
            {move || Suspend::new(async move {
                guard(today.await, move |today| match today {
                    Today::Organizer(day) => view! { <OrganizerDay day=*day/> }.into_any(),
                    Today::Admin(day) => view! { <AdminDay day=*day/> }.into_any(),
                    Today::Traveller => view! { <Redirect path="/home"/> }.into_any(),
                })
            })}
        </Transition>
    }
}

#[component]
fn OrganizerDay(day: OrganizerToday) -> impl IntoView {
    let add = view! {
        <LinkButton href="/leads/new" kind=ButtonKind::Primary size=ButtonSize::Small icon=Glyph::Plus>
            "Add lead"
        </LinkButton>
    }
    .into_any();
    view! {
        <AppPage crumbs=vec![Crumb::here("Today")] actions=add>
            <div class="page-head">
                <div>
                    <h1>{day.answer}</h1>
                    <p>{day.aside}</p>
                </div>
            </div>
            {day.chats.map(|words| view! { <ChatNotice words/> })}
            {day.help.map(|words| view! { <HelpNotice words/> })}
            <div class="grid-2-1 stretch home-top">
                <WaitingPanel waiting=day.waiting/>
                <SeatsPanel seats=day.seats/>
                <FigureRow figures=day.figures/>
            </div>
        </AppPage>
    }
}
