//! Pages that stay live: what somebody else changes appears by itself, but not while it would pull something out of one's hands.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    load::{WireJson, load},
    window::on_window,
};
use crate::{
    live::{
        connection::{Connection, use_connection},
        events::{ChangedKind, ServerEvent},
        pause::pause,
        topic::ThingId,
    },
    shared::error::AppError,
};

/// Where somebody is in the middle of something that a page made anew would take from them: a dialog or a menu is open, a row is ticked,
/// a card is dragged, asked about or on its way, an answer is looked for, or a fact is being typed. The text of a composer keeps itself.
const IN_USE: &str = "dialog[open], main details[open] > .menu, main tbody input:checked, \
                      main :is([data-dragged], [data-busy]), main textarea[aria-controls], \
                      main form:not(.composer, [method=get]) :is(input, select, textarea):focus";
/// How often to look whether somebody still is.
const LOOK: Duration = Duration::from_millis(300);
/// The pause after the server could not answer.
const AGAIN: Duration = Duration::from_secs(5);

/// What came of asking for what a page shows.
enum Asked {
    /// It is to be shown.
    Show(Box<dyn FnOnce()>),
    /// The server cannot answer just now.
    Later,
    /// There is nothing to show.
    Nothing,
}

/// Asks for what a page shows.
type Ask = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Asked>>> + Send + Sync>;

/// What `fetch` answers for the current `source`, as [`load`] has it, and asked for again whenever `live` counts up. What comes of that
/// is shown when it disturbs nobody: who is in the middle of something when it comes keeps what they see, and it is asked for once more
/// when they are done. What goes wrong changes nothing that is shown, unless it is gone, or theirs no longer; that is not
/// asked for again.
pub fn load_live<S, T, Fut>(
    source: impl Fn() -> S + Clone + Send + Sync + 'static,
    live: Signal<u32>,
    fetch: impl Fn(S) -> Fut + Clone + Send + Sync + 'static,
) -> Resource<Result<T, AppError>, WireJson>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let loaded = load(source.clone(), fetch.clone());
    let latest = StoredValue::new(0);
    let ask = move || {
        let asked = untrack(&source);
        let (coming, source) = (fetch(asked.clone()), source.clone());
        let answer = async move {
            let answer = coming.await;
            let is_there = latest.try_get_value().is_some();
            match answer {
                // What the page shows may be something else by now, and was asked for by that.
                _ if !is_there || untrack(&source) != asked => Asked::Nothing,
                Ok(_) | Err(AppError::NotFound | AppError::Forbidden | AppError::CrmAccessRequired) => {
                    Asked::Show(Box::new(move || loaded.set(Some(answer))))
                }
                Err(AppError::Unavailable) => Asked::Later,
                Err(_) => Asked::Nothing,
            }
        };
        Box::pin(answer) as Pin<Box<dyn Future<Output = Asked>>>
    };
    let is_gone = move || {
        // Below a Suspense, reading a resource tracks it even untracked.
        untrack(|| loaded.with_untracked(|shown| matches!(shown, Some(Err(AppError::NotFound | AppError::Forbidden)))))
    };
    show_changes(live, latest, is_gone, Arc::new(ask));
    loaded
}

fn show_changes(
    live: Signal<u32>,
    latest: StoredValue<u32>,
    is_gone: impl Fn() -> bool + Send + Sync + 'static,
    ask: Ask,
) {
    let (connection, is_pressed) = (use_connection(), use_pressed());
    Effect::new(move |before: Option<()>| {
        let number = live.get();
        if before.is_some() && !is_gone() {
            latest.set_value(number);
            let is_in_use = move || is_pressed.try_get_value() == Some(true) || is_in_use();
            spawn_local(show_change((number, latest), connection, ask.clone(), is_in_use));
        }
    });
}

/// Shows a change when it disturbs nobody, unless another one has come meanwhile, or the page is gone.
async fn show_change(
    (number, latest): (u32, StoredValue<u32>),
    connection: Connection,
    ask: Ask,
    is_in_use: impl Fn() -> bool,
) {
    let is_latest = || latest.try_get_value() == Some(number);
    while is_latest() {
        if is_in_use() {
            pause(LOOK).await;
            continue;
        }
        match ask().await {
            Asked::Show(show) if is_latest() && !is_in_use() => return show(),
            Asked::Show(_) => {}
            // When the connection is back, all that is shown is asked for anyhow.
            Asked::Later if connection.is_open() => pause(AGAIN).await,
            Asked::Later | Asked::Nothing => return,
        }
    }
}

/// Whether something is pressed. What begins to be dragged is no longer.
fn use_pressed() -> StoredValue<bool> {
    let is_pressed = StoredValue::new(false);
    let note = move |pressed| {
        is_pressed.try_set_value(pressed);
    };
    on_window(ev::pointerdown, move |_| note(true));
    on_window(ev::pointerup, move |_| note(false));
    on_window(ev::pointercancel, move |_| note(false));
    is_pressed
}

/// Counts up when things of these kinds have changed, so that what shows them is asked for anew.
pub fn use_changes(kinds: &'static [ChangedKind]) -> Signal<u32> {
    use_connection().changes(move |event| matches!(event, ServerEvent::Changed { kind, .. } if kinds.contains(kind)))
}

/// Counts up with these changes, and each minute: for what says how long ago something was, or when it is due.
pub fn with_time(changes: Signal<u32>) -> Signal<u32> {
    let later = use_connection().later();
    Signal::derive(move || changes.get().wrapping_add(later.get()))
}

/// Counts up when the thing of that id has changed, or many of its kind at once.
pub fn use_changes_of(kind: ChangedKind, id: Memo<String>) -> Signal<u32> {
    use_connection().changes(move |event| match event {
        ServerEvent::Changed { kind: changed, id: which } => {
            *changed == kind && which.is_none_or(|which| is_it(id, which))
        }
        _ => false,
    })
}

/// Counts up when there is something new for the person, or when they have read it elsewhere.
pub fn use_news() -> Signal<u32> {
    use_connection().changes(|event| {
        matches!(event, ServerEvent::NotificationNew { .. } | ServerEvent::Changed { kind: ChangedKind::Bell, .. })
    })
}

/// Whether an address names that thing.
pub fn is_it(id: Memo<String>, which: ThingId) -> bool {
    id.try_with_untracked(|id| id.parse() == Ok(which)).unwrap_or_default()
}

/// Whether somebody is in the middle of something, or has selected a text of the page.
fn is_in_use() -> bool {
    document().query_selector(IN_USE).ok().flatten().is_some() || is_text_selected()
}

fn is_text_selected() -> bool {
    let selection = document().get_selection().ok().flatten().filter(|selection| !selection.is_collapsed());
    let begins = selection.and_then(|selection| selection.anchor_node());
    let main = document().query_selector("main").ok().flatten();
    begins.is_some() && main.is_some_and(|main| main.contains(begins.as_ref()))
}
