//! What was said before: read upward in its place, part by part. Without script each part is a page of its own.

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local, web_sys::Element};

use super::live::{MESSAGES, messages};
use crate::{
    crm::chat::{
        conversation::ConversationId,
        screens::{Pane, TalkDay, Thread},
        server_fns::load_pane,
    },
    ui::focus::take_lost_focus,
};

/// So near to the beginning of what is shown, in pixels, what came before is asked for.
const NEAR: i32 = 300;

/// How asking for what came before stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// It may be asked for.
    Free,
    /// It is on its way.
    UnderWay,
    /// It did not come; it is asked for again when somebody says so.
    Failed,
}

/// The past of a conversation that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct History {
    id: ConversationId,
    /// Where what came before is; none at the beginning.
    pub(super) earlier: RwSignal<Option<String>>,
    asking: RwSignal<Asking>,
    top: StoredValue<Option<Top>>,
}

/// The uppermost part that is shown.
#[derive(Debug, Clone)]
struct Top {
    begins: Option<Beginning>,
    above: Above,
}

/// How a part begins: on which date, with which message.
type Beginning = (String, u32);

/// What is above a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Above {
    /// The part there, by day.
    pub(super) part: RwSignal<Option<Vec<TalkDay>>>,
    /// Whether it ends within the day with which this one begins.
    pub(super) has_day: RwSignal<bool>,
}

/// The past that a page was made with. It opens at its end, also in the place of another one that was read further up.
pub(super) fn use_history(thread: &Thread, is_another: bool) -> History {
    let id = thread.id;
    Effect::new(move |_| {
        if is_another {
            scroll_to(0);
        }
    });
    let (earlier, asking) = (RwSignal::new(thread.earlier.clone()), RwSignal::new(Asking::Free));
    History { id, earlier, asking, top: StoredValue::new(None) }
}

impl History {
    /// A part is shown at the top; what is above it.
    pub(super) fn show_part(self, days: &[TalkDay]) -> Above {
        let above = Above { part: RwSignal::new(None), has_day: RwSignal::new(false) };
        self.top.set_value(Some(Top { begins: begins(days), above }));
        above
    }

    /// What the link to what came before says.
    pub(super) fn words(self) -> &'static str {
        match self.asking.get() {
            Asking::Free => "Earlier messages",
            Asking::UnderWay => "Loading earlier messages",
            Asking::Failed => "Not loaded. Try again",
        }
    }

    /// Has what came before shown in its place, unless the link is to be opened elsewhere.
    pub(super) fn press(self, event: &MouseEvent) {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            self.ask();
        }
    }

    /// Has what came before shown to who comes near to the beginning.
    pub(super) fn scrolled(self) {
        // What is laid out from below is scrolled by less than nothing.
        let is_near = |log: Element| log.scroll_height() - log.client_height() + log.scroll_top() < NEAR;
        if messages().is_some_and(is_near) && self.asking.try_get_untracked() == Some(Asking::Free) {
            self.ask();
        }
    }

    fn ask(self) {
        let Some(earlier) = self.earlier.get_untracked() else { return };
        if self.asking.get_untracked() == Asking::UnderWay {
            return;
        }
        self.asking.set(Asking::UnderWay);
        let query = earlier.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
        spawn_local(async move {
            let part = load_pane(self.id.to_string(), query).await;
            if self.asking.try_get_untracked().is_none() {
                // Nobody looks any more, or the page was made anew.
                return;
            }
            let is_shown = match part {
                Ok(Pane::Thread(part)) => self.put_above(*part),
                _ => false,
            };
            self.asking.set(if is_shown { Asking::Free } else { Asking::Failed });
        });
    }

    /// Puts a part above what is shown, which stays where it is; whether it goes there.
    fn put_above(self, part: Thread) -> bool {
        let Some(Top { begins: Some(begins), above }) = self.top.get_value() else { return false };
        let Some(has_day) = meets(&part.days, &begins) else { return false };
        let (place, is_all) = (messages().map(|log| log.scroll_top()), part.earlier.is_none());
        self.earlier.set(part.earlier);
        above.has_day.set(has_day);
        above.part.set(Some(part.days));
        request_animation_frame(move || {
            // Laid out from below, it is where it was as long as it is scrolled as it was; the browser has other ideas.
            place.into_iter().for_each(scroll_to);
            if is_all {
                // The link that may have had the focus is gone.
                take_lost_focus(MESSAGES);
            }
        });
        true
    }
}

fn begins(days: &[TalkDay]) -> Option<Beginning> {
    let day = days.first()?;
    Some((day.date.clone(), day.bubbles.first()?.seq))
}

/// Whether a part ends within the day with which the one below it begins; `None` when it does not end just before that.
fn meets(days: &[TalkDay], (date, seq): &Beginning) -> Option<bool> {
    let day = days.last()?;
    let is_before = day.bubbles.last()?.seq + 1 == *seq;
    is_before.then(|| day.date == *date)
}

fn scroll_to(place: i32) {
    if let Some(log) = messages() {
        log.set_scroll_top(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        crm::chat::screens::Bubble,
        shared::time::{Moment, Time},
    };

    fn said(seq: u32) -> Bubble {
        let moment = Moment { at: Time::from_millis(0), text: String::new(), exact: String::new() };
        let (client_id, body, files) = (String::new(), String::new(), Vec::new());
        Bubble { seq, client_id, ours: true, who: None, body, files, moment }
    }

    fn part(days: &[(&str, &[u32])]) -> Vec<TalkDay> {
        let day = |(date, numbers): &(&str, &[u32])| TalkDay {
            date: (*date).to_owned(),
            label: String::new(),
            bubbles: numbers.iter().copied().map(said).collect(),
        };
        days.iter().map(day).collect()
    }

    #[test]
    fn a_part_meets_what_comes_just_after_it_and_a_day_is_headed_once() {
        let upper = part(&[("2026-11-23", &[1]), ("2026-11-24", &[2])]);
        let meets_part = |days: &[(&str, &[u32])]| meets(&upper, &begins(&part(days)).unwrap());
        assert_eq!(meets_part(&[("2026-11-24", &[3, 4]), ("2026-11-25", &[5])]), Some(true));
        assert_eq!(meets_part(&[("2026-11-25", &[3])]), Some(false));
        for other in [2, 4] {
            assert_eq!(meets_part(&[("2026-11-24", &[other])]), None, "{other}");
        }
        assert_eq!((begins(&[]), meets(&[], &(String::new(), 1))), (None, None));
    }
}
