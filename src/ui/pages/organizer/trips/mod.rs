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
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route},
    path,
};

use self::{
    edit::{EditTripRoute, NewTripRoute},
    list::MyTripsPage,
};
use crate::ui::lazy::lazy_pages;

lazy_pages! {
    trip_pages:
    MyTripsRoute => MyTripsPage,
}

/// The routes of one's own trips.
#[component(transparent)]
pub fn MyTripsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/my-trips") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("") view={Lazy::<MyTripsRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/new") view={Lazy::<NewTripRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/:id") view={Lazy::<EditTripRoute>::new()} ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
