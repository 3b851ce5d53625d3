//! The board: a column a status. Cards are dragged, or moved by the "Move to…" of each; both take only the steps of the
//! lifecycle. A move shows at once and goes back when the server refuses it.

mod card;
mod column;
mod sheet;
mod state;

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use self::{
    column::Column,
    sheet::MoveSheet,
    state::{BoardState, MOVE, Question},
};
use super::{filters::Filters, top::LeadsTop};
use crate::{
    crm::leads::{address::LeadsAddress, listing::LeadsBoard, server_fns::board::load_board, status::LeadStatus},
    live::events::ChangedKind,
    shared::money::Money,
    ui::{
        components::Skeleton,
        guard::guard,
        live::{load_live, use_changes},
        pages::rows::{keep_focused_row, use_row_keys},
    },
};

/// The board of the leads that the address names.
#[component]
pub(super) fn BoardPage(address: Memo<LeadsAddress>) -> impl IntoView {
    let (changes, live) = (RwSignal::new(0_u32), use_changes(&[ChangedKind::Lead]));
    let loaded = load_live(move || (address.get(), changes.get()), live, |(address, _)| load_board(address));
    use_row_keys();
    view! {
        <Transition fallback=|| view! { <Skeleton label="Loading leads" rows=12/> }>
            {move || Suspend::new(async move { guard(loaded.await, move |board| view! { <Board board address=address.get_untracked() changes/> }) })}
        </Transition>
    }
}

#[component]
fn Board(board: LeadsBoard, address: LeadsAddress, changes: RwSignal<u32>) -> impl IntoView {
    let LeadsBoard { head, columns } = board;
    let asked = use_query_map().with_untracked(|query| query.get(MOVE)).unwrap_or_default();
    keep_focused_row();
    let state = BoardState::new(columns, address.clone(), &asked);
    provide_context(state);
    carry_out_moves(state);
    let columns =
        state.columns().into_iter().map(|column| view! { <Column column address=address.clone()/> }).collect_view();
    view! {
        <LeadsTop head=head.clone() address=address.clone() changes main_class="class-board">
            <Filters head address/>
            <div
                class="board"
                tabindex="0"
                role="region"
                aria-label="Leads by status"
                data-busy=move || state.is_busy()
            >
                {columns}
            </div>
            <div class="board-sum">
                {move || open_in_words(state.open_total())}
                <span class="muted">"Drag a card, or press " <kbd class="kbd">"s"</kbd> " for “Move to…”"</span>
            </div>
            <MoveSheet/>
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

/// Sends each card that was moved on its way: to the form that converts, to the question why it is lost, or to the server.
fn carry_out_moves(state: BoardState) {
    let navigate = use_navigate();
    let sender = state::Sender::new(state);
    Effect::new(move |_| {
        let Some(wanted) = state.wanted().get() else { return };
        match wanted.to {
            LeadStatus::Converted => {
                navigate(
                    &format!("{}&convert=1", state.href_of(wanted.line.id)),
                    leptos_router::NavigateOptions::default(),
                );
            }
            LeadStatus::Lost if wanted.reason.is_none() => {
                state.ask(Some(Question { line: wanted.line, why_lost: true, was_linked: false }));
            }
            _ => sender.send(wanted),
        }
    });
}
