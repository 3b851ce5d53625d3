//! The rows of `sessions`. A row exists exactly as long as its session is good: whatever ends a session deletes it. It
//! repeats what a request needs to know of its person, so that recognising somebody is one read.

use std::collections::HashMap;

use mongodb::bson::{self, Document, RawDocumentBuf, doc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    crm::accounts::{
        session::{SessionId, SessionKind, SessionRow},
        user::{Locale, Role, User, UserId},
    },
    server::mongo::{Db, Tx, as_document, keyset, unreadable},
    shared::{
        error::AppError,
        page::{Page, PageRequest},
        time::Time,
    },
};

const COLLECTION: &str = "sessions";

/// A session as stored. A browser's row also has `key`, the fingerprint of its cookie, and `data`, what was kept for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionDoc {
    /// The id.
    #[serde(rename = "_id")]
    pub id: SessionId,
    /// What holds it.
    pub kind: SessionKind,
    /// Whose it is.
    pub user_id: UserId,
    /// What they are.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// Their time zone.
    pub time_zone: String,
    /// Their language.
    pub locale: Locale,
    /// What it was signed in with, in words.
    pub device: String,
    /// When it began.
    pub created_at: Time,
    /// When it was last used, to the minute.
    pub last_seen_at: Time,
    /// When it ends unless it is used before.
    pub expires_at: Time,
    /// How often its tokens were renewed; a browser has none.
    pub generation: u32,
    /// When that was last.
    pub rotated_at: Time,
}

/// What a browser's row keeps besides its session.
#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    data: HashMap<String, Value>,
}

/// Stores a new session.
///
/// # Errors
/// When the database is away.
pub async fn insert(tx: &mut Tx, session: &SessionDoc) -> Result<(), AppError> {
    tx.collection::<SessionDoc>(COLLECTION).insert_one(session).session(tx.session()).await?;
    Ok(())
}

/// The session of that id, if it is good at `now`.
///
/// # Errors
/// When the database is away.
pub async fn find(db: &Db, id: SessionId, now: Time) -> Result<Option<SessionDoc>, AppError> {
    Ok(db.collection(COLLECTION).find_one(doc! { "_id": id, "expiresAt": { "$gt": now } }).await?)
}

/// The browser's session of that key, if it is good at `now`, and what is kept for it.
///
/// # Errors
/// When the database is away.
pub async fn find_by_key(
    db: &Db,
    key: &str,
    now: Time,
) -> Result<Option<(SessionDoc, HashMap<String, Value>)>, AppError> {
    let rows = db.collection::<RawDocumentBuf>(COLLECTION);
    let Some(row) = rows.find_one(doc! { "key": key, "expiresAt": { "$gt": now } }).await? else { return Ok(None) };
    let session = bson::deserialize_from_slice(row.as_bytes()).map_err(|error| unreadable(&error))?;
    let Kept { data } = bson::deserialize_from_slice(row.as_bytes()).map_err(|error| unreadable(&error))?;
    Ok(Some((session, data)))
}

/// Gives a browser's new session the key of its cookie. Whether it was still there, without one.
///
/// # Errors
/// When the database is away.
pub async fn bind(db: &Db, id: SessionId, key: &str) -> Result<bool, AppError> {
    let unbound = doc! { "_id": id, "kind": "browser", "key": { "$exists": false } };
    let bound = db.collection::<Document>(COLLECTION).update_one(unbound, doc! { "$set": { "key": key } }).await?;
    Ok(bound.matched_count == 1)
}

/// Keeps something for a browser's session, if it is still there.
///
/// # Errors
/// When the database is away.
pub async fn keep(db: &Db, key: &str, data: &HashMap<String, Value>) -> Result<(), AppError> {
    let data = as_document(data)?;
    db.collection::<Document>(COLLECTION).update_one(doc! { "key": key }, doc! { "$set": { "data": data } }).await?;
    Ok(())
}

/// Notes that a session is used now; a browser's then lasts until `expires_at`.
///
/// # Errors
/// When the database is away.
pub async fn touch(db: &Db, id: SessionId, now: Time, expires_at: Option<Time>) -> Result<(), AppError> {
    let mut set = doc! { "lastSeenAt": now };
    if let Some(expires_at) = expires_at {
        set.insert("expiresAt", expires_at);
    }
    db.collection::<Document>(COLLECTION).update_one(doc! { "_id": id }, doc! { "$set": set }).await?;
    Ok(())
}

/// Counts a renewal of a program's tokens, if nobody else did since `generation`. Whether it was counted.
///
/// # Errors
/// When the database is away.
pub async fn rotate(db: &Db, id: SessionId, generation: u32, now: Time, expires_at: Time) -> Result<bool, AppError> {
    let set =
        doc! { "$inc": { "generation": 1 }, "$set": { "rotatedAt": now, "lastSeenAt": now, "expiresAt": expires_at } };
    let same = doc! { "_id": id, "kind": "program", "generation": generation, "expiresAt": { "$gt": now } };
    Ok(db.collection::<Document>(COLLECTION).update_one(same, set).await?.matched_count == 1)
}

/// Repeats a person's changed name, zone and language in their sessions.
///
/// # Errors
/// When the database is away.
pub async fn repeat_person(tx: &mut Tx, user: &User) -> Result<(), AppError> {
    let set = doc! { "$set": { "name": &user.name, "timeZone": &user.time_zone, "locale": user.locale.as_str() } };
    tx.collection::<Document>(COLLECTION).update_many(doc! { "userId": user.id }, set).session(tx.session()).await?;
    Ok(())
}

/// Ends a session of that person. Whether there was one.
///
/// # Errors
/// When the database is away.
pub async fn delete(tx: &mut Tx, user: UserId, id: SessionId) -> Result<bool, AppError> {
    let own = doc! { "_id": id, "userId": user };
    let deleted = tx.collection::<Document>(COLLECTION).delete_one(own).session(tx.session()).await?;
    Ok(deleted.deleted_count == 1)
}

/// Ends all sessions of a person.
///
/// # Errors
/// When the database is away.
pub async fn delete_all(tx: &mut Tx, user: UserId) -> Result<(), AppError> {
    tx.collection::<Document>(COLLECTION).delete_many(doc! { "userId": user }).session(tx.session()).await?;
    Ok(())
}

/// Ends the browser's session of that key, if there is one; which.
///
/// # Errors
/// When the database is away.
pub async fn delete_by_key(tx: &mut Tx, key: &str) -> Result<Option<SessionId>, AppError> {
    let rows = tx.collection::<SessionDoc>(COLLECTION);
    let deleted = rows.find_one_and_delete(doc! { "key": key }).session(tx.session()).await?;
    Ok(deleted.map(|row| row.id))
}

/// A person's sessions that are good at `now`, the newest first.
///
/// # Errors
/// [`AppError::MalformedRequest`] when the cursor is not one of this list.
pub async fn page(
    db: &Db,
    user: UserId,
    current: SessionId,
    now: Time,
    request: &PageRequest,
) -> Result<Page<SessionRow>, AppError> {
    let filter = doc! { "userId": user, "expiresAt": { "$gt": now } };
    let page =
        keyset::find_page(&db.collection::<SessionDoc>(COLLECTION), filter, keyset::Order::NEWEST, request).await?;
    Ok(page.map(|doc| SessionRow {
        id: doc.id,
        kind: doc.kind,
        device: doc.device,
        created_at: doc.created_at,
        last_seen_at: doc.last_seen_at,
        current: doc.id == current,
    }))
}
