//! The doors of notifications for pages.
#![expect(
    missing_docs,
    reason = "`#[server]` makes a struct of the arguments, which are documented with their function"
)]

use leptos::prelude::*;

use crate::{
    crm::notifications::{
        notification::NotificationId,
        screens::{NotificationsScreen, PreferenceLine},
    },
    shared::{error::AppError, page::PageRequest},
};

/// A page of one's own notifications; with `unread` only those that are not read yet.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "notifications/load_notifications", prefix = "/api/fn")]
pub async fn load_notifications(
    #[server(default)] unread: String,
    page: PageRequest,
) -> Result<NotificationsScreen, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, notifications::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_notifications(&app, &actor, &unread, &page).await
}

/// Marks one of one's own notifications as read.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such one.
#[server(endpoint = "notifications/mark_notification_read", prefix = "/api/fn")]
pub async fn mark_notification_read(id: NotificationId) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, notifications::server::service};
    let (app, actor) = current_actor().await?;
    service::mark_notification_read(&app, &actor, id).await.map(drop)
}

/// Marks all of one's own notifications as read.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "notifications/mark_all_read", prefix = "/api/fn")]
pub async fn mark_all_read() -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, notifications::server::service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    service::mark_all_read(&app, &actor).await?;
    set_notice("All your notifications are read.");
    Ok(())
}

/// What one is told, and how.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "notifications/load_preferences", prefix = "/api/fn")]
pub async fn load_preferences() -> Result<Vec<PreferenceLine>, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, notifications::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_preferences(&app, &actor).await
}

/// Keeps what the boxes say that are ticked (`on`, such as `lead.email`).
///
/// # Errors
/// [`AppError::InvalidInput`] for a box that is none of the page.
#[server(endpoint = "notifications/save_preferences", prefix = "/api/fn")]
pub async fn save_preferences(#[server(default)] on: Vec<String>) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, notifications::server::screens};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    screens::save_preferences(&app, &actor, &on).await?;
    set_notice("Your choice is saved.");
    Ok(())
}
