//! Who is here now. The one place that asks the road of events for it.

use std::collections::BTreeSet;

use crate::{
    crm::accounts::user::UserId, live::server::presence::find_present, server::state::App, shared::error::AppError,
};

/// Those of these people who have a connection open, in whatever process.
///
/// # Errors
/// When the database is away.
pub(super) async fn find_online(app: &App, people: &[UserId]) -> Result<BTreeSet<UserId>, AppError> {
    if people.is_empty() {
        return Ok(BTreeSet::new());
    }
    let people: Vec<_> = people.iter().map(|person| person.cast()).collect();
    Ok(find_present(app, &people).await?.into_iter().map(|person| person.cast()).collect())
}
