//! The doors of the canned answers; for admins.

use leptos::prelude::*;

use crate::{crm::tickets::screens::forms::AnswersPage, shared::error::AppError};

/// The canned answers.
///
/// # Errors
/// [`AppError::Forbidden`] for others than admins.
#[server(endpoint = "tickets/load_answers", prefix = "/api/fn")]
pub async fn load_answers() -> Result<AnswersPage, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_answers(&app, &actor).await
}

/// Keeps an answer: a new one without an `id`.
///
/// # Errors
/// [`AppError::InvalidInput`] for a title or a text that is missing or too long.
#[server(endpoint = "tickets/save_answer", prefix = "/api/fn")]
pub async fn save_answer(
    #[server(default)] id: String,
    #[server(default)] version: u32,
    #[server(default)] title: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::save_answer(&app, &actor, (&id, version), (title, text)).await
}

/// Deletes an answer. Messages that were sent with it stay as they are.
///
/// # Errors
/// [`AppError::NotFound`] when there is none of this id.
#[server(endpoint = "tickets/delete_answer", prefix = "/api/fn")]
pub async fn delete_answer(id: String) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::delete_answer(&app, &actor, &id).await
}
