//! Whole collections at once: for demo data, and for emptying a database. Nothing here is a transaction.

use futures_util::future::try_join_all;
use mongodb::bson::{Document, doc};
use serde::Serialize;

use crate::{server::mongo::Db, shared::error::AppError};

const SEEDS: &str = "seeds";

/// Stores many documents, in whatever order is fastest.
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
    db.collection::<T>(collection).insert_many(documents).ordered(false).await?;
    Ok(())
}

/// Whether no collection holds anything.
///
/// # Errors
/// When the database is away.
pub async fn is_empty(db: &Db) -> Result<bool, AppError> {
    for name in db.database().list_collection_names().await? {
        if db.collection::<Document>(&name).find_one(doc! {}).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Removes every document; collections and indexes stay.
///
/// # Errors
/// When the database is away.
pub async fn clear(db: &Db) -> Result<(), AppError> {
    let names = db.database().list_collection_names().await?;
    let collections: Vec<_> = names.iter().map(|name| db.collection::<Document>(name)).collect();
    try_join_all(collections.iter().map(|collection| async move { collection.delete_many(doc! {}).await })).await?;
    Ok(())
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
