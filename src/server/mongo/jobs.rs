//! The rows of `jobs`, one for each job: who does it until when, when it was last done, and why it last was not. Only the process
//! whose lease it is (`by`) writes how it went.

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::{
    bson::{Bson, Document, doc},
    options::ReturnDocument,
};
use serde::Deserialize;

use crate::{
    server::{mongo::Db, state::App},
    shared::{error::AppError, id::Id, time::Time},
};

pub(super) const COLLECTION: &str = "jobs";
/// The clocks of processes differ by less than this. A time that lies further ahead was written by a clock that went wrong, and
/// keeps nobody waiting.
const SKEW: SignedDuration = SignedDuration::from_hours(1);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(rename = "_id")]
    name: String,
    last_done_at: Option<Time>,
    last_problem: Option<String>,
    problem_at: Option<Time>,
}

/// A job that this process is to do now.
#[derive(Debug)]
pub struct Leased {
    name: &'static str,
    by: Id<Self>,
    at: Time,
    /// When it was last done.
    pub last_done_at: Option<Time>,
}

/// Why a job was not done the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the job.
    pub job: String,
    /// What went wrong.
    pub problem: String,
    /// When.
    pub at: Time,
}

/// Makes the rows of these jobs that are missing, so that there is something to take.
///
/// # Errors
/// When the database is away.
pub async fn add_missing(db: &Db, names: &[&str]) -> Result<(), AppError> {
    let rows = db.collection::<Document>(COLLECTION);
    let there: Vec<Document> = rows.find(doc! { "_id": { "$in": names } }).await?.try_collect().await?;
    let is_there = |name: &str| there.iter().any(|row| row.get_str("_id").is_ok_and(|id| id == name));
    for name in names.iter().copied().filter(|name| !is_there(name)) {
        let empty = doc! { "$setOnInsert": { "lastDoneAt": Bson::Null, "leasedUntil": Bson::Null } };
        rows.update_one(doc! { "_id": name }, empty).upsert(true).await?;
    }
    Ok(())
}

/// Takes a job for so long, if it has not been done since `slot` began and nobody else has it.
///
/// # Errors
/// When the database is away.
pub async fn lease(
    app: &App,
    name: &'static str,
    slot: Time,
    lasts: SignedDuration,
) -> Result<Option<Leased>, AppError> {
    let (at, by) = (app.clock.now(), app.ids.next());
    let free = doc! {
        "_id": name,
        "$and": [
            { "$or": [{ "leasedUntil": null }, { "leasedUntil": { "$lte": at } }, { "leasedUntil": { "$gt": at + SKEW } }] },
            { "$or": [{ "lastDoneAt": null }, { "lastDoneAt": { "$lt": slot } }, { "lastDoneAt": { "$gt": at + SKEW } }] },
        ],
    };
    let take = doc! { "$set": { "by": by, "leasedUntil": at + lasts } };
    let rows = app.db.collection::<Row>(COLLECTION);
    let row = rows.find_one_and_update(free, take).return_document(ReturnDocument::After).await?;
    Ok(row.map(|row| Leased { name, by, at, last_done_at: row.last_done_at }))
}

/// Keeps a job until `until`; whether it was still there to keep.
///
/// # Errors
/// When the database is away.
pub async fn renew(db: &Db, leased: &Leased, until: Time) -> Result<bool, AppError> {
    set(db, leased, doc! { "leasedUntil": until }).await
}

/// Gives a job back that is done: as of the moment when it was taken, so that what has come since is the next one's.
///
/// # Errors
/// When the database is away.
pub async fn mark_done(db: &Db, leased: &Leased) -> Result<(), AppError> {
    let done = doc! { "lastDoneAt": leased.at, "leasedUntil": Bson::Null, "lastProblem": Bson::Null };
    set(db, leased, done).await?;
    Ok(())
}

/// Notes why a job is not done; nobody tries it again before `next`.
///
/// # Errors
/// When the database is away.
pub async fn mark_not_done(db: &Db, leased: &Leased, problem: &str, now: Time, next: Time) -> Result<(), AppError> {
    set(db, leased, doc! { "leasedUntil": next, "lastProblem": problem, "problemAt": now }).await?;
    Ok(())
}

async fn set(db: &Db, leased: &Leased, set: Document) -> Result<bool, AppError> {
    let own = doc! { "_id": leased.name, "by": leased.by };
    Ok(db.collection::<Document>(COLLECTION).update_one(own, doc! { "$set": set }).await?.matched_count == 1)
}

/// The jobs among these that did not work the last time.
///
/// # Errors
/// When the database is away.
pub async fn find_problems(db: &Db, names: &[&str]) -> Result<Vec<Problem>, AppError> {
    let failed = doc! { "_id": { "$in": names }, "lastProblem": { "$ne": null } };
    let rows: Vec<Row> = db.collection::<Row>(COLLECTION).find(failed).await?.try_collect().await?;
    let problem = |row: Row| Some(Problem { job: row.name, problem: row.last_problem?, at: row.problem_at? });
    Ok(rows.into_iter().filter_map(problem).collect())
}
