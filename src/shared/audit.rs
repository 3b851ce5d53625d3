//! The audit trail as admins see it: who changed what, from what, to what.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::shared::{
    id::Id,
    time::{Date, Time},
};

/// The id of an [`AuditRow`].
pub type AuditId = Id<AuditRow>;

/// A change of one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AuditRow {
    /// The id.
    pub id: AuditId,
    /// When.
    pub at: Time,
    /// Who; `None`: the system.
    pub actor: Option<AuditActor>,
    /// The noun of the thing: `lead`, `user`.
    pub entity: String,
    /// Its id.
    pub entity_id: String,
    /// What was done: `convert`.
    pub action: String,
    /// The fields that changed.
    pub changes: Vec<AuditChange>,
}

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AuditActor {
    /// The person's id.
    pub id: String,
    /// Their name today; `None` when the account is gone.
    pub name: Option<String>,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AuditChange {
    /// Its name.
    pub field: String,
    /// Its value before.
    pub from: Value,
    /// Its value after.
    pub to: Value,
}

/// Which rows of the trail are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Who made the change.
    pub actor: Option<Id<()>>,
    /// The noun of the thing.
    pub entity: Option<String>,
    /// Its id.
    pub id: Option<Id<()>>,
    /// The first day, in the zone of who asks.
    pub from: Option<Date>,
    /// The last day, included.
    pub to: Option<Date>,
}
