//! Telling people. Rows are written in the transaction of what they tell of.

use super::repository;
use crate::{
    crm::{
        accounts::{server::service as accounts, user::UserId},
        notifications::notification::{News, Notification},
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// Tells these people, each of them once for a cause, and not who did it.
///
/// # Errors
/// When a row cannot be written; then nothing of the transaction stays.
pub async fn notify(tx: &mut Tx, app: &App, by: Option<UserId>, to: &[UserId], news: &News) -> Result<(), AppError> {
    for person in to.iter().copied().filter(|person| Some(*person) != by) {
        let at = app.clock.now();
        let row = Notification { id: app.ids.next(), to: person, news: news.clone(), at, read_at: None };
        repository::insert_once(tx, &row).await?;
    }
    Ok(())
}

/// Tells every active admin, but not who did it.
///
/// # Errors
/// As [`notify`].
pub async fn notify_admins(tx: &mut Tx, app: &App, by: Option<UserId>, news: &News) -> Result<(), AppError> {
    let admins = accounts::list_admins(tx).await?;
    notify(tx, app, by, &admins, news).await
}
