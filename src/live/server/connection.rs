//! One connection as the hub sees it: what it listens to, and what waits to be sent to it, which is bounded.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    iter,
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::sync::Notify;

use super::{hub::Parcel, lock::lock};
use crate::live::{
    events::{Answer, Joined, ServerEvent},
    topic::Topic,
};

/// So much may wait for a reader that is slow, in bytes; then it is dropped, and the reader told to look at everything anew.
pub const ROOM: usize = 256 * 1024;

/// About the size of an answer without messages, in bytes.
const SHORT: usize = 128;

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Its session is.
    SignedOut,
    /// This process is; another one takes over.
    Restarting,
    /// It says too much that nobody understands.
    Misbehaving,
}

/// Something to be sent.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// An event.
    Event(Arc<Parcel>),
    /// The answer to the question of that number.
    Answer(u32, Answer),
}

/// A connection of this process.
#[derive(Debug)]
pub struct Connection {
    own: Vec<Topic>,
    state: Mutex<State>,
    filled: Notify,
}

#[derive(Debug, Default)]
struct State {
    joined: HashMap<Topic, Listening>,
    waiting: VecDeque<(Outgoing, usize)>,
    bytes: usize,
    ending: Option<Ending>,
}

/// How far a topic is joined.
#[derive(Debug)]
enum Listening {
    /// The business is being asked; what is told meanwhile waits for its answer, and takes so many bytes of room.
    Joining(Vec<Arc<Parcel>>, usize),
    /// It listens. What has a place up to this one it has had.
    After(u32),
}

impl Connection {
    /// A connection that listens to these topics from the start.
    pub fn new(own: Vec<Topic>) -> Self {
        Self { own, state: Mutex::default(), filled: Notify::new() }
    }

    /// What it listens to from the start.
    pub fn own(&self) -> &[Topic] {
        &self.own
    }

    /// The topics that it has joined.
    pub fn joined(&self) -> HashSet<Topic> {
        self.lock().joined.keys().copied().collect()
    }

    /// Why it is over, if it is.
    pub fn ending(&self) -> Option<Ending> {
        self.lock().ending
    }

    /// Waits for the next thing to send.
    ///
    /// # Errors
    /// Why the connection is over.
    pub async fn next(&self) -> Result<Outgoing, Ending> {
        loop {
            {
                let mut state = self.lock();
                if let Some(ending) = state.ending {
                    return Err(ending);
                }
                if let Some((next, size)) = state.waiting.pop_front() {
                    state.bytes -= size;
                    return Ok(next);
                }
            }
            self.filled.notified().await;
        }
    }

    /// Ends it; what waits is not sent any more.
    pub fn end(&self, ending: Ending) {
        let mut state = self.lock();
        state.ending.get_or_insert(ending);
        state.waiting.clear();
        drop(state);
        self.filled.notify_one();
    }

    /// Answers a question.
    pub fn answer(&self, ack: u32, answer: Answer) {
        let size = size_of_answer(&answer);
        self.put(&mut self.lock(), Outgoing::Answer(ack, answer), size);
    }

    /// Tells it something that concerns nobody else.
    pub fn tell(&self, event: &ServerEvent) {
        self.put_parcel(&mut self.lock(), Arc::new(Parcel::of(event)));
    }

    /// Tells it that it missed something: it has to join again, and to look at everything anew.
    pub fn resync(&self) {
        self.start_anew(&mut self.lock());
    }

    /// Hands it an event, if it listens to that.
    pub fn deliver(&self, parcel: &Arc<Parcel>) {
        let mut state = self.lock();
        if parcel.topics.iter().any(|topic| self.own.contains(topic)) {
            return self.put_parcel(&mut state, parcel.clone());
        }
        for topic in &parcel.topics {
            match state.joined.get_mut(topic) {
                None => {}
                Some(Listening::Joining(waiting, size)) => {
                    *size += parcel.frame.len();
                    waiting.push(parcel.clone());
                    if *size > ROOM {
                        self.start_anew(&mut state);
                    }
                    return;
                }
                Some(Listening::After(had)) => {
                    if is_new(had, parcel) {
                        self.put_parcel(&mut state, parcel.clone());
                    }
                    return;
                }
            }
        }
    }

    /// Begins to join a topic: from now on what is told there waits for the answer of the business.
    pub(super) fn begin_joining(&self, topic: Topic) {
        self.lock().joined.insert(topic, Listening::Joining(Vec::new(), 0));
    }

    /// The topic is joined: the answer first, then what was told meanwhile and is not in it.
    pub(super) fn finish_joining(&self, topic: Topic, ack: Option<u32>, joined: Joined) {
        let mut state = self.lock();
        let Some(Listening::Joining(waiting, _)) = state.joined.remove(&topic) else {
            // It was too slow meanwhile, and knows that it has to join again.
            return ack
                .into_iter()
                .for_each(|ack| self.put(&mut state, Outgoing::Answer(ack, Answer::resync()), SHORT));
        };
        let mut had = joined.last_seq;
        if !joined.more {
            state.joined.insert(topic, Listening::After(had));
        }
        let more = joined.more;
        if let Some(ack) = ack {
            let answer = Answer::Joined(joined);
            let size = size_of_answer(&answer);
            self.put(&mut state, Outgoing::Answer(ack, answer), size);
        }
        if more {
            return;
        }
        for parcel in waiting.into_iter().filter(|parcel| is_new(&mut had, parcel)) {
            // It was too much for the room: then nothing is joined any more, and nothing comes behind that.
            if !state.joined.contains_key(&topic) {
                return;
            }
            self.put_parcel(&mut state, parcel);
        }
        if let Some(Listening::After(place)) = state.joined.get_mut(&topic) {
            *place = had;
        }
    }

    /// Listens to a topic no more.
    pub(super) fn leave(&self, topic: Topic) {
        self.lock().joined.remove(&topic);
    }

    fn put_parcel(&self, state: &mut State, parcel: Arc<Parcel>) {
        let size = parcel.frame.len();
        self.put(state, Outgoing::Event(parcel), size);
    }

    fn put(&self, state: &mut State, outgoing: Outgoing, size: usize) {
        if state.ending.is_some() {
            return;
        }
        if state.bytes + size > ROOM && !state.waiting.is_empty() {
            self.start_anew(state);
            let Some((outgoing, size)) = kept((outgoing, size)) else { return };
            state.waiting.push_back((outgoing, size));
            state.bytes += size;
            return;
        }
        state.waiting.push_back((outgoing, size));
        state.bytes += size;
        self.filled.notify_one();
    }

    /// Drops the events that wait, and what is joined. Answers stay; one to whom even they are too much does not read at all.
    fn start_anew(&self, state: &mut State) {
        if state.ending.is_some() {
            return;
        }
        let resync = Arc::new(Parcel::of(&ServerEvent::resync()));
        let size = resync.frame.len();
        let waiting = std::mem::take(&mut state.waiting).into_iter().filter_map(kept);
        state.waiting = iter::once((Outgoing::Event(resync), size)).chain(waiting).collect();
        state.bytes = state.waiting.iter().map(|(_, size)| size).sum();
        state.joined.clear();
        if state.bytes > ROOM {
            state.ending = Some(Ending::Misbehaving);
            state.waiting.clear();
        }
        self.filled.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// What stays of what waits where there is no room: answers, and in the place of a conversation that was joined that it is not.
fn kept((outgoing, size): (Outgoing, usize)) -> Option<(Outgoing, usize)> {
    match outgoing {
        Outgoing::Answer(ack, Answer::Joined(_)) => Some((Outgoing::Answer(ack, Answer::resync()), SHORT)),
        Outgoing::Answer(..) => Some((outgoing, size)),
        Outgoing::Event(_) => None,
    }
}

/// Whether an event comes after what was had; what has no place always does.
fn is_new(had: &mut u32, parcel: &Parcel) -> bool {
    match parcel.order {
        None => true,
        Some(place) if place <= *had => false,
        Some(place) => {
            *had = place;
            true
        }
    }
}

/// About how much room an answer takes.
fn size_of_answer(answer: &Answer) -> usize {
    match answer {
        Answer::Joined(joined) => joined.messages.iter().map(|message| message.body.len() + 512).sum::<usize>() + 64,
        _ => SHORT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        live::events::{ChangedKind, Message},
        shared::{id::Id, time::Time},
    };

    const ROOM_OF_TALK: Topic = Topic::Conversation(Id::from_bytes([1; 12]));

    fn message(seq: u32) -> Arc<Parcel> {
        let id = Id::from_bytes([1; 12]);
        let body = "x".repeat(1_000);
        let (attachments, sent_at) = (Vec::new(), Time::from_millis(0));
        let event = ServerEvent::MessageNew(Message {
            conversation_id: id,
            id,
            seq,
            client_id: String::new(),
            sender_id: id,
            body,
            attachments,
            sent_at,
        });
        Arc::new(Parcel::new(vec![ROOM_OF_TALK], Some(seq), &Parcel::of(&event).frame))
    }

    fn joined(last_seq: u32, more: bool) -> Joined {
        Joined { messages: Vec::new(), last_seq, more, other_read_seq: 0, online: false }
    }

    /// What waits, in short: the places of messages, `a` for an answer, `!` for another event.
    fn waiting(connection: &Connection) -> Vec<String> {
        let state = connection.lock();
        let short = |(outgoing, _): &(Outgoing, usize)| match outgoing {
            Outgoing::Answer(..) => "a".to_owned(),
            Outgoing::Event(parcel) => parcel.order.map_or_else(|| "!".to_owned(), |place| place.to_string()),
        };
        state.waiting.iter().map(short).collect()
    }

    #[test]
    fn what_is_told_while_joining_comes_after_the_answer_and_once() {
        let connection = Connection::new(Vec::new());
        connection.deliver(&message(1));
        connection.begin_joining(ROOM_OF_TALK);
        for seq in [2, 3, 4] {
            connection.deliver(&message(seq));
        }
        connection.finish_joining(ROOM_OF_TALK, Some(1), joined(3, false));
        for seq in [3, 4, 5] {
            connection.deliver(&message(seq));
        }
        assert_eq!(waiting(&connection), ["a", "4", "5"]);
    }

    #[test]
    fn who_has_to_ask_for_more_hears_nothing_live_before() {
        let connection = Connection::new(Vec::new());
        connection.begin_joining(ROOM_OF_TALK);
        connection.deliver(&message(9));
        connection.finish_joining(ROOM_OF_TALK, Some(1), joined(5, true));
        connection.deliver(&message(10));
        assert_eq!(waiting(&connection), ["a"]);
    }

    #[test]
    fn a_reader_that_is_too_slow_is_told_once_to_start_anew() {
        let own = Topic::TicketQueue;
        let connection = Connection::new(vec![own]);
        connection.begin_joining(ROOM_OF_TALK);
        connection.finish_joining(ROOM_OF_TALK, None, joined(0, false));
        for seq in 1..=1_000 {
            connection.deliver(&message(seq));
        }
        assert_eq!(waiting(&connection), ["!"]);
        let changed = Parcel::of(&ServerEvent::Changed { kind: ChangedKind::Ticket, id: None });
        connection.deliver(&Arc::new(Parcel::new(vec![own], None, &changed.frame)));
        assert_eq!(waiting(&connection), ["!", "!"], "what needs no joining goes on");
        assert!(connection.joined().is_empty());
    }

    #[test]
    fn answers_stay_and_who_has_to_join_again_is_told_so() {
        let connection = Connection::new(vec![ROOM_OF_TALK]);
        connection.answer(1, Answer::Done {});
        for seq in 1..=200 {
            connection.deliver(&message(seq));
        }
        connection.answer(2, large());
        connection.answer(3, large());
        let dropped = |(outgoing, _): &(Outgoing, usize)| match outgoing {
            Outgoing::Answer(ack, answer) => Some((*ack, answer.clone())),
            Outgoing::Event(_) => None,
        };
        let answers: Vec<_> = connection.lock().waiting.iter().filter_map(dropped).collect();
        assert_eq!(answers, [(1, Answer::Done {}), (2, Answer::resync()), (3, large())]);
    }

    /// The answer to somebody who has missed much.
    fn large() -> Answer {
        let event = message(1).frame.clone();
        let missed: ServerEvent = serde_json::from_str(&event).unwrap();
        let ServerEvent::MessageNew(message) = missed else { panic!("{missed:?}") };
        Answer::Joined(Joined { messages: vec![message; 60], ..joined(60, false) })
    }

    #[tokio::test]
    async fn who_asks_and_never_reads_is_cut_off() {
        let connection = Connection::new(Vec::new());
        for ack in 0..=u32::try_from(ROOM / SHORT).unwrap() {
            connection.answer(ack, Answer::Done {});
        }
        assert_eq!(connection.next().await.unwrap_err(), Ending::Misbehaving);
    }

    #[test]
    fn what_is_told_while_joining_is_bounded() {
        let connection = Connection::new(Vec::new());
        connection.begin_joining(ROOM_OF_TALK);
        for seq in 1..=1_000 {
            connection.deliver(&message(seq));
        }
        assert_eq!(waiting(&connection), ["!"]);
        connection.finish_joining(ROOM_OF_TALK, Some(1), joined(1_000, false));
        assert_eq!(waiting(&connection), ["!", "a"], "it has to join again");
        assert!(connection.joined().is_empty());
    }

    #[tokio::test]
    async fn after_the_end_nothing_is_sent() {
        let connection = Connection::new(Vec::new());
        connection.answer(1, Answer::Done {});
        connection.end(Ending::SignedOut);
        connection.end(Ending::Restarting);
        connection.answer(2, Answer::Done {});
        assert_eq!(connection.next().await.unwrap_err(), Ending::SignedOut);
    }
}
