//! Where totals are kept: of the pipeline in `leadTotals`, of days in `leadDays`, of departures in `leadDepartures`, changed in the same transaction as each lead, so
//! that a board and a dashboard cost the same at a million leads. What filters choose beyond that is counted one by one, up to a
//! limit.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Bson, Document, doc},
    options::Hint,
};
use serde::Deserialize;

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            lead::Lead,
            server::totals::{Fields, Total, Totals},
            status::LeadStatus,
        },
        trips::trip::{DepartureId, TripId},
    },
    server::mongo::{Db, Tx, bulk, is_duplicate},
    shared::{error::AppError, lifecycle::Lifecycle, money::Money, time::Date},
};

use super::LEADS;

const PIPELINE: &str = "leadTotals";
const DAYS: &str = "leadDays";
const DEPARTURES: &str = "leadDepartures";

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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PipelineRow {
    assigned_to: UserId,
    trip_id: TripId,
    status: LeadStatus,
    #[serde(flatten)]
    sum: SumRow,
}

#[derive(Deserialize)]
struct DepartureRow {
    #[serde(rename = "_id")]
    departure: DepartureId,
    asked: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DayRow {
    #[serde(rename = "_id")]
    _id: Bson,
    assigned_to: UserId,
    day: Date,
    #[serde(default)]
    waits: BTreeMap<String, i64>,
    #[serde(flatten)]
    counts: BTreeMap<String, i64>,
}

impl From<SumRow> for Sum {
    fn from(row: SumRow) -> Self {
        Self { count: u64::try_from(row.count).unwrap_or_default(), value: Money::paise(row.value) }
    }
}

/// The collection of a total, and what tells it from the others there.
fn place_of(total: &Total) -> (&'static str, Document) {
    match total {
        Total::Pipeline(organizer, trip, status) => {
            (PIPELINE, doc! { "assignedTo": *organizer, "tripId": *trip, "status": status.as_str() })
        }
        Total::Departure(departure) => (DEPARTURES, doc! { "_id": *departure }),
        Total::Day(organizer, day) => (DAYS, doc! { "assignedTo": *organizer, "day": day.to_string() }),
    }
}

/// Adds the difference that a write makes.
pub(super) async fn apply(tx: &mut Tx, difference: &Totals) -> Result<(), AppError> {
    for (total, fields) in difference.iter() {
        let (collection, row) = place_of(total);
        let more: Document = fields.iter().map(|(field, count)| (field.to_string(), Bson::Int64(*count))).collect();
        let more = doc! { "$inc": more };
        match tx.collection::<Document>(collection).update_one(row, more).upsert(true).session(tx.session()).await {
            // Somebody made the row in this moment: the transaction starts again and finds it.
            Err(error) if is_duplicate(&error) => return Err(AppError::Busy),
            outcome => outcome.map(drop)?,
        }
    }
    Ok(())
}

/// Keeps these totals in place of all that are kept. Nothing else may be written meanwhile.
pub(in super::super) async fn replace_totals(db: &Db, totals: &Totals) -> Result<(), AppError> {
    for collection in [PIPELINE, DAYS, DEPARTURES] {
        let of_it = totals.iter().map(|(total, fields)| (place_of(total), fields));
        let rows = of_it.filter(|((name, _), _)| *name == collection).map(|((_, row), fields)| whole(row, fields));
        db.collection::<Document>(collection).delete_many(doc! {}).await?;
        bulk::insert_many(db, collection, rows.collect()).await?;
    }
    Ok(())
}

/// A row with its fields; a path such as `waits.5` leads into a document.
fn whole(mut row: Document, fields: &Fields) -> Document {
    let mut waits = Document::new();
    for (field, count) in fields {
        match field.split_once('.') {
            Some((_, minutes)) => waits.insert(minutes, *count),
            None => row.insert(field.to_string(), *count),
        };
    }
    if !waits.is_empty() {
        row.insert("waits", waits);
    }
    row
}

/// What the leads add up to, read one by one.
pub(in super::super) async fn recount(db: &Db) -> Result<Totals, AppError> {
    let mut leads = db.collection::<Lead>(LEADS).find(doc! {}).batch_size(1_000).await?;
    let mut totals = Totals::default();
    while let Some(lead) = leads.try_next().await? {
        totals.add(&lead);
    }
    Ok(totals)
}

/// The totals as they are kept; a field that is nothing is left out, and a row of nothing too.
pub(in super::super) async fn kept_totals(db: &Db) -> Result<Totals, AppError> {
    let mut totals = Totals::default();
    let mut rows = db.collection::<PipelineRow>(PIPELINE).find(doc! {}).await?;
    while let Some(PipelineRow { assigned_to, trip_id, status, sum }) = rows.try_next().await? {
        let total = Total::Pipeline(assigned_to, trip_id, status);
        totals.add_to(total, "count", sum.count);
        totals.add_to(total, "value", sum.value);
    }
    let mut rows = db.collection::<DayRow>(DAYS).find(doc! {}).await?;
    while let Some(DayRow { assigned_to, day, waits, counts, .. }) = rows.try_next().await? {
        let total = Total::Day(assigned_to, day);
        counts.into_iter().for_each(|(field, count)| totals.add_to(total, field, count));
        waits.into_iter().for_each(|(minutes, count)| totals.add_to(total, format!("waits.{minutes}"), count));
    }
    let mut rows = db.collection::<DepartureRow>(DEPARTURES).find(doc! {}).await?;
    while let Some(DepartureRow { departure, asked }) = rows.try_next().await? {
        totals.add_to(Total::Departure(departure), "asked", asked);
    }
    Ok(totals)
}

/// The totals of an organizer (`None`: of all) and of a trip (`None`: of all), by status.
pub(in super::super) async fn sum_by_status(
    db: &Db,
    organizer: Option<UserId>,
    trip: Option<TripId>,
) -> Result<BTreeMap<LeadStatus, Sum>, AppError> {
    // Every status: so that the totals of all organizers are read from an index too.
    let every: Vec<&str> = LeadStatus::ALL.iter().map(|status| status.as_str()).collect();
    let mut rows = doc! { "status": { "$in": every } };
    if let Some(organizer) = organizer {
        rows.insert("assignedTo", organizer);
    }
    if let Some(trip) = trip {
        rows.insert("tripId", trip);
    }
    let group = doc! { "_id": "$status", "count": { "$sum": "$count" }, "value": { "$sum": "$value" } };
    let sums =
        db.collection::<Document>(PIPELINE).aggregate([doc! { "$match": rows }, doc! { "$group": group }]).await?;
    Ok(sums.with_type::<StatusRow>().map_ok(|row| (row.status, row.sum.into())).try_collect().await?)
}

/// The sum of the leads that match, up to `limit` of them, found by that index.
pub(super) async fn sum_matching(
    leads: &Collection<Document>,
    query: Document,
    index: Option<Document>,
    limit: u64,
) -> Result<Sum, AppError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let group = doc! { "_id": null, "count": { "$sum": 1_i64 }, "value": { "$sum": "$estimatedValue.amount" } };
    let sums = leads.aggregate([doc! { "$match": query }, doc! { "$limit": limit }, doc! { "$group": group }]);
    let mut sums = match index {
        Some(index) => sums.hint(Hint::Keys(index)).await?,
        None => sums.await?,
    }
    .with_type::<SumRow>();
    Ok(sums.try_next().await?.map(Sum::from).unwrap_or_default())
}
