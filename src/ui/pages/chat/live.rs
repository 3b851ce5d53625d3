//! A conversation while it is open: what comes is shown, what is sent is shown at once and stored under an id of its own, so that it can
//! be sent again and is said once.

use std::{cmp::Ordering, time::Duration};

use leptos::{
    ev,
    leptos_dom::helpers::set_timeout,
    prelude::*,
    web_sys::{Element, js_sys::Math},
};

use super::{
    heard::{MINUTE, bubble_of, day_of},
    kept::Kept,
};
use crate::{
    crm::chat::screens::{Bubble, Thread},
    live::{
        connection::{Connection, use_connection},
        events::{ClientEvent, Message, NewMessage, ServerEvent, TYPING_SECS},
        outbox::{OnItsWay, Way},
        topic::ThingId,
    },
    ui::window::on_window,
};

/// Who types says so again after so many milliseconds.
const SAY_AGAIN: f64 = 3_000.0;
/// Where what was said is.
pub(super) const MESSAGES: &str = ".msgs";

/// What the other side is told of who writes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Typing {
    /// They type.
    Begun,
    /// They do no more.
    Stopped,
}

/// What happens in a conversation while it is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Talk {
    /// What was said since the page was made.
    pub(super) said: RwSignal<Vec<Bubble>>,
    /// How far the other side has read.
    pub(super) other_read: RwSignal<u32>,
    /// Whether the other side is here.
    pub(super) online: RwSignal<bool>,
    /// Whether something has come below what is looked at.
    pub(super) below: RwSignal<bool>,
    /// What stays when it is loaded anew.
    pub(super) kept: Kept,
    connection: Connection,
    about: StoredValue<About>,
}

/// What is known of it, and how far it has been shown and read.
#[derive(Debug)]
struct About {
    id: ThingId,
    me: Option<ThingId>,
    /// The admins by id.
    admins: Vec<(ThingId, String)>,
    /// Nobody where all admins are the other side.
    other: Option<ThingId>,
    offset: i64,
    last_seq: u32,
    /// The day of the last message, counted from 1970.
    last_day: Option<i64>,
    /// Whether the server has something to say about what has come: the day above it, who of the admins it was, or the files beside it.
    is_stale: bool,
    /// How far the viewer has read.
    read: u32,
    types_since: f64,
    typing_ends: u32,
    /// Whether the end of the conversation is shown.
    at_end: bool,
}

/// Listens to a conversation as long as its page is there.
pub(super) fn use_talk(thread: &Thread, kept: Kept) -> Talk {
    let connection = use_connection();
    connection.forget(|sent| {
        let mut bubbles = thread.days.iter().flat_map(|day| &day.bubbles);
        bubbles.any(|bubble| bubble.client_id == sent.message.client_id)
    });
    let (offset, at_end) = (i64::from(thread.offset) * MINUTE, thread.later.is_none());
    let last = thread.days.last().and_then(|day| day.bubbles.last());
    let talk = Talk {
        said: RwSignal::new(Vec::new()),
        other_read: RwSignal::new(kept.note_read(thread.other_read)),
        online: RwSignal::new(thread.with.online),
        below: RwSignal::new(false),
        kept,
        connection,
        about: StoredValue::new(About {
            id: thread.id.cast(),
            me: thread.me.parse().ok(),
            admins: thread.admins.iter().filter_map(|(id, name)| Some((id.parse().ok()?, name.clone()))).collect(),
            other: thread.with.person.as_ref().and_then(|id| id.parse().ok()),
            offset,
            last_seq: thread.last_seq,
            last_day: last.map(|bubble| day_of(bubble.moment.at, offset)),
            is_stale: false,
            read: 0,
            types_since: 0.0,
            typing_ends: 0,
            at_end,
        }),
    };
    if kept.types.get_untracked() {
        talk.show_typing(true);
    }
    if at_end {
        for message in kept.heard_after(thread.last_seq) {
            talk.place(&message);
        }
        talk.ask_if_stale();
        let after = move || talk.about.try_with_value(|about| about.last_seq);
        connection.keep_joined(thread.id.cast(), after, move |joined| {
            joined.messages.iter().for_each(|message| talk.take(message));
            talk.note_read(joined.other_read_seq);
            talk.online.try_set(joined.online);
        });
    }
    connection.listen(move |event| talk.hear(event));
    talk.show_what_is_stored();
    // What comes while nobody looks is read when somebody does.
    on_window(ev::focus, move |_| talk.read_up_to_last());
    talk
}

impl Talk {
    /// What is on its way here, and what has not arrived.
    pub(super) fn on_its_way(self) -> Vec<OnItsWay> {
        let outbox = self.connection.outbox().get();
        outbox.into_iter().filter(|sent| self.is_here(sent.message.conversation_id)).collect()
    }

    /// Whether a message can be sent over the connection now.
    pub(super) fn is_live(self) -> bool {
        self.connection.is_open() && self.about.try_with_value(|about| about.at_end) == Some(true)
    }

    /// Sends a message; it is shown at once.
    pub(super) fn send(self, body: String) {
        let Some(conversation_id) = self.about.try_with_value(|about| about.id) else { return };
        self.connection.post(NewMessage { conversation_id, client_id: new_id(), body, attachments: Vec::new() });
        self.say_typing(Typing::Stopped);
        self.go_to_bottom();
    }

    /// Sends what was refused once more.
    pub(super) fn send_again(self, client_id: String) {
        self.connection.send_again(client_id);
    }

    /// Shows what is stored in its place. Where others said something before, it comes in its order over the connection, and is shown as
    /// sent until then.
    fn show_what_is_stored(self) {
        Effect::new(move |_| {
            for OnItsWay { message, way } in self.on_its_way() {
                let known = self.about.try_with_value(|about| (about.last_seq, about.me));
                if let (Way::Stored { id, seq, sent_at }, Some((last_seq, Some(sender_id)))) = (way, known)
                    && seq <= last_seq + 1
                {
                    let NewMessage { conversation_id, client_id, body, .. } = message;
                    let attachments = Vec::new();
                    self.take(&Message { conversation_id, id, seq, client_id, sender_id, body, attachments, sent_at });
                }
            }
        });
    }

    /// Tells the other side that the viewer types, from time to time, or no longer.
    pub(super) fn say_typing(self, typing: Typing) {
        let now = now();
        let said = self.about.try_update_value(|about| {
            let (is_news, since) = match typing {
                Typing::Begun => (now - about.types_since > SAY_AGAIN, now),
                Typing::Stopped => (about.types_since > 0.0, 0.0),
            };
            if is_news {
                about.types_since = since;
            }
            is_news.then_some(about.id)
        });
        if let Some(conversation_id) = said.flatten() {
            self.connection.say(match typing {
                Typing::Begun => ClientEvent::StartTyping { conversation_id },
                Typing::Stopped => ClientEvent::StopTyping { conversation_id },
            });
        }
    }

    fn hear(self, event: &ServerEvent) {
        match event {
            ServerEvent::MessageNew(message) if self.is_here(message.conversation_id) => self.take(message),
            ServerEvent::MessageRead { conversation_id, user_id, seq }
                if self.is_here(*conversation_id) && self.is_other(*user_id) =>
            {
                self.note_read(*seq);
            }
            ServerEvent::Typing { conversation_id, user_id, is_typing }
                if self.is_here(*conversation_id) && self.is_other(*user_id) =>
            {
                self.show_typing(*is_typing);
            }
            ServerEvent::UserOnline { user_id } | ServerEvent::UserOffline { user_id } => {
                self.see(*user_id, matches!(event, ServerEvent::UserOnline { .. }));
            }
            _ => {}
        }
    }

    /// Takes in a message that has come.
    fn take(self, message: &Message) {
        let placed = self.place(message);
        if placed == Placed::TooEarly {
            // What lies between was missed: it comes with this one.
            return self.connection.join_again();
        }
        self.connection.forget(|sent| sent.message.client_id == message.client_id);
        if placed == Placed::Known {
            return;
        }
        self.kept.note_heard(message);
        if self.is_other(message.sender_id) {
            self.below.try_set(!is_at_bottom());
            self.kept.types.try_set(false);
            // Who writes has read what was said before.
            self.note_read(message.seq);
            self.read_up_to_last();
        } else {
            self.ask_if_stale();
        }
    }

    /// Shows a message, once, in its order.
    fn place(self, message: &Message) -> Placed {
        let placed = self.about.try_update_value(|about| (about.place(message), about.offset));
        let Some((placed, offset)) = placed else { return Placed::Known };
        if placed == Placed::Last {
            let who = (!self.is_other(message.sender_id), self.admin_of(message.sender_id));
            let bubble = bubble_of(message, who, offset);
            self.said.try_update(|said| said.push(bubble));
        }
        placed
    }

    /// The other side has read so far.
    fn note_read(self, seq: u32) {
        self.other_read.try_set(self.kept.note_read(seq));
    }

    fn show_typing(self, is_typing: bool) {
        self.kept.types.try_set(is_typing);
        let number = self.about.try_update_value(|about| {
            about.typing_ends = about.typing_ends.wrapping_add(1);
            about.typing_ends
        });
        // It ends by itself, unless they have said so again.
        let end = move || {
            if self.about.try_with_value(|about| about.typing_ends) == number {
                self.kept.types.try_set(false);
            }
        };
        set_timeout(end, Duration::from_secs(TYPING_SECS.into()));
    }

    /// What is looked at is read: the end of the conversation, by who has it before them.
    pub(super) fn read_up_to_last(self) {
        if !is_at_bottom() || !document().has_focus().unwrap_or_default() {
            return;
        }
        let unread = self.about.try_update_value(|about| {
            let is_unread = about.at_end && about.read < about.last_seq;
            about.read = about.read.max(about.last_seq);
            is_unread.then_some((about.id, about.last_seq))
        });
        if let Some((conversation_id, seq)) = unread.flatten() {
            self.below.try_set(false);
            self.connection.say(ClientEvent::ReadMessages { conversation_id, seq });
            self.ask_if_stale();
        }
    }

    fn ask_if_stale(self) {
        if self.about.try_update_value(|about| std::mem::take(&mut about.is_stale)) == Some(true) {
            self.kept.ask_anew();
        }
    }

    /// Goes to what was said last.
    pub(super) fn go_to_bottom(self) {
        if let Some(messages) = messages() {
            messages.set_scroll_top(0);
        }
        self.read_up_to_last();
    }

    fn is_here(self, conversation: ThingId) -> bool {
        self.about.try_with_value(|about| about.id == conversation) == Some(true)
    }

    /// Whether somebody stands on the other side: the one person, or for who asks for support everybody else.
    fn is_other(self, person: ThingId) -> bool {
        let is_other = |about: &About| match about.other {
            Some(other) => person == other,
            None => Some(person) != about.me,
        };
        self.about.try_with_value(is_other) == Some(true)
    }

    /// Who of the admins it is, unless it is the viewer.
    fn admin_of(self, person: ThingId) -> Option<String> {
        let name = |about: &About| {
            let (_, name) = about.admins.iter().find(|(id, _)| *id == person && Some(person) != about.me)?;
            Some(name.clone())
        };
        self.about.try_with_value(name).flatten()
    }

    /// Somebody has come or gone.
    fn see(self, person: ThingId, is_here: bool) {
        match self.about.try_with_value(|about| about.other) {
            Some(Some(other)) if other == person => drop(self.online.try_set(is_here)),
            // It may be an admin, and not the only one: joining tells whether one of them is here.
            Some(None) => self.connection.join_again(),
            _ => {}
        }
    }
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placed {
    /// It is shown already, or the page is gone.
    Known,
    /// It is the last one now.
    Last,
    /// Others before it are missing.
    TooEarly,
}

impl About {
    /// Where a message stands; what the server has to say about the last one is noted.
    fn place(&mut self, message: &Message) -> Placed {
        match message.seq.cmp(&(self.last_seq + 1)) {
            Ordering::Less => return Placed::Known,
            Ordering::Greater => return Placed::TooEarly,
            Ordering::Equal => {}
        }
        self.last_seq = message.seq;
        let day = Some(day_of(message.sent_at, self.offset));
        self.is_stale |= self.last_day != day || self.is_unknown(message.sender_id) || !message.attachments.is_empty();
        self.last_day = day;
        Placed::Last
    }

    /// Whether it is an admin who had said nothing when the page was made, so that it has no name for them.
    fn is_unknown(&self, person: ThingId) -> bool {
        self.other.is_none() && Some(person) != self.me && self.admins.iter().all(|(id, _)| *id != person)
    }
}

/// What was said, as it is laid out: from below.
pub(super) fn messages() -> Option<Element> {
    document().query_selector(MESSAGES).ok().flatten()
}

/// Whether the end is before one's eyes, give or take a line.
pub(super) fn is_at_bottom() -> bool {
    messages().is_none_or(|messages| messages.scroll_top() > -40)
}

/// An id that no other message of this device has.
fn new_id() -> String {
    // The bits, as hexadecimal: what writes the numbers themselves takes eleven kilobytes.
    format!("{:x}{:x}", Math::random().to_bits(), Math::random().to_bits())
}

fn now() -> f64 {
    leptos::web_sys::js_sys::Date::now()
}
