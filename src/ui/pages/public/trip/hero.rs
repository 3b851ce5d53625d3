//! The top of a trip's page: its picture, its name, and the facts in one row.

use leptos::prelude::*;

use crate::{
    crm::trips::screens::{TripPageView, TripQuery},
    ui::{
        components::{Breadcrumb, Crumb, Glyph, Icon},
        pages::public::{card::days_in_words, search::search_address},
    },
};

/// The picture with the trip's name on its dark part.
#[component]
pub(super) fn Hero(trip: TripPageView) -> impl IntoView {
    let region = search_address(&TripQuery { region: Some(trip.region.clone()), ..TripQuery::default() });
    let crumbs = vec![Crumb::link("Trips", "/trips"), Crumb::link(trip.region.clone(), region)];
    let verified = trip.is_verified.then(|| {
        view! {
            <li class="vbadge">
                <Icon glyph=Glyph::Verified/>
                "Verified by Trek-Tribe"
            </li>
        }
    });
    view! {
        <section class="hero" aria-labelledby="title">
            <img class="art" src=trip.hero.url alt=trip.hero.description width="1440" height="560"/>
            <div class="hero-in">
                <Breadcrumb items=crumbs/>
                <h1 id="title">{trip.title}</h1>
                <p class="lede">{trip.summary}</p>
                <ul class="row wrap hero-badges">
                    {verified}
                    <li>
                        <Icon glyph=Glyph::Pin/>
                        {format!("{}, {}", trip.destination, trip.region)}
                    </li>
                </ul>
            </div>
        </section>
    }
}

/// What one asks first: how long, how hard, how many people, when next.
#[component]
pub(super) fn Facts(trip: TripPageView) -> impl IntoView {
    let next = trip.next_with_seats().map(|departure| (Glyph::Clock, "Next departure", departure.starts.clone()));
    let group = trip.group.map(|seats| (Glyph::Group, "Group", format!("Up to {seats}")));
    let facts = [
        Some((Glyph::Calendar, "Duration", days_in_words(trip.duration_days))),
        Some((Glyph::Boot, "Difficulty", trip.difficulty.label().to_owned())),
        group,
        next,
    ];
    let facts = facts
        .into_iter()
        .flatten()
        .map(|(glyph, term, value)| {
            view! {
                <div>
                    <dt>
                        <Icon glyph/>
                        {term}
                    </dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="factbar">{facts}</dl> }
}
