//! What stays on the page of chat while a conversation is loaded anew, or another one is opened.

use leptos::prelude::*;

use crate::live::events::Message;

/// What stays; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    /// Whether the other side types.
    pub(super) types: RwSignal<bool>,
    stale: RwSignal<u32>,
    heard: StoredValue<Vec<Message>>,
    other_read: StoredValue<u32>,
    open: StoredValue<Option<String>>,
    shown: StoredValue<String>,
}

impl Kept {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let (types, stale) = (RwSignal::new(false), RwSignal::new(0));
        let (heard, other_read) = (StoredValue::new(Vec::new()), StoredValue::new(0));
        let (open, shown) = (StoredValue::new(None), StoredValue::new(String::new()));
        Self { types, stale, heard, other_read, open, shown }
    }

    /// Counts up when the server knows more of what is open than the page does.
    pub(super) fn stale(self) -> Signal<u32> {
        self.stale.into()
    }

    /// Has what is open asked for anew.
    pub(super) fn ask_anew(self) {
        self.stale.try_update(|stale| *stale = stale.wrapping_add(1));
    }

    /// The conversation of that name is open now. Whether it is in the place of another one, of which what was heard is over.
    pub(super) fn open(self, name: &str) -> bool {
        let before = self.open.try_update_value(|open| open.replace(name.to_owned())).flatten();
        if before.as_deref() == Some(name) {
            return false;
        }
        self.types.set(false);
        self.other_read.set_value(0);
        self.heard.set_value(Vec::new());
        before.is_some()
    }

    /// A message has come.
    pub(super) fn note_heard(self, message: &Message) {
        self.heard.try_update_value(|heard| heard.push(message.clone()));
    }

    /// What has come after the message of that number: the server may have answered before it was there.
    pub(super) fn heard_after(self, seq: u32) -> Vec<Message> {
        let newer = |heard: &mut Vec<Message>| {
            heard.retain(|message| message.seq > seq);
            heard.clone()
        };
        self.heard.try_update_value(newer).unwrap_or_default()
    }

    /// The other side has read so far; how far they have at all.
    pub(super) fn note_read(self, seq: u32) -> u32 {
        let further = |read: &mut u32| {
            *read = seq.max(*read);
            *read
        };
        self.other_read.try_update_value(further).unwrap_or(seq)
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
