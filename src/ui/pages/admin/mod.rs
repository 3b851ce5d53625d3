//! The pages for admins: what waits, people, mails, and who changed what.

mod audit;
mod filters;
mod outbox;
mod people;
pub mod today;

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Outlet, ParentRoute, Route},
    path,
};

use self::{
    audit::AuditPage,
    outbox::{MailPage, OutboxPage},
    people::{InvitePage, PeoplePage, PersonPage},
};

/// The pages of `/admin`, below the frame.
#[component(transparent)]
pub fn AdminRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/admin") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("/people") view=PeoplePage ssr=SsrMode::Async/>
            <Route path=path!("/people/invite") view=InvitePage ssr=SsrMode::Async/>
            <Route path=path!("/people/:id") view=PersonPage ssr=SsrMode::Async/>
            <Route path=path!("/outbox") view=OutboxPage ssr=SsrMode::Async/>
            <Route path=path!("/outbox/:id") view=MailPage ssr=SsrMode::Async/>
            <Route path=path!("/audit") view=AuditPage ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
