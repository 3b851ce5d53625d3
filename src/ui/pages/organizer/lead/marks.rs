//! How stages, kinds of contact, tiers and follow-ups look, on every page that shows a lead.

use leptos::prelude::*;

use crate::{
    crm::leads::{
        listing::{FollowUp, FollowUpState},
        score,
        status::LeadStatus,
        timeline::InteractionKind,
    },
    ui::components::{Glyph, Pill, Tier, Tone},
};

/// The mark and tone of a stage.
pub(crate) const fn stage_look(status: LeadStatus) -> (Glyph, Tone) {
    match status {
        LeadStatus::New => (Glyph::LeadNew, Tone::Info),
        LeadStatus::Contacted => (Glyph::LeadContacted, Tone::Violet),
        LeadStatus::Interested => (Glyph::LeadInterested, Tone::Amber),
        LeadStatus::Converted => (Glyph::LeadConverted, Tone::Green),
        LeadStatus::NotInterested => (Glyph::LeadNotInterested, Tone::Grey),
        LeadStatus::Lost => (Glyph::LeadLost, Tone::Grey),
    }
}

/// The symbol and tone of a kind of contact.
pub(super) const fn contact_look(kind: InteractionKind) -> (Glyph, Tone) {
    match kind {
        InteractionKind::Email => (Glyph::Mail, Tone::Info),
        InteractionKind::Call => (Glyph::Phone, Tone::Info),
        InteractionKind::Chat | InteractionKind::Message => (Glyph::Chat, Tone::Green),
        InteractionKind::Meeting => (Glyph::People, Tone::Info),
        InteractionKind::Note => (Glyph::Note, Tone::Amber),
        InteractionKind::Whatsapp => (Glyph::WhatsApp, Tone::Green),
    }
}

/// A tier as it is drawn.
pub(crate) const fn tier_mark(tier: score::Tier) -> Tier {
    match tier {
        score::Tier::Hot => Tier::Hot,
        score::Tier::Warm => Tier::Warm,
        score::Tier::Cool => Tier::Cool,
        score::Tier::Cold => Tier::Cold,
    }
}

/// When to get back to somebody: late, today, or a day.
#[component]
pub(crate) fn FollowUpPill(
    /// The follow-up.
    follow_up: FollowUp,
) -> impl IntoView {
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
