//! Idempotency keys: the same key, actor and request is carried out once and answers the same for 24 hours. A claim is
//! marked as carried out in the transaction of its effect, so that a crash between effect and answer repeats nothing.

use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde::{Deserialize, Serialize};

use crate::{
    server::mongo::{Db, Tx, is_duplicate},
    shared::{error::AppError, time::Time},
};

const COLLECTION: &str = "idempotencyKeys";
/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// After this long without an answer, a claim that did nothing may be taken over: its process has died.
const ABANDONED: SignedDuration = SignedDuration::from_secs(60);

tokio::task_local! {
    /// The key under which the current request runs, if it has one.
    pub static CLAIM: Key;
}

/// The key of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// It is claimed, under this id.
    Claimed(String),
    /// It cannot be a key: nothing may be written under it.
    Bad,
}

/// The refusal of what cannot be a key.
pub fn refuse_key() -> AppError {
    AppError::field("Idempotency-Key", "An idempotency key has 1 to 64 printable characters.")
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The JSON body.
    pub body: String,
}

/// What there is about a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing: go on, then store the answer.
    Fresh,
    /// It was answered so.
    Answered(StoredAnswer),
    /// Another request with it is under way.
    UnderWay,
    /// It took effect, but its answer was lost in a crash.
    CarriedOut,
    /// It was used for another request.
    OtherRequest,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(rename = "_id")]
    id: String,
    fingerprint: String,
    started_at: Time,
    expires_at: Time,
    carried_out: bool,
    answer: Option<StoredAnswer>,
}

/// Claims a key (already joined with its actor) for a request of that fingerprint.
///
/// # Errors
/// When the database is away.
pub async fn claim(db: &Db, id: &str, fingerprint: &str, now: Time) -> Result<Claim, AppError> {
    let rows = db.collection::<Row>(COLLECTION);
    let fresh = Row {
        id: id.into(),
        fingerprint: fingerprint.into(),
        started_at: now,
        expires_at: now + KEPT,
        carried_out: false,
        answer: None,
    };
    match rows.insert_one(&fresh).await {
        Ok(_) => return Ok(Claim::Fresh),
        Err(error) if is_duplicate(&error) => {}
        Err(error) => return Err(error.into()),
    }
    let Some(row) = rows.find_one(doc! { "_id": id }).await? else { return Ok(Claim::UnderWay) };
    if row.fingerprint != fingerprint && row.expires_at > now {
        return Ok(Claim::OtherRequest);
    }
    match row {
        Row { expires_at, .. } if expires_at <= now => take_over(db, &row, &fresh).await,
        Row { answer: Some(answer), .. } => Ok(Claim::Answered(answer)),
        Row { carried_out: true, started_at, .. } if now.since(started_at) > ABANDONED => Ok(Claim::CarriedOut),
        Row { carried_out: false, started_at, .. } if now.since(started_at) > ABANDONED => {
            take_over(db, &row, &fresh).await
        }
        _ => Ok(Claim::UnderWay),
    }
}

async fn take_over(db: &Db, abandoned: &Row, fresh: &Row) -> Result<Claim, AppError> {
    let same = doc! { "_id": &abandoned.id, "startedAt": abandoned.started_at, "carriedOut": abandoned.carried_out };
    let replaced = db.collection::<Row>(COLLECTION).replace_one(same, fresh).await?;
    Ok(if replaced.matched_count == 1 { Claim::Fresh } else { Claim::UnderWay })
}

/// Keeps the answer for whoever sends the key again.
///
/// # Errors
/// When the database is away.
pub async fn store_answer(db: &Db, id: &str, answer: &StoredAnswer) -> Result<(), AppError> {
    let body = doc! { "status": i32::from(answer.status), "body": &answer.body };
    db.collection::<Document>(COLLECTION).update_one(doc! { "_id": id }, doc! { "$set": { "answer": body } }).await?;
    Ok(())
}

/// Gives a claim up whose request did nothing, so that the key can be sent again.
///
/// # Errors
/// When the database is away.
pub async fn release(db: &Db, id: &str) -> Result<(), AppError> {
    db.collection::<Document>(COLLECTION).delete_one(doc! { "_id": id, "carriedOut": false }).await?;
    Ok(())
}

/// Marks the current request's claim, if it has one, as carried out: in the transaction of its effect.
///
/// # Errors
/// [`AppError::InvalidInput`] under a bad key.
pub(super) async fn mark_carried_out(tx: &mut Tx) -> Result<(), AppError> {
    let Some(id) = current_claim()? else { return Ok(()) };
    let set = doc! { "$set": { "carriedOut": true } };
    tx.collection::<Document>(COLLECTION).update_one(doc! { "_id": id }, set).session(tx.session()).await?;
    Ok(())
}

/// The id of the current request's claim, if it has one.
///
/// # Errors
/// [`AppError::InvalidInput`] under a bad key.
pub(super) fn current_claim() -> Result<Option<String>, AppError> {
    match CLAIM.try_with(Clone::clone) {
        Ok(Key::Claimed(id)) => Ok(Some(id)),
        Ok(Key::Bad) => Err(refuse_key()),
        Err(_) => Ok(None),
    }
}
