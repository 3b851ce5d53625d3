//! The head of the page: who it is, about which trip, how to reach them, how far it has come, and what to do next.

use leptos::prelude::*;

use super::{contact::ContactButtons, forms::LeadForms, marks::stage_look, next::NextAction};
use crate::{
    crm::leads::{
        profile::{Booking, LeadProfile},
        status::LeadStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::components::{Avatar, AvatarSize, Glyph, Icon, Money, Notice, NoticeKind, Step, StepState, Stepper},
};

/// Who it is and where it stands.
#[component]
pub(super) fn LeadHead(lead: LeadProfile, forms: LeadForms) -> impl IntoView {
    let trip = match &lead.trip.days {
        Some(days) => format!("{}, {days}", lead.trip.title),
        None => lead.trip.title.clone(),
    };
    let party = lead.facts.party.map(people);
    view! {
        <header class="lead-head">
            <div class="row">
                <Avatar name=lead.name.clone() size=AvatarSize::Large/>
                <div>
                    <h1>{lead.name.clone()}</h1>
                    <p class="row wrap muted">
                        <span class="row">
                            <img class="thumb sm" src=lead.trip.thumb.clone() alt="" width="18" height="18"/>
                            {trip}
                        </span>
                        {party.map(|party| view! { <span>{party}</span> })}
                        <strong>
                            <Money text=lead.facts.value.clone()/>
                        </strong>
                    </p>
                </div>
                <ContactButtons lead=lead.clone() form=forms.log/>
            </div>
            <Stepper steps=steps_of(&lead)/>
            {lead.booked.clone().map(|booking| view! { <Booked booking/> })}
            <NextAction lead form=forms.fact/>
        </header>
    }
}

#[component]
fn Booked(booking: Booking) -> impl IntoView {
    let Booking { departure, party, amount, note, at } = booking;
    let when = departure.map_or_else(|| "no departure chosen".to_owned(), |day| format!("departure {day}"));
    let note = note.map(|note| format!(" {note}")).unwrap_or_default();
    view! {
        <Notice kind=NoticeKind::Success title="Booked.">
            {format!("{}, {when}, {amount}, ", people(party))}
            <time datetime=at.at.to_string() title=at.exact>
                {at.text}
            </time>
            {format!(".{note}")}
        </Notice>
    }
}

/// `1 person`, `4 people`.
pub(super) fn people(count: u32) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

/// The way of a lead that goes well; one that left it ends where it left.
fn steps_of(lead: &LeadProfile) -> Vec<Step> {
    const WAY: [LeadStatus; 4] =
        [LeadStatus::New, LeadStatus::Contacted, LeadStatus::Interested, LeadStatus::Converted];
    let has_left = !WAY.contains(&lead.status);
    let now = WAY.iter().position(|status| *status == lead.status).unwrap_or(WAY.len());
    let since =
        |status| lead.reached.iter().rev().find(|(reached, _)| *reached == status).map(|(_, at)| at.text.clone());
    let on_the_way = WAY.into_iter().enumerate().filter(|(_, status)| !has_left || since(*status).is_some()).map(
        |(index, status)| {
            let state = match index {
                _ if has_left => StepState::Done,
                index if index < now => StepState::Done,
                index if index == now => StepState::Now,
                _ => StepState::Ahead,
            };
            // A step that was skipped, or lies ahead, has no date.
            let note = if state == StepState::Ahead { None } else { since(status) };
            step_of(status, state, note)
        },
    );
    let left = has_left.then(|| step_of(lead.status, StepState::Now, since(lead.status)));
    on_the_way.chain(left).collect()
}

fn step_of(status: LeadStatus, state: StepState, since: Option<String>) -> Step {
    let (glyph, tone) = stage_look(status);
    let note = match (state, since) {
        (StepState::Now, Some(since)) => format!("since {since}"),
        (_, since) => since.unwrap_or_else(|| "–".to_owned()),
    };
    Step { label: status.label().to_owned(), glyph, tone, note, state }
}

/// A symbol on a soft ground, before something that asks for attention.
#[component]
pub(super) fn NextMark(glyph: Glyph, tone: crate::ui::components::Tone) -> impl IntoView {
    view! {
        <span class=format!("ni {}", tone.class())>
            <Icon glyph/>
        </span>
    }
}
