//! Who is here now. The one place that asks the road of events for it.

use std::collections::BTreeSet;

use crate::{crm::accounts::user::UserId, server::state::App, shared::error::AppError};

/// Those of these people who have a connection open, in whatever process.
///
/// # Errors
/// When the database is away.
pub(super) async fn find_online(_app: &App, _people: &[UserId]) -> Result<BTreeSet<UserId>, AppError> {
    Ok(BTreeSet::new())
}
