//! The list of one's own trips: which are live, which fill, which wait for something.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::visibility::{VerificationPill, VisibilityPill};
use crate::{
    crm::trips::{
        screens::{MyTripRow, MyTripsView},
        server_fns::list_my_trips,
    },
    ui::{
        components::{
            ButtonKind, ColumnHead, ColumnWidth, Crumb, EmptyState, Glyph, LinkButton, Pager, SeatBar, Table, Time,
        },
        guard::guard,
        layout::AppPage,
        load::load,
        paging::Trail,
        title::Title,
    },
};

/// The list.
#[component]
pub fn MyTripsPage() -> impl IntoView {
    let params = use_query_map();
    let cursor = Memo::new(move |_| params.with(|params| params.get("cursor")).filter(|cursor| !cursor.is_empty()));
    let trail = move || Trail::read(params.with(|params| params.get("trail")), cursor.get());
    let trips = load(move || cursor.get(), list_my_trips);
    view! {
        <Title text="My trips"/>
        <Transition>
            {move || Suspend::new(async move {
                guard(trips.await, move |trips| view! { <TripList trail=trail() trips/> })
            })}
        </Transition>
    }
}

#[component]
fn TripList(trail: Trail, trips: MyTripsView) -> impl IntoView {
    let title = if trips.of_everybody { "Trips" } else { "My trips" };
    let new = view! {
        <LinkButton kind=ButtonKind::Primary icon=Glyph::Plus href="/my-trips/new">
            "New trip"
        </LinkButton>
    };
    let summary = summary_of(&trips);
    view! {
        <AppPage crumbs=vec![Crumb::here(title)] actions=new.into_any()>
            <div class="page-head">
                <div>
                    <h1>{title}</h1>
                    <p>{summary}</p>
                </div>
            </div>
            <TripRows trail trips/>
        </AppPage>
    }
}

#[component]
fn TripRows(trail: Trail, trips: MyTripsView) -> impl IntoView {
    if trips.rows.is_empty() {
        let first = view! { <LinkButton href="/my-trips/new">"Write the first trip"</LinkButton> };
        return view! {
            <div class="panel">
                <EmptyState
                    title="No trip yet"
                    text="Your trips stand here with their seats and enquiries. A new one is a draft until it is verified."
                    action=first.into_any()
                />
            </div>
        }
        .into_any();
    }
    let with_organizer = trips.of_everybody;
    let range = trail.range(trips.rows.len(), trips.limit, trips.total, trips.total_capped);
    let previous = trail.previous("/my-trips");
    let next = trips.next.as_deref().map(|next| trail.next("/my-trips", next));
    let paged = previous.is_some() || next.is_some();
    let rows = trips.rows.into_iter().map(|row| view! { <TripLine row with_organizer/> }).collect_view();
    view! {
        <div class="panel">
            <Table label="Trips" class="trips-table">
                <thead>
                    <tr>
                        <ColumnHead label="Trip"/>
                        {with_organizer.then(|| view! { <ColumnHead label="Organizer"/> })}
                        <ColumnHead label="Visibility" width=ColumnWidth::Narrow/>
                        <ColumnHead label="Verification" width=ColumnWidth::State/>
                        <ColumnHead label="Next departure" width=ColumnWidth::Narrow/>
                        <ColumnHead label="Seats booked" width=ColumnWidth::State/>
                        <ColumnHead label="Open leads" width=ColumnWidth::Narrow numeric=true/>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
        {paged.then(|| view! { <Pager range previous next label="Pages of trips"/> })}
    }
    .into_any()
}

#[component]
fn TripLine(row: MyTripRow, with_organizer: bool) -> impl IntoView {
    let open = match row.open_leads {
        0 => view! { <span class="muted num">"0"</span> }.into_any(),
        count => {
            let label = format!("{count} open leads of {}", row.title);
            view! { <a class="link over num" href=leads_of(&row) aria-label=label>{count}</a> }.into_any()
        }
    };
    let next = match row.next {
        Some(next) => view! { <Time at=next.at text=next.text/> }.into_any(),
        None => view! { <span class="muted">"None"</span> }.into_any(),
    };
    view! {
        <tr>
            <td>
                <span class="row">
                    <img class="thumb" src=row.picture.thumb_url alt="" width="48" height="48"/>
                    <span class="trip-name">
                        <a class="cover" href=format!("/my-trips/{}", row.id)>{row.title}</a>
                        <span class="muted">{row.region}</span>
                    </span>
                </span>
            </td>
            {with_organizer.then(|| view! { <td>{row.organizer}</td> })}
            <td><VisibilityPill visibility=row.visibility/></td>
            <td><VerificationPill verification=row.verification/></td>
            <td class="num">{next}</td>
            <td><Seats booked=row.seats_booked seats=row.seats/></td>
            <td class="n">
                {open}
                <span class="unit muted">" open leads"</span>
            </td>
        </tr>
    }
}

#[component]
fn Seats(booked: u32, seats: u32) -> impl IntoView {
    if seats == 0 {
        return view! { <span class="muted">"No seats yet"</span> }.into_any();
    }
    view! {
        <span class="seats-line">
            <span class="num">{format!("{booked} of {seats}")}</span>
            <SeatBar booked asked=0 seats/>
        </span>
    }
    .into_any()
}

/// The list of a trip's open leads.
fn leads_of(row: &MyTripRow) -> String {
    format!("/leads?tripId={}&status=new,contacted,interested", row.id)
}

fn summary_of(trips: &MyTripsView) -> String {
    let more = if trips.total_capped { " and more" } else { "" };
    match trips.total {
        0 => "Nothing here yet.".into(),
        1 => "1 trip".into(),
        total => format!("{total}{more} trips"),
    }
}
