//! What the pages of accounts show: rows with their times in the words of who looks.

use serde::{Deserialize, Serialize};

use crate::{
    crm::accounts::{session::SessionRow, user::User},
    shared::{audit::AuditRow, mail::OutboxMail, time::Moment},
};

/// One of one's own sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// The session.
    pub session: SessionRow,
    /// When it was signed in.
    pub signed_in: Moment,
    /// When it was last used.
    pub last_seen: Moment,
}

/// Somebody, for admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The person.
    pub user: User,
    /// When their account was made.
    pub joined: Moment,
}

/// A mail, for admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    /// The mail.
    pub mail: OutboxMail,
    /// When it was written.
    pub written: Moment,
    /// When the mail server took it.
    pub sent: Option<Moment>,
}

/// A row of the audit trail, for admins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditView {
    /// The row.
    pub row: AuditRow,
    /// When it happened.
    pub at: Moment,
}
