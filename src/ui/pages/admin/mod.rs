//! The pages for admins: what waits, people, mails, canned answers, and who changed what.

mod answers;
mod audit;
mod outbox;
mod people;
pub mod today;

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route},
    path,
};

use self::{
    answers::AnswersPage,
    audit::AuditPage,
    outbox::{MailPage, OutboxPage, SamplePage, SamplesPage},
    people::{InvitePage, PeoplePage, PersonPage},
};
use crate::ui::lazy::lazy_pages;

lazy_pages! {
    admin_pages:
    People => PeoplePage,
    Invite => InvitePage,
    Person => PersonPage,
    Outbox => OutboxPage,
    Mail => MailPage,
    Samples => SamplesPage,
    Sample => SamplePage,
    Audit => AuditPage,
    Answers => AnswersPage,
}

/// The pages of `/admin`, below the frame.
#[component(transparent)]
pub fn AdminRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/admin") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("/people") view={Lazy::<People>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/people/invite") view={Lazy::<Invite>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/people/:id") view={Lazy::<Person>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/outbox") view={Lazy::<Outbox>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/outbox/templates") view={Lazy::<Samples>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/outbox/templates/:kind") view={Lazy::<Sample>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/outbox/:id") view={Lazy::<Mail>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/audit") view={Lazy::<Audit>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/answers") view={Lazy::<Answers>::new()} ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
