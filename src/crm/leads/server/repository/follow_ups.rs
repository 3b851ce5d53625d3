//! Follow-ups whose time has come and of which nobody was told.

use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::LEADS;
use crate::{
    crm::leads::lead::{Lead, LeadId},
    server::mongo::{Db, Tx},
    shared::{error::AppError, time::Time},
};

/// The leads whose follow-up is due longest, so many at most.
pub(in super::super) async fn find_untold(db: &Db, now: Time, limit: i64) -> Result<Vec<Lead>, AppError> {
    let oldest = doc! { "untoldFollowUp": 1 };
    Ok(db.collection::<Lead>(LEADS).find(due(now)).sort(oldest).limit(limit).await?.try_collect().await?)
}

/// The lead of which somebody is told now, unless that has happened or its follow-up was moved on. It stays at its version: nothing
/// that anybody edits has changed.
pub(in super::super) async fn take_untold(tx: &mut Tx, id: LeadId, now: Time) -> Result<Option<Lead>, AppError> {
    let mut same = due(now);
    same.insert("_id", id);
    let told = doc! { "$unset": { "untoldFollowUp": "" } };
    Ok(tx.collection::<Lead>(LEADS).find_one_and_update(same, told).session(tx.session()).await?)
}

fn due(now: Time) -> Document {
    doc! { "untoldFollowUp": { "$lte": now } }
}
