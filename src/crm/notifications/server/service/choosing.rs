//! What somebody chooses to be told, and how.

use crate::{
    crm::{
        accounts::server::actor::Actor,
        notifications::{
            notification::NotificationKind,
            preferences::{PreferenceChanges, Preferences},
            server::repository,
        },
    },
    server::{
        mongo::audit::{self, Changes},
        state::App,
    },
    shared::{audit::AuditEntity, error::AppError},
};

/// One's own choices.
///
/// # Errors
/// When the database is away.
pub async fn show_preferences(app: &App, actor: &Actor) -> Result<Preferences, AppError> {
    repository::find_preferences(&app.db, actor.user()).await
}

/// Chooses anew for the kinds that are named.
///
/// # Errors
/// [`AppError::InvalidInput`] for what nobody can switch off.
pub async fn change_preferences(app: &App, actor: &Actor, changes: PreferenceChanges) -> Result<Preferences, AppError> {
    app.db
        .transaction(|mut tx| async move {
            let me = actor.user();
            let before = repository::find_preferences_in(&mut tx, &[me].into()).await?.remove(&me).unwrap_or_default();
            let after = changes.apply_to(before)?;
            let differences = differences(&before, &after);
            if !differences.is_empty() {
                repository::store_preferences(&mut tx, me, &after).await?;
                let entity = (AuditEntity::User, me);
                audit::record(&mut tx, app, Some(me), entity, "change_notifications", differences).await?;
            }
            tx.commit().await?;
            Ok(after)
        })
        .await
}

fn differences(before: &Preferences, after: &Preferences) -> Changes {
    let changes = NotificationKind::ALL.iter();
    changes.fold(Changes::new(), |changes, &kind| changes.field(kind.as_str(), &before.of(kind), &after.of(kind)))
}
