//! Tickets, to all roles: the list (a queue for admins, for others their own), opening one, and the page of one.

mod list;
mod marks;
mod new;
mod ticket;

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route},
    path,
};

use self::{list::TicketListPage, new::NewTicketPage, ticket::TicketRoute};
use crate::ui::lazy::lazy_pages;

lazy_pages! {
    ticket_lists:
    TicketListRoute => TicketListPage,
    NewTicketRoute => NewTicketPage,
}

/// `/tickets`, `/tickets/new` and the page of one ticket.
#[component(transparent)]
pub fn TicketRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/tickets") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("") view={Lazy::<TicketListRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("new") view={Lazy::<NewTicketRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!(":id") view={Lazy::<TicketRoute>::new()} ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
