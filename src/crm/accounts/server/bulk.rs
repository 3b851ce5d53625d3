//! Storing people as they are, without asking any rule: for demo data.

use crate::{
    crm::accounts::server::repository::{self, Account},
    server::state::App,
    shared::error::AppError,
};

/// Stores these people.
///
/// # Errors
/// When an address has an account already.
pub async fn insert_people(app: &App, accounts: Vec<Account>) -> Result<(), AppError> {
    repository::insert_many(&app.db, &accounts).await
}
