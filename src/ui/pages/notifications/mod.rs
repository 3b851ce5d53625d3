//! What one has been told, and what one wants to be told.

mod list;
mod preferences;

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route},
    path,
};

use self::{list::NotificationsRoute, preferences::PreferencesRoute};
use crate::{
    crm::notifications::notification::NotificationKind,
    ui::components::{Glyph, Tone},
};

/// The routes of both pages, below the frame.
#[component(transparent)]
pub fn NotificationRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("/notifications") view={Lazy::<NotificationsRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/notifications") view={Lazy::<PreferencesRoute>::new()} ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}

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
