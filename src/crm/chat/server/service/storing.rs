//! Conversations are stored as they are, without asking any rule: demo data.

use crate::{
    crm::chat::{conversation::Conversation, message::Message, server::repository},
    server::state::App,
    shared::error::AppError,
};

/// A conversation with all that was said in it.
#[derive(Debug, Clone)]
pub struct Talk {
    /// The conversation as it stands now.
    pub conversation: Conversation,
    /// The names that it is found by.
    pub names: Vec<String>,
    /// What was said, in its order.
    pub messages: Vec<Message>,
}

/// Stores conversations as they are.
///
/// # Errors
/// [`AppError::Conflict`] when one of them is there already.
pub async fn store_talks(app: &App, talks: &[Talk]) -> Result<(), AppError> {
    repository::insert_talks(&app.db, talks).await
}
