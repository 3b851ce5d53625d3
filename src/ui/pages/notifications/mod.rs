//! What one has been told, and what one wants to be told: two pages, each with a part of the bundle of its own. Their routes stand
//! among those of one's account.

mod list;
mod preferences;

pub use self::{list::NotificationsRoute, preferences::PreferencesRoute};
use crate::{
    crm::notifications::notification::NotificationKind,
    ui::components::{Glyph, Tone},
};

/// How a kind looks.
const fn look_of(kind: NotificationKind) -> (Glyph, Tone) {
    match kind {
        NotificationKind::Lead => (Glyph::Leads, Tone::Info),
        NotificationKind::Ticket => (Glyph::Ticket, Tone::Violet),
        NotificationKind::Chat => (Glyph::Chat, Tone::Green),
        NotificationKind::Verification => (Glyph::Verified, Tone::Green),
        NotificationKind::Payment => (Glyph::Rupee, Tone::Amber),
        NotificationKind::Subscription => (Glyph::Card, Tone::Grey),
        NotificationKind::System => (Glyph::Lock, Tone::Grey),
    }
}
