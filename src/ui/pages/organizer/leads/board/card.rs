//! A card: name, trip with its date and party, score, follow-up; and the link to the sheet that moves it without dragging.

use leptos::{
    ev::{DragEvent, MouseEvent},
    prelude::*,
};

use super::{
    sheet::can_move,
    state::{BoardState, Question},
};
use crate::{
    crm::leads::listing::LeadLine,
    ui::{
        components::{Glyph, IconLink},
        pages::organizer::leads::line::{FollowUpPill, ScoreMark, TripThumb},
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
            // Firefox starts no drag without data; one that refuses it drags nothing, and the sheet is there.
            drop(transfer.set_data("text/plain", &dragged.name));
        }
        board.dragged().set(Some(dragged.clone()));
    };
    let id = line.id;
    let is_dragged = move || board.dragged().with(|dragged| dragged.as_ref().is_some_and(|dragged| dragged.id == id));
    let day = line.departure_short.as_ref().map(|day| view! { <span>{format!(", {day}")}</span> });
    let party = line.party_in_words();
    let follow_up = line.follow_up.clone();
    view! {
        <li
            class="card"
            draggable="true"
            data-dragged=move || is_dragged().then_some("")
            on:dragstart=drag
            on:dragend=move |_| board.dragged().set(None)
        >
            <div class="row">
                <a class="name trunc" id=card_id(&line) href=board.href_of(line.id) draggable="false">{line.name.clone()}</a>
                <MoveLink line=line.clone()/>
            </div>
            <p class="trip">
                <TripThumb src=line.thumb.clone()/>
                <span class="fit">
                    <span>{line.trip.clone()}</span>
                    {day}
                </span>
                {party.map(|party| view! { <span class="push nowrap">{party}</span> })}
            </p>
            <p class="ft">
                <ScoreMark score=line.score tier=line.tier/>
                {follow_up.map(|follow_up| view! { <span class="push"><FollowUpPill follow_up/></span> })}
            </p>
        </li>
    }
}

fn card_id(line: &LeadLine) -> String {
    format!("card-{}", line.id)
}

/// "Move to…": opens the sheet here, or without a script the page with it.
#[component]
fn MoveLink(line: LeadLine) -> impl IntoView {
    let board = expect_context::<BoardState>();
    can_move(line.status).then(|| {
        let label = format!("Move {} to…", line.name);
        let href = board.href_to_move(&line);
        let ask = move |event: MouseEvent| {
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                board.ask(Some(Question { line: line.clone(), why_lost: false, was_linked: false }));
            }
        };
        view! { <IconLink glyph=Glyph::More label href class="move" attr:draggable="false" on:click=ask/> }
    })
}
