//! Saved views: everybody who works leads keeps their own. The last write wins, and CRM access is not needed.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        leads::{
            server::repository,
            view::{MAX_VIEWS, NewView, SavedView, ViewId},
        },
    },
    server::{
        mongo::audit::{self, Changes},
        state::App,
    },
    shared::{audit::AuditEntity, error::AppError},
};

/// One's own views, the pinned ones first, then by name.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
pub async fn list_views(app: &App, actor: &Actor) -> Result<Vec<SavedView>, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    repository::views(&app.db, actor.user()).await
}

/// Keeps a view.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::InvalidInput`] with everything that is wrong, [`AppError::Conflict`] for
/// more than 50 views.
pub async fn create_view(app: &App, actor: &Actor, input: NewView) -> Result<SavedView, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    let view = input.check(app.ids.next(), app.clock.now())?;
    let view = &view;
    app.db
        .transaction(|mut tx| async move {
            if repository::insert_view(&mut tx, actor.user(), view.clone()).await? > MAX_VIEWS {
                return Err(AppError::Conflict(format!(
                    "You have {MAX_VIEWS} views. Delete one that you no longer need first."
                )));
            }
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::View, view.id), "create", Changes::new())
                .await?;
            tx.commit().await?;
            Ok(view.clone())
        })
        .await
}

/// Writes a view anew.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] for another's view, [`AppError::InvalidInput`] with everything
/// that is wrong.
pub async fn update_view(app: &App, actor: &Actor, id: ViewId, input: NewView) -> Result<SavedView, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    if !repository::views(&app.db, actor.user()).await?.iter().any(|view| view.id == id) {
        return Err(AppError::NotFound);
    }
    let view = input.check(id, app.clock.now())?;
    let view = &view;
    app.db
        .transaction(|mut tx| async move {
            if !repository::replace_view(&mut tx, actor.user(), view.clone()).await? {
                return Err(AppError::NotFound);
            }
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::View, id), "update", Changes::new()).await?;
            tx.commit().await?;
            Ok(view.clone())
        })
        .await
}

/// Removes a view.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] for another's view.
pub async fn delete_view(app: &App, actor: &Actor, id: ViewId) -> Result<(), AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    app.db
        .transaction(|mut tx| async move {
            if !repository::delete_view(&mut tx, actor.user(), id).await? {
                return Err(AppError::NotFound);
            }
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::View, id), "delete", Changes::new()).await?;
            tx.commit().await
        })
        .await
}
