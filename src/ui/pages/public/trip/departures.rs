//! When a trip leaves, and how many seats each departure has left.

use leptos::prelude::*;

use crate::{
    crm::trips::screens::DepartureLine,
    shared::money::Money,
    ui::components::{ButtonSize, LinkButton, Meter, Time},
};

/// Up to so many seats are drawn one by one.
const DRAWN_SEATS: u32 = 16;

/// The coming departures; choosing one takes it into the enquiry.
#[component]
pub(super) fn Departures(slug: String, price: Money, departures: Vec<DepartureLine>) -> impl IntoView {
    if departures.is_empty() {
        return view! {
            <section aria-labelledby="departures">
                <h2 id="departures">"Departures"</h2>
                <p class="muted sub">"No date is set yet. Ask, and the organizer tells you when it may leave."</p>
            </section>
        }
        .into_any();
    }
    let rows = departures
        .into_iter()
        .map(|departure| view! { <DepartureRow slug=slug.clone() price departure/> })
        .collect_view();
    view! {
        <section aria-labelledby="departures">
            <h2 id="departures">"Departures"</h2>
            <p class="muted sub">"Prices per person. An enquiry books nothing; the organizer answers first."</p>
            <div class="deps">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Dates"</th>
                            <th scope="col">"Seats"</th>
                            <th scope="col" class="n">"Price"</th>
                            <th scope="col"><span class="sr">"Choose"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn DepartureRow(slug: String, price: Money, departure: DepartureLine) -> impl IntoView {
    let words = departure.seats_in_words();
    let class = match (departure.is_full(), departure.is_nearly_full()) {
        (true, _) => "muted",
        (_, true) => "few",
        _ => "",
    };
    let choose = (!departure.is_full()).then(|| {
        let href = format!("/trips/{slug}?departure={}#enquire", departure.id);
        view! {
            <LinkButton size=ButtonSize::Small href label=format!("Choose {}", departure.starts)>"Choose"</LinkButton>
        }
    });
    view! {
        <tr>
            <td>
                <Time class="strong" at=departure.starts_on.to_string() text=departure.starts.clone()/>
                <span class="muted">{format!(" to {}", departure.ends)}</span>
            </td>
            <td>
                <span class="row seatcell">
                    <SeatMarks seats=departure.seats left=departure.seats_left/>
                    <span class=class>{words}</span>
                </span>
            </td>
            <td class="n strong">{price.to_string()}</td>
            <td class="n">{choose}</td>
        </tr>
    }
}

/// A small mark for each seat, the booked ones first; a bar where there are many.
#[component]
fn SeatMarks(seats: u32, left: u32) -> impl IntoView {
    let booked = seats.saturating_sub(left);
    if seats > DRAWN_SEATS {
        return view! {
            <span class="seats-bar">
                <Meter value=booked max=seats label=format!("{booked} of {seats} seats booked")/>
            </span>
        }
        .into_any();
    }
    let marks = (0..seats)
        .map(|seat| {
            let class = if seat < booked { "b1" } else { "b1s" };
            view! { <rect x=(seat * 9).to_string() width="6" height="10" rx="2" class=class></rect> }
        })
        .collect_view();
    let width = seats.saturating_mul(9).saturating_sub(3).to_string();
    view! { <svg class="seats" width=width height="10" aria-hidden="true">{marks}</svg> }.into_any()
}
