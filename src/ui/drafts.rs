//! What is written and not sent yet: kept as long as the tab is there, wherever in it one goes.

use leptos::{prelude::window, web_sys::Storage};

/// What was kept under a name.
pub fn find_draft(name: &str) -> Option<String> {
    drafts()?.get_item(name).ok().flatten()
}

/// Keeps something under a name; nothing is not kept.
pub fn keep_draft(name: &str, draft: Option<&str>) {
    let Some(drafts) = drafts() else { return };
    // A tab that keeps nothing has a draft as long as its page is there.
    drop(match draft {
        Some(draft) => drafts.set_item(name, draft),
        None => drafts.remove_item(name),
    });
}

fn drafts() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
