//! An organizer's own trips: the list, and the form that makes or changes one.

mod departures;
mod details;
mod edit;
mod itinerary;
mod list;
mod photos;
mod rows;
mod visibility;

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Outlet, ParentRoute, Route},
    path,
};

use self::{
    edit::{EditTripPage, NewTripPage},
    list::MyTripsPage,
};

/// The routes of one's own trips.
#[component(transparent)]
pub fn MyTripsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/my-trips") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("") view=MyTripsPage ssr=SsrMode::Async/>
            <Route path=path!("/new") view=NewTripPage ssr=SsrMode::Async/>
            <Route path=path!("/:id") view=EditTripPage ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
