//! What stays on the page of chat while a conversation is loaded anew, or another one is opened.

use leptos::prelude::*;

use crate::crm::chat::conversation::ConversationId;

/// What stays; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    /// Whether the other side types.
    pub(super) types: RwSignal<bool>,
    stale: RwSignal<u32>,
    talk: StoredValue<Option<ConversationId>>,
    open: StoredValue<Option<String>>,
    shown: StoredValue<String>,
}

/// How a conversation has come to be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// As the first one of the page.
    First,
    /// It was open before.
    Again,
    /// In the place of another one.
    AfterAnother,
}

impl Kept {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let (types, stale) = (RwSignal::new(false), RwSignal::new(0));
        let (talk, open, shown) = (StoredValue::new(None), StoredValue::new(None), StoredValue::new(String::new()));
        Self { types, stale, talk, open, shown }
    }

    /// Counts up when the server knows more of what is open than the page does.
    pub(super) fn stale(self) -> Signal<u32> {
        self.stale.into()
    }

    /// Has what is open asked for anew.
    pub(super) fn ask_anew(self) {
        self.stale.try_update(|stale| *stale = stale.wrapping_add(1));
    }

    /// The conversation is shown now; whether another one was before.
    pub(super) fn replaces_another(self, id: ConversationId) -> bool {
        let before = self.talk.try_update_value(|talk| talk.replace(id)).flatten();
        before.is_some_and(|before| before != id)
    }

    /// The conversation of that name is open now.
    pub(super) fn open(self, name: String) -> Opened {
        match self.open.try_update_value(|open| (open.as_ref() == Some(&name), open.replace(name))) {
            Some((true, _)) => Opened::Again,
            Some((false, Some(_))) => Opened::AfterAnother,
            _ => Opened::First,
        }
    }

    /// Scrolls to the message that the end of an address names, once for each address.
    pub(super) fn scroll_to(self, anchor: String) {
        if self.shown.try_get_value().as_ref() == Some(&anchor) {
            return;
        }
        let message = anchor.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
        self.shown.set_value(anchor);
        if let Some(message) = message {
            message.scroll_into_view();
        }
    }
}
