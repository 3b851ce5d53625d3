//! Where notifications are stored: one row for each person and cause.

use mongodb::bson::{Document, doc};

use crate::{
    crm::notifications::notification::Notification,
    server::mongo::{Tx, as_document},
    shared::error::AppError,
};

const NOTIFICATIONS: &str = "notifications";

/// Stores a notification, unless the person was told of its cause before.
pub(super) async fn insert_once(tx: &mut Tx, row: &Notification) -> Result<(), AppError> {
    let mut fields = as_document(row)?;
    fields.remove("to");
    fields.remove("cause");
    let same = doc! { "to": row.to, "cause": &row.news.cause };
    let rows = tx.collection::<Document>(NOTIFICATIONS);
    rows.update_one(same, doc! { "$setOnInsert": fields }).upsert(true).session(tx.session()).await?;
    Ok(())
}
