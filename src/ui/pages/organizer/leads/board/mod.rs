//! The board: a column a status. Cards are dragged, or moved by the "Move to…" of each; both take only the steps of the
//! lifecycle. A move shows at once and goes back when the server refuses it.

mod card;
mod column;
mod state;

use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys};
use leptos_router::hooks::use_navigate;

use self::{
    column::Column,
    state::{BoardState, Move},
};
use super::{filters::Filters, keys::use_row_keys, top::LeadsTop};
use crate::{
    crm::leads::{
        address::LeadsAddress, lead::LostReason, listing::LeadsBoard, server_fns::board::load_board, status::LeadStatus,
    },
    shared::money::Money,
    ui::{
        components::{Button, ButtonSize, ButtonType, Dialog, Skeleton},
        guard::guard,
        load::load,
    },
};

/// The board of the leads that the address names.
#[component]
pub(super) fn BoardPage(address: Memo<LeadsAddress>) -> impl IntoView {
    let changes = RwSignal::new(0_u32);
    let loaded = load(move || (address.get(), changes.get()), |(address, _)| load_board(address));
    use_row_keys();
    view! {
        <Transition fallback=|| view! { <Skeleton label="Loading leads" rows=12/> }>
            {move || Suspend::new(async move { guard(loaded.await, |board| view! { <Board board address=address.get_untracked() changes/> }) })}
        </Transition>
    }
}

#[component]
fn Board(board: LeadsBoard, address: LeadsAddress, changes: RwSignal<u32>) -> impl IntoView {
    let LeadsBoard { head, columns } = board;
    let state = BoardState::new(columns);
    let question = NodeRef::<html::Div>::new();
    provide_context(state);
    carry_out_moves(state, question);
    let columns =
        state.columns().into_iter().map(|column| view! { <Column column address=address.clone()/> }).collect_view();
    view! {
        <LeadsTop head=head.clone() address=address.clone() changes main_class="class-board">
            <Filters head address/>
            <div class="board" tabindex="0" role="region" aria-label="Leads by status">
                {columns}
            </div>
            <div class="board-sum">
                {move || open_in_words(state.open_total())}
                <span class="muted">"Drag a card, or use its “Move to…”"</span>
            </div>
            <div node_ref=question>
                <LostQuestion state/>
            </div>
        </LeadsTop>
    }
}

fn open_in_words((count, paise, capped): (u64, i64, bool)) -> impl IntoView {
    let (count, word) = match count {
        1 if !capped => ("1".to_owned(), "open lead worth"),
        count => (format!("{count}{}", if capped { "+" } else { "" }), "open leads worth"),
    };
    view! {
        <span>
            {format!("{count} {word} ")}
            <strong class="num">{Money::paise(paise).to_string()}</strong>
        </span>
    }
}

/// Sends each card that was dropped on its way: to the form that converts, to the question why it is lost, or to the server.
fn carry_out_moves(state: BoardState, question: NodeRef<html::Div>) {
    let navigate = use_navigate();
    let sender = state::Sender::new(state);
    Effect::new(move |_| {
        let Some(wanted) = state.wanted().get() else { return };
        match wanted.to {
            LeadStatus::Converted => {
                navigate(&format!("{}?convert=1", wanted.line.href()), leptos_router::NavigateOptions::default());
            }
            LeadStatus::Lost if wanted.reason.is_none() => show_question(question),
            _ => sender.send(wanted),
        }
    });
}

fn show_question(question: NodeRef<html::Div>) {
    let dialog = dialog_in(question);
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        // A dialog that cannot be opened leaves the card where it was; its menu asks the same.
        drop(dialog.show_modal());
    }
}

fn dialog_in(holder: NodeRef<html::Div>) -> Option<web_sys::HtmlDialogElement> {
    holder.get_untracked()?.first_element_child()?.dyn_into().ok()
}

/// Asks why a card that was dropped on "Lost" is lost.
#[component]
fn LostQuestion(state: BoardState) -> impl IntoView {
    let answers = LostReason::ALL
        .iter()
        .map(|reason| {
            let choose = move |_| {
                if let Some(Move { line, to, .. }) = state.wanted().get_untracked() {
                    state.want(Move { line, to, reason: Some(*reason) });
                }
            };
            view! {
                <Button size=ButtonSize::Small button_type=ButtonType::Button attr:commandfor="why-lost" attr:command="close" on:click=choose>
                    {reason.label()}
                </Button>
            }
        })
        .collect_view();
    view! {
        <Dialog id="why-lost" title="Why is this lead lost?">
            <div class="body">
                <p>"The reason shows you later what to change."</p>
                <div class="row wrap">{answers}</div>
            </div>
        </Dialog>
    }
}
