//! The one sheet that moves a card without dragging. Without a script the link of a card opens the page with it; with one it
//! opens over the board. It also asks why a card that was dropped on "Lost" is lost.

use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn, wasm_bindgen::JsCast, web_sys};

use super::state::{BoardState, Move, Question, focus_card};
use crate::{
    crm::leads::{
        bulk::BulkAction, lead::LostReason, listing::LeadLine, server_fns::board::MoveLead, status::LeadStatus,
    },
    shared::lifecycle::{By, Lifecycle},
    ui::{
        components::{Dialog, MenuButton, MenuCaption, MenuLink},
        pages::organizer::leads::line::StageMark,
    },
};

/// Whether there is anywhere to move a card of this status.
pub(super) fn can_move(status: LeadStatus) -> bool {
    status.steps_for(By::Organizer).next().is_some()
}

/// Holds the sheet while a card is asked about.
#[component]
pub(super) fn MoveSheet() -> impl IntoView {
    let board = expect_context::<BoardState>();
    let holder = NodeRef::<html::Div>::new();
    Effect::new(move |_| match board.question().get() {
        // With a script the sheet that the address asked for is one over the page, as any other.
        Some(question) if question.was_linked => board.ask(Some(Question { was_linked: false, ..question })),
        // The dialog is in the page only after this change was drawn.
        Some(_) => request_animation_frame(move || show(holder)),
        None => {}
    });
    let close = move || {
        if let Some(dialog) = dialog_in(holder) {
            dialog.close();
        }
    };
    view! {
        <div node_ref=holder>
            {move || board.question().get().map(|question| view! { <Sheet question close=close.into()/> })}
        </div>
    }
}

fn show(holder: NodeRef<html::Div>) {
    if let Some(dialog) = dialog_in(holder).filter(|dialog| !dialog.open()) {
        // A dialog that cannot be opened leaves the card where it was; its page offers the same steps.
        drop(dialog.show_modal());
    }
}

fn dialog_in(holder: NodeRef<html::Div>) -> Option<web_sys::HtmlDialogElement> {
    holder.get_untracked()?.first_element_child()?.dyn_into().ok()
}

#[component]
fn Sheet(question: Question, close: Callback<()>) -> impl IntoView {
    let board = expect_context::<BoardState>();
    let Question { line, why_lost, was_linked } = question;
    let title = if why_lost { format!("Why is {} lost?", line.name) } else { format!("Move {} to…", line.name) };
    let moved = line.clone();
    let submit = move |event: SubmitEvent| {
        if let Some((to, reason)) = chosen_step(&event) {
            event.prevent_default();
            close.run(());
            board.want(Move { line: moved.clone(), to, reason });
            focus_card(moved.id);
        }
    };
    view! {
        <Dialog id="move-card" title open=was_linked close_href=board.href() on:close=move |_| board.ask(None)>
            <div class="menu-lines">
                <Convert line=line.clone() hidden=why_lost/>
                <form method="post" action=MoveLead::PATH on:submit=submit>
                    <input type="hidden" name="id" value=line.id.to_string()/>
                    <input type="hidden" name="version" value=line.version.to_string()/>
                    {steps_of(line.status, why_lost)}
                </form>
            </div>
        </Dialog>
    }
}

/// Converting takes a form of its own, on the lead's page.
#[component]
fn Convert(line: LeadLine, hidden: bool) -> impl IntoView {
    let board = expect_context::<BoardState>();
    let can_convert = line.status.steps_for(By::Organizer).any(|step| step.to == LeadStatus::Converted);
    (can_convert && !hidden).then(|| {
        view! {
            <MenuLink href=format!("{}&convert=1", board.href_of(line.id)) attr:autofocus=true>
                <StageMark status=LeadStatus::Converted/>
                "Converted…"
            </MenuLink>
        }
    })
}

/// A button for each step that needs no form of its own; one a reason where the step asks for one.
fn steps_of(status: LeadStatus, why_lost: bool) -> impl IntoView {
    let steps: Vec<LeadStatus> = status.steps_for(By::Organizer).map(|step| step.to).collect();
    // The focus of the dialog goes to its first choice, not to the cross that closes it.
    let mut is_first = why_lost || !steps.contains(&LeadStatus::Converted);
    let plain = steps.iter().copied().filter(|to| !why_lost && !matches!(to, LeadStatus::Converted | LeadStatus::Lost));
    let plain = plain.map(|to| view! { <StepLine to focused=std::mem::take(&mut is_first)/> }).collect_view();
    let lost = steps.contains(&LeadStatus::Lost).then(|| {
        let reasons = LostReason::ALL.iter().map(
            |reason| view! { <StepLine to=LeadStatus::Lost reason=*reason focused=std::mem::take(&mut is_first)/> },
        );
        let caption = (!why_lost).then(|| view! { <MenuCaption text="Close as lost because of"/> });
        view! { {caption} {reasons.collect_view()} }
    });
    view! { {plain} {lost} }
}

#[component]
fn StepLine(to: LeadStatus, #[prop(optional)] reason: Option<LostReason>, focused: bool) -> impl IntoView {
    let words = reason.map_or_else(|| to.label(), LostReason::label);
    view! {
        <MenuButton name="to" value=BulkAction::Move(to, reason).to_string() attr:autofocus=focused>
            <StageMark status=to/>
            {words}
        </MenuButton>
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
