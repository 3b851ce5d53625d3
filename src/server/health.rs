//! Signs of life for whoever supervises the server.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::{
    server::{answer::Answer, state::App},
    shared::error::AppError,
};

/// The process is up.
pub(super) async fn show_health() -> Json<Value> {
    Json(json!({ "status": "up" }))
}

/// The process, its database and its file storage are up.
///
/// # Errors
/// [`AppError::Unavailable`] when one of them does not answer.
pub(super) async fn show_readiness(State(app): State<App>) -> Answer<Json<Value>> {
    let (database, files) = tokio::join!(app.db.ping(), app.bucket.ping());
    database.and(files).map_err(|_| AppError::Unavailable)?;
    Ok(Json(json!({ "status": "ready" })))
}
