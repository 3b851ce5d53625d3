//! How a lead's stage, score, trip and follow-up are drawn, in the table and on cards alike.

use leptos::prelude::*;

use crate::{
    crm::leads::{
        listing::{FollowUp, FollowUpState, LeadLine},
        score::Tier as Promise,
        status::LeadStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::components::{Glyph, Icon, Pill, Tier, TierMark, Tone},
};

/// The tone and the mark of a stage.
pub(super) const fn look_of(status: LeadStatus) -> (Tone, Glyph) {
    match status {
        LeadStatus::New => (Tone::Info, Glyph::LeadNew),
        LeadStatus::Contacted => (Tone::Violet, Glyph::LeadContacted),
        LeadStatus::Interested => (Tone::Amber, Glyph::LeadInterested),
        LeadStatus::Converted => (Tone::Green, Glyph::LeadConverted),
        LeadStatus::NotInterested => (Tone::Grey, Glyph::LeadNotInterested),
        LeadStatus::Lost => (Tone::Grey, Glyph::LeadLost),
    }
}

/// The stage in a word with its mark, without a ground.
#[component]
pub(super) fn StagePill(status: LeadStatus) -> impl IntoView {
    let (tone, icon) = look_of(status);
    view! {
        <Pill tone icon bare=true>
            {status.label()}
        </Pill>
    }
}

/// The score with its tier.
#[component]
pub(super) fn ScoreMark(score: u32, tier: Promise) -> impl IntoView {
    let tier = match tier {
        Promise::Hot => Tier::Hot,
        Promise::Warm => Tier::Warm,
        Promise::Cool => Tier::Cool,
        Promise::Cold => Tier::Cold,
    };
    view! { <TierMark tier score=u8::try_from(score).unwrap_or(100)/> }
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

/// When to write again: late, today, or a day.
#[component]
pub(super) fn FollowUpPill(follow_up: FollowUp) -> impl IntoView {
    let (tone, icon) = match follow_up.state {
        FollowUpState::Late => (Tone::Red, Glyph::Late),
        FollowUpState::Today => (Tone::Amber, Glyph::Clock),
        FollowUpState::Ahead => (Tone::Grey, Glyph::Calendar),
    };
    let FollowUp { moment, .. } = follow_up;
    view! {
        <Pill tone icon title=moment.exact>
            <time datetime=moment.at.to_string()>{moment.text}</time>
        </Pill>
    }
}

/// The trip with its departure, as a table row has it.
#[component]
pub(super) fn TripCell(line: LeadLine) -> impl IntoView {
    let departure = line.departure.unwrap_or_else(|| "no date yet".to_owned());
    view! {
        <span class="row">
            <TripThumb src=line.thumb/>
            <span class="trunc">
                {line.trip}
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
    let (tone, glyph) = look_of(status);
    view! {
        <span class=format!("toned {}", tone.class())>
            <Icon glyph/>
        </span>
    }
}
