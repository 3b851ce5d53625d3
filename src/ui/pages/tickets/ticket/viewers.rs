//! Who else looks at the ticket or types in it, and that it has changed while something was being written.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::composer::TEXT;
use crate::{
    live::{
        connection::{Connection, LineState, use_connection},
        events::{ClientEvent, Doing, ServerEvent, TYPING_SECS, VIEWING_SECS},
        topic::ThingId,
    },
    ui::{
        components::{Glyph, Icon},
        live::is_it,
    },
};

/// Somebody who is at the ticket, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Viewer {
    id: ThingId,
    name: String,
    doing: Doing,
    /// Counts what they said, so that only their last word runs out.
    said: u32,
}

/// Who is at the ticket, and what this page says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viewers {
    id: Memo<String>,
    connection: Connection,
    present: RwSignal<Vec<Viewer>>,
    doing: StoredValue<Doing>,
    pause: StoredValue<Option<TimeoutHandle>>,
    has_changed: RwSignal<bool>,
}

/// Says that this page is at the ticket, and listens to who else is. `live` counts changes of the ticket.
pub(super) fn use_viewers(id: Memo<String>, live: Signal<u32>) -> Viewers {
    let viewers = Viewers {
        id,
        connection: use_connection(),
        present: RwSignal::new(Vec::new()),
        doing: StoredValue::new(Doing::Looking),
        pause: StoredValue::new(None),
        has_changed: RwSignal::new(false),
    };
    viewers.connection.listen(move |event| {
        if let ServerEvent::TicketViewer { ticket_id, user_id, name, doing } = event
            && is_it(id, *ticket_id)
        {
            viewers.note(*user_id, name, *doing);
        }
    });
    viewers.say_again_and_again();
    Effect::new(move |before: Option<()>| {
        live.track();
        if before.is_some() && is_writing() {
            viewers.has_changed.set(true);
        }
    });
    viewers
}

impl Viewers {
    /// Something is being typed; when nothing is for a while, one looks again.
    pub(super) fn note_typing(self) {
        if self.doing.get_value() != Doing::Typing {
            self.doing.set_value(Doing::Typing);
            self.say(Doing::Typing);
        }
        let stop = move || {
            if self.doing.try_get_value() == Some(Doing::Typing) {
                self.doing.set_value(Doing::Looking);
                self.say(Doing::Looking);
            }
        };
        let pause = set_timeout_with_handle(stop, Duration::from_secs(u64::from(TYPING_SECS))).ok();
        self.pause.update_value(|running| {
            if let Some(before) = std::mem::replace(running, pause) {
                before.clear();
            }
        });
    }

    /// What was written is sent.
    pub(super) fn start_anew(self) {
        self.has_changed.set(false);
        self.doing.set_value(Doing::Looking);
        self.say(Doing::Looking);
    }

    /// What to tell who is writing.
    pub(super) fn meanwhile(self) -> Option<&'static str> {
        self.has_changed.get().then_some("This ticket has changed while you were writing. Look at it before you send.")
    }

    fn say_again_and_again(self) {
        let state = self.connection.state();
        Effect::new(move |before: Option<String>| {
            let id = self.id.get();
            if let Some(before) = before.filter(|before| *before != id) {
                self.say_of(&before, Doing::Gone);
                self.present.set(Vec::new());
                self.has_changed.set(false);
            }
            if state.get() == LineState::Open {
                self.say_of(&id, self.doing.get_value());
            }
            id
        });
        Effect::new(move |_| {
            let again = move || self.say(self.doing.try_get_value().unwrap_or(Doing::Looking));
            let every = Duration::from_secs(u64::from(VIEWING_SECS / 2));
            if let Ok(running) = set_interval_with_handle(again, every) {
                on_cleanup(move || running.clear());
            }
        });
        on_cleanup(move || self.say(Doing::Gone));
    }

    fn say(self, doing: Doing) {
        if let Some(id) = self.id.try_get_untracked() {
            self.say_of(&id, doing);
        }
    }

    fn say_of(self, id: &str, doing: Doing) {
        if let Ok(ticket_id) = id.parse() {
            self.connection.say(ClientEvent::ViewTicket { ticket_id, doing });
        }
    }

    /// Notes what somebody does. Who comes does not know yet who is here, and is told.
    fn note(self, id: ThingId, name: &str, doing: Doing) {
        let known = self.present.with_untracked(|present| present.iter().find(|viewer| viewer.id == id).cloned());
        let said = known.as_ref().map_or(0, |viewer| viewer.said.wrapping_add(1));
        let is_new = known.is_none() && doing != Doing::Gone;
        self.present.update(|present| {
            present.retain(|viewer| viewer.id != id);
            if doing != Doing::Gone {
                present.push(Viewer { id, name: name.to_owned(), doing, said });
                present.sort_by(|one, other| one.name.cmp(&other.name));
            }
        });
        if is_new {
            self.say(self.doing.try_get_value().unwrap_or(Doing::Looking));
        }
        let forget = move || {
            self.present.try_update(|present| present.retain(|viewer| viewer.id != id || viewer.said != said));
        };
        set_timeout(forget, Duration::from_secs(u64::from(VIEWING_SECS)));
    }
}

/// Who else is at the ticket, in words.
#[component]
pub(super) fn OtherViewers(viewers: Viewers, own: ThingId) -> impl IntoView {
    let words = move || viewers.present.with(|present| describe(present.iter().filter(|viewer| viewer.id != own)));
    view! {
        <p class="viewers" role="status">
            {move || words().map(|words| view! { <Icon glyph=Glyph::People small=true/>{words} })}
        </p>
    }
}

/// `Meera Iyer is typing. Ravi Menon and Asha Rao are looking at this ticket.`
fn describe<'a>(viewers: impl Iterator<Item = &'a Viewer>) -> Option<String> {
    let (typing, looking): (Vec<&Viewer>, Vec<&Viewer>) = viewers.partition(|viewer| viewer.doing == Doing::Typing);
    let sentences = [(typing, "typing"), (looking, "looking at this ticket")];
    let sentences = sentences.into_iter().filter_map(|(viewers, what)| {
        let names: Vec<&str> = viewers.iter().map(|viewer| viewer.name.as_str()).collect();
        let (last, first) = names.split_last()?;
        Some(match first {
            [] => format!("{last} is {what}."),
            first => format!("{} and {last} are {what}.", first.join(", ")),
        })
    });
    let words = sentences.collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// Whether something stands in the composer that is not sent yet.
fn is_writing() -> bool {
    let field = document().get_element_by_id(TEXT);
    let field = field.and_then(|field| field.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    field.is_some_and(|field| !field.value().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::id::Id;

    #[test]
    fn who_is_there_is_told_in_sentences() {
        let viewer = |name: &str, doing| Viewer { id: Id::from_bytes([1; 12]), name: name.into(), doing, said: 0 };
        let (asha, meera, ravi) =
            (viewer("Asha", Doing::Looking), viewer("Meera", Doing::Typing), viewer("Ravi", Doing::Looking));
        assert_eq!(describe([].into_iter()), None);
        assert_eq!(describe([&asha].into_iter()).unwrap(), "Asha is looking at this ticket.");
        assert_eq!(
            describe([&asha, &meera, &ravi].into_iter()).unwrap(),
            "Meera is typing. Asha and Ravi are looking at this ticket."
        );
    }
}
