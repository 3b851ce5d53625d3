//! Mails as admins see them in the outbox.

use serde::{Deserialize, Serialize};

use crate::shared::{checks::Checks, error::AppError, id::Id, named::named, time::Time};

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum MailKind {
    /// Confirm the address.
    VerifyEmail,
    /// Somebody registered with an address that has an account.
    AccountExists,
    /// Set a new password.
    ResetPassword,
    /// An admin has made an account for them.
    Invitation,
    /// The password was changed.
    PasswordChanged,
    /// Something happened that they are told of.
    Notification,
    /// What waits for them today.
    Digest,
    /// An admin tries whether mails arrive.
    Test,
}

named!(MailKind {
    VerifyEmail = "verify_email", "Confirm the address";
    AccountExists = "account_exists", "There is an account";
    ResetPassword = "reset_password", "Set a new password";
    Invitation = "invitation", "Invitation";
    PasswordChanged = "password_changed", "Password changed";
    Notification = "notification", "Notification";
    Digest = "digest", "Morning digest";
    Test = "test", "Test mail";
});

impl MailKind {
    /// Whether whoever reads it can act as its recipient. Such a text is kept only as long as it is needed.
    pub const fn carries_key(self) -> bool {
        matches!(self, Self::VerifyEmail | Self::ResetPassword | Self::Invitation)
    }
}

/// How far a mail has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum MailState {
    /// It waits for its turn, or for another try.
    Queued,
    /// The mail server has taken it.
    Sent,
    /// It was given up.
    Failed,
}

impl MailState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Queued, Self::Sent, Self::Failed];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::Sent => "Sent",
            Self::Failed => "Failed",
        }
    }
}

impl MailState {
    /// The filter that the text of an address describes; an empty one is any.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for what is no state.
    pub fn read_filter(name: &str) -> Result<Option<Self>, AppError> {
        let mut checks = Checks::new();
        let state = checks.filter("state", name, |name| Self::ALL.into_iter().find(|state| state.as_str() == name));
        checks.finish()?;
        Ok(state)
    }
}

/// The id of an [`OutboxMail`].
pub type MailId = Id<OutboxMail>;

/// A mail of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OutboxMail {
    /// The id; the Message-ID is made of it.
    pub id: MailId,
    /// Who gets it.
    pub to: String,
    /// What it is about.
    pub kind: MailKind,
    /// The subject.
    pub subject: String,
    /// What it says. In production nobody but its recipient reads a mail that carries a key.
    pub text: Option<String>,
    /// How far it has come.
    pub state: MailState,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try did not work.
    pub problem: Option<String>,
    /// When it was written.
    pub created_at: Time,
    /// When the mail server took it.
    pub sent_at: Option<Time>,
}
