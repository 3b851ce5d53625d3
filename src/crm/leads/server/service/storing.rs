//! Leads are stored as they are, without asking any rule: demo data. And the totals that are kept are counted anew.

pub use super::super::totals::Totals;

use crate::{
    crm::leads::{server::repository, timeline::LeadHistory},
    server::state::App,
    shared::error::AppError,
};

/// Stores leads with their histories as they are: demo data. Whoever does so counts them in [`Totals`] for [`store_totals`].
///
/// # Errors
/// [`AppError::Conflict`] when one of them is there already.
pub async fn store_histories(app: &App, histories: Vec<LeadHistory>) -> Result<(), AppError> {
    repository::insert_histories(&app.db, histories, app.clock.now()).await
}

/// Prepares for storing very many leads: until [`end_bulk`] no index slows them down, and none serves anybody.
///
/// # Errors
/// When the database is away.
pub async fn begin_bulk(app: &App) -> Result<(), AppError> {
    repository::drop_indexes(&app.db).await
}

/// Builds the indexes again.
///
/// # Errors
/// When the database is away; [`AppError::Conflict`] when an address was stored twice for a trip.
pub async fn end_bulk(app: &App) -> Result<(), AppError> {
    repository::build_indexes(&app.db).await
}

/// Keeps these totals in place of all others.
///
/// # Errors
/// When the database is away.
pub async fn store_totals(app: &App, totals: &Totals) -> Result<(), AppError> {
    repository::replace_totals(&app.db, totals).await
}

/// Counts all leads one by one, and keeps the totals of that if others were kept. How many of them were wrong. Nothing else may be
/// written meanwhile.
///
/// # Errors
/// When the database is away.
pub async fn recount_leads(app: &App) -> Result<usize, AppError> {
    let wrong = check_totals(app).await?;
    if wrong > 0 {
        repository::replace_totals(&app.db, &repository::recount(&app.db).await?).await?;
    }
    Ok(wrong)
}

/// How many of the totals that are kept differ from a recount of the leads.
///
/// # Errors
/// When the database is away.
pub async fn check_totals(app: &App) -> Result<usize, AppError> {
    let (counted, kept) = (repository::recount(&app.db).await?, repository::kept_totals(&app.db).await?);
    Ok(counted.count_differences(&kept))
}
