//! How stages, kinds of contact and tiers look: their symbols and tones.

use crate::{
    crm::leads::{score, status::LeadStatus, timeline::InteractionKind},
    ui::components::{Glyph, Tier, Tone},
};

/// The mark and tone of a stage.
pub(super) const fn stage_look(status: LeadStatus) -> (Glyph, Tone) {
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
