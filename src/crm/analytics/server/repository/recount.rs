//! Figures counted from the leads themselves, by quarters of an hour: for viewers whose days are not those of India, and to check
//! the totals that are kept.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::bson::{Bson, Document, doc};
use serde::Deserialize;

use super::{LEADS, of};
use crate::{
    crm::{
        accounts::user::UserId,
        analytics::figures::{Histogram, Tally, counted_minutes},
        leads::{lead::LeadSource, status::LeadStatus},
    },
    server::mongo::Db,
    shared::{error::AppError, lifecycle::Lifecycle, money::Money, time::Time},
};

/// All zones of the world begin their days on a quarter of an hour.
pub(in super::super) const QUARTER: i64 = 15 * 60 * 1000;
const DAY: i64 = 24 * 60 * 60 * 1000;
const MINUTE: i64 = 60 * 1000;

/// From a time up to, and without, another one.
pub(in super::super) type Span = std::ops::Range<Time>;

fn created_in(organizer: Option<UserId>, span: &Span) -> Document {
    let mut filter = of(organizer);
    filter.insert("createdAt", doc! { "$gte": span.start, "$lt": span.end });
    filter
}

/// The sources in which somebody asks, and so waits for an answer.
fn asking() -> Vec<&'static str> {
    LeadSource::ALL.iter().filter(|source| source.asks()).map(|source| source.as_str()).collect()
}

/// How long who asked waited for their first answer (`Lead::asked_since`).
fn wait() -> Document {
    doc! { "$subtract": ["$firstResponseAt", { "$ifNull": ["$askedAt", "$createdAt"] }] }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TallyRow {
    #[serde(rename = "_id")]
    quarter: i64,
    created: i64,
    converted: i64,
    asked: i64,
    answered: i64,
}

/// Leads of a span, by the quarter of an hour in which they came (counted from 1970).
pub(in super::super) async fn tally_by_quarter(
    db: &Db,
    organizer: Option<UserId>,
    span: &Span,
) -> Result<BTreeMap<i64, Tally>, AppError> {
    let one_if = |condition: Document| doc! { "$sum": { "$cond": [condition, 1_i64, 0_i64] } };
    let asked = doc! { "$in": ["$source", asking()] };
    let answered = doc! { "$and": [
        asked.clone(),
        { "$ne": [{ "$ifNull": ["$firstResponseAt", Bson::Null] }, Bson::Null] },
        { "$lte": [wait(), DAY] },
    ] };
    let group = doc! {
        "_id": quarter_of("$createdAt"),
        "created": { "$sum": 1_i64 },
        "converted": one_if(doc! { "$eq": ["$status", LeadStatus::Converted.as_str()] }),
        "asked": one_if(asked),
        "answered": one_if(answered),
    };
    let stages = [doc! { "$match": created_in(organizer, span) }, doc! { "$group": group }];
    let rows = db.collection::<Document>(LEADS).aggregate(stages).await?.with_type::<TallyRow>();
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let tallies = rows.map_ok(|row| {
        let tally = Tally {
            created: count(row.created),
            converted: count(row.converted),
            asked: count(row.asked),
            answered_in_a_day: count(row.answered),
        };
        (row.quarter, tally)
    });
    Ok(tallies.try_collect().await?)
}

/// The quarter of an hour of a field, as a whole number.
fn quarter_of(field: &str) -> Document {
    doc! { "$toLong": { "$floor": { "$divide": [{ "$toLong": field }, QUARTER] } } }
}

#[derive(Deserialize)]
struct CountRow {
    #[serde(rename = "_id")]
    value: i64,
    count: i64,
}

/// How many whole minutes the enquiries of a span waited for their first answer; those without one are left out.
pub(in super::super) async fn response_minutes(
    db: &Db,
    organizer: Option<UserId>,
    span: &Span,
) -> Result<Histogram, AppError> {
    let mut filter = created_in(organizer, span);
    filter.insert("source", doc! { "$in": asking() });
    filter.insert("firstResponseAt", doc! { "$gt": Time::from_millis(0) });
    let minutes = doc! { "$toLong": { "$floor": { "$divide": [wait(), MINUTE] } } };
    let group = doc! { "_id": minutes, "count": { "$sum": 1_i64 } };
    let stages = [doc! { "$match": filter }, doc! { "$group": group }];
    let mut rows = db.collection::<Document>(LEADS).aggregate(stages).await?.with_type::<CountRow>();
    let mut histogram = Histogram::default();
    while let Some(row) = rows.try_next().await? {
        let wait = SignedDuration::from_mins(row.value);
        histogram.add(counted_minutes(wait), u64::try_from(row.count).unwrap_or_default());
    }
    Ok(histogram)
}

/// What bookings brought, by the quarter of an hour in which they were made: how many and how much.
pub(in super::super) async fn won_by_quarter(
    db: &Db,
    organizer: Option<UserId>,
    span: &Span,
) -> Result<BTreeMap<i64, Money>, AppError> {
    let mut filter = of(organizer);
    filter.insert("status", LeadStatus::Converted.as_str());
    filter.insert("conversion.at", doc! { "$gte": span.start, "$lt": span.end });
    let group = doc! { "_id": quarter_of("$conversion.at"), "count": { "$sum": "$conversion.amount.amount" } };
    let stages = [doc! { "$match": filter }, doc! { "$group": group }];
    let rows = db.collection::<Document>(LEADS).aggregate(stages).await?.with_type::<CountRow>();
    Ok(rows.map_ok(|row| (row.value, Money::paise(row.count))).try_collect().await?)
}

/// Whether any lead came before a time.
pub(in super::super) async fn has_earlier_lead(
    db: &Db,
    organizer: Option<UserId>,
    before: Time,
) -> Result<bool, AppError> {
    let mut filter = of(organizer);
    filter.insert("createdAt", doc! { "$lt": before });
    let found = db.collection::<Document>(LEADS).find_one(filter).projection(doc! { "createdAt": 1 }).await?;
    Ok(found.is_some())
}
