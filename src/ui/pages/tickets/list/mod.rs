//! The list of tickets. Its filters, its order and the place in it are in the address; the server makes its links.

mod filters;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::{
    filters::{Filters, OrderMenu},
    table::TicketTable,
};
use crate::{
    crm::tickets::{
        screens::{CountedLink, TICKETS_PATH, TicketTab, TicketsPage},
        server_fns::{list::load_tickets, ticket::AssignTicket},
    },
    live::events::ChangedKind,
    shared::query::write_query,
    ui::{
        components::{
            ButtonKind, ButtonSize, Crumb, EmptyState, Glyph, LinkButton, Notice, NoticeKind, Pager, Skeleton, Tab,
            Tabs,
        },
        form::{FormState, use_form},
        guard::guard,
        layout::AppPage,
        live::{load_live, use_changes, with_time},
        pages::{frame::use_frame_version, rows::use_row_keys},
        title::Title,
    },
};

/// The page of the list that the address names, read again when a ticket was taken.
#[component]
pub(super) fn TicketListPage() -> impl IntoView {
    let query = use_location().search;
    let (changes, live) = (RwSignal::new(0_u32), with_time(use_changes(&[ChangedKind::Ticket])));
    let loaded = load_live(move || (query.get(), changes.get()), live, |(query, _)| load_tickets(query));
    let assign = use_form::<AssignTicket>();
    let frame = use_frame_version();
    assign.when_answered(move |_| {
        changes.update(|count| *count += 1);
        frame.bump();
    });
    use_row_keys();
    view! {
        <Title text="Tickets"/>
        <Transition fallback=|| view! { <Skeleton label="Loading tickets" rows=12/> }>
            {move || Suspend::new(async move { guard(loaded.await, move |page| view! { <List page assign/> }) })}
        </Transition>
    }
}

#[component]
fn List(page: TicketsPage, assign: FormState) -> impl IntoView {
    let (for_admin, tab) = (page.for_admin, page.tab);
    let (range, previous, next) = (page.range.clone(), page.previous.clone(), page.next.clone());
    let body = if page.lines.is_empty() {
        view! { <NoTickets for_admin tab is_filtered=page.is_filtered q=page.q.clone()/> }.into_any()
    } else {
        view! { <TicketTable lines=page.lines.clone() for_admin from=page.from.clone() form=assign/> }.into_any()
    };
    let crumbs = vec![Crumb::link("Tickets", TICKETS_PATH), Crumb::here(tab.label())];
    let tabs = page.tabs.iter().map(tab_of).collect();
    let orders = page.orders.clone().map(|menu| view! { <div class="push wide"><OrderMenu menu/></div> });
    let refusal = assign.error();
    view! {
        <AppPage crumbs main_class="class-list" actions=actions(for_admin)>
            <h1 class="sr">"Tickets"</h1>
            <div class="viewbar menu-row">
                <Tabs label="Views" items=tabs/>
                {orders}
            </div>
            {move || {
                refusal.get().map(|error| {
                    view! {
                        <div class="list-note">
                            <Notice kind=NoticeKind::Error>{error.message()}</Notice>
                        </div>
                    }
                })
            }}
            <Filters page/>
            {body}
            <div class="list-foot">
                <Pager range previous next label="Pages of tickets"/>
            </div>
        </AppPage>
    }
}

fn tab_of(link: &CountedLink) -> Tab {
    let CountedLink { label, href, count, current } = link.clone();
    Tab { label, href, count, current }
}

fn actions(for_admin: bool) -> AnyView {
    let answers = for_admin.then(|| {
        view! {
            <LinkButton href="/admin/answers" size=ButtonSize::Small kind=ButtonKind::Quiet icon=Glyph::Note class="wide">
                "Answers"
            </LinkButton>
        }
    });
    view! {
        {answers}
        <LinkButton href="/tickets/new" size=ButtonSize::Small kind=ButtonKind::Primary icon=Glyph::Plus>
            "New ticket"
        </LinkButton>
    }
    .into_any()
}

/// What stands where there is no ticket: a way out of the filter, or how to open the first one.
#[component]
fn NoTickets(for_admin: bool, tab: TicketTab, is_filtered: bool, q: String) -> impl IntoView {
    let everywhere = format!("/tickets?{}", write_query([("view", "all"), ("q", &q)]));
    let (title, text, href, verb) = match (for_admin, is_filtered, tab) {
        (_, true, _) => (
            "No ticket fits this filter",
            "Take a filter away, or look among all tickets, also those that are closed.",
            everywhere.as_str(),
            "Look among all tickets",
        ),
        (true, _, TicketTab::Mine) => (
            "Nothing is yours to do",
            "Tickets that you take, or that are given to you, appear here.",
            "/tickets?view=unassigned",
            "See what is unassigned",
        ),
        (true, _, TicketTab::Unassigned) => (
            "Every ticket has somebody",
            "New tickets appear here until an admin takes them.",
            "/tickets",
            "See all open tickets",
        ),
        (true, _, TicketTab::Late) => (
            "Nothing is late",
            "A ticket appears here when its first answer or its resolution is overdue.",
            "/tickets",
            "See all open tickets",
        ),
        (true, ..) => (
            "No tickets here",
            "Whoever needs help opens a ticket, and it appears here.",
            "/tickets?view=all",
            "Show all tickets",
        ),
        (false, _, TicketTab::Open) => {
            ("No open tickets", "Nothing of yours waits for an answer.", "/tickets/new", "Open a ticket")
        }
        (false, ..) => (
            "You have not needed help yet",
            "Ask about a booking, a payment or a trip: open a ticket, and every answer to it appears here.",
            "/tickets/new",
            "Open a ticket",
        ),
    };
    let action = view! { <LinkButton href>{verb}</LinkButton> }.into_any();
    view! {
        <div class="grid-wrap">
            <EmptyState title text action/>
        </div>
    }
}
