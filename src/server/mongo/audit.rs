//! Who changed what, from what, to what: a row for each change, written in the transaction of the change.

use futures_util::TryStreamExt;
use mongodb::bson::{self, Bson, Document, doc};
use serde::{Deserialize, Serialize};

use crate::{
    server::{mongo::{Db, Tx}, state::App},
    shared::{error::AppError, id::Id, time::Time},
};

/// The fields that a change touched, with the values before and after.
#[derive(Debug, Default)]
pub struct Changes(Vec<Document>);

impl Changes {
    /// No field yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field if its value changed. Values that cannot be stored, and secrets, do not belong here.
    #[must_use]
    pub fn field<T: Serialize + PartialEq>(mut self, name: &str, from: &T, to: &T) -> Self {
        if from != to {
            self.0.push(doc! { "field": name, "from": as_bson(from), "to": as_bson(to) });
        }
        self
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn as_bson<T: Serialize>(value: &T) -> Bson {
    bson::serialize_to_bson(value).unwrap_or(Bson::Null)
}

/// Notes that `actor` (`None`: the system) did `action` to an entity.
///
/// # Errors
/// When the row cannot be written; then nothing of the transaction stays.
pub async fn record<A, E>(
    tx: &mut Tx,
    app: &App,
    actor: Option<Id<A>>,
    (entity, id): (&str, Id<E>),
    action: &str,
    changes: Changes,
) -> Result<(), AppError> {
    let row = doc! {
        "_id": app.ids.next::<()>(),
        "at": app.clock.now(),
        "actor": actor.map_or(Bson::Null, Bson::from),
        "entity": entity,
        "entityId": id,
        "action": action,
        "changes": changes.0,
    };
    tx.collection::<Document>("audit").insert_one(row).session(tx.session()).await?;
    Ok(())
}

/// A row of the trail, as it is read again.
#[derive(Debug, Clone, Deserialize)]
pub struct AuditRow<A> {
    /// When.
    pub at: Time,
    /// Who; `None`: the system, or somebody who was not signed in.
    #[serde(bound(deserialize = ""))]
    pub actor: Option<Id<A>>,
    /// What was done.
    pub action: String,
    /// The fields that changed.
    pub changes: Vec<FieldChange>,
}

/// A field that changed.
#[derive(Debug, Clone, Deserialize)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// The value before.
    pub from: serde_json::Value,
    /// The value after.
    pub to: serde_json::Value,
}

/// What was done to an entity, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn list_of<A, E>(db: &Db, (entity, id): (&str, Id<E>), limit: i64) -> Result<Vec<AuditRow<A>>, AppError>
where
    A: Send + Sync,
{
    let rows = db.collection::<AuditRow<A>>("audit");
    let found = rows.find(doc! { "entity": entity, "entityId": id }).sort(doc! { "_id": -1 }).limit(limit).await?;
    Ok(found.try_collect().await?)
}
