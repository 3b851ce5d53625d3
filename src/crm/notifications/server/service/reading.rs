//! What people have been told, and what of it they have read. Reading leaves no audit row: nobody else is concerned.

use crate::{
    crm::{
        accounts::server::actor::Actor,
        notifications::{
            notification::{Notification, NotificationId, NotificationRow},
            server::repository,
        },
    },
    live::{
        events::{ChangedKind, ServerEvent},
        server::publish::publish,
        topic::Topic,
    },
    server::{mongo::Tx, state::App},
    shared::{
        error::AppError,
        page::{Page, PageRequest},
    },
};

/// A page of somebody's notifications, with how many are unread in all.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// The page.
    pub page: Page<NotificationRow>,
    /// How many are unread, as [`count_unread`] counts.
    pub unread: u64,
}

/// One's own notifications, the newest first: all of them, or only the unread ones.
///
/// # Errors
/// [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn list_notifications(
    app: &App,
    actor: &Actor,
    unread_only: bool,
    request: &PageRequest,
) -> Result<Inbox, AppError> {
    let (page, unread) = futures_util::try_join!(
        repository::page(&app.db, actor.user(), unread_only, request),
        repository::count_unread(&app.db, actor.user()),
    )?;
    Ok(Inbox { page: page.map(NotificationRow::from), unread })
}

/// How many of one's own notifications are unread: exact up to 1,000; beyond, it is 1,001.
///
/// # Errors
/// When the database is away.
pub async fn count_unread(app: &App, actor: &Actor) -> Result<u64, AppError> {
    repository::count_unread(&app.db, actor.user()).await
}

/// Marks one of one's own notifications as read; when it was read first stays.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or somebody else's.
pub async fn mark_notification_read(app: &App, actor: &Actor, id: NotificationId) -> Result<NotificationRow, AppError> {
    app.db
        .transaction(|mut tx| async move {
            let read = repository::mark_read(&mut tx, actor.user(), id, app.clock.now()).await?;
            tell_other_devices(&mut tx, app, actor)?;
            tx.commit().await?;
            Ok(NotificationRow::from(read))
        })
        .await
}

/// Marks all of one's own notifications as read.
///
/// # Errors
/// When the database is away.
pub async fn mark_all_read(app: &App, actor: &Actor) -> Result<(), AppError> {
    app.db
        .transaction(|mut tx| async move {
            repository::mark_all_read(&mut tx, actor.user(), app.clock.now()).await?;
            tell_other_devices(&mut tx, app, actor)?;
            tx.commit().await
        })
        .await
}

/// Marks as read what leads to the page at `address`, because its reader has opened it there. The frame of the pages asks for this, so
/// that no page has to; programs that read a thing by the API mark nothing.
///
/// # Errors
/// When the database is away.
pub async fn mark_read_at(app: &App, actor: &Actor, address: &str) -> Result<(), AppError> {
    let path = address.split('?').next().unwrap_or_default();
    // Most pages have nothing to mark, and a write that changes nothing waits for the disk all the same.
    if !repository::has_unread_at(&app.db, actor.user(), [address, path]).await? {
        return Ok(());
    }
    app.db
        .transaction(|mut tx| async move {
            repository::mark_read_at(&mut tx, actor.user(), [address, path], app.clock.now()).await?;
            tell_other_devices(&mut tx, app, actor)?;
            tx.commit().await
        })
        .await
}

/// Tells the open pages of somebody that they have read something, wherever that was.
fn tell_other_devices(tx: &mut Tx, app: &App, actor: &Actor) -> Result<(), AppError> {
    let read = ServerEvent::Changed { kind: ChangedKind::Bell, id: None };
    publish(tx, app, &[Topic::Person(actor.user().cast())], &read)
}

/// Stores notifications as they are, without asking what anybody chose: demo data.
///
/// # Errors
/// [`AppError::Conflict`] when one of them is there already.
pub async fn store_notifications(app: &App, notifications: &[Notification]) -> Result<(), AppError> {
    repository::insert_many(&app.db, notifications).await
}
