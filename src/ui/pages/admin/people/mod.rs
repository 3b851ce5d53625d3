//! People: finding them, inviting them, and what they may do.

mod invite;
mod list;
mod person;
mod sessions;

pub(super) use invite::InvitePage;
pub(super) use list::PeoplePage;
pub(super) use person::PersonPage;

use leptos::prelude::*;

use crate::{
    crm::accounts::user::UserState,
    ui::components::{Glyph, Pill, Tone},
};

/// Whether somebody may sign in, as a mark in tables and heads.
#[component]
fn StatePill(state: UserState) -> impl IntoView {
    let (tone, icon) = match state {
        UserState::Active => (Tone::Green, Glyph::Check),
        UserState::Disabled => (Tone::Grey, Glyph::Lock),
    };
    view! {
        <Pill tone icon bare=true>
            {state.label()}
        </Pill>
    }
}
