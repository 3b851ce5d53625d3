//! Who is there: the rows of `presence`, one for each person with their open connections, and of `processes`, one for each process that
//! has some. A connection counts as long as its process is alive.

use std::collections::BTreeSet;

use futures_util::{TryStreamExt, try_join};
use mongodb::{
    ClientSession,
    bson::{Document, doc},
    options::ReturnDocument,
};
use serde::Deserialize;

use crate::{
    live::{server::ProcessId, topic::ThingId},
    server::mongo::{Db, Tx},
    shared::{error::AppError, time::Time},
};

const PRESENCE: &str = "presence";
const PROCESSES: &str = "processes";

/// An open connection.
#[derive(Debug, Clone, Copy)]
pub struct OpenConnection {
    /// Whose it is.
    pub person: ThingId,
    /// The process that has it.
    pub process: ProcessId,
    /// Its number there.
    pub number: i64,
}

#[derive(Deserialize)]
struct PersonRow {
    #[serde(rename = "_id")]
    person: ThingId,
    connections: Vec<ConnectionRow>,
}

#[derive(Deserialize)]
struct ConnectionRow {
    process: ProcessId,
    number: i64,
}

#[derive(Deserialize)]
struct ProcessRow {
    #[serde(rename = "_id")]
    process: ProcessId,
}

/// Adds a connection. Whether its person was away.
///
/// # Errors
/// When the database is away.
pub async fn add(tx: &mut Tx, connection: OpenConnection, now: Time) -> Result<bool, AppError> {
    let OpenConnection { person, process, number } = connection;
    let alive = find_alive_in(tx, now).await?;
    let before = tx
        .collection::<PersonRow>(PRESENCE)
        .find_one_and_update(
            doc! { "_id": person },
            doc! { "$addToSet": { "connections": { "process": process, "number": number } } },
        )
        .upsert(true)
        .return_document(ReturnDocument::Before)
        .session(tx.session())
        .await?;
    Ok(before.is_none_or(|row| is_away(&row, &alive)))
}

/// Takes a connection away. Whether its person is away now, and was not before.
///
/// # Errors
/// When the database is away.
pub async fn remove(tx: &mut Tx, connection: OpenConnection, now: Time) -> Result<bool, AppError> {
    let OpenConnection { person, process, number } = connection;
    let own = doc! { "_id": person, "connections": { "$elemMatch": { "process": process, "number": number } } };
    pull(tx, own, doc! { "process": process, "number": number }, now).await
}

/// Takes all of somebody's connections away that a process had. Whether its person is away now, and was not before.
///
/// # Errors
/// When the database is away.
pub async fn remove_all_of(tx: &mut Tx, person: ThingId, process: ProcessId, now: Time) -> Result<bool, AppError> {
    let own = doc! { "_id": person, "connections.process": process };
    pull(tx, own, doc! { "process": process }, now).await
}

async fn pull(tx: &mut Tx, own: Document, which: Document, now: Time) -> Result<bool, AppError> {
    let alive = find_alive_in(tx, now).await?;
    let rows = tx.collection::<PersonRow>(PRESENCE);
    let after = rows
        .find_one_and_update(own, doc! { "$pull": { "connections": which } })
        .return_document(ReturnDocument::After)
        .session(tx.session())
        .await?;
    let Some(after) = after else { return Ok(false) };
    if after.connections.is_empty() {
        rows.delete_one(doc! { "_id": after.person }).session(tx.session()).await?;
    }
    Ok(is_away(&after, &alive))
}

/// Those of these people who are there.
///
/// # Errors
/// When the database is away.
pub async fn find_present(db: &Db, people: &[ThingId], now: Time) -> Result<BTreeSet<ThingId>, AppError> {
    if people.is_empty() {
        return Ok(BTreeSet::new());
    }
    let alive = async { processes(db).find(alive_at(now)).await?.try_collect::<Vec<ProcessRow>>().await };
    let counted = doc! { "_id": { "$in": people } };
    let rows = async { db.collection(PRESENCE).find(counted).await?.try_collect::<Vec<PersonRow>>().await };
    let (alive, rows) = try_join!(alive, rows)?;
    let alive: Vec<ProcessId> = alive.into_iter().map(|row| row.process).collect();
    Ok(rows.into_iter().filter(|row| !is_away(row, &alive)).map(|row| row.person).collect())
}

/// Says that a process is alive until then.
///
/// # Errors
/// When the database is away.
pub async fn keep_alive(db: &Db, process: ProcessId, until: Time) -> Result<(), AppError> {
    let set = doc! { "$set": { "aliveUntil": until } };
    processes(db).update_one(doc! { "_id": process }, set).upsert(true).await?;
    Ok(())
}

/// The processes that were last alive before then.
///
/// # Errors
/// When the database is away.
pub async fn find_dead(db: &Db, before: Time) -> Result<Vec<ProcessId>, AppError> {
    let rows: Vec<ProcessRow> =
        processes(db).find(doc! { "aliveUntil": { "$lt": before } }).await?.try_collect().await?;
    Ok(rows.into_iter().map(|row| row.process).collect())
}

/// Who has connections of a process.
///
/// # Errors
/// When the database is away.
pub async fn find_people_of(db: &Db, process: ProcessId) -> Result<Vec<ThingId>, AppError> {
    Ok(find_rows_of(db, process).await?.into_iter().map(|row| row.person).collect())
}

/// The connections of a process: their numbers, and whose they are.
///
/// # Errors
/// When the database is away.
pub async fn find_connections_of(db: &Db, process: ProcessId) -> Result<BTreeSet<(i64, ThingId)>, AppError> {
    let rows = find_rows_of(db, process).await?;
    let of_person = |row: PersonRow| {
        let theirs = row.connections.into_iter().filter(move |connection| connection.process == process);
        theirs.map(move |connection| (connection.number, row.person))
    };
    Ok(rows.into_iter().flat_map(of_person).collect())
}

async fn find_rows_of(db: &Db, process: ProcessId) -> Result<Vec<PersonRow>, AppError> {
    let theirs = doc! { "connections.process": process };
    Ok(db.collection::<PersonRow>(PRESENCE).find(theirs).await?.try_collect().await?)
}

/// Forgets a process.
///
/// # Errors
/// When the database is away.
pub async fn bury(db: &Db, process: ProcessId) -> Result<(), AppError> {
    processes(db).delete_one(doc! { "_id": process }).await?;
    Ok(())
}

fn processes(db: &Db) -> mongodb::Collection<ProcessRow> {
    db.collection(PROCESSES)
}

async fn find_alive_in(tx: &mut Tx, now: Time) -> Result<Vec<ProcessId>, AppError> {
    let rows = tx.collection::<ProcessRow>(PROCESSES);
    let session: &mut ClientSession = tx.session();
    let mut found = rows.find(alive_at(now)).session(&mut *session).await?;
    let rows: Vec<ProcessRow> = found.stream(session).try_collect().await?;
    Ok(rows.into_iter().map(|row| row.process).collect())
}

fn alive_at(now: Time) -> Document {
    doc! { "aliveUntil": { "$gt": now } }
}

fn is_away(row: &PersonRow, alive: &[ProcessId]) -> bool {
    !row.connections.iter().any(|connection| alive.contains(&connection.process))
}
