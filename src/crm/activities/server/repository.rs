//! Where activities are stored: one row each, never changed.

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use serde::Deserialize;

use crate::{
    crm::{
        accounts::user::UserId,
        activities::activity::{ActivityId, ActivityKind},
    },
    server::mongo::{Db, Tx},
    shared::{error::AppError, id::Id, time::Time},
};

const ACTIVITIES: &str = "activities";

/// A row before it is stored.
pub(super) struct Row {
    pub(super) id: ActivityId,
    pub(super) actor: UserId,
    pub(super) kind: ActivityKind,
    pub(super) subject: Bson,
    pub(super) at: Time,
}

impl From<Row> for Document {
    fn from(row: Row) -> Self {
        doc! { "_id": row.id, "actor": row.actor, "kind": row.kind.as_str(), "subject": row.subject, "at": row.at }
    }
}

pub(super) async fn insert(db: &Db, row: Row) -> Result<(), AppError> {
    db.collection::<Document>(ACTIVITIES).insert_one(Document::from(row)).await?;
    Ok(())
}

pub(super) async fn insert_in(tx: &mut Tx, row: Row) -> Result<(), AppError> {
    tx.collection::<Document>(ACTIVITIES).insert_one(Document::from(row)).session(tx.session()).await?;
    Ok(())
}

/// How often somebody did this to a subject since then.
pub(super) async fn count_since<T>(
    db: &Db,
    actor: UserId,
    kind: ActivityKind,
    subject: Id<T>,
    since: Time,
) -> Result<u64, AppError> {
    let filter = doc! { "actor": actor, "kind": kind.as_str(), "subject": subject, "at": { "$gte": since } };
    Ok(db.collection::<Document>(ACTIVITIES).count_documents(filter).await?)
}

#[derive(Deserialize)]
struct TimeRow {
    at: Time,
}

/// When somebody did this to a subject, the newest first.
pub(super) async fn list_times<T>(
    db: &Db,
    actor: UserId,
    kind: ActivityKind,
    subject: Id<T>,
    limit: i64,
) -> Result<Vec<Time>, AppError> {
    let filter = doc! { "actor": actor, "kind": kind.as_str(), "subject": subject };
    let rows = db
        .collection::<TimeRow>(ACTIVITIES)
        .find(filter)
        .sort(doc! { "at": -1 })
        .limit(limit)
        .projection(doc! { "at": 1 })
        .await?;
    Ok(rows.map_ok(|row| row.at).try_collect().await?)
}
