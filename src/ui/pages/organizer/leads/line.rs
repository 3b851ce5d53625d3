//! How a lead's stage, score and trip are drawn, in the table and on cards alike.

use leptos::prelude::*;

pub(super) use crate::ui::pages::organizer::lead::FollowUpPill;
use crate::{
    crm::leads::{listing::LeadLine, score::Tier, status::LeadStatus},
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Icon, Pill, TierMark},
        pages::organizer::lead::{stage_look, tier_mark},
    },
};

/// The stage in a word with its mark, without a ground.
#[component]
pub(super) fn StagePill(status: LeadStatus) -> impl IntoView {
    let (icon, tone) = stage_look(status);
    view! {
        <Pill tone icon bare=true>
            {status.label()}
        </Pill>
    }
}

/// The score with its tier.
#[component]
pub(super) fn ScoreMark(score: u32, tier: Tier) -> impl IntoView {
    view! { <TierMark tier=tier_mark(tier) score=u8::try_from(score).unwrap_or(100)/> }
}

/// The trip's small picture. Its name stands beside it.
#[component]
pub(super) fn TripThumb(src: String) -> impl IntoView {
    view! {
        <span class="thumb sm">
            <img src=src alt="" width="24" height="24" loading="lazy"/>
        </span>
    }
}

/// The trip with its departure, as a table row has it.
#[component]
pub(super) fn TripCell(line: LeadLine) -> impl IntoView {
    let departure = line.departure.unwrap_or_else(|| "no date yet".to_owned());
    view! {
        <span class="row">
            <TripThumb src=line.thumb/>
            <span class="fit">
                <span>{line.trip}</span>
                <span class="muted">{format!(", {departure}")}</span>
            </span>
        </span>
    }
}

/// A dash where there is nothing.
#[component]
pub(super) fn Nothing() -> impl IntoView {
    view! { <span class="muted">"–"</span> }
}

/// A mark of a stage alone, beside its word.
#[component]
pub(super) fn StageMark(status: LeadStatus) -> impl IntoView {
    let (glyph, tone) = stage_look(status);
    view! {
        <span class=format!("toned {}", tone.class())>
            <Icon glyph/>
        </span>
    }
}
