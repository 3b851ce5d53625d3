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

/// The process and its database are up.
///
/// # Errors
/// [`AppError::Unavailable`] when the database does not answer.
pub(super) async fn show_readiness(State(app): State<App>) -> Answer<Json<Value>> {
    app.db.ping().await.map_err(|_| AppError::Unavailable)?;
    Ok(Json(json!({ "status": "ready" })))
}
