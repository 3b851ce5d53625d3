//! Pages that stay live: what somebody else changes appears by itself, but not while it would pull something out of one's hands.

use leptos::prelude::*;

use crate::live::{
    connection::use_connection,
    events::{ChangedKind, ServerEvent},
    topic::ThingId,
};

/// Where somebody is in the middle of something that a page made anew would take from them: a dialog or a menu is open, a row is
/// ticked, a card is dragged or on its way, or a fact is being typed. The text of a composer keeps itself.
const IN_USE: &str = "dialog[open], main details[open] > .menu, main tbody input:checked, \
                      main :is([data-dragged], [data-moving]), \
                      main form:not(.composer, [method=get]) :is(input, select, textarea):focus";

/// Counts up when things of these kinds have changed, so that what shows them is asked for anew.
pub fn use_changes(kinds: &'static [ChangedKind]) -> Signal<u32> {
    let concerns =
        move |event: &ServerEvent| matches!(event, ServerEvent::Changed { kind, .. } if kinds.contains(kind));
    use_connection().changes(concerns, is_in_use)
}

/// Counts up when the thing of that id has changed, or many of its kind at once.
pub fn use_changes_of(kind: ChangedKind, id: Memo<String>) -> Signal<u32> {
    let concerns = move |event: &ServerEvent| match event {
        ServerEvent::Changed { kind: changed, id: which } => {
            *changed == kind && which.is_none_or(|which| is_it(id, which))
        }
        _ => false,
    };
    use_connection().changes(concerns, is_in_use)
}

/// Counts up when there is something new for the person, or when they have read it elsewhere.
pub fn use_news() -> Signal<u32> {
    let concerns = |event: &ServerEvent| {
        matches!(event, ServerEvent::NotificationNew { .. } | ServerEvent::Changed { kind: ChangedKind::Bell, .. })
    };
    use_connection().changes(concerns, is_in_use)
}

/// Whether an address names that thing.
pub fn is_it(id: Memo<String>, which: ThingId) -> bool {
    id.try_with_untracked(|id| id.parse() == Ok(which)).unwrap_or_default()
}

/// Whether somebody is in the middle of something.
fn is_in_use() -> bool {
    document().query_selector(IN_USE).ok().flatten().is_some()
}
