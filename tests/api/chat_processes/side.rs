//! One side of a conversation: it says its messages and hears all of them, whatever becomes of its connections.

use std::{
    collections::BTreeSet,
    fmt,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout_at};

use super::EACH;
use crate::support::{
    Client,
    chance::Chance,
    leads::text,
    wire::{Closed, Door, Heard, Wire},
};

/// Who hears nothing for so long looks for another connection.
const QUIET: Duration = Duration::from_secs(20);
/// Who finds nobody there tries again after that, maybe elsewhere.
const PAUSE: Duration = Duration::from_millis(200);
/// One of so many messages is followed by a cut before its acknowledgement, and one of so many things that are heard by another.
const CUT_AFTER_SAYING: u64 = 30;
const CUT_AFTER_HEARING: u64 = 100;

/// What happened on the way.
#[derive(Default)]
pub struct Counts {
    pub stored: AtomicU32,
    pub cut: AtomicU32,
    pub broken: AtomicU32,
    pub said_again: AtomicU32,
    pub held_back: AtomicU32,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stored, cut, broken, said_again, held_back } = self;
        let [stored, cut, broken, again, held] =
            [stored, cut, broken, said_again, held_back].map(|count| count.load(Relaxed));
        write!(f, "{stored} messages, {cut} cuts, {broken} connections broken, {again} said again, {held} held back")
    }
}

/// What a side is given.
pub struct Part {
    pub door: Door,
    pub person: Client,
    pub talk: Value,
    pub servers: [SocketAddr; 2],
    pub chance: Chance,
    pub counts: Arc<Counts>,
    /// When it gives up.
    pub until: Instant,
}

/// One side of a conversation, at its door.
pub struct Side {
    part: Part,
    /// How many of its own messages are acknowledged.
    stored: u32,
    /// How many it has said at least once.
    said: u32,
    /// The number of the question that is not answered yet.
    waiting: Option<u32>,
    /// From when on it may say something.
    free_at: Instant,
    /// Whether it has to join again.
    has_missed: bool,
    /// Every message that it was given, as it came.
    heard: Vec<Value>,
}

impl Side {
    pub fn new(part: Part) -> Self {
        let (free_at, heard) = (Instant::now(), Vec::new());
        Self { part, stored: 0, said: 0, waiting: None, free_at, has_missed: true, heard }
    }

    /// Says and hears everything, over as many connections as it takes.
    pub async fn talk(mut self) -> Self {
        while !self.is_done() && Instant::now() < self.part.until {
            self.waiting = None;
            self.has_missed = true;
            if self.stay_connected().await.is_none() {
                self.part.counts.broken.fetch_add(1, Relaxed);
            }
        }
        self
    }

    /// Talks over one connection; `None` when it breaks by itself.
    async fn stay_connected(&mut self) -> Option<()> {
        let server = self.part.servers[usize::from(self.part.chance.pick(2) == 0)];
        let mut wire = match Wire::open(self.part.door, server, self.part.person.token.as_deref()).await {
            Ok(wire) => wire,
            Err(Closed::Refused(503) | Closed::Away) => {
                sleep(PAUSE).await;
                return Some(());
            }
            Err(refused) => panic!("{refused:?}"),
        };
        while !self.is_done() && Instant::now() < self.part.until {
            if self.has_missed {
                self.catch_up(&mut wire).await?;
            }
            if self.may_say() {
                self.say_next(&mut wire).await?;
                if self.is_cut(CUT_AFTER_SAYING) {
                    return Some(());
                }
            }
            let wakes_at =
                if self.has_more() && self.waiting.is_none() { self.free_at } else { Instant::now() + QUIET };
            match timeout_at(wakes_at, wire.next()).await {
                Ok(heard) => self.take(heard?),
                Err(_) if self.may_say() => continue,
                Err(_) => return None,
            }
            if self.is_cut(CUT_AFTER_HEARING) {
                return Some(());
            }
        }
        self.leave(&mut wire).await
    }

    /// Joins, and gets what it has missed, however many parts that has.
    async fn catch_up(&mut self, wire: &mut Wire) -> Option<()> {
        loop {
            self.has_missed = false;
            let after = self.heard.last().map_or(0, seq_of);
            let place = json!({ "conversationId": self.part.talk["id"], "afterSeq": after });
            let joined = timeout_at(Instant::now() + QUIET, wire.ask("join:conversation", place)).await.ok()??;
            match joined["error"].as_str() {
                None => self.heard.extend(joined["messages"].as_array().unwrap().iter().cloned()),
                Some("resync") => self.has_missed = true,
                Some("unavailable") => return None,
                Some(_) => panic!("{joined}"),
            }
            if joined["more"] == false && !self.has_missed {
                return Some(());
            }
        }
    }

    /// Says the next message, or the same once more that was not acknowledged.
    async fn say_next(&mut self, wire: &mut Wire) -> Option<()> {
        let number = self.stored + 1;
        if number <= self.said {
            self.part.counts.said_again.fetch_add(1, Relaxed);
        }
        self.said = self.said.max(number);
        let (client_id, body) = (format!("c{number}"), body_of(&self.part.person, number));
        let message = json!({ "conversationId": self.part.talk["id"], "clientId": client_id, "body": body });
        self.waiting = Some(wire.say("message:send", message).await?);
        Some(())
    }

    fn take(&mut self, heard: Heard) {
        match heard {
            Heard::Answer(number, answer) if self.waiting == Some(number) => {
                self.waiting = None;
                self.take_answer(&answer);
            }
            Heard::Event(name, message) if name == "message:new" => self.heard.push(message),
            Heard::Event(name, error) if name == "error" && error["error"] == "resync" => self.has_missed = true,
            _ => {}
        }
    }

    fn take_answer(&mut self, answer: &Value) {
        let pause = match answer["error"].as_str() {
            None => {
                self.stored += 1;
                self.part.counts.stored.fetch_add(1, Relaxed);
                return;
            }
            Some("too_many_requests") => {
                self.part.counts.held_back.fetch_add(1, Relaxed);
                seconds_in(text(answer, "message"))
            }
            Some("unavailable") => Duration::from_millis(100),
            Some(_) => panic!("{answer}"),
        };
        // It was not stored, so saying it once more is no repetition.
        self.said = self.stored;
        self.free_at = Instant::now() + pause;
    }

    /// Leaves, so that what was still on its way has come.
    async fn leave(&mut self, wire: &mut Wire) -> Option<()> {
        let left = wire.ask("leave:conversation", json!({ "conversationId": self.part.talk["id"] })).await;
        wire.take_kept().into_iter().for_each(|kept| self.take(kept));
        left.map(drop)
    }

    /// Compares all that it was given with what is stored, which has to be all that was said. How many messages were lost and doubled.
    pub async fn compare(&self) -> (usize, usize) {
        let Part { person, talk, .. } = &self.part;
        let mut stored = person.read_messages(talk, "?after=0&limit=100").await;
        stored.extend(person.read_messages(talk, "?after=100&limit=100").await);
        assert!(person.read_messages(talk, "?after=200").await.is_empty(), "more is stored than was said");
        assert!(stored.iter().map(seq_of).eq(1..=u64::from(2 * EACH)), "not all is stored, or numbers are left out");
        let own = stored.iter().filter(|message| message["senderId"] == json!(person.user_id));
        let said: Vec<String> = (1..=EACH).map(|number| body_of(person, number)).collect();
        assert!(own.map(|message| text(message, "body")).eq(&said), "its own messages are not in its order");
        let seqs: BTreeSet<u64> = self.heard.iter().map(seq_of).collect();
        let lost_and_doubled = (stored.len() - seqs.len(), self.heard.len() - seqs.len());
        assert!(lost_and_doubled != (0, 0) || self.heard == stored, "it was told otherwise than it is stored");
        lost_and_doubled
    }

    fn has_more(&self) -> bool {
        self.stored < EACH
    }

    fn may_say(&self) -> bool {
        self.has_more() && self.waiting.is_none() && Instant::now() >= self.free_at
    }

    fn is_done(&self) -> bool {
        !self.has_more() && self.heard.len() >= 2 * EACH as usize
    }

    fn is_cut(&mut self, one_of: u64) -> bool {
        let is_cut = self.part.chance.pick(one_of) == 0;
        self.part.counts.cut.fetch_add(u32::from(is_cut), Relaxed);
        is_cut
    }
}

/// What somebody says under that number.
fn body_of(person: &Client, number: u32) -> String {
    format!("{number}: {} ॐ <b>&amp;", person.email)
}

/// How long a refusal says that one has to wait.
fn seconds_in(sentence: &str) -> Duration {
    let number = sentence.split_whitespace().find_map(|word| word.parse().ok());
    Duration::from_secs(number.unwrap_or(1))
}

fn seq_of(message: &Value) -> u64 {
    message["seq"].as_u64().unwrap()
}
