//! Searching live trips: a form of filters, cards, and pages of them. All of it is in the address.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{card::TripCardItem, problem::guard};
use crate::{
    crm::trips::{
        screens::{TripQuery, TripSearchView},
        server_fns::search_trips,
        trip::Difficulty,
    },
    ui::{
        components::{
            Button, ButtonKind, EmptyState, Field, FieldKind, Glyph, LinkButton, Pager, Select, SelectOption,
        },
        load::load,
        paging::Trail,
        title::Title,
    },
};

/// What a region is called in forms.
pub(super) const REGION_LABEL: &str = "Region";

const SORTS: [(&str, &str); 3] = [("startsOn", "Leaving soonest"), ("price", "Lowest price"), ("title", "Name")];

/// The search.
#[component]
pub fn TripsPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(|params| query_of(|name| params.get(name))));
    let trail = Memo::new(move |_| {
        Trail::read(params.with(|params| params.get("trail")), params.with(|params| params.get("cursor")))
    });
    let found = load(move || query.get(), search_trips);
    view! {
        <Title text="Trips"/>
        <Meta name="description" content="Live treks and walks across India with dates, seats left and prices, each one verified."/>
        <Suspense>
            {move || Suspend::new(async move {
                guard(found.await, move |found| view! { <Search query=query.get() trail=trail.get() found/> })
            })}
        </Suspense>
    }
}

#[component]
fn Search(query: TripQuery, trail: Trail, found: TripSearchView) -> impl IntoView {
    let summary = summary_of(&found);
    let regions = found.regions.clone();
    let filtered = query.is_filtered();
    view! {
        <div class="shell trips">
            <div>
                <h1>"Trips"</h1>
                <p class="intro">"Every trip here has been checked: its days, its price, its safety plan, its guides and its permits."</p>
            </div>
            <Filters query=query.clone() regions/>
            <section class="results" aria-labelledby="found">
                <div class="front-head">
                    <h2 id="found" class="found">{summary}</h2>
                    {filtered.then(|| view! { <a class="link" href="/trips">"Clear the filters"</a> })}
                </div>
                <Results query trail found/>
            </section>
        </div>
    }
}

#[component]
fn Filters(query: TripQuery, regions: Vec<String>) -> impl IntoView {
    let regions = regions.into_iter().map(|region| SelectOption::new(region.clone(), region)).collect();
    let difficulties = Difficulty::ALL.iter().map(|level| SelectOption::new(level.as_str(), level.label())).collect();
    let sorts = SORTS.map(|(value, label)| SelectOption::new(value, label)).to_vec();
    let sort = query.sort.unwrap_or_else(|| SORTS[0].0.to_owned());
    view! {
        <form class="trip-search" role="search" method="get" action="/trips" aria-label="Trips">
            <Field
                label="Trip or place"
                name="q"
                kind=FieldKind::Search
                icon=Glyph::Search
                max_length=100
                value=query.q.unwrap_or_default()
                placeholder="Kedarkantha, Ladakh, snow"
            />
            <Select label=REGION_LABEL name="region" options=regions value=query.region.unwrap_or_default() blank="All of India"/>
            <Select label="Difficulty" name="difficulty" options=difficulties value=query.difficulty.unwrap_or_default() blank="Any"/>
            <Select label="Order" name="sort" options=sorts value=sort/>
            <Button kind=ButtonKind::Primary>"Find trips"</Button>
        </form>
    }
}

#[component]
fn Results(query: TripQuery, trail: Trail, found: TripSearchView) -> impl IntoView {
    if found.cards.is_empty() {
        let all = view! { <LinkButton href="/trips">"See all trips"</LinkButton> }.into_any();
        return view! {
            <EmptyState
                title="No trip fits"
                text="Try another word, or leave out the region or the difficulty. New trips appear here once they are verified."
                action=all
            />
        }
        .into_any();
    }
    let range = trail.range(found.cards.len(), found.limit, found.total, found.total_capped);
    let address = search_address(&query);
    let previous = trail.previous(&address);
    let next = found.next.as_deref().map(|next| trail.next(&address, next));
    let paged = previous.is_some() || next.is_some();
    let cards = found.cards.into_iter().map(|card| view! { <TripCardItem card/> }).collect_view();
    view! {
        <ul class="trip-cards">{cards}</ul>
        {paged.then(|| view! { <Pager range previous next label="Pages of trips"/> })}
    }
    .into_any()
}

fn query_of(param: impl Fn(&str) -> Option<String>) -> TripQuery {
    let given = |name| param(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    TripQuery {
        q: given("q"),
        difficulty: given("difficulty"),
        region: given("region"),
        sort: given("sort"),
        cursor: given("cursor"),
    }
}

/// The address of a search, without the page of it.
pub(super) fn search_address(query: &TripQuery) -> String {
    let given = [("q", &query.q), ("region", &query.region), ("difficulty", &query.difficulty), ("sort", &query.sort)];
    let mut params = ParamsMap::new();
    for (name, value) in given {
        if let Some(value) = value {
            params.insert(name, value.clone());
        }
    }
    format!("/trips{}", params.to_query_string())
}

fn summary_of(found: &TripSearchView) -> String {
    match (found.total, found.total_capped) {
        (total, true) => format!("{total} and more trips"),
        (1, false) => "1 trip".into(),
        (total, false) => format!("{total} trips"),
    }
}
