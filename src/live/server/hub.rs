//! The connections of this process by what they listen to. No lock is held while anything waits.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Map, Value};

use super::{
    connection::{Connection, Ending},
    lock::lock,
    party::Party,
    repository::EventRow,
};
use crate::{
    live::{
        events::{Joined, ServerEvent},
        frame::write_event,
        topic::{ThingId, Topic},
    },
    shared::error::AppError,
};

/// An event on its way to connections, written once for all of them.
#[derive(Debug)]
pub struct Parcel {
    /// Who is told.
    pub topics: Vec<Topic>,
    /// Its place among what is told there, where that has places.
    pub order: Option<u32>,
    /// The event as it goes over the browser's line.
    pub frame: Arc<str>,
    /// Its name and payload, for the other door.
    named: OnceLock<Option<(String, Value)>>,
}

impl Parcel {
    /// An event for who listens to one of these topics.
    pub fn new(topics: Vec<Topic>, order: Option<u32>, frame: &str) -> Self {
        Self { topics, order, frame: frame.into(), named: OnceLock::new() }
    }

    /// An event that goes to no topic.
    pub fn of(event: &ServerEvent) -> Self {
        Self::new(Vec::new(), None, &write_event(event))
    }

    /// Its name and its payload, read once for all connections; `None` when another version of the program wrote it.
    pub fn named(&self) -> Option<(&str, &Value)> {
        let read = || serde_json::from_str::<Map<String, Value>>(&self.frame).ok()?.into_iter().next();
        let (name, payload) = self.named.get_or_init(read).as_ref()?;
        Some((name, payload))
    }
}

/// A connection, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConnectionNumber(u64);

impl ConnectionNumber {
    /// The number as the database has it.
    pub fn stored(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }
}

/// All connections of this process.
#[derive(Debug, Default)]
pub struct Hub {
    rooms: Mutex<Rooms>,
    numbers: AtomicU64,
}

#[derive(Debug, Default)]
struct Rooms {
    /// Every connection, with the topics under which it is listed.
    connections: HashMap<ConnectionNumber, (Arc<Connection>, HashSet<Topic>)>,
    listeners: HashMap<Topic, HashMap<ConnectionNumber, Arc<Connection>>>,
    is_closed: bool,
}

impl Hub {
    /// Takes a connection in; from now on it is told what its own topics are told.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when this process is about to end.
    pub fn enter(&self, connection: &Arc<Connection>) -> Result<ConnectionNumber, AppError> {
        let number = ConnectionNumber(self.numbers.fetch_add(1, Ordering::Relaxed));
        let mut rooms = self.lock();
        if rooms.is_closed {
            return Err(AppError::Unavailable);
        }
        rooms.connections.insert(number, (connection.clone(), HashSet::new()));
        for topic in connection.own() {
            rooms.add_listener(*topic, number);
        }
        Ok(number)
    }

    /// Lets a connection go.
    pub fn exit(&self, number: ConnectionNumber) {
        let mut rooms = self.lock();
        let Some((_, topics)) = rooms.connections.remove(&number) else { return };
        for topic in topics {
            rooms.remove_listener(topic, number);
        }
    }

    /// Joins a topic, if the business lets this party: asked once. What is told while it is asked waits for its answer, and what is in
    /// the answer is not told again.
    ///
    /// # Errors
    /// Why not: [`AppError::NotFound`] for what is not theirs.
    pub async fn join(
        &self,
        (number, connection): (ConnectionNumber, &Arc<Connection>),
        party: &dyn Party,
        (topic, after_seq): (Topic, Option<u32>),
        ack: Option<u32>,
    ) -> Result<(), AppError> {
        connection.begin_joining(topic);
        self.lock().add_listener(topic, number);
        match party.join(topic, after_seq).await {
            Ok(joined) => {
                let joined = cut(joined);
                let is_whole = !joined.more;
                connection.finish_joining(topic, ack, joined);
                if !is_whole {
                    self.lock().remove_listener(topic, number);
                }
                Ok(())
            }
            Err(error) => {
                self.leave((number, connection), topic);
                Err(error)
            }
        }
    }

    /// Leaves a topic that was joined.
    pub fn leave(&self, (number, connection): (ConnectionNumber, &Connection), topic: Topic) {
        connection.leave(topic);
        self.lock().remove_listener(topic, number);
    }

    /// Hands an event to all connections that listen to one of its topics, each once.
    pub fn deliver(&self, row: EventRow) {
        let Some(frame) = row.frame else {
            return self.listeners(&row.topics).iter().for_each(|connection| connection.end(Ending::SignedOut));
        };
        let parcel = Arc::new(Parcel::new(row.topics, row.order, &frame));
        for connection in self.listeners(&parcel.topics) {
            connection.deliver(&parcel);
        }
    }

    /// Tells all connections that they missed something.
    pub fn resync_all(&self) {
        self.all().iter().for_each(|connection| connection.resync());
    }

    /// Ends all connections, and takes no more in: the clients come again, to another process or to the next one.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.all().iter().for_each(|connection| connection.end(Ending::Restarting));
    }

    /// Whether this process is about to end.
    pub fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    /// How many connections there are.
    pub fn len(&self) -> usize {
        self.lock().connections.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the connection of that number is there.
    pub fn has(&self, number: i64) -> bool {
        u64::try_from(number).is_ok_and(|number| self.lock().connections.contains_key(&ConnectionNumber(number)))
    }

    /// Every connection by its number, and whose it is.
    pub fn people(&self) -> Vec<(i64, ThingId)> {
        let rooms = self.lock();
        let person = |connection: &Connection| {
            connection.own().iter().find_map(|topic| if let Topic::Person(id) = topic { Some(*id) } else { None })
        };
        let connections = rooms.connections.iter();
        connections.filter_map(|(number, (connection, _))| Some((number.stored(), person(connection)?))).collect()
    }

    fn all(&self) -> Vec<Arc<Connection>> {
        self.lock().connections.values().map(|(connection, _)| connection.clone()).collect()
    }

    fn listeners(&self, topics: &[Topic]) -> Vec<Arc<Connection>> {
        let rooms = self.lock();
        let of = |topic: &Topic| rooms.listeners.get(topic).into_iter().flatten();
        if let [topic] = topics {
            return of(topic).map(|(_, connection)| connection.clone()).collect();
        }
        let mut seen = HashSet::new();
        let new = topics.iter().flat_map(of).filter(|(number, _)| seen.insert(**number));
        new.map(|(_, connection)| connection.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Rooms> {
        lock(&self.rooms)
    }
}

impl Rooms {
    fn add_listener(&mut self, topic: Topic, number: ConnectionNumber) {
        let Some((connection, topics)) = self.connections.get_mut(&number) else { return };
        topics.insert(topic);
        self.listeners.entry(topic).or_default().insert(number, connection.clone());
    }

    fn remove_listener(&mut self, topic: Topic, number: ConnectionNumber) {
        if let Some((_, topics)) = self.connections.get_mut(&number) {
            topics.remove(&topic);
        }
        if let Some(listeners) = self.listeners.get_mut(&topic) {
            listeners.remove(&number);
            if listeners.is_empty() {
                self.listeners.remove(&topic);
            }
        }
    }
}

/// The most that a client is given at once of what it missed, in bytes of words; it asks for the rest when it has this.
const AT_ONCE: usize = 96 * 1024;

fn cut(mut joined: Joined) -> Joined {
    let mut room = AT_ONCE;
    let fits = joined.messages.iter().take_while(|message| {
        let size = message.body.len() + 512;
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    });
    let kept = fits.count();
    if kept < joined.messages.len() {
        joined.messages.truncate(kept);
        joined.more = true;
    }
    joined
}
