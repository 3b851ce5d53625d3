//! How the status, the priority and the service level of a ticket look, in the list and on its page.

use leptos::prelude::*;

use crate::{
    crm::tickets::{
        screens::{DueBadge, DueState},
        status::TicketStatus,
        ticket::TicketPriority,
    },
    ui::components::{Glyph, Icon, Pill, Tone},
};

/// The mark and tone of a status.
pub(super) const fn status_look(status: TicketStatus) -> (Glyph, Tone) {
    match status {
        TicketStatus::Pending => (Glyph::LeadNew, Tone::Info),
        TicketStatus::InProgress => (Glyph::LeadContacted, Tone::Violet),
        TicketStatus::WaitingCustomer => (Glyph::Pause, Tone::Amber),
        TicketStatus::Resolved => (Glyph::LeadConverted, Tone::Green),
        TicketStatus::Closed => (Glyph::Lock, Tone::Grey),
        TicketStatus::Cancelled => (Glyph::LeadLost, Tone::Grey),
    }
}

/// The mark and tone of what is due.
pub(super) const fn due_look(state: DueState) -> (Glyph, Tone) {
    match state {
        DueState::Late => (Glyph::Late, Tone::Red),
        DueState::Soon => (Glyph::Clock, Tone::Amber),
        DueState::Ahead => (Glyph::Clock, Tone::Grey),
        DueState::Paused => (Glyph::Pause, Tone::Grey),
    }
}

/// What is due, in a pill.
#[component]
pub(super) fn DuePill(badge: DueBadge) -> impl IntoView {
    let (icon, tone) = due_look(badge.state);
    view! {
        <Pill tone icon title=badge.title>
            {badge.text}
        </Pill>
    }
}

/// How soon it is needed: four small bars and the word.
#[component]
pub(super) fn PriorityMark(priority: TicketPriority) -> impl IntoView {
    let (class, glyph) = match priority {
        TicketPriority::Urgent => ("tier hot", Glyph::TierHot),
        TicketPriority::High => ("tier warm", Glyph::TierWarm),
        TicketPriority::Medium => ("tier", Glyph::TierCool),
        TicketPriority::Low => ("tier", Glyph::TierCold),
    };
    view! {
        <span class=class>
            <Icon glyph/>
            {priority.label()}
        </span>
    }
}
