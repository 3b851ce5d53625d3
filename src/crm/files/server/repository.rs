//! Where it is kept what files there are. Their bytes are in the bucket, under the row's key.

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Bson, Document, doc},
    options::ReturnDocument,
};

use crate::{
    crm::{
        accounts::user::UserId,
        files::file::{AttachedTo, FileId, StoredFile},
    },
    server::mongo::{Db, Tx, as_document},
    shared::{error::AppError, time::Time},
};

const FILES: &str = "files";

/// Stores the row of a file that arrives.
pub(super) async fn insert(tx: &mut Tx, file: &StoredFile) -> Result<(), AppError> {
    tx.collection::<StoredFile>(FILES).insert_one(file).session(tx.session()).await?;
    Ok(())
}

/// The file is there from now on; whether its row still waits for it.
pub(super) async fn mark_stored(tx: &mut Tx, id: FileId) -> Result<bool, AppError> {
    let stored = doc! { "$set": { "stored": true } };
    let rows = tx.collection::<Document>(FILES);
    Ok(rows.update_one(doc! { "_id": id }, stored).session(tx.session()).await?.matched_count == 1)
}

/// A file that is there.
pub(super) async fn find(db: &Db, id: FileId) -> Result<Option<StoredFile>, AppError> {
    Ok(db.collection::<StoredFile>(FILES).find_one(doc! { "_id": id, "stored": true }).await?)
}

/// Attaches a file of that person that is attached to nothing and not to be removed by `now`; the file, if there is such a one.
pub(super) async fn attach(
    tx: &mut Tx,
    (owner, id): (UserId, FileId),
    to: AttachedTo,
    now: Time,
) -> Result<Option<StoredFile>, AppError> {
    let free = doc! { "_id": id, "owner": owner, "stored": true, "attachedTo": Bson::Null, "removeAt": { "$gt": now } };
    let attached = doc! { "$set": { "attachedTo": as_document(&to)?, "removeAt": Bson::Null } };
    let rows = tx.collection::<StoredFile>(FILES);
    let row = rows.find_one_and_update(free, attached).return_document(ReturnDocument::After);
    Ok(row.session(tx.session()).await?)
}

/// Takes the file that is to be removed longest, if there is one: from now on it is there for nobody.
pub(super) async fn begin_removal(db: &Db, now: Time) -> Result<Option<StoredFile>, AppError> {
    let over = doc! { "removeAt": { "$lte": now } };
    let gone = doc! { "$set": { "stored": false } };
    Ok(db.collection::<StoredFile>(FILES).find_one_and_update(over, gone).sort(doc! { "removeAt": 1 }).await?)
}

/// Removes the row of a file whose bytes are gone.
pub(super) async fn delete(db: &Db, id: FileId) -> Result<(), AppError> {
    db.collection::<Document>(FILES).delete_one(doc! { "_id": id }).await?;
    Ok(())
}

/// The keys of all files.
pub(super) async fn keys(db: &Db) -> Result<Vec<String>, AppError> {
    let rows = db.collection::<StoredFile>(FILES).find(doc! {}).await?;
    Ok(rows.map_ok(|file| file.key).try_collect().await?)
}
