//! Who changed what, from what, to what: a row for each change, written in the transaction of the change.

use std::collections::BTreeMap;

use mongodb::bson::{Bson, Document, doc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    server::{
        mongo::{Db, Tx, as_document, keyset},
        state::App,
    },
    shared::{
        audit::{AuditActor, AuditChange, AuditEntity, AuditId, AuditRow},
        error::AppError,
        id::Id,
        page::{Page, PageRequest},
        time::Time,
    },
};

const COLLECTION: &str = "audit";

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

/// Through a document, so that ids and times stay what they are.
fn as_bson<T: Serialize>(value: &T) -> Bson {
    let document = as_document(&BTreeMap::from([("value", value)]));
    document.ok().and_then(|mut document| document.remove("value")).unwrap_or(Bson::Null)
}

/// Notes that `actor` (`None`: the system) did `action` to an entity.
///
/// # Errors
/// When the row cannot be written; then nothing of the transaction stays.
pub async fn record<A, E>(
    tx: &mut Tx,
    app: &App,
    actor: Option<Id<A>>,
    (entity, id): (AuditEntity, Id<E>),
    action: &str,
    changes: Changes,
) -> Result<(), AppError> {
    let row = doc! {
        "_id": app.ids.next::<()>(),
        "at": app.clock.now(),
        "actor": actor.map_or(Bson::Null, Bson::from),
        "entity": entity.as_str(),
        "entityId": id,
        "action": action,
        "changes": changes.0,
    };
    tx.collection::<Document>(COLLECTION).insert_one(row).session(tx.session()).await?;
    Ok(())
}

/// Which rows of the trail are looked for.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// Who made the change.
    pub actor: Option<Id<()>>,
    /// The noun of the thing.
    pub entity: Option<AuditEntity>,
    /// Its id.
    pub entity_id: Option<Id<()>>,
    /// What was done, as one of these; empty: anything.
    pub actions: &'static [&'static str],
    /// Not earlier.
    pub from: Option<Time>,
    /// Earlier than.
    pub before: Option<Time>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(rename = "_id")]
    id: AuditId,
    at: Time,
    actor: Option<Id<()>>,
    entity: AuditEntity,
    entity_id: Id<()>,
    action: String,
    changes: Vec<RowChange>,
}

#[derive(Deserialize)]
struct RowChange {
    field: String,
    from: Bson,
    to: Bson,
}

/// The rows of the trail, the newest first; actors come without their names.
///
/// # Errors
/// [`AppError::MalformedRequest`] when the cursor is not one of this list.
pub async fn page(db: &Db, trail: &Trail, request: &PageRequest) -> Result<Page<AuditRow>, AppError> {
    let mut filter = Document::new();
    if let Some(actor) = trail.actor {
        filter.insert("actor", actor);
    }
    if let Some(entity) = trail.entity {
        filter.insert("entity", entity.as_str());
    }
    if let Some(id) = trail.entity_id {
        filter.insert("entityId", id);
    }
    if !trail.actions.is_empty() {
        filter.insert("action", doc! { "$in": trail.actions });
    }
    let mut at = Document::new();
    if let Some(from) = trail.from {
        at.insert("$gte", from);
    }
    if let Some(before) = trail.before {
        at.insert("$lt", before);
    }
    if !at.is_empty() {
        filter.insert("at", at);
    }
    let order = keyset::Order { field: "at", key: keyset::Key::Time, descending: true };
    Ok(keyset::find_page(&db.collection::<Row>(COLLECTION), filter, order, request).await?.map(AuditRow::from))
}

impl From<Row> for AuditRow {
    fn from(row: Row) -> Self {
        let Row { id, at, actor, entity, entity_id, action, changes } = row;
        let actor = actor.map(|id| AuditActor { id: id.to_string(), name: None });
        let change = |RowChange { field, from, to }| AuditChange { field, from: as_json(from), to: as_json(to) };
        let changes = changes.into_iter().map(change).collect();
        Self { id, at, actor, entity, entity_id: entity_id.to_string(), action, changes }
    }
}

/// A stored value as the API shows such values: ids as digits, times as RFC 3339.
fn as_json(value: Bson) -> Value {
    match value {
        Bson::ObjectId(id) => Value::String(id.to_hex()),
        Bson::DateTime(at) => Value::String(Time::from_millis(at.timestamp_millis()).to_string()),
        Bson::Array(items) => items.into_iter().map(as_json).collect(),
        Bson::Document(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, as_json(value))).collect())
        }
        Bson::String(text) => Value::String(text),
        Bson::Boolean(flag) => Value::Bool(flag),
        Bson::Int32(number) => number.into(),
        Bson::Int64(number) => number.into(),
        Bson::Double(number) => number.into(),
        Bson::Null => Value::Null,
        other => Value::String(other.to_string()),
    }
}
