//! Where notifications are stored: one row for each person and cause. What people chose has a collection of its own, in the module
//! below.

mod preferences;

use mongodb::{
    bson::{Bson, Document, doc},
    options::ReturnDocument,
};
use serde::Serialize;

pub(super) use preferences::{find_preferences, find_preferences_in, store_preferences};

use crate::{
    crm::{
        accounts::user::UserId,
        notifications::notification::{Notification, NotificationId},
    },
    server::mongo::{
        Db, Tx, as_document, bulk, is_duplicate,
        keyset::{self, Order},
    },
    shared::{
        error::AppError,
        page::{Page, PageRequest, TOTAL_CAP},
        time::Time,
    },
};

const NOTIFICATIONS: &str = "notifications";

/// A notification with the key that only the database needs.
#[derive(Serialize)]
struct NotificationDoc<'a> {
    #[serde(flatten)]
    notification: &'a Notification,
    /// The page that opening marks it as read.
    page: &'a str,
}

impl<'a> From<&'a Notification> for NotificationDoc<'a> {
    fn from(notification: &'a Notification) -> Self {
        Self { notification, page: notification.news.page() }
    }
}

/// Stores a notification, unless the person was told of its cause before; whether they were not. When somebody tells them of it in
/// this moment, the transaction starts again and finds that.
pub(super) async fn insert_once(tx: &mut Tx, row: &Notification) -> Result<bool, AppError> {
    let mut fields = as_document(&NotificationDoc::from(row))?;
    fields.remove("to");
    fields.remove("cause");
    let same = doc! { "to": row.to, "cause": &row.news.cause };
    let rows = tx.collection::<Document>(NOTIFICATIONS);
    match rows.update_one(same, doc! { "$setOnInsert": fields }).upsert(true).session(tx.session()).await {
        Err(error) if is_duplicate(&error) => Err(AppError::Busy),
        stored => Ok(stored?.upserted_id.is_some()),
    }
}

/// Stores many notifications as they are.
pub(super) async fn insert_many(db: &Db, rows: &[Notification]) -> Result<(), AppError> {
    bulk::insert_many(db, NOTIFICATIONS, rows.iter().map(NotificationDoc::from).collect()).await
}

/// What somebody sees in the app, the newest first.
pub(super) async fn page(
    db: &Db,
    person: UserId,
    unread_only: bool,
    request: &PageRequest,
) -> Result<Page<Notification>, AppError> {
    let seen = if unread_only { unread(person) } else { shown(person) };
    keyset::find_page(&db.collection(NOTIFICATIONS), seen, Order::NEWEST, request).await
}

/// How many somebody has not read, counted up to one more than are told.
pub(super) async fn count_unread(db: &Db, person: UserId) -> Result<u64, AppError> {
    Ok(db.collection::<Document>(NOTIFICATIONS).count_documents(unread(person)).limit(TOTAL_CAP + 1).await?)
}

/// The same in the transaction that has just changed it.
pub(super) async fn count_unread_in(tx: &mut Tx, person: UserId) -> Result<u64, AppError> {
    let rows = tx.collection::<Document>(NOTIFICATIONS);
    Ok(rows.count_documents(unread(person)).limit(TOTAL_CAP + 1).session(tx.session()).await?)
}

/// Marks one as read; one that was read stays so since then.
pub(super) async fn mark_read(
    tx: &mut Tx,
    person: UserId,
    id: NotificationId,
    now: Time,
) -> Result<Notification, AppError> {
    let mut own = shown(person);
    own.insert("_id", id);
    let since = doc! { "$ifNull": ["$readAt", now] };
    let read = tx
        .collection::<Notification>(NOTIFICATIONS)
        .find_one_and_update(own, vec![doc! { "$set": { "readAt": since } }])
        .return_document(ReturnDocument::After)
        .session(tx.session())
        .await?;
    read.ok_or(AppError::NotFound)
}

/// Marks all that somebody has not read.
pub(super) async fn mark_all_read(tx: &mut Tx, person: UserId, now: Time) -> Result<(), AppError> {
    let rows = tx.collection::<Document>(NOTIFICATIONS);
    rows.update_many(unread(person), doc! { "$set": { "readAt": now } }).session(tx.session()).await?;
    Ok(())
}

/// Whether somebody has not read something that leads to one of these pages.
pub(super) async fn has_unread_at(db: &Db, person: UserId, pages: [&str; 2]) -> Result<bool, AppError> {
    let rows = db.collection::<Document>(NOTIFICATIONS);
    Ok(rows.find_one(unread_at(person, pages)).projection(doc! { "_id": 1 }).await?.is_some())
}

/// Marks what somebody has not read and what leads to one of these pages.
pub(super) async fn mark_read_at(tx: &mut Tx, person: UserId, pages: [&str; 2], now: Time) -> Result<(), AppError> {
    let rows = tx.collection::<Document>(NOTIFICATIONS);
    let read = doc! { "$set": { "readAt": now } };
    rows.update_many(unread_at(person, pages), read).session(tx.session()).await?;
    Ok(())
}

fn unread_at(person: UserId, pages: [&str; 2]) -> Document {
    let mut there = unread(person);
    there.insert("page", doc! { "$in": pages.to_vec() });
    there
}

fn shown(person: UserId) -> Document {
    doc! { "to": person, "inApp": true }
}

fn unread(person: UserId) -> Document {
    doc! { "to": person, "inApp": true, "readAt": Bson::Null }
}
