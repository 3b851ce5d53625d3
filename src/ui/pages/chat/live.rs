//! A conversation while it is open: what comes is shown, what is sent is shown at once and stored under an id of its own, so that it can
//! be sent again and is said once.

use std::{collections::HashMap, time::Duration};

use leptos::{ev, leptos_dom::helpers::set_timeout, prelude::*, web_sys::js_sys::Math};

use super::heard::{MINUTE, bubble_of, day_of};
use crate::{
    crm::chat::screens::{Bubble, Thread},
    live::{
        connection::{Connection, use_connection},
        events::{Answer, ClientEvent, Message, NewMessage, ServerEvent, TYPING_SECS},
        topic::ThingId,
    },
    shared::{error::AppError, time::Time},
};

/// Who types says so again after so many milliseconds.
const SAY_AGAIN: f64 = 3_000.0;

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pending {
    /// Where it is said.
    pub(super) conversation: ThingId,
    /// Its id.
    pub(super) client_id: String,
    /// What it says.
    pub(super) body: String,
    /// How far it has come.
    pub(super) way: Way,
}

/// How far a message has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// It is on its way.
    Sending,
    /// The connection broke before the answer: it is sent again when it is back, and stored once all the same.
    Waiting,
    /// It was refused, and why.
    Refused(String),
}

/// What stays while a conversation is loaded anew, or another one is opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    /// Whether the other side types.
    pub(super) types: RwSignal<bool>,
    /// What is on its way, and what has not arrived, in all conversations.
    pub(super) pending: RwSignal<Vec<Pending>>,
    drafts: StoredValue<Drafts>,
}

/// What is written in each conversation, and which one is open.
#[derive(Debug, Default)]
struct Drafts {
    open: Option<String>,
    texts: HashMap<String, String>,
}

impl Kept {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let (types, pending) = (RwSignal::new(false), RwSignal::new(Vec::new()));
        Self { types, pending, drafts: StoredValue::new(Drafts::default()) }
    }

    /// The conversation of that name is open now, and `written` stands in the field, which may be from the one before: what has to stand
    /// there instead.
    pub(super) fn open(self, name: &str, written: String) -> Option<String> {
        let change = |drafts: &mut Drafts| {
            let before = drafts.open.replace(name.to_owned())?;
            if before == name {
                return None;
            }
            drafts.texts.insert(before, written);
            Some(drafts.texts.remove(name).unwrap_or_default())
        };
        self.drafts.try_update_value(change).flatten()
    }
}

/// What happens in a conversation while it is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Talk {
    /// What was said since the page was made.
    pub(super) said: RwSignal<Vec<Bubble>>,
    /// What is on its way, and what has not arrived, in all conversations.
    pending: RwSignal<Vec<Pending>>,
    /// How far the other side has read.
    pub(super) other_read: RwSignal<u32>,
    /// Whether the other side types.
    pub(super) types: RwSignal<bool>,
    /// Whether the other side is here.
    pub(super) online: RwSignal<bool>,
    /// The day of the last message that the page was made with, counted from 1970.
    pub(super) last_day: Option<i64>,
    connection: Connection,
    about: StoredValue<About>,
}

/// What does not change.
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
    types_since: f64,
    typing_ends: u32,
    /// Whether the end of the conversation is shown.
    at_end: bool,
}

/// Listens to a conversation as long as its page is there.
pub(super) fn use_talk(thread: &Thread, Kept { types, pending, .. }: Kept) -> Talk {
    types.set(false);
    forget_what_is_shown(pending, thread);
    let connection = use_connection();
    let offset = i64::from(thread.offset) * MINUTE;
    let last = thread.days.last().and_then(|day| day.bubbles.last());
    let talk = Talk {
        said: RwSignal::new(Vec::new()),
        pending,
        other_read: RwSignal::new(thread.other_read),
        types,
        online: RwSignal::new(thread.with.online),
        last_day: last.map(|bubble| day_of(bubble.moment.at, offset)),
        connection,
        about: StoredValue::new(About {
            id: thread.id.cast(),
            me: thread.me.parse().ok(),
            admins: thread.admins.iter().filter_map(|(id, name)| Some((id.parse().ok()?, name.clone()))).collect(),
            other: thread.with.person.as_ref().and_then(|id| id.parse().ok()),
            offset,
            last_seq: thread.last_seq,
            types_since: 0.0,
            typing_ends: 0,
            at_end: thread.later.is_none(),
        }),
    };
    if thread.later.is_none() {
        let after = move || talk.about.try_with_value(|about| about.last_seq);
        connection.keep_joined(thread.id.cast(), after, move |joined| {
            let Ok(joined) = joined else { return };
            joined.messages.iter().for_each(|message| talk.take(message));
            talk.other_read.try_update(|read| *read = (*read).max(joined.other_read_seq));
            talk.online.try_set(joined.online);
            if !joined.more {
                talk.send_what_waits();
            }
        });
    }
    connection.listen(move |event| talk.hear(event));
    talk.read_when_looked_at();
    talk
}

/// What has arrived is no longer on its way.
fn forget_what_is_shown(pending: RwSignal<Vec<Pending>>, thread: &Thread) {
    let is_shown = |sent: &Pending| {
        thread.days.iter().flat_map(|day| &day.bubbles).any(|bubble| bubble.client_id == sent.client_id)
    };
    if pending.with_untracked(|pending| pending.iter().any(is_shown)) {
        pending.update(|pending| pending.retain(|sent| !is_shown(sent)));
    }
}

impl Talk {
    /// What is on its way here, and what has not arrived.
    pub(super) fn pending_here(self) -> Vec<Pending> {
        let pending = self.pending.get();
        pending.into_iter().filter(|message| self.is_here(message.conversation)).collect()
    }

    /// Whether a message can be sent over the connection now.
    pub(super) fn is_live(self) -> bool {
        self.connection.is_open() && self.about.try_with_value(|about| about.at_end) == Some(true)
    }

    /// Sends a message; it is shown at once.
    pub(super) fn send(self, body: String) {
        let Some(conversation) = self.about.try_with_value(|about| about.id) else { return };
        let client_id = new_id();
        let message = Pending { conversation, client_id: client_id.clone(), body, way: Way::Sending };
        self.pending.update(|pending| pending.push(message));
        self.send_pending(client_id);
        self.say_typing(false);
    }

    /// Sends what has not arrived once more, under the same id.
    pub(super) fn send_again(self, client_id: String) {
        self.note(&client_id, Way::Sending);
        self.send_pending(client_id);
    }

    /// Sends what was on its way when the connection broke, in the order in which it was written.
    fn send_what_waits(self) {
        let waiting = self.pending.try_with_untracked(|pending| {
            let waiting = pending.iter().filter(|message| message.way == Way::Waiting);
            waiting.map(|message| message.client_id.clone()).collect::<Vec<_>>()
        });
        waiting.into_iter().flatten().for_each(|client_id| self.send_again(client_id));
    }

    fn send_pending(self, client_id: String) {
        let sent = self
            .pending
            .with_untracked(|pending| pending.iter().find(|message| message.client_id == client_id).cloned());
        let Some(Pending { conversation: conversation_id, body, .. }) = sent else { return };
        let message =
            NewMessage { conversation_id, client_id: client_id.clone(), body: body.clone(), attachments: Vec::new() };
        self.connection.ask(ClientEvent::SendMessage(message), move |answer| match answer {
            Ok(Answer::Stored { id, seq, sent_at }) => {
                self.is_stored(conversation_id, (id, seq, sent_at), client_id, body);
            }
            Ok(Answer::Refused { message, .. }) => self.note(&client_id, Way::Refused(message)),
            Ok(_) => self.note(&client_id, Way::Refused(AppError::Internal.message())),
            Err(_) => self.note(&client_id, Way::Waiting),
        });
    }

    fn is_stored(
        self,
        conversation_id: ThingId,
        (id, seq, sent_at): (ThingId, u32, Time),
        client_id: String,
        body: String,
    ) {
        let known = self.about.try_with_value(|about| (about.id == conversation_id, about.me, about.last_seq));
        let Some((true, Some(sender_id), last_seq)) = known else {
            // It is shown where it was said, when that is opened again.
            self.pending.try_update(|pending| pending.retain(|sent| sent.client_id != client_id));
            return;
        };
        if seq == last_seq + 1 {
            let attachments = Vec::new();
            self.take(&Message { conversation_id, id, seq, client_id, sender_id, body, attachments, sent_at });
        }
        // Otherwise others said something before: it comes in its order over the connection, and is shown as sent until then.
    }

    fn note(self, client_id: &str, way: Way) {
        self.pending.try_update(|pending| {
            if let Some(message) = pending.iter_mut().find(|message| message.client_id == client_id) {
                message.way = way;
            }
        });
    }

    /// Tells the other side that the viewer types, from time to time, or no longer.
    pub(super) fn say_typing(self, is_typing: bool) {
        let now = now();
        let said = self.about.try_update_value(|about| {
            let is_news = if is_typing { now - about.types_since > SAY_AGAIN } else { about.types_since > 0.0 };
            if is_news {
                about.types_since = if is_typing { now } else { 0.0 };
            }
            is_news.then_some(about.id)
        });
        if let Some(conversation_id) = said.flatten() {
            self.connection.say(match is_typing {
                true => ClientEvent::StartTyping { conversation_id },
                false => ClientEvent::StopTyping { conversation_id },
            });
        }
    }

    fn hear(self, event: &ServerEvent) {
        match event {
            ServerEvent::MessageNew(message) if self.is_here(message.conversation_id) => self.take(message),
            ServerEvent::MessageRead { conversation_id, user_id, seq }
                if self.is_here(*conversation_id) && self.is_other(*user_id) =>
            {
                self.other_read.try_update(|read| *read = (*read).max(*seq));
            }
            ServerEvent::Typing { conversation_id, user_id, is_typing }
                if self.is_here(*conversation_id) && self.is_other(*user_id) =>
            {
                self.show_typing(*is_typing);
            }
            ServerEvent::UserOnline { user_id } if self.is_that_person(*user_id) => drop(self.online.try_set(true)),
            ServerEvent::UserOffline { user_id } if self.is_that_person(*user_id) => drop(self.online.try_set(false)),
            _ => {}
        }
    }

    /// Shows a message, once, in its order.
    fn take(self, message: &Message) {
        let taken = self.about.try_update_value(|about| {
            if message.seq > about.last_seq + 1 {
                return Err(());
            }
            let is_next = message.seq == about.last_seq + 1;
            about.last_seq = about.last_seq.max(message.seq);
            Ok(is_next.then_some(about.offset))
        });
        let Some(Ok(taken)) = taken else {
            // What lies between was missed: it comes with this one.
            return self.connection.join_again();
        };
        self.pending.try_update(|pending| pending.retain(|sent| sent.client_id != message.client_id));
        let Some(offset) = taken else { return };
        let ours = !self.is_other(message.sender_id);
        let bubble = bubble_of(message, (ours, self.admin_of(message.sender_id)), offset);
        self.said.try_update(|said| said.push(bubble));
        if !ours {
            self.types.try_set(false);
            // Who writes has read what was said before.
            self.other_read.try_update(|read| *read = (*read).max(message.seq));
            self.read_up_to_last();
        }
    }

    fn show_typing(self, is_typing: bool) {
        self.types.try_set(is_typing);
        let number = self.about.try_update_value(|about| {
            about.typing_ends = about.typing_ends.wrapping_add(1);
            about.typing_ends
        });
        // It ends by itself, unless they have said so again.
        let end = move || {
            if self.about.try_with_value(|about| about.typing_ends) == number {
                self.types.try_set(false);
            }
        };
        set_timeout(end, Duration::from_secs(TYPING_SECS.into()));
    }

    /// What comes while nobody looks is read when somebody does.
    fn read_when_looked_at(self) {
        Effect::new(move |_| {
            let listener = window_event_listener(ev::focus, move |_| self.read_up_to_last());
            on_cleanup(move || listener.remove());
        });
    }

    fn read_up_to_last(self) {
        if document().has_focus().unwrap_or_default()
            && let Some((conversation_id, seq, true)) =
                self.about.try_with_value(|about| (about.id, about.last_seq, about.at_end))
        {
            self.connection.say(ClientEvent::ReadMessages { conversation_id, seq });
        }
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

    fn is_that_person(self, person: ThingId) -> bool {
        self.about.try_with_value(|about| about.other == Some(person)) == Some(true)
    }
}

/// The day of what was said since the page was made.
pub(super) fn day_of_bubble(talk: Talk, bubble: &Bubble) -> Option<i64> {
    talk.about.try_with_value(|about| day_of(bubble.moment.at, about.offset))
}

/// An id that no other message of this device has.
fn new_id() -> String {
    // The bits, as hexadecimal: what writes the numbers themselves takes eleven kilobytes.
    format!("{:x}{:x}", Math::random().to_bits(), Math::random().to_bits())
}

fn now() -> f64 {
    leptos::web_sys::js_sys::Date::now()
}
