//! Pages that need no account and ship no script.

mod card;
pub mod frame;
pub mod home;
mod problem;
pub mod search;
pub mod trip;

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route},
    path,
};

use self::{frame::PublicFrame, home::HomePage, search::TripsPage, trip::TripPage};

/// The routes of the public pages about trips.
#[component(transparent)]
pub fn PublicRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=PublicFrame ssr=SsrMode::Async>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
            <Route path=path!("/trips") view=TripsPage ssr=SsrMode::Async/>
            <Route path=path!("/trips/:slug") view=TripPage ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
