//! What a plain form post leaves for the page view after it: kept for minutes, taken once.

use mongodb::bson::doc;
use serde::{Deserialize, Serialize};

use crate::{
    server::mongo::Db,
    shared::{error::AppError, time::Time},
    ui::form::Flash,
};

const COLLECTION: &str = "flashes";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(rename = "_id")]
    ticket: String,
    flash: Flash,
    expires_at: Time,
}

/// Keeps a flash under a ticket that nobody can guess.
///
/// # Errors
/// When the database is away.
pub async fn keep(db: &Db, ticket: &str, flash: Flash, expires_at: Time) -> Result<(), AppError> {
    let row = Row { ticket: ticket.to_owned(), flash, expires_at };
    db.collection::<Row>(COLLECTION).insert_one(row).await?;
    Ok(())
}

/// Takes the flash of a ticket; the next one who asks gets nothing.
///
/// # Errors
/// When the database is away.
pub async fn take(db: &Db, ticket: &str, now: Time) -> Result<Option<Flash>, AppError> {
    let fresh = doc! { "_id": ticket, "expiresAt": { "$gt": now } };
    let row = db.collection::<Row>(COLLECTION).find_one_and_delete(fresh).await?;
    Ok(row.map(|row| row.flash))
}
