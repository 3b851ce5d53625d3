//! A live trip as a card: what decides at a glance.

use leptos::prelude::*;

use crate::{
    crm::trips::screens::{DepartureLine, TripCardView},
    ui::components::Time,
};

/// A card in a list of trips; the whole card is one link.
#[component]
pub(super) fn TripCardItem(card: TripCardView) -> impl IntoView {
    let TripCardView { slug, title, destination, region, duration_days, difficulty, price, picture, next } = card;
    view! {
        <li class="trip-card">
            <img class="art" src=picture.url alt="" width="1440" height="560" loading="lazy"/>
            <div class="text">
                <h3>
                    <a href=format!("/trips/{slug}")>{title}</a>
                </h3>
                <p class="meta">
                    <span>{format!("{destination}, {region}")}</span>
                </p>
                <p class="meta">
                    <span>{days_in_words(duration_days)}</span>
                    <span>{difficulty.label()}</span>
                </p>
            </div>
            <p class="foot">
                <strong class="num">{price.to_string()}</strong>
                <span class="muted">"per person"</span>
            </p>
            <NextDeparture next/>
        </li>
    }
}

#[component]
fn NextDeparture(next: Option<DepartureLine>) -> impl IntoView {
    let Some(next) = next else {
        return view! { <p class="next muted">"No date is set yet"</p> }.into_any();
    };
    let words = next.seats_in_words();
    let class = if next.is_nearly_full() { "few" } else { "muted" };
    view! {
        <p class="next">
            <Time at=next.starts_on.to_string() text=next.starts/>
            <span class=class>{words}</span>
        </p>
    }
    .into_any()
}

/// `1 day`, `6 days`.
pub(super) fn days_in_words(days: u32) -> String {
    if days == 1 { "1 day".into() } else { format!("{days} days") }
}
