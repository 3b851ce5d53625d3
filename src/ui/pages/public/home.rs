//! The front page: what this is, a search, trips that leave soon, what verified means, and what organizers get.

use leptos::prelude::*;
use leptos_meta::Meta;

use super::{card::TripCardItem, search::REGION_LABEL};
use crate::{
    crm::trips::{
        screens::{TripQuery, TripSearchView},
        server_fns::search_trips,
    },
    ui::{
        components::{Button, ButtonKind, ButtonSize, Field, FieldKind, Glyph, Icon, LinkButton, Select, SelectOption},
        load::load,
        title::Title,
    },
};

/// How many trips the front page shows.
const SHOWN: usize = 6;

const PITCH: &str = "Treks and walks across India, sold by the people who lead them. A person at Trek-Tribe has checked each trip before you see it.";

/// What an admin looks at before a trip is called verified (product.md, "Trip verification").
pub(super) const CHECKED: [(&str, &str); 5] = [
    ("A day-by-day itinerary is given", "Where each day leads, how far, and where you sleep."),
    ("The price and what it includes are clear", "One price for a person, what it pays for, and what it does not."),
    (
        "Safety measures and emergency plan are documented",
        "What is done so that nothing happens, and who comes when something does.",
    ),
    ("Guides are qualified", "Their licences and identity, seen as documents."),
    ("Permits and insurance are valid", "For this trip and this season."),
];

const FOR_ORGANIZERS: [(Glyph, &str, &str); 3] = [
    (
        Glyph::Inbox,
        "No enquiry gets lost",
        "Each one becomes a lead with a score and the reasons for it, so you know whom to answer first.",
    ),
    (
        Glyph::Board,
        "From question to booking",
        "A board and a list from new to converted, with calls, notes and follow-ups in one timeline.",
    ),
    (
        Glyph::Calendar,
        "Seats that are never sold twice",
        "A booking takes the seats of its departure in the same step, or does not happen.",
    ),
];

/// What somebody sees who comes for the first time.
#[component]
pub fn HomePage() -> impl IntoView {
    let soon = load(|| (), |()| search_trips(TripQuery::default()));
    view! {
        <Title text="Verified treks across India"/>
        <Meta name="description" content=PITCH/>
        <Suspense>
            {move || Suspend::new(async move {
                let found = soon.await.ok();
                let regions = found.as_ref().map(|found| found.regions.clone()).unwrap_or_default();
                Unsuspend::new(move || view! {
                    <Welcome regions/>
                    <div class="shell front">
                        {found.filter(|found| !found.cards.is_empty()).map(|found| view! { <LeavingSoon found/> })}
                        <Verification/>
                        <ForOrganizers/>
                    </div>
                })
            })}
        </Suspense>
    }
}

#[component]
fn Welcome(regions: Vec<String>) -> impl IntoView {
    let regions = regions.into_iter().map(|region| SelectOption::new(region.clone(), region)).collect();
    view! {
        <section class="hero front-hero" aria-labelledby="welcome">
            <img class="art" src="/landscapes/home.svg" alt="" width="1440" height="560"/>
            <div class="hero-in">
                <h1 id="welcome">"Find the trail you will talk about all year"</h1>
                <p class="lede">{PITCH}</p>
                <form class="front-search" role="search" method="get" action="/trips" aria-label="Trips">
                    <Field label="Trip or place" name="q" kind=FieldKind::Search icon=Glyph::Search max_length=100 placeholder="Kedarkantha, Ladakh, snow"/>
                    <Select label=REGION_LABEL name="region" options=regions blank="All of India"/>
                    <Button kind=ButtonKind::Primary size=ButtonSize::Large>"Find trips"</Button>
                </form>
            </div>
        </section>
    }
}

#[component]
fn LeavingSoon(found: TripSearchView) -> impl IntoView {
    let all = if found.total_capped {
        format!("See all {}+ trips", found.total)
    } else {
        format!("See all {} trips", found.total)
    };
    let cards = found.cards.into_iter().take(SHOWN).map(|card| view! { <TripCardItem card/> }).collect_view();
    view! {
        <section aria-labelledby="soon">
            <div class="front-head">
                <h2 id="soon">"Leaving soon"</h2>
                <a class="link push" href="/trips">{all}</a>
            </div>
            <ul class="trip-cards">{cards}</ul>
        </section>
    }
}

#[component]
fn Verification() -> impl IntoView {
    let checks = CHECKED
        .map(|(item, meaning)| {
            view! {
                <li>
                    <Icon glyph=Glyph::Check/>
                    <div>
                        <h3>{item}</h3>
                        <p class="muted">{meaning}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="front-checks" id="verification" aria-labelledby="verification-h">
            <div>
                <span class="front-mark">
                    <Icon glyph=Glyph::Verified/>
                </span>
                <h2 id="verification-h">"What “verified” means"</h2>
                <p class="front-text">
                    "No trip goes live before somebody at Trek-Tribe has gone through it, point by point. When its organizer changes what a point covers, that point is looked at again."
                </p>
            </div>
            <ul class="ticks">{checks}</ul>
        </section>
    }
}

#[component]
fn ForOrganizers() -> impl IntoView {
    let reasons = FOR_ORGANIZERS
        .map(|(glyph, title, text)| {
            view! {
                <li>
                    <Icon glyph/>
                    <h3>{title}</h3>
                    <p class="muted">{text}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="front-org" id="organizers" aria-labelledby="organizers-h">
            <div class="front-head">
                <div>
                    <h2 id="organizers-h">"You lead trips?"</h2>
                    <p class="front-text">"Trek-Tribe brings travellers to your trips and helps you to answer every one of them."</p>
                </div>
                <LinkButton class="push" size=ButtonSize::Large href="/register">"Register as an organizer"</LinkButton>
            </div>
            <ul class="front-reasons">{reasons}</ul>
        </section>
    }
}
