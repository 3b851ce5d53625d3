//! The rule of CRM access. Until plans are sold, every organizer has it but those from whom it is withheld.

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, RwLock},
};

use crate::{
    crm::accounts::user::{Role, UserId},
    server::state::App,
    shared::error::AppError,
};

/// From whom CRM access is withheld: nobody, unless a test says so. It is a part of the application, as the clock is, and goes
/// away once subscriptions tell who has paid.
#[derive(Debug, Clone, Default)]
pub struct WithheldAccess(Arc<RwLock<BTreeSet<UserId>>>);

impl WithheldAccess {
    /// Withholds access from an organizer from now on.
    pub fn withhold_from(&self, organizer: UserId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(organizer);
    }

    /// Gives access back to an organizer.
    pub fn give_back_to(&self, organizer: UserId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&organizer);
    }

    fn holds_for(&self, organizer: UserId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&organizer)
    }
}

/// Whether a person may change leads, export them and see contact details.
///
/// # Errors
/// When the database is away.
pub async fn has_crm_access(app: &App, user: UserId, role: Role) -> Result<bool, AppError> {
    Ok(match role {
        Role::User => false,
        Role::Organizer => !app.withheld_access.holds_for(user),
        Role::Admin => true,
    })
}
