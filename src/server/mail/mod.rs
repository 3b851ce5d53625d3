//! Mail goes through an outbox: a row is written in the transaction of what it tells of, and a worker sends it, with tries
//! and pauses, under a Message-ID that stays the same. So a mail is sent if and only if its cause happened.

mod letter;
mod transport;
mod worker;

pub use letter::Letter;
pub use transport::{Transport, TransportRefused};
pub use worker::{deliver_due, run};

use crate::{
    server::{
        mongo::{Tx, outbox},
        state::App,
    },
    shared::{contact::Email, error::AppError, mail::MailKind},
};

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who gets it.
    pub to: Email,
    /// What it is about.
    pub kind: MailKind,
    /// The subject.
    pub subject: String,
    /// What it says, as text.
    pub text: String,
    /// What it says, as HTML.
    pub html: String,
}

/// Puts a mail into the outbox; it is sent once the transaction is committed.
///
/// # Errors
/// When the row cannot be written; then nothing of the transaction stays.
pub async fn enqueue(tx: &mut Tx, app: &App, mail: &Mail) -> Result<(), AppError> {
    outbox::insert(tx, app, mail).await?;
    tx.notify_on_commit(app.mail_due());
    Ok(())
}

/// Puts a mail into the outbox, unless one was put there for the same cause (`digest:<person>:<day>`), whichever process did so.
/// Whether it was put there now.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_once(tx: &mut Tx, app: &App, cause: &str, mail: &Mail) -> Result<bool, AppError> {
    let is_new = outbox::insert_once(tx, app, cause, mail).await?;
    if is_new {
        tx.notify_on_commit(app.mail_due());
    }
    Ok(is_new)
}
