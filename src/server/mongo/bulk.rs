//! Whole collections at once: for demo data, and for emptying a database. Nothing here is a transaction.

use mongodb::{
    bson::{Document, doc},
    options::{Acknowledgment, WriteConcern},
};
use serde::Serialize;

use super::{indexes, jobs};
use crate::{server::mongo::Db, shared::error::AppError};

const SEEDS: &str = "seeds";

/// Stores many documents, in whatever order is fastest. They last once something else that is written later does.
///
/// # Errors
/// When the database is away, or holds one of them already.
pub async fn insert_many<T: Serialize + Send + Sync>(
    db: &Db,
    collection: &str,
    documents: Vec<T>,
) -> Result<(), AppError> {
    if documents.is_empty() {
        return Ok(());
    }
    db.collection::<T>(collection).insert_many(documents).ordered(false).write_concern(in_memory()).await?;
    Ok(())
}

/// Who loads a whole collection begins anew after a crash: no batch waits for the disk.
fn in_memory() -> WriteConcern {
    WriteConcern::builder().w(Acknowledgment::Nodes(1)).journal(false).build()
}

/// Whether no collection holds anything but when jobs were done.
///
/// # Errors
/// When the database is away.
pub async fn is_empty(db: &Db) -> Result<bool, AppError> {
    for name in db.database().list_collection_names().await? {
        // When jobs were done is known as soon as a server ran; that is nothing of anybody's.
        if name != jobs::COLLECTION && db.collection::<Document>(&name).find_one(doc! {}).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Removes everything; then the indexes are made again.
///
/// # Errors
/// When the database is away.
pub async fn clear(db: &Db) -> Result<(), AppError> {
    for name in db.database().list_collection_names().await? {
        db.collection::<Document>(&name).drop().await?;
    }
    Ok(indexes::create_missing(db).await?)
}

/// Notes that demo data is being written.
///
/// # Errors
/// When the database is away.
pub async fn begin_demo(db: &Db) -> Result<(), AppError> {
    db.collection::<Document>(SEEDS).insert_one(doc! { "_id": "demo", "complete": false }).await?;
    Ok(())
}

/// Notes that the demo data is complete.
///
/// # Errors
/// When the database is away.
pub async fn end_demo(db: &Db) -> Result<(), AppError> {
    let complete = doc! { "$set": { "complete": true } };
    db.collection::<Document>(SEEDS).update_one(doc! { "_id": "demo" }, complete).await?;
    Ok(())
}

/// Whether demo data was begun and never completed.
///
/// # Errors
/// When the database is away.
pub async fn is_demo_interrupted(db: &Db) -> Result<bool, AppError> {
    let begun = doc! { "_id": "demo", "complete": false };
    Ok(db.collection::<Document>(SEEDS).find_one(begun).await?.is_some())
}
