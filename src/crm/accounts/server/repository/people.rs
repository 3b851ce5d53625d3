//! Changes of people, and lists of them.

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use serde::Deserialize;

use super::{Account, COLLECTION, UserDoc};
use crate::{
    crm::accounts::user::{PeopleFilter, Role, User, UserId, UserState},
    server::mongo::{Db, Tx, as_document, keyset, search},
    shared::{
        error::AppError,
        page::{Page, PageRequest},
    },
};

/// How many people are read at a time where all are meant.
const AT_A_TIME: i64 = 100;

/// Replaces what is known of a person, if it is still at the version that was read.
///
/// # Errors
/// [`AppError::Conflict`] when it is not.
pub async fn replace(tx: &mut Tx, account: &Account) -> Result<User, AppError> {
    let mut changed = account.clone();
    changed.user.version += 1;
    let set = as_document(&UserDoc::from(&changed))?;
    let same = doc! { "_id": account.user.id, "version": account.user.version };
    let stored =
        tx.collection::<Document>(COLLECTION).update_one(same, doc! { "$set": set }).session(tx.session()).await?;
    if stored.matched_count == 1 { Ok(changed.user) } else { Err(AppError::stale()) }
}

/// Which people are admins who can sign in: who was merely invited has no password yet.
pub fn working_admins() -> Document {
    doc! { "role": Role::Admin.as_str(), "state": UserState::Active.as_str(), "password": { "$ne": null } }
}

/// How many working admins there are. It also writes a row that all who ask share, so that of
/// two transactions which each take an admin away, one has to look again.
///
/// # Errors
/// When the database is away.
pub async fn count_admins_exclusively(tx: &mut Tx) -> Result<u64, AppError> {
    let locks = tx.collection::<Document>("locks");
    let count = doc! { "$inc": { "uses": 1 } };
    locks.update_one(doc! { "_id": "admins" }, count).upsert(true).session(tx.session()).await?;
    Ok(tx.collection::<Document>(COLLECTION).count_documents(working_admins()).session(tx.session()).await?)
}

/// The working admins.
///
/// # Errors
/// When the database is away.
pub async fn list_admins(tx: &mut Tx) -> Result<Vec<UserId>, AppError> {
    let people = tx.collection::<IdRow>(COLLECTION);
    let mut rows = people.find(working_admins()).projection(doc! { "_id": 1 }).session(tx.session()).await?;
    let mut admins = Vec::new();
    while let Some(row) = rows.next(tx.session()).await.transpose()? {
        admins.push(row.id);
    }
    Ok(admins)
}

/// These people, read in a transaction; whoever is not there is left out.
///
/// # Errors
/// When the database is away.
pub async fn find_in(tx: &mut Tx, ids: &[UserId]) -> Result<Vec<User>, AppError> {
    let ids: Vec<Bson> = ids.iter().copied().map(Bson::from).collect();
    let people = tx.collection::<UserDoc>(COLLECTION);
    let mut rows = people.find(doc! { "_id": { "$in": ids } }).session(tx.session()).await?;
    let mut found = Vec::new();
    while let Some(row) = rows.next(tx.session()).await.transpose()? {
        found.push(Account::from(row).user);
    }
    Ok(found)
}

#[derive(Deserialize)]
struct IdRow {
    #[serde(rename = "_id")]
    id: UserId,
}

/// The time zones in which somebody active has that role.
///
/// # Errors
/// When the database is away.
pub async fn list_zones(db: &Db, role: Role) -> Result<Vec<String>, AppError> {
    let active = doc! { "role": role.as_str(), "state": UserState::Active.as_str() };
    let zones = db.collection::<Document>(COLLECTION).distinct("timeZone", active).await?;
    Ok(zones.iter().filter_map(|zone| zone.as_str()).map(ToOwned::to_owned).collect())
}

/// The next active people of that role and time zone, by id.
///
/// # Errors
/// When the database is away.
pub async fn list_in_zone(db: &Db, role: Role, zone: &str, after: Option<UserId>) -> Result<Vec<UserId>, AppError> {
    let mut those = doc! { "role": role.as_str(), "state": UserState::Active.as_str(), "timeZone": zone };
    if let Some(after) = after {
        those.insert("_id", doc! { "$gt": after });
    }
    let people = db.collection::<IdRow>(COLLECTION);
    let people = people.find(those).projection(doc! { "_id": 1 }).sort(doc! { "_id": 1 }).limit(AT_A_TIME).await?;
    Ok(people.map_ok(|row| row.id).try_collect().await?)
}

/// People, the newest first.
///
/// # Errors
/// [`AppError::MalformedRequest`] when the cursor is not one of this list.
pub async fn page(db: &Db, filter: &PeopleFilter, request: &PageRequest) -> Result<Page<User>, AppError> {
    let mut conditions = Document::new();
    if let Some(role) = filter.role {
        conditions.insert("role", role.as_str());
    }
    if let Some(state) = filter.state {
        conditions.insert("state", state.as_str());
    }
    let words = search::conditions("words", filter.q.as_deref().unwrap_or_default());
    if !words.is_empty() {
        conditions.insert("$and", words);
    }
    let page =
        keyset::find_page(&db.collection::<UserDoc>(COLLECTION), conditions, keyset::Order::NEWEST, request).await?;
    Ok(page.map(|doc| Account::from(doc).user))
}
