//! The mails that were sent or are to be: the list, one of them with its text, and how each kind of mail looks.

mod list;
mod mail;
mod samples;

use leptos::prelude::*;

pub(super) use self::{
    list::OutboxPage,
    mail::MailPage,
    samples::{SamplePage, SamplesPage},
};
use crate::{
    shared::mail::MailState,
    ui::components::{Glyph, Pill, Tone},
};

#[component]
fn MailPill(state: MailState, problem: Option<String>) -> impl IntoView {
    let (tone, icon) = match state {
        MailState::Queued => (Tone::Info, Glyph::Clock),
        MailState::Sent => (Tone::Green, Glyph::Check),
        MailState::Failed => (Tone::Red, Glyph::Late),
    };
    view! {
        <Pill tone icon bare=true title=problem.unwrap_or_default()>
            {state.label()}
        </Pill>
    }
}
