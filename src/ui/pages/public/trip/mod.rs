//! The public page of a trip: what it is, when it leaves, who leads it, and the enquiry.

mod departures;
mod enquiry;
mod hero;
mod organizer;
mod story;

use leptos::prelude::*;
use leptos_meta::{Link, Meta};
use leptos_router::hooks::{use_params_map, use_query_map};

use self::{
    departures::Departures,
    enquiry::{Asked, BuyBar, Enquiry},
    hero::{Facts, Hero},
    organizer::Organizer,
    story::{Inclusions, Itinerary, SafetyPlan, WhatToExpect},
};
use super::problem::guard;
use crate::{
    crm::trips::{screens::TripPageView, server_fns::load_trip},
    ui::{load::load, title::Title},
};

/// The page of one live trip. `?departure=` chooses a departure in the enquiry, `?sent=1` thanks for it.
#[component]
pub fn TripPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let trip = load(move || params.with(|params| params.get("slug").unwrap_or_default()), load_trip);
    let asked = move || {
        query.with(|query| Asked {
            departure: query.get("departure").unwrap_or_default(),
            is_sent: query.get("sent").is_some(),
        })
    };
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                guard(trip.await, move |trip| view! { <TripSections asked=asked() trip/> })
            })}
        </Suspense>
    }
}

#[component]
fn TripSections(asked: Asked, trip: TripPageView) -> impl IntoView {
    view! {
        <Head trip=trip.clone()/>
        <Hero trip=trip.clone()/>
        <div class="shell">
            <div class="trip-grid">
                <div class="trip-main">
                    <Facts trip=trip.clone()/>
                    <WhatToExpect paragraphs=trip.paragraphs.clone() photos=trip.photos.clone()/>
                    <Itinerary days=trip.days.clone()/>
                    <SafetyPlan measures=trip.measures.clone() emergency_plan=trip.emergency_plan.clone()/>
                    <Departures slug=trip.slug.clone() price=trip.price departures=trip.departures.clone()/>
                    <Inclusions inclusions=trip.inclusions.clone() exclusions=trip.exclusions.clone()/>
                    <Organizer organizer=trip.organizer.clone() is_verified=trip.is_verified/>
                </div>
                <Enquiry asked trip=trip.clone()/>
            </div>
        </div>
        <BuyBar trip/>
    }
}

/// What other sites and search engines read.
#[component]
fn Head(trip: TripPageView) -> impl IntoView {
    view! {
        <Title text=trip.title.clone()/>
        <Meta name="description" content=trip.summary.clone()/>
        <Link rel="canonical" href=trip.address.clone()/>
        <Meta property="og:type" content="product"/>
        <Meta property="og:site_name" content="Trek-Tribe"/>
        <Meta property="og:title" content=trip.title/>
        <Meta property="og:description" content=trip.summary/>
        <Meta property="og:url" content=trip.address/>
        <Meta property="og:image" content=trip.image_address/>
        <Meta property="og:image:alt" content=trip.hero.description/>
    }
}
