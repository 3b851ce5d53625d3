//! The rows of `events`, the stream of them that a process follows, and the place up to which it has.

pub mod presence;

use jiff::SignedDuration;
use mongodb::{
    bson::{self, Document, RawDocumentBuf, doc},
    change_stream::{
        ChangeStream,
        event::{ChangeStreamEvent, ResumeToken},
    },
    error::{Error, ErrorKind},
    options::ReadConcern,
};
use serde::{Deserialize, Serialize};

use crate::{
    live::topic::Topic,
    server::mongo::{Db, Tx, unreadable},
    shared::{error::AppError, id::Id, time::Time},
};

const EVENTS: &str = "events";
const FEEDS: &str = "feeds";
/// The database no longer has what came after a token, or the token is none of its own.
const LOST: [i32; 3] = [260, 280, 286];
/// For so long a place is worth keeping: as long as events are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// An event on its way.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventRow {
    /// The id.
    #[serde(rename = "_id")]
    pub id: Id<Self>,
    /// Who is told: everybody who listens to one of them.
    pub topics: Vec<Topic>,
    /// What they are told, as it goes over the line; `None`: that their connection is over.
    pub frame: Option<String>,
    /// Its place among what is told there, where that has places.
    pub order: Option<u32>,
    /// When it was published.
    pub at: Time,
    /// Until when it is worth telling.
    pub expires_at: Time,
}

/// A place in the stream of events.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Place(ResumeToken);

/// Why a stream ended.
#[derive(Debug)]
pub enum Broken {
    /// It can be gone on with at the last place.
    ForNow(AppError),
    /// What came after the last place is lost.
    ForGood,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FeedRow {
    #[serde(rename = "_id")]
    name: String,
    place: Place,
    expires_at: Time,
}

/// Writes an event in the transaction of what it tells of, by its commit.
///
/// # Errors
/// As [`Tx::append`].
pub fn append(tx: &mut Tx, row: &EventRow) -> Result<(), AppError> {
    tx.append(EVENTS, row)
}

/// Writes an event at once.
///
/// # Errors
/// When the database is away.
pub async fn append_now(db: &Db, row: &EventRow) -> Result<(), AppError> {
    db.collection::<EventRow>(EVENTS).insert_one(row).await?;
    Ok(())
}

/// Whether who listens to one of these topics was told something since.
///
/// # Errors
/// When the database is away.
pub async fn is_told_since(db: &Db, topics: &[Topic], since: Time) -> Result<bool, AppError> {
    let topics: Vec<String> = topics.iter().map(Topic::to_string).collect();
    let told = doc! { "topics": { "$in": topics }, "at": { "$gte": since } };
    let rows = db.collection::<Document>(EVENTS);
    Ok(rows.find_one(told).projection(doc! { "_id": 1 }).await?.is_some())
}

/// The events of all processes, in the order in which they were committed.
pub struct Stream(ChangeStream<ChangeStreamEvent<RawDocumentBuf>>);

impl Stream {
    /// Follows from that place on, or from now on.
    ///
    /// # Errors
    /// When the database is away, or no longer knows the place.
    pub async fn open(db: &Db, place: Option<&Place>) -> Result<Self, Broken> {
        let inserts = doc! { "$match": { "operationType": "insert" } };
        let events = db.collection::<RawDocumentBuf>(EVENTS);
        let from = place.map(|Place(token)| token.clone());
        // What a majority has is all that is told: the rest may be taken back.
        let asked = events.watch().pipeline([inserts]).resume_after(from).read_concern(ReadConcern::majority());
        let stream = asked.await;
        Ok(Self(stream.map_err(|error| if place.is_some() { lost(error) } else { broken(error) })?))
    }

    /// The next event. `None` when none came for a while, and for a row that is none.
    ///
    /// # Errors
    /// When the stream has ended.
    pub async fn next(&mut self) -> Result<Option<EventRow>, Broken> {
        if !self.0.is_alive() {
            return Err(Broken::ForNow(AppError::Unavailable));
        }
        let Some(change) = self.0.next_if_any().await.map_err(broken)? else { return Ok(None) };
        let row = change.full_document.map(|row| bson::deserialize_from_slice(row.as_bytes()));
        Ok(row.and_then(|row| row.map_err(|error| unreadable(&error)).ok()))
    }

    /// The place after the last event.
    pub fn place(&self) -> Option<Place> {
        self.0.resume_token().map(Place)
    }
}

/// A place that the database does not take, for whatever reason, is as good as lost: better look at everything anew than wait for ever.
fn lost(error: Error) -> Broken {
    match &*error.kind {
        ErrorKind::Command(_) => Broken::ForGood,
        _ => Broken::ForNow(error.into()),
    }
}

fn broken(error: Error) -> Broken {
    match &*error.kind {
        ErrorKind::Command(command) if LOST.contains(&command.code) => Broken::ForGood,
        _ => Broken::ForNow(error.into()),
    }
}

/// The place up to which the process of that name has followed.
///
/// # Errors
/// When the database is away.
pub async fn find_place(db: &Db, name: &str, now: Time) -> Result<Option<Place>, AppError> {
    let kept = doc! { "_id": name, "expiresAt": { "$gt": now } };
    Ok(db.collection::<FeedRow>(FEEDS).find_one(kept).await?.map(|row| row.place))
}

/// Keeps the place up to which the process of that name has followed.
///
/// # Errors
/// When the database is away.
pub async fn keep_place(db: &Db, name: &str, place: &Place, now: Time) -> Result<(), AppError> {
    let row = FeedRow { name: name.to_owned(), place: place.clone(), expires_at: now + KEPT };
    db.collection::<FeedRow>(FEEDS).replace_one(doc! { "_id": name }, row).upsert(true).await?;
    Ok(())
}
