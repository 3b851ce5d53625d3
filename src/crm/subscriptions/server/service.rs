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
#[expect(clippy::unused_async, reason = "asks the database once plans are sold; callers are written for that")]
pub async fn has_crm_access(_app: &App, _user: UserId, role: Role) -> Result<bool, AppError> {
    Ok(matches!(role, Role::Organizer | Role::Admin))
}
