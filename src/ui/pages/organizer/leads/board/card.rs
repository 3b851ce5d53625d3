//! A card: name, trip with its date and party, score, follow-up; and the menu that moves it without dragging.

use leptos::{
    ev::{DragEvent, SubmitEvent},
    prelude::*,
    server_fn::ServerFn,
    wasm_bindgen::JsCast,
    web_sys,
};

use super::state::{BoardState, Move};
use crate::{
    crm::leads::{
        bulk::BulkAction, lead::LostReason, listing::LeadLine, server_fns::board::MoveLead, status::LeadStatus,
    },
    shared::lifecycle::{By, Lifecycle},
    ui::{
        components::{Menu, MenuButton, MenuCaption, MenuLink},
        pages::organizer::leads::line::{FollowUpPill, ScoreMark, StageMark, TripThumb},
    },
};

/// A lead on the board.
#[component]
pub(super) fn Card(line: LeadLine) -> impl IntoView {
    let board = expect_context::<BoardState>();
    let dragged = line.clone();
    let drag = move |event: DragEvent| {
        if let Some(transfer) = event.data_transfer() {
            transfer.set_effect_allowed("move");
            // Firefox starts no drag without data; one that refuses it drags nothing, and the menu is there.
            drop(transfer.set_data("text/plain", &dragged.name));
        }
        board.dragged().set(Some(dragged.clone()));
    };
    let trip = match &line.departure_short {
        Some(day) => format!("{}, {day}", line.trip),
        None => line.trip.clone(),
    };
    let party = line.party_in_words();
    let follow_up = line.follow_up.clone();
    view! {
        <li class="card" draggable="true" on:dragstart=drag on:dragend=move |_| board.dragged().set(None)>
            <div class="row">
                <a class="name trunc" href=line.href() draggable="false">{line.name.clone()}</a>
                <MoveMenu line=line.clone()/>
            </div>
            <p class="trip">
                <TripThumb src=line.thumb.clone()/>
                <span class="trunc">{trip}</span>
                {party.map(|party| view! { <span class="push nowrap">{party}</span> })}
            </p>
            <p class="ft">
                <ScoreMark score=line.score tier=line.tier/>
                {follow_up.map(|follow_up| view! { <span class="push"><FollowUpPill follow_up/></span> })}
            </p>
        </li>
    }
}

/// "Move to…" with the steps that the lifecycle has from here. Without a script each is the button of a form.
#[component]
fn MoveMenu(line: LeadLine) -> impl IntoView {
    let board = expect_context::<BoardState>();
    let steps: Vec<LeadStatus> = line.status.steps_for(By::Organizer).map(|step| step.to).collect();
    if steps.is_empty() {
        return ().into_any();
    }
    let moved = line.clone();
    let submit = move |event: SubmitEvent| {
        if let Some((to, reason)) = chosen_step(&event) {
            event.prevent_default();
            board.want(Move { line: moved.clone(), to, reason });
        }
    };
    let convert = steps.contains(&LeadStatus::Converted).then(|| {
        view! {
            <MenuLink href=format!("{}?convert=1", line.href())>
                <StageMark status=LeadStatus::Converted/>
                "Converted…"
            </MenuLink>
        }
    });
    let plain = steps.iter().copied().filter(|to| !matches!(to, LeadStatus::Converted | LeadStatus::Lost));
    let plain = plain.map(step_button).collect_view();
    let lost = steps.contains(&LeadStatus::Lost).then(lost_buttons);
    view! {
        <Menu label=format!("Move {} to…", line.name) icon_only=true>
            <MenuCaption text="Move to…"/>
            {convert}
            <form method="post" action=MoveLead::PATH on:submit=submit>
                <input type="hidden" name="id" value=line.id.to_string()/>
                <input type="hidden" name="version" value=line.version.to_string()/>
                {plain}
                {lost}
            </form>
        </Menu>
    }
    .into_any()
}

fn step_button(status: LeadStatus) -> impl IntoView {
    view! {
        <MenuButton name="to" value=BulkAction::Move(status, None).to_string()>
            <StageMark status/>
            {status.label()}
        </MenuButton>
    }
}

/// One button a reason: a press says both that it is lost and why.
fn lost_buttons() -> impl IntoView {
    let reasons = LostReason::ALL
        .iter()
        .map(|reason| {
            let step = BulkAction::Move(LeadStatus::Lost, Some(*reason)).to_string();
            view! { <MenuButton name="to" value=step>{reason.label()}</MenuButton> }
        })
        .collect_view();
    view! {
        <hr/>
        <MenuCaption text="Close as lost because of"/>
        {reasons}
    }
}

/// The step that the pressed button stands for.
fn chosen_step(event: &SubmitEvent) -> Option<(LeadStatus, Option<LostReason>)> {
    let button = event.submitter()?.dyn_into::<web_sys::HtmlButtonElement>().ok()?;
    match BulkAction::from_name(&button.value())? {
        BulkAction::Move(status, reason) => Some((status, reason)),
        _ => None,
    }
}
