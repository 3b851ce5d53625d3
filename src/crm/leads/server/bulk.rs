//! Storing leads as they are, without asking any rule: for demo data.

use crate::{
    crm::leads::{server::repository, timeline::LeadHistory},
    server::state::App,
    shared::error::AppError,
};

/// Stores these leads with what happened to them. [`rebuild_totals`] counts them.
///
/// # Errors
/// When one of them is there already.
pub async fn insert_histories(app: &App, histories: Vec<LeadHistory>) -> Result<(), AppError> {
    repository::insert_histories(&app.db, histories).await
}

/// Counts all leads anew.
///
/// # Errors
/// When the database is away.
pub async fn rebuild_totals(app: &App) -> Result<(), AppError> {
    repository::rebuild_totals(&app.db).await
}
