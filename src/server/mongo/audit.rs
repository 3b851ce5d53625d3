//! Who changed what, from what, to what: a row for each change, written in the transaction of the change.

use mongodb::bson::{self, Bson, Document, doc};
use serde::Serialize;

use crate::{
    server::{mongo::Tx, state::App},
    shared::{error::AppError, id::Id},
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
