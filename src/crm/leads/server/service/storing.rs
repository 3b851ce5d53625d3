//! Leads are stored as they are, without asking any rule: demo data.

use crate::{
    crm::leads::{server::repository, timeline::LeadHistory},
    server::state::App,
    shared::error::AppError,
};

/// Stores leads with their histories as they are: demo data. [`recount_leads`] counts them.
///
/// # Errors
/// [`AppError::Conflict`] when one of them is there already.
pub async fn store_histories(app: &App, histories: Vec<LeadHistory>) -> Result<(), AppError> {
    repository::insert_histories(&app.db, histories).await
}

/// Counts all leads anew.
///
/// # Errors
/// When the database is away.
pub async fn recount_leads(app: &App) -> Result<(), AppError> {
    repository::rebuild_totals(&app.db).await
}
