//! Recording what people did, and counting it.

use super::repository::{self, Row};
use crate::{
    crm::{accounts::user::UserId, activities::activity::ActivityKind},
    server::{mongo::Tx, state::App},
    shared::{error::AppError, id::Id, time::Time},
};

/// Records that somebody did something, in the transaction of what they did.
///
/// # Errors
/// When the row cannot be written; then nothing of the transaction stays.
pub async fn record_in<T>(
    tx: &mut Tx,
    app: &App,
    actor: UserId,
    kind: ActivityKind,
    subject: Id<T>,
) -> Result<(), AppError> {
    repository::insert_in(tx, row(app, actor, kind, subject)).await
}

/// Records that somebody did something that changes nothing else.
///
/// # Errors
/// When the database is away.
pub async fn record<T>(app: &App, actor: UserId, kind: ActivityKind, subject: Id<T>) -> Result<(), AppError> {
    repository::insert(&app.db, row(app, actor, kind, subject)).await
}

/// How often somebody did this to a subject since then.
///
/// # Errors
/// When the database is away.
pub async fn count_since<T>(
    app: &App,
    actor: UserId,
    kind: ActivityKind,
    subject: Id<T>,
    since: Time,
) -> Result<u64, AppError> {
    repository::count_since(&app.db, actor, kind, subject, since).await
}

/// When somebody did this to a subject, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn list_times<T>(
    app: &App,
    actor: UserId,
    kind: ActivityKind,
    subject: Id<T>,
    limit: i64,
) -> Result<Vec<Time>, AppError> {
    repository::list_times(&app.db, actor, kind, subject, limit).await
}

fn row<T>(app: &App, actor: UserId, kind: ActivityKind, subject: Id<T>) -> Row {
    Row { id: app.ids.next(), actor, kind, subject: subject.into(), at: app.clock.now() }
}
