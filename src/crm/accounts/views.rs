//! What the pages of accounts show: rows with their times in the words of who looks.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{
    crm::accounts::{session::SessionRow, user::User},
    shared::{
        audit::{AuditActor, AuditEntity},
        mail::{MailKind, OutboxMail},
        page::Page,
        time::Moment,
    },
};

/// One of one's own sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct SessionView {
    /// The session.
    pub session: SessionRow,
    /// When it was signed in.
    pub signed_in: Moment,
    /// When it was last used.
    pub last_seen: Moment,
}

/// Somebody, for admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct PersonView {
    /// The person.
    pub user: User,
    /// When their account was made.
    pub joined: Moment,
}

/// A mail, for admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct MailView {
    /// The mail.
    pub mail: OutboxMail,
    /// When it was written.
    pub written: Moment,
    /// When the mail server took it.
    pub sent: Option<Moment>,
}

/// The outbox, for admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct OutboxView {
    /// A page of its mails.
    pub mails: Page<MailView>,
    /// What is done by itself and did not work the last time, a sentence each.
    pub problems: Vec<String>,
}

/// A kind of mail, with sample values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct SampleView {
    /// The kind.
    pub kind: MailKind,
    /// When it is sent.
    pub occasion: String,
    /// The subject.
    pub subject: String,
    /// What it says, as text.
    pub text: String,
}

/// A row of the audit trail, for admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct AuditView {
    /// When it happened.
    pub at: Moment,
    /// Who did it; `None`: the system.
    pub actor: Option<AuditActor>,
    /// What was done: `Change profile`.
    pub action: String,
    /// The noun of the thing.
    pub entity: AuditEntity,
    /// Its id.
    pub entity_id: String,
    /// The fields that changed.
    pub changes: Vec<ChangeInWords>,
}

/// A field that changed, as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ChangeInWords {
    /// What it is called: `party size`.
    pub field: String,
    /// What stood there.
    pub from: String,
    /// What stands there now.
    pub to: String,
}
