//! "Will I fill my trips?": the departures of the next eight weeks, booked over asked for over free, with the sentence that
//! reads them and a table behind a disclosure.

use leptos::prelude::*;

use crate::{
    crm::analytics::today::{DepartureSeats, Seats},
    ui::components::{EmptyState, Glyph, Icon, SeatBar, Table},
};

/// How full the next departures are.
#[component]
pub(super) fn SeatsPanel(seats: Seats) -> impl IntoView {
    let body = if seats.departures.is_empty() {
        let action = view! { <a class="btn" href="/my-trips">"My trips"</a> }.into_any();
        view! {
            <EmptyState
                title="No departure in the next 8 weeks"
                text="Departures of your trips appear here with their booked and free seats. Add dates to a trip to see them."
                action
            />
        }
        .into_any()
    } else {
        view! { <SeatsChart seats/> }.into_any()
    };
    view! {
        <section class="panel fill" aria-labelledby="fill">
            <header>
                <h2 id="fill">"Will I fill my trips?"</h2>
                <span class="muted push">"next 8 weeks"</span>
            </header>
            {body}
        </section>
    }
}

#[component]
fn SeatsChart(seats: Seats) -> impl IntoView {
    let (before, strong, after) = seats.reading;
    let rows = seats.departures.iter().cloned().map(|departure| view! { <DepartureRow departure/> }).collect_view();
    view! {
        <div class="body">
            <figure class="chart">
                <figcaption>{before} <strong>{strong}</strong> {after}</figcaption>
                <ul class="dep-list">{rows}</ul>
                <p class="legend">
                    <LegendMark class="b1" word="booked"/>
                    <LegendMark class="b1s" word="asked for"/>
                    <LegendMark class="btrack" word="free"/>
                </p>
                <SeatsTable departures=seats.departures/>
            </figure>
        </div>
    }
}

#[component]
fn LegendMark(class: &'static str, word: &'static str) -> impl IntoView {
    view! {
        <span>
            <svg aria-hidden="true">
                <rect class=class width="10" height="10" rx="2"></rect>
            </svg>
            {word}
        </span>
    }
}

#[component]
fn DepartureRow(departure: DepartureSeats) -> impl IntoView {
    let DepartureSeats { trip, thumb, day, href, booked, asked, seats } = departure;
    let label = format!("{trip}, {day}: {booked} of {seats} seats booked, {asked} asked for");
    let count = if booked >= seats {
        view! { <b class="strong">"Full"</b> }.into_any()
    } else {
        view! {
            <b class="strong">{booked}</b>
            <span class="muted">{format!(" / {seats}")}</span>
        }
        .into_any()
    };
    view! {
        <li>
            <a href=href aria-label=label>
                <span class="row">
                    <img class="thumb sm" src=thumb alt="" width="20" height="20" loading="lazy"/>
                    <span class="fit">
                        <b class="strong">{trip}</b>
                        <span class="muted">{day}</span>
                    </span>
                    <span class="push num nowrap">{count}</span>
                </span>
                <SeatBar booked asked seats/>
            </a>
        </li>
    }
}

#[component]
fn SeatsTable(departures: Vec<DepartureSeats>) -> impl IntoView {
    let rows = departures
        .into_iter()
        .map(|departure| {
            let free = departure.seats.saturating_sub(departure.booked);
            view! {
                <tr>
                    <th scope="row">{format!("{}, {}", departure.trip, departure.day)}</th>
                    <td class="n">{departure.booked}</td>
                    <td class="n">{departure.asked}</td>
                    <td class="n">{free}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details>
            <summary>
                <Icon glyph=Glyph::Right/>
                "Show as a table"
            </summary>
            <Table label="Seats by departure">
                <thead>
                    <tr>
                        <th scope="col">"Departure"</th>
                        <th scope="col" class="n">"Booked"</th>
                        <th scope="col" class="n">"Asked for"</th>
                        <th scope="col" class="n">"Free"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </details>
    }
}
