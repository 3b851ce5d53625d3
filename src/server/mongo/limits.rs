//! How often something may happen: sliding windows that all processes share. A key keeps the times of what happened within
//! the window, and no more of them than the limit.

use jiff::SignedDuration;
use mongodb::{
    bson::{Bson, Document, doc},
    options::{Acknowledgment, ReturnDocument, WriteConcern},
};
use serde::Deserialize;

use crate::{
    server::{mongo::is_duplicate, state::App},
    shared::{error::AppError, time::Time},
};

const COLLECTION: &str = "limits";

/// At most `max` times within `window`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// So often.
    pub max: u32,
    /// Within any span of this length.
    pub window: SignedDuration,
}

#[derive(Deserialize)]
struct Row {
    hits: Vec<Time>,
}

/// Notes that it happens once more under `key` (`enquiry:203.0.113.7`); when refused, nothing is noted.
///
/// # Errors
/// [`AppError::TooManyRequests`] when the limit is reached.
pub async fn count(app: &App, key: &str, limit: Limit) -> Result<(), AppError> {
    let now = app.clock.now();
    let recent = doc! { "$filter": { "input": { "$ifNull": ["$hits", []] }, "cond": { "$gt": ["$$this", now - limit.window] } } };
    let room = doc! { "$lt": [{ "$size": "$$recent" }, limit.max] };
    let hits = doc! { "$let": {
        "vars": { "recent": recent },
        "in": { "$cond": [room, { "$concatArrays": ["$$recent", [now]] }, "$$recent"] },
    } };
    let change = vec![doc! { "$set": { "hits": hits, "expiresAt": now + limit.window } }];
    let rows = app.db.collection::<Row>(COLLECTION);
    loop {
        let update = rows
            .find_one_and_update(doc! { "_id": key }, change.clone())
            .upsert(true)
            .return_document(ReturnDocument::Before)
            .write_concern(in_memory());
        match update.await {
            Ok(before) => return refuse_beyond(before, limit, now),
            // Two requests made the row at the same moment: now it is there.
            Err(error) if is_duplicate(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// What happened in the last minutes need not outlive a crash of the database: nobody waits for its disk.
fn in_memory() -> WriteConcern {
    WriteConcern::builder().w(Acknowledgment::Nodes(1)).journal(false).build()
}

/// Notes that it happened once more under `key`, when it is too late to refuse it.
///
/// # Errors
/// When the database is away.
pub async fn note(app: &App, key: &str, limit: Limit) -> Result<(), AppError> {
    match count(app, key, limit).await {
        Err(AppError::TooManyRequests { .. }) => Ok(()),
        outcome => outcome,
    }
}

/// Whether it may happen once more, without noting it.
///
/// # Errors
/// [`AppError::TooManyRequests`] when the limit is reached.
pub async fn check(app: &App, key: &str, limit: Limit) -> Result<(), AppError> {
    let row = app.db.collection::<Row>(COLLECTION).find_one(doc! { "_id": key }).await?;
    refuse_beyond(row, limit, app.clock.now())
}

/// Takes the newest note under `key` back: it turned out not to count.
///
/// # Errors
/// When the database is away.
pub async fn take_back(app: &App, key: &str) -> Result<(), AppError> {
    let newest = doc! { "$pop": { "hits": Bson::Int32(1) } };
    app.db.collection::<Document>(COLLECTION).update_one(doc! { "_id": key }, newest).await?;
    Ok(())
}

fn refuse_beyond(row: Option<Row>, limit: Limit, now: Time) -> Result<(), AppError> {
    let hits = row.map(|row| row.hits).unwrap_or_default();
    let recent: Vec<Time> = hits.into_iter().filter(|hit| *hit > now - limit.window).collect();
    let max = limit.max as usize;
    if recent.len() < max {
        return Ok(());
    }
    let free_at = recent[recent.len() - max] + limit.window;
    let wait = free_at.since(now).as_millis().max(1).cast_unsigned().div_ceil(1_000);
    Err(AppError::TooManyRequests { retry_after: u32::try_from(wait).unwrap_or(u32::MAX) })
}
