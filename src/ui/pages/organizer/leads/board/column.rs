//! One column: its head with count and value, its cards, and more of them. While a card is dragged it says whether the card can
//! come here.

use leptos::{ev::DragEvent, prelude::*, task::spawn_local};

use super::{
    card::Card,
    state::{BoardState, ColumnState, Move, step_verb},
};
use crate::{
    crm::leads::{address::LeadsAddress, server_fns::board::load_column},
    shared::{lifecycle::Lifecycle, money::Money},
    ui::{
        components::{Toast, use_toasts},
        pages::organizer::leads::line::StageMark,
    },
};

/// A column of the board; the cards are dropped on it.
#[component]
pub(super) fn Column(column: ColumnState, address: LeadsAddress) -> impl IntoView {
    let board = expect_context::<BoardState>();
    let ColumnState { status, lines, count, capped, paise, next } = column;
    let over = RwSignal::new(false);
    // What a dragged card may do here: nothing while none is dragged or it is at home.
    let verb = Memo::new(move |_| {
        board
            .dragged()
            .with(|line| line.as_ref().filter(|line| line.status != status).map(|line| step_verb(line.status, status)))
    });
    let class = move || match verb.get() {
        Some(Some(_)) if over.get() => "col can over",
        Some(Some(_)) => "col can",
        Some(None) => "col cannot",
        None => "col",
    };
    let drag_over = move |event: DragEvent| {
        if verb.get_untracked().flatten().is_some() {
            event.prevent_default();
            over.set(true);
        }
    };
    let drop_here = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(line) = board.dragged().get_untracked() {
            board.dragged().set(None);
            board.want(Move { line, to: status, reason: None });
        }
    };
    let id = format!("col-{}", status.as_str());
    let labelled_by = id.clone();
    view! {
        <section
            class=class
            aria-labelledby=labelled_by
            on:dragover=drag_over
            on:dragleave=move |_| over.set(false)
            on:drop=drop_here
        >
            <header>
                <StageMark status/>
                <h2 id=id>{status.label()}</h2>
                <span class="muted num">{move || format!("{}{}", count.get(), if capped { "+" } else { "" })}</span>
                <span class="push num">{move || Money::paise(paise.get()).to_string()}</span>
            </header>
            <DropNote verb/>
            <ul>
                <For each=move || lines.get() key=|line| (line.id, line.version) let:line>
                    <Card line/>
                </For>
            </ul>
            {move || lines.with(Vec::is_empty).then(|| view! { <p class="col-empty">"Nobody is here"</p> })}
            {move || next.get().map(|cursor| view! { <LoadMore column address=address.clone() cursor/> })}
        </section>
    }
}

/// Says in words what dropping the card here would do.
#[component]
fn DropNote(verb: Memo<Option<Option<&'static str>>>) -> impl IntoView {
    let words = move || verb.get().map(|verb| verb.unwrap_or("This card cannot come here"));
    view! { {move || words().map(|words| view! { <p class="drop-note">{words}</p> })} }
}

/// The next cards of a column: without a script a link to the list of that status, with one they are added here.
#[component]
fn LoadMore(column: ColumnState, address: LeadsAddress, cursor: String) -> impl IntoView {
    let status = column.status;
    let toasts = use_toasts();
    let loading = RwSignal::new(false);
    let list = address.with(|to| {
        to.layout.clear();
        to.status = status.as_str().to_owned();
    });
    let href = list.next_page(&cursor).href();
    let shown = column.lines.with_untracked(Vec::len) as u64;
    let left = column.count.get_untracked().saturating_sub(shown);
    let load = move |event: leptos::ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        loading.set(true);
        let (address, cursor) = (address.clone(), cursor.clone());
        spawn_local(async move {
            match load_column(address, status, cursor).await {
                Ok(more) => {
                    column.lines.update(|lines| lines.extend(more.lines));
                    column.next.set(more.next);
                }
                Err(error) => toasts.show(Toast::failed(error.message())),
            }
            loading.try_set(false);
        });
    };
    let words = if column.capped || left == 0 { "Load more".to_owned() } else { format!("Load {left} more") };
    view! {
        <a class="btn quiet sm" href=href on:click=load aria-busy=move || loading.get().then_some("true")>
            {words}
            <span class="sr">{format!(" of {}", status.label())}</span>
        </a>
    }
}
