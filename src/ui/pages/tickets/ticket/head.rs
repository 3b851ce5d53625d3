//! The head of the page: number and subject, how far it has come, what to do next; and the buttons of the top bar.

use leptos::prelude::*;

use super::{
    dialogs::{CANCEL_DIALOG, RESOLVE_DIALOG},
    forms::TicketForms,
};
use crate::{
    crm::tickets::{
        screens::profile::{Move, TicketProfile},
        status::TicketStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Button, ButtonKind, ButtonSize, CopyButton, Glyph, Icon, Step, StepState, Stepper, Tone},
        form::{FormState, PostForm},
        pages::{
            steps::StepButton,
            tickets::marks::{DuePill, PriorityMark, due_look, status_look},
        },
    },
};

/// What it is and where it stands.
#[component]
pub(super) fn TicketHead(ticket: TicketProfile, forms: TicketForms) -> impl IntoView {
    let steps = steps_of(&ticket);
    view! {
        <header class="lead-head">
            <div class="row">
                <div>
                    <h1>{ticket.subject.clone()}</h1>
                    <p class="row wrap muted">
                        <span class="row number">
                            <span class="num">{ticket.number.clone()}</span>
                            <CopyButton text=ticket.number.clone() label="Copy the number"/>
                        </span>
                        <span>{ticket.facts.category.clone()}</span>
                        <PriorityMark priority=ticket.facts.priority/>
                    </p>
                </div>
            </div>
            <Stepper label="Status" steps/>
            <NextStrip ticket form=forms.assign/>
        </header>
    }
}

/// What to do next, and until when.
#[component]
fn NextStrip(ticket: TicketProfile, form: FormState) -> impl IntoView {
    let next = ticket.next.clone();
    let (glyph, tone) = match &next.badge {
        Some(badge) => due_look(badge.state),
        None => status_look(ticket.status),
    };
    let take = (ticket.for_admin && ticket.status.is_open() && ticket.facts.assignee.is_none())
        .then(|| view! { <TakeButton ticket form/> });
    view! {
        <section class="next" aria-label="What is next">
            <span class=format!("ni {}", tone.class())>
                <Icon glyph/>
            </span>
            <p>
                <b class="strong">{next.title}</b>
                <span class="muted">{next.text}</span>
            </p>
            {next.badge.map(|badge| view! { <DuePill badge/> })}
            {take}
        </section>
    }
}

/// Gives a ticket that nobody has to the viewer.
#[component]
fn TakeButton(ticket: TicketProfile, form: FormState) -> impl IntoView {
    view! {
        <PostForm form>
            <input type="hidden" name="id" value=ticket.id.to_string()/>
            <input type="hidden" name="version" value=ticket.version.to_string()/>
            <Button size=ButtonSize::Small name="assignee" value="me" busy=form.pending() attr:data-assign="true">
                "Assign to me"
            </Button>
        </PostForm>
    }
}

/// The way of a ticket; one that was cancelled ends there.
fn steps_of(ticket: &TicketProfile) -> Vec<Step> {
    let since =
        |status| ticket.reached.iter().rev().find(|(reached, _)| *reached == status).map(|(_, at)| at.text.clone());
    // Who is asked, and who works, are the same place on the way.
    let middle = if ticket.status == TicketStatus::WaitingCustomer {
        TicketStatus::WaitingCustomer
    } else {
        TicketStatus::InProgress
    };
    let way = [TicketStatus::Pending, middle, TicketStatus::Resolved, TicketStatus::Closed];
    let was_cancelled = ticket.status == TicketStatus::Cancelled;
    let now = way.iter().position(|status| *status == ticket.status).unwrap_or(way.len());
    let on_the_way = way.into_iter().enumerate().filter(|(_, status)| !was_cancelled || since(*status).is_some());
    let steps = on_the_way.map(|(index, status)| {
        let state = match index {
            _ if was_cancelled => StepState::Done,
            index if index < now => StepState::Done,
            index if index == now => StepState::Now,
            _ => StepState::Ahead,
        };
        step_of(status, state, since(status).filter(|_| state != StepState::Ahead))
    });
    let end = was_cancelled.then(|| step_of(TicketStatus::Cancelled, StepState::Now, since(TicketStatus::Cancelled)));
    steps.chain(end).collect()
}

fn step_of(status: TicketStatus, state: StepState, since: Option<String>) -> Step {
    let (glyph, tone) = status_look(status);
    let note = match (state, since) {
        (StepState::Now, Some(since)) => format!("since {since}"),
        (_, since) => since.unwrap_or_else(|| "–".to_owned()),
    };
    Step { label: status.label().to_owned(), glyph, tone, note, state }
}

/// The steps from where the ticket stands; what ends it comes first, quietly, the step ahead is primary.
#[component]
pub(super) fn StepButtons(ticket: TicketProfile, forms: TicketForms) -> impl IntoView {
    let mut moves = ticket.moves.clone();
    moves.sort_by_key(|step| weight(&ticket, step.to));
    moves.into_iter().map(|step| step_button(&ticket, step, forms.step)).collect_view()
}

/// How much a step is what one comes to do, from 0 on.
const fn weight(ticket: &TicketProfile, to: TicketStatus) -> u8 {
    match to {
        TicketStatus::Cancelled => 0,
        TicketStatus::WaitingCustomer => 1,
        TicketStatus::InProgress if matches!(ticket.status, TicketStatus::Pending) => 3,
        TicketStatus::InProgress | TicketStatus::Pending => 1,
        TicketStatus::Closed | TicketStatus::Resolved => 3,
    }
}

fn step_button(ticket: &TicketProfile, step: Move, form: FormState) -> impl IntoView + use<> {
    let (icon, kind) = match weight(ticket, step.to) {
        0 => (Glyph::Close, ButtonKind::Quiet),
        3 => (status_look(step.to).0, ButtonKind::Primary),
        _ => (status_look(step.to).0, ButtonKind::Quiet),
    };
    let dialog = match step.to {
        TicketStatus::Resolved => Some(RESOLVE_DIALOG),
        TicketStatus::Cancelled => Some(CANCEL_DIALOG),
        _ => None,
    };
    let of = (ticket.id.to_string(), ticket.version);
    view! { <StepButton form of verb=step.verb to=step.to.as_str() icon kind dialog/> }
}

/// A mark of its tone alone.
#[component]
pub(super) fn StatusMark(status: TicketStatus) -> impl IntoView {
    let (glyph, tone): (Glyph, Tone) = status_look(status);
    view! {
        <span class=format!("toned {}", tone.class())>
            <Icon glyph/>
        </span>
    }
}
