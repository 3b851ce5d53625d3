//! How many leads there are and what they are worth, by organizer, trip and status: kept in the same transaction as each write,
//! so that a board costs the same at a million leads. What filters choose beyond that is counted one by one, up to a limit.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Document, doc},
};
use serde::Deserialize;

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{lead::Lead, status::LeadStatus},
        trips::trip::TripId,
    },
    server::mongo::{Db, Tx, is_duplicate},
    shared::{error::AppError, lifecycle::Lifecycle, money::Money},
};

const TOTALS: &str = "leadTotals";

/// How many, and what they are worth together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) struct Sum {
    /// How many.
    pub(in super::super) count: u64,
    /// What they are worth.
    pub(in super::super) value: Money,
}

#[derive(Deserialize)]
struct SumRow {
    count: i64,
    value: i64,
}

#[derive(Deserialize)]
struct StatusRow {
    #[serde(rename = "_id")]
    status: LeadStatus,
    #[serde(flatten)]
    sum: SumRow,
}

impl From<SumRow> for Sum {
    fn from(row: SumRow) -> Self {
        Self { count: u64::try_from(row.count).unwrap_or_default(), value: Money::paise(row.value) }
    }
}

/// Counts a new lead.
pub(super) async fn add(tx: &mut Tx, lead: &Lead) -> Result<(), AppError> {
    change(tx, lead, 1, lead.estimated_value.amount).await
}

/// Counts a changed lead where it stands now.
pub(super) async fn shift(tx: &mut Tx, before: &Lead, after: &Lead) -> Result<(), AppError> {
    let (from, to) = (before.estimated_value.amount, after.estimated_value.amount);
    if before.status == after.status {
        return if from == to { Ok(()) } else { change(tx, after, 0, to - from).await };
    }
    change(tx, before, -1, -from).await?;
    change(tx, after, 1, to).await
}

async fn change(tx: &mut Tx, lead: &Lead, count: i64, value: i64) -> Result<(), AppError> {
    let row = doc! { "assignedTo": lead.assigned_to, "tripId": lead.trip_id, "status": lead.status.as_str() };
    let more = doc! { "$inc": { "count": count, "value": value } };
    match tx.collection::<Document>(TOTALS).update_one(row, more).upsert(true).session(tx.session()).await {
        // Somebody made the row in this moment: the transaction starts again and finds it.
        Err(error) if is_duplicate(&error) => Err(AppError::Busy),
        outcome => Ok(outcome.map(drop)?),
    }
}

/// The totals of an organizer (`None`: of all) and of a trip (`None`: of all), by status.
pub(in super::super) async fn sum_by_status(
    db: &Db,
    organizer: Option<UserId>,
    trip: Option<TripId>,
) -> Result<BTreeMap<LeadStatus, Sum>, AppError> {
    let mut rows = Document::new();
    if let Some(organizer) = organizer {
        rows.insert("assignedTo", organizer);
    }
    if let Some(trip) = trip {
        rows.insert("tripId", trip);
    }
    let group = doc! { "_id": "$status", "count": { "$sum": "$count" }, "value": { "$sum": "$value" } };
    let sums = db.collection::<Document>(TOTALS).aggregate([doc! { "$match": rows }, doc! { "$group": group }]).await?;
    Ok(sums.with_type::<StatusRow>().map_ok(|row| (row.status, row.sum.into())).try_collect().await?)
}

/// Counts all leads anew.
pub(in super::super) async fn rebuild_totals(db: &Db) -> Result<(), AppError> {
    let key = doc! { "assignedTo": "$assignedTo", "tripId": "$tripId", "status": "$status" };
    let group = doc! { "_id": key, "count": { "$sum": 1_i64 }, "value": { "$sum": "$estimatedValue.amount" } };
    let row = doc! { "$mergeObjects": ["$_id", { "count": "$count", "value": "$value" }] };
    let stages = [doc! { "$group": group }, doc! { "$replaceRoot": { "newRoot": row } }, doc! { "$out": TOTALS }];
    db.collection::<Document>("leads").aggregate(stages).await?;
    Ok(())
}

/// The sum of the leads that match, up to `limit` of them.
pub(super) async fn sum_matching(leads: &Collection<Document>, query: Document, limit: u64) -> Result<Sum, AppError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let group = doc! { "_id": null, "count": { "$sum": 1_i64 }, "value": { "$sum": "$estimatedValue.amount" } };
    let stages = [doc! { "$match": query }, doc! { "$limit": limit }, doc! { "$group": group }];
    let mut sums = leads.aggregate(stages).await?.with_type::<SumRow>();
    Ok(sums.try_next().await?.map(Sum::from).unwrap_or_default())
}
