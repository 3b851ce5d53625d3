//! Figures about leads that pages of trips show: how many are open for each trip, and how fast an organizer answers.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::bson::{Bson, Document, doc};
use serde::Deserialize;

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{lead::LeadSource, status::LeadStatus},
        trips::trip::TripId,
    },
    server::mongo::Db,
    shared::{error::AppError, lifecycle::Lifecycle, time::Time},
};

#[derive(Deserialize)]
struct TripRow {
    #[serde(rename = "_id")]
    trip: TripId,
    count: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnswerRow {
    created_at: Time,
    asked_at: Option<Time>,
    first_response_at: Option<Time>,
}

/// How many leads of these trips are open; trips without one are left out.
pub(in super::super) async fn count_open(db: &Db, trips: &[TripId]) -> Result<BTreeMap<TripId, u64>, AppError> {
    let trips: Vec<Bson> = trips.iter().copied().map(Bson::from).collect();
    let open: Vec<&str> = LeadStatus::OPEN.iter().map(|status| status.as_str()).collect();
    let rows = doc! { "tripId": { "$in": trips }, "status": { "$in": open } };
    let group = doc! { "_id": "$tripId", "count": { "$sum": "$count" } };
    let sums =
        db.collection::<Document>("leadTotals").aggregate([doc! { "$match": rows }, doc! { "$group": group }]).await?;
    let count = |row: TripRow| (row.trip, u64::try_from(row.count).unwrap_or_default());
    Ok(sums.with_type::<TripRow>().map_ok(count).try_collect().await?)
}

/// How long the enquiries among an organizer's newest `limit` leads waited for a first answer, as far as they have one.
pub(in super::super) async fn response_times(
    db: &Db,
    organizer: UserId,
    limit: i64,
) -> Result<Vec<SignedDuration>, AppError> {
    let asked: Vec<&str> =
        LeadSource::ALL.iter().filter(|source| source.asks()).map(|source| source.as_str()).collect();
    let query = doc! { "assignedTo": organizer, "source": { "$in": asked } };
    let fields = doc! { "createdAt": 1, "askedAt": 1, "firstResponseAt": 1 };
    let newest = doc! { "createdAt": -1, "_id": -1 };
    let rows = db.collection::<AnswerRow>("leads").find(query).sort(newest).limit(limit).projection(fields).await?;
    let rows: Vec<AnswerRow> = rows.try_collect().await?;
    let wait = |row: &AnswerRow| Some(row.first_response_at?.since(row.asked_at.unwrap_or(row.created_at)));
    Ok(rows.iter().filter_map(wait).collect())
}
