//! A bar of how much of a whole. Drawn by SVG attributes, since no element may carry a style.

use leptos::prelude::*;

/// What the bar tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeterKind {
    /// Booked, done, left.
    #[default]
    Plain,
    /// Under its goal.
    Due,
}

/// A bar with a name for screen readers.
#[component]
pub fn Meter(
    /// How much.
    value: u32,
    /// Of how much.
    max: u32,
    /// What is measured ("61 of 90 seats booked").
    #[prop(into)]
    label: String,
    /// What the bar tells.
    #[prop(optional)]
    kind: MeterKind,
) -> impl IntoView {
    let class = match kind {
        MeterKind::Plain => "meter",
        MeterKind::Due => "meter due",
    };
    view! {
        <svg class=class role="img" aria-label=label height="6">
            <rect width=percent_of(value, max) height="6" rx="3"></rect>
        </svg>
    }
}

/// Seats of a departure: booked over asked for over free.
#[component]
pub fn SeatBar(
    /// Seats that are booked.
    booked: u32,
    /// Seats that interested people ask for.
    asked: u32,
    /// All seats.
    seats: u32,
) -> impl IntoView {
    let wanted = booked.saturating_add(asked).min(seats);
    view! {
        <svg aria-hidden="true" width="100%" height="6">
            <rect class="btrack" width="100%" height="6" rx="3"></rect>
            <rect class="b1s" width=percent_of(wanted, seats) height="6" rx="3"></rect>
            <rect class="b1" width=percent_of(booked, seats) height="6" rx="3"></rect>
        </svg>
    }
}

/// A share in per cent with at most two decimals; nothing of nothing is nothing.
#[must_use]
pub fn percent_of(value: u32, max: u32) -> String {
    if max == 0 {
        return "0%".to_owned();
    }
    let hundredths = u64::from(value.min(max)) * 10_000 / u64::from(max);
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) => format!("{whole}.{part:02}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::percent_of;

    #[test]
    fn a_share_never_leaves_the_bar() {
        assert_eq!(percent_of(14, 16), "87.50%");
        assert_eq!(percent_of(17, 16), "100%");
        assert_eq!(percent_of(0, 16), "0%");
        assert_eq!(percent_of(3, 0), "0%");
        assert_eq!(percent_of(1, 1600), "0.06%");
    }
}
