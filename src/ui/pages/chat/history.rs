//! What was said before: read upward in its place, part by part. Without script each part is a page of its own.

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local, web_sys::Element};

use super::{
    heard::{MINUTE, day_of},
    kept::Kept,
    live::{MESSAGES, is_at_bottom, messages},
};
use crate::{
    crm::chat::{
        conversation::ConversationId,
        screens::{Bubble, Pane, TalkDay, Thread},
        server_fns::load_pane,
    },
    ui::{
        components::{Toast, Toasts, use_toasts},
        focus::take_lost_focus,
    },
};

/// So near to the beginning of what is shown, in pixels, what came before is asked for.
const NEAR: i32 = 300;

/// What is shown of what was said before the page was made.
#[derive(Debug, Clone)]
pub(super) struct Past {
    /// By day, the oldest first.
    days: Vec<TalkDay>,
    /// Where what came before is.
    earlier: Option<String>,
}

impl Past {
    /// What the two parts are together, if the later one goes on where this one ends, or before; `minutes` is how far the viewer's clocks
    /// are ahead of UTC.
    fn then(self, later: &Self, minutes: i32) -> Option<Self> {
        let first = later.days.first()?.bubbles.first()?;
        let mut days = self.days;
        days.iter_mut().for_each(|day| day.bubbles.retain(|bubble| bubble.seq < first.seq));
        days.retain(|day| !day.bubbles.is_empty());
        let last_day = days.last_mut()?;
        let last = last_day.bubbles.last().filter(|last| last.seq + 1 == first.seq)?;
        let day_of = |bubble: &Bubble| day_of(bubble.moment.at, i64::from(minutes) * MINUTE);
        let mut later = later.days.clone().into_iter();
        if day_of(last) == day_of(first) {
            let TalkDay { label, bubbles } = later.next()?;
            last_day.label = label;
            last_day.bubbles.extend(bubbles);
        }
        days.extend(later);
        Some(Self { days, earlier: self.earlier })
    }
}

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
    minutes: i32,
    past: RwSignal<Past>,
    asking: StoredValue<Asking>,
    kept: Kept,
    toasts: Toasts,
}

/// The past that a page was made with. Who reads further up while the page is made anew keeps what is before their eyes.
pub(super) fn use_history(thread: &Thread, kept: Kept) -> History {
    let (id, minutes) = (thread.id, thread.offset);
    let made = Past { days: thread.days.clone(), earlier: thread.earlier.clone() };
    let read = kept.past(id).filter(|_| !is_at_bottom());
    let whole = read.and_then(|read| read.then(&made, minutes));
    whole.iter().for_each(|whole| kept.keep_past(id, whole.clone()));
    let (past, asking) = (RwSignal::new(whole.unwrap_or(made)), StoredValue::new(Asking::Free));
    History { id, minutes, past, asking, kept, toasts: use_toasts() }
}

impl History {
    /// What was said, by day.
    pub(super) fn days(self) -> Vec<TalkDay> {
        self.past.with(|past| past.days.clone())
    }

    /// Where what came before is; none at the beginning.
    pub(super) fn earlier(self) -> Option<String> {
        self.past.with(|past| past.earlier.clone())
    }

    /// Has what came before shown in its place, unless the link is opened elsewhere.
    pub(super) fn press(self, event: &MouseEvent) {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            self.ask();
        }
    }

    /// Has what came before shown to who comes near to the beginning.
    pub(super) fn scrolled(self) {
        // What is laid out from below is scrolled by less than nothing.
        let is_near = |log: Element| log.scroll_height() - log.client_height() + log.scroll_top() < NEAR;
        if messages().is_some_and(is_near) && self.asking.try_get_value() == Some(Asking::Free) {
            self.ask();
        }
    }

    fn ask(self) {
        let Some(earlier) = self.past.with_untracked(|past| past.earlier.clone()) else { return };
        if self.asking.get_value() == Asking::UnderWay {
            return;
        }
        self.asking.set_value(Asking::UnderWay);
        let query = earlier.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
        spawn_local(async move {
            let asking = match load_pane(self.id.to_string(), query).await {
                Ok(Pane::Thread(part)) => self.show(*part),
                Ok(_) => Asking::Failed,
                Err(error) => {
                    self.toasts.show(Toast::failed(error.message()));
                    Asking::Failed
                }
            };
            self.asking.try_set_value(asking);
        });
    }

    /// Puts a part above what is shown, which stays where it is.
    fn show(self, part: Thread) -> Asking {
        let part = Past { days: part.days, earlier: part.earlier };
        let whole = self.past.try_with_untracked(|past| part.then(past, self.minutes)).flatten();
        let Some(whole) = whole else { return Asking::Failed };
        let is_all = whole.earlier.is_none();
        let log = messages().map(|log| (log.scroll_top(), log));
        self.kept.keep_past(self.id, whole.clone());
        self.past.try_set(whole);
        request_animation_frame(move || {
            // Laid out from below, it is where it was as long as it is scrolled as it was; the browser has other ideas.
            log.into_iter().for_each(|(place, log)| log.set_scroll_top(place));
            if is_all {
                // The link that may have had the focus is gone.
                take_lost_focus(MESSAGES);
            }
        });
        Asking::Free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::time::{Moment, Time};

    /// A message that was said so many hours after 1970 began.
    fn said(seq: u32, hours: i64) -> Bubble {
        let moment = Moment { at: Time::from_millis(hours * 3_600_000), text: String::new(), exact: String::new() };
        let (client_id, body, files) = (String::new(), String::new(), Vec::new());
        Bubble { seq, client_id, ours: true, who: None, body, files, moment }
    }

    fn past(days: &[(&str, &[(u32, i64)])], earlier: Option<&str>) -> Past {
        let day = |(label, said_then): &(&str, &[(u32, i64)])| TalkDay {
            label: (*label).to_owned(),
            bubbles: said_then.iter().map(|(seq, hours)| said(*seq, *hours)).collect(),
        };
        Past { days: days.iter().map(day).collect(), earlier: earlier.map(str::to_owned) }
    }

    /// The days by name, with the numbers of what was said.
    fn short(past: &Past) -> Vec<(String, Vec<u32>)> {
        let numbers = |day: &TalkDay| (day.label.clone(), day.bubbles.iter().map(|bubble| bubble.seq).collect());
        past.days.iter().map(numbers).collect()
    }

    #[test]
    fn a_day_that_two_parts_share_is_one() {
        let part = past(&[("Monday", &[(1, 10)]), ("Tuesday", &[(2, 30)])], Some("/chat/x?before=1"));
        let whole = part.then(&past(&[("Yesterday", &[(3, 31)]), ("Today", &[(4, 50)])], Some("/chat/x?before=3")), 0);
        let whole = whole.unwrap();
        let days = [("Monday", vec![1]), ("Yesterday", vec![2, 3]), ("Today", vec![4])];
        assert_eq!(short(&whole), days.map(|(day, said)| (day.to_owned(), said)));
        assert_eq!(whole.earlier.as_deref(), Some("/chat/x?before=1"));
    }

    #[test]
    fn days_part_by_the_viewers_clocks() {
        let (part, later) = (past(&[("Monday", &[(1, 20)])], None), past(&[("Tuesday", &[(2, 21)])], None));
        assert_eq!(short(&part.clone().then(&later, 0).unwrap()).len(), 1);
        assert_eq!(short(&part.then(&later, 180).unwrap()).len(), 2);
    }

    #[test]
    fn what_is_in_both_parts_stands_once() {
        let read = past(&[("Monday", &[(1, 1), (2, 2), (3, 3)])], None);
        let whole = read.then(&past(&[("Monday", &[(2, 2), (3, 3), (4, 4)])], Some("/chat/x?before=2")), 0).unwrap();
        assert_eq!(short(&whole), [("Monday".to_owned(), vec![1, 2, 3, 4])]);
        assert_eq!(whole.earlier, None);
    }

    #[test]
    fn parts_with_a_gap_between_them_are_not_one() {
        let read = past(&[("Monday", &[(1, 1), (2, 2)])], None);
        assert!(read.clone().then(&past(&[("Monday", &[(4, 4)])], None), 0).is_none());
        assert!(read.then(&past(&[], None), 0).is_none());
    }
}
