//! The rule of CRM access. Until plans are sold, every organizer has it.

use crate::{
    crm::accounts::user::{Role, UserId},
    server::state::App,
    shared::error::AppError,
};

/// Whether a person may change leads, export them and see contact details.
///
/// # Errors
/// When the database is away.
pub async fn has_crm_access(_app: &App, _user: UserId, role: Role) -> Result<bool, AppError> {
    Ok(matches!(role, Role::Organizer | Role::Admin))
}
