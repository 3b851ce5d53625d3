//! The browser's end of its door: one connection for each tab, opened again when it breaks, and the signals that pages read. On the
//! server it is never opened, and what pages ask of it comes to nothing.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use futures_channel::mpsc::{self, UnboundedSender};
use futures_util::StreamExt;
use leptos::{
    ev,
    prelude::*,
    task::spawn_local,
    web_sys::js_sys::{Date, Math},
};

use super::{
    events::{Answer, ClientEvent, Joined, RESYNC, ServerEvent},
    frame::{ClientFrame, Heard, ServerFrame},
    outbox::OnItsWay,
    pause::pause,
    topic::ThingId,
    websocket::{Said, Told},
};
use crate::shared::{error::AppError, time::Time};

/// Opens a connection: the server function that is the door.
pub type Connect = fn(Said) -> Pin<Box<dyn Future<Output = Result<Told, AppError>>>>;
/// Asks who is signed in: why a connection cannot be opened, a page is not told.
pub type AskWho = fn() -> Pin<Box<dyn Future<Output = Result<Option<ThingId>, AppError>>>>;

/// How the connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// It is being opened for the first time.
    Opening,
    /// It is open.
    Open,
    /// It broke, and is opened again.
    Broken,
    /// The session has ended, and the connection with it.
    SignedOut,
}

impl LineState {
    /// What a person is told; nothing while all is well.
    pub const fn words(self) -> Option<&'static str> {
        match self {
            Self::Opening | Self::Open => None,
            Self::Broken => Some("No connection. Trying again; what you see may be out of date."),
            Self::SignedOut => Some("You are signed out here. Sign in again to go on."),
        }
    }
}

type Listener = Arc<dyn Fn(&ServerEvent) + Send + Sync>;
type Joiner = Arc<dyn Fn(Connection) + Send + Sync>;
type Asked = Box<dyn FnOnce(Result<Answer, AppError>) + Send + Sync>;

/// The connection of a tab; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Connection {
    inner: StoredValue<Inner>,
    state: RwSignal<LineState>,
    missed: RwSignal<u32>,
    later: RwSignal<u32>,
    is_awake: RwSignal<bool>,
    pub(super) outbox: RwSignal<Vec<OnItsWay>>,
}

#[derive(Default)]
struct Inner {
    /// Who the page was made for.
    person: Option<ThingId>,
    /// When it was made, until there is a connection.
    made_at: Option<Time>,
    /// A minute has passed while nobody looked.
    is_late: bool,
    say: Option<UnboundedSender<Result<ClientFrame, AppError>>>,
    last_number: u32,
    asked: Vec<(u32, Asked)>,
    listeners: Vec<(u32, Listener)>,
    joiners: Vec<(u32, ThingId, Joiner)>,
}

/// The pauses before it is opened again, in milliseconds: each twice as long as the one before, and shortened by chance, so that the tabs
/// of a server that was away do not come back all at once.
const PAUSES: (f64, f64) = (500.0, 30_000.0);
/// A connection that was open for so long, in milliseconds, was a good one: the next pause is a short one again.
const HELD: f64 = 5_000.0;
/// What is not answered within this time has met a line that is dead without anybody having said so.
const ANSWERED_WITHIN: Duration = Duration::from_secs(10);
/// How often a sign of life is asked for.
const STILL_THERE: Duration = Duration::from_secs(30);
/// How often times in words are others: `5 min ago`, `due in 2 h`.
const TIMES_CHANGE: Duration = Duration::from_secs(60);
/// The pause before a conversation is joined again that could not be just now.
const JOIN_AGAIN: Duration = Duration::from_secs(2);

/// Makes the connection of the pages below, still closed.
pub fn provide_connection() -> Connection {
    let connection = Connection {
        inner: StoredValue::new(Inner::default()),
        state: RwSignal::new(LineState::Opening),
        missed: RwSignal::new(0),
        later: RwSignal::new(0),
        is_awake: RwSignal::new(false),
        outbox: RwSignal::new(Vec::new()),
    };
    provide_context(connection);
    connection
}

/// The connection of the tab; on a page that has none, one that stays closed.
pub fn use_connection() -> Connection {
    use_context().unwrap_or_else(provide_connection)
}

impl Connection {
    /// A page is awake. Before, the markup of the server is still being taken over, which has to find what it shows as it was made.
    pub fn note_awake(self) {
        if self.is_awake.try_get_untracked() == Some(false) {
            self.is_awake.set(true);
        }
    }

    /// Whether a page has come to be awake.
    pub fn is_awake(self) -> Signal<bool> {
        self.is_awake.into()
    }

    /// Opens it, and keeps it open as long as the pages are there, and the session is. Only in the browser.
    pub fn open(self, connect: Connect, ask_who: AskWho) {
        let leaving = window_event_listener(ev::beforeunload, move |event| {
            if self.has_unsent() {
                event.prevent_default();
            }
        });
        // Where a line may have died while the tab slept.
        let awake = window_event_listener(ev::focus, move |_| {
            self.say_here();
            if self.inner.try_update_value(|inner| std::mem::take(&mut inner.is_late)) == Some(true) {
                self.note_later();
            }
        });
        let there = set_interval_with_handle(move || self.say_here(), STILL_THERE).ok();
        let times = set_interval_with_handle(move || self.note_later(), TIMES_CHANGE).ok();
        on_cleanup(move || {
            leaving.remove();
            awake.remove();
            there.into_iter().chain(times).for_each(|repeated| repeated.clear());
        });
        spawn_local(self.keep_open(connect, ask_who));
    }

    /// The page was made for that person then: what happened until there is a connection is made up for.
    pub fn note_made(self, person: ThingId, at: Time) {
        self.change(|inner| (inner.person, inner.made_at) = (Some(person), Some(at)));
    }

    fn say_here(self) {
        if !self.is_open() {
            // When the page was made is still to be told.
            return;
        }
        let made = self.inner.try_update_value(|inner| Some((inner.person?, inner.made_at.take())));
        if let Some(Some((user_id, made_at))) = made {
            self.ask(ClientEvent::PageHere { user_id, made_at }, |_| ());
        }
    }

    /// How it is.
    pub fn state(self) -> Signal<LineState> {
        self.state.into()
    }

    /// Counts how often something may have been missed: what is shown has to be looked at anew.
    pub fn missed(self) -> Signal<u32> {
        self.missed.into()
    }

    /// Counts the minutes that somebody looks: what time alone changes, nobody tells.
    pub fn later(self) -> Signal<u32> {
        self.later.into()
    }

    /// Has `hear` called for each event, as long as the page is there.
    pub fn listen(self, hear: impl Fn(&ServerEvent) + Send + Sync + 'static) {
        let hear: Listener = Arc::new(hear);
        let number = self.number();
        self.inner.update_value(|inner| inner.listeners.push((number, hear)));
        on_cleanup(move || self.change(|inner| inner.listeners.retain(|(own, _)| *own != number)));
    }

    /// Says something that asks for no answer; nothing while it is closed.
    pub fn say(self, event: ClientEvent) {
        self.send(ClientFrame { ack: None, event: Ok(event) });
    }

    /// Asks for something; `answered` gets the answer, or that there is none because the connection broke.
    pub fn ask(self, event: ClientEvent, answered: impl FnOnce(Result<Answer, AppError>) + Send + Sync + 'static) {
        let number = self.number();
        if !self.is_open() {
            return answered(Err(AppError::Unavailable));
        }
        self.inner.update_value(|inner| inner.asked.push((number, Box::new(answered))));
        self.send(ClientFrame { ack: Some(number), event: Ok(event) });
        let hang_up = move || {
            self.change(|inner| {
                if inner.asked.iter().any(|(own, _)| *own == number) {
                    inner.say = None;
                }
            });
        };
        set_timeout(hang_up, ANSWERED_WITHIN);
    }

    /// Listens to a conversation as long as the page is there, also after the connection broke: each time what was said after the message
    /// that `after` names is given to `joined`, in as many parts as it takes.
    pub fn keep_joined(
        self,
        conversation_id: ThingId,
        after: impl Fn() -> Option<u32> + Send + Sync + 'static,
        joined: impl Fn(Joined) + Send + Sync + 'static,
    ) {
        let (after, joined) = (Arc::new(after), Arc::new(joined));
        let join: Joiner = Arc::new(move |connection| connection.join(conversation_id, after.clone(), joined.clone()));
        let number = self.number();
        self.inner.update_value(|inner| inner.joiners.push((number, conversation_id, join.clone())));
        if self.is_open() {
            join(self);
        }
        on_cleanup(move || {
            self.change(|inner| inner.joiners.retain(|(own, ..)| *own != number));
            self.say(ClientEvent::LeaveConversation { conversation_id });
        });
    }

    fn join<A, J>(self, conversation_id: ThingId, after: Arc<A>, joined: Arc<J>)
    where
        A: Fn() -> Option<u32> + Send + Sync + 'static,
        J: Fn(Joined) + Send + Sync + 'static,
    {
        let after_seq = after();
        if after_seq.is_none() {
            // Its page is gone.
            return;
        }
        let event = ClientEvent::JoinConversation { conversation_id, after_seq };
        self.ask(event, move |answer| match answer {
            Ok(Answer::Joined(part)) => {
                let has_more = part.more;
                joined(part);
                if has_more {
                    self.join(conversation_id, after, joined);
                }
            }
            Ok(Answer::Refused { error, .. }) if error != AppError::NotFound.code() => {
                set_timeout(move || self.join(conversation_id, after, joined), JOIN_AGAIN);
            }
            // It is not theirs; or the connection broke, or has to start anew, and then it joins again by itself.
            _ => {}
        });
    }

    /// Whether it is open.
    pub fn is_open(self) -> bool {
        self.state.try_get_untracked() == Some(LineState::Open)
    }

    /// Whether a page listens to that conversation.
    pub(super) fn is_joined(self, conversation_id: ThingId) -> bool {
        let is_joined = |inner: &Inner| inner.joiners.iter().any(|(_, joined, _)| *joined == conversation_id);
        self.inner.try_with_value(is_joined).unwrap_or_default()
    }

    async fn keep_open(self, connect: Connect, ask_who: AskWho) {
        let mut length = PAUSES.0;
        loop {
            let (say, said) = mpsc::unbounded();
            let told = connect(said.into()).await;
            let began = Date::now();
            let reason = match told {
                Ok(told) => self.hear_all(say, told).await,
                Err(_) => AppError::Unauthenticated,
            };
            if Date::now() - began > HELD {
                length = PAUSES.0;
            }
            if self.state.try_set(LineState::Broken).is_some() {
                // The pages are gone.
                return;
            }
            // It may be another session of the same person that has ended, or the server may be away.
            if reason == AppError::Unauthenticated
                && let Ok(who) = ask_who().await
                && (who.is_none() || self.is_made_for_another_than(who))
            {
                self.state.try_set(LineState::SignedOut);
                self.give_up_outbox();
                return;
            }
            pause(Duration::from_secs_f64(length * (0.5 + Math::random() / 2.0) / 1_000.0)).await;
            length = PAUSES.1.min(length * 2.0);
        }
    }

    fn is_made_for_another_than(self, who: Option<ThingId>) -> bool {
        let person = self.inner.try_with_value(|inner| inner.person).flatten();
        person.is_some() && person != who
    }

    /// Hears what is told until it breaks; why.
    async fn hear_all(self, say: UnboundedSender<Result<ClientFrame, AppError>>, mut told: Told) -> AppError {
        self.change(|inner| inner.say = Some(say));
        let is_first = self.state.try_get_untracked() == Some(LineState::Opening);
        self.state.try_set(LineState::Open);
        self.say_here();
        self.join_again();
        self.send_what_waits();
        if !is_first {
            self.note_missed();
        }
        let reason = loop {
            match told.next().await {
                Some(Ok(frame)) => self.hear(&frame),
                Some(Err(reason)) => break reason,
                None => break AppError::Unavailable,
            }
        };
        self.change(|inner| inner.say = None);
        self.give_up_answers();
        reason
    }

    /// Tells who waits for an answer that none comes any more.
    fn give_up_answers(self) {
        let asked = self.inner.try_update_value(|inner| std::mem::take(&mut inner.asked));
        for (_, answered) in asked.into_iter().flatten() {
            answered(Err(AppError::Unavailable));
        }
    }

    fn hear(self, frame: &ServerFrame) {
        match frame.read() {
            Ok(Heard::Answer(number, answer)) => {
                let asked = self.inner.try_update_value(|inner| {
                    let at = inner.asked.iter().position(|(own, _)| *own == number)?;
                    Some(inner.asked.swap_remove(at).1)
                });
                if let Some(answered) = asked.flatten() {
                    answered(Ok(answer));
                }
            }
            Ok(Heard::Event(ServerEvent::Error { error, .. })) if error == RESYNC => {
                // Answers were dropped with all else.
                self.give_up_answers();
                self.join_again();
                self.send_what_waits();
                self.note_missed();
            }
            Ok(Heard::Event(event)) => {
                let listeners = self.inner.try_with_value(|inner| inner.listeners.clone());
                for (_, hear) in listeners.into_iter().flatten() {
                    hear(&event);
                }
            }
            // A newer server tells what this page does not know.
            Err(_) => {}
        }
    }

    /// Asks anew for what was said in the conversations that are joined.
    pub fn join_again(self) {
        let joiners = self.inner.try_with_value(|inner| inner.joiners.clone());
        for (.., join) in joiners.into_iter().flatten() {
            join(self);
        }
    }

    /// A minute has passed; where nobody looks it counts when they do.
    fn note_later(self) {
        if document().hidden() {
            self.change(|inner| inner.is_late = true);
        } else if self.is_open() {
            self.later.try_update(|later| *later = later.wrapping_add(1));
        }
    }

    fn note_missed(self) {
        self.missed.try_update(|missed| *missed = missed.wrapping_add(1));
    }

    fn send(self, frame: ClientFrame) {
        self.change(|inner| {
            if let Some(say) = &inner.say {
                // Who has stopped listening is opened anew by the loop that keeps it open.
                drop(say.unbounded_send(Ok(frame)));
            }
        });
    }

    fn number(self) -> u32 {
        let next = |inner: &mut Inner| {
            inner.last_number = inner.last_number.wrapping_add(1);
            inner.last_number
        };
        self.inner.try_update_value(next).unwrap_or_default()
    }

    /// Changes what is kept, unless the pages are gone.
    fn change(self, change: impl FnOnce(&mut Inner)) {
        self.inner.try_update_value(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_is_told_in_words() {
        assert_eq!(LineState::Open.words(), None);
        assert!(LineState::Broken.words().is_some_and(|words| words.contains("Trying again")));
    }
}
