//! Storing trips as they are, without asking any rule: for demo data.

use crate::{
    crm::trips::{
        server::{repository, service},
        trip::Trip,
    },
    server::state::App,
    shared::error::AppError,
};

/// Stores these trips.
///
/// # Errors
/// When a slug is taken.
pub async fn insert_trips(app: &App, trips: Vec<Trip>) -> Result<(), AppError> {
    repository::insert_many(&app.db, &trips, service::today(app)).await
}
