//! The audit trail as admins see it: who changed what, from what, to what.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::shared::{
    checks::Checks,
    error::AppError,
    id::Id,
    time::{Date, Time},
};

/// What changes are kept of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum AuditEntity {
    /// A lead.
    Lead,
    /// A trip.
    Trip,
    /// A person.
    User,
    /// A session.
    Session,
    /// A mail.
    Mail,
    /// A saved view.
    View,
    /// A ticket.
    Ticket,
    /// A canned answer.
    Answer,
}

impl AuditEntity {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Lead, Self::Trip, Self::User, Self::Session, Self::Mail, Self::View, Self::Ticket, Self::Answer];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Trip => "trip",
            Self::User => "user",
            Self::Session => "session",
            Self::Mail => "mail",
            Self::View => "view",
            Self::Ticket => "ticket",
            Self::Answer => "answer",
        }
    }

    /// What people call them.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lead => "Leads",
            Self::Trip => "Trips",
            Self::User => "People",
            Self::Session => "Sessions",
            Self::Mail => "Mails",
            Self::View => "Saved views",
            Self::Ticket => "Tickets",
            Self::Answer => "Canned answers",
        }
    }
}

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
    /// The noun of the thing.
    pub entity: AuditEntity,
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Who made the change.
    pub actor: Option<Id<()>>,
    /// The noun of the thing.
    pub entity: Option<AuditEntity>,
    /// Its id.
    pub id: Option<Id<()>>,
    /// The first day, in the zone of who asks.
    pub from: Option<Date>,
    /// The last day, included.
    pub to: Option<Date>,
}

/// The same as the texts of an address; an empty one is any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// The id of who made the change.
    pub actor: String,
    /// An [`AuditEntity`].
    pub entity: String,
    /// The id of the thing.
    pub id: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

impl AuditFilter {
    /// What the texts ask for.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for values that are not possible.
    pub fn read(&self) -> Result<AuditQuery, AppError> {
        let mut checks = Checks::new();
        let entity = |name: &str| AuditEntity::ALL.into_iter().find(|entity| entity.as_str() == name);
        let query = AuditQuery {
            actor: checks.filter("actor", &self.actor, |id| id.parse().ok()),
            entity: checks.filter("entity", &self.entity, entity),
            id: checks.filter("id", &self.id, |id| id.parse().ok()),
            from: checks.filter("from", &self.from, |date| date.parse().ok()),
            to: checks.filter("to", &self.to, |date| date.parse().ok()),
        };
        checks.finish()?;
        Ok(query)
    }
}
