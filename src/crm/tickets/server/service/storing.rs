//! Tickets are stored as they are, without asking any rule: demo data.

use crate::{
    crm::tickets::{answer::CannedAnswer, message::TicketHistory, server::repository},
    server::state::App,
    shared::error::AppError,
};

/// Stores tickets with all that was said in them, and the answers that admins keep. The numbers go on after the last of them.
///
/// # Errors
/// [`AppError::Conflict`] when one of them is there already.
pub async fn store_histories(
    app: &App,
    histories: Vec<TicketHistory>,
    answers: Vec<CannedAnswer>,
) -> Result<(), AppError> {
    repository::insert_histories(&app.db, histories).await?;
    repository::insert_answers(&app.db, answers).await
}
