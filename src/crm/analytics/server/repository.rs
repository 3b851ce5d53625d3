//! Counting in the database. Every stage begins with a range of an index (`server/mongo/indexes.rs`), and what comes back is a
//! few rows, however many leads there are.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use serde::Deserialize;

use crate::{
    crm::{
        accounts::user::UserId,
        analytics::figures::{Histogram, Tally, asks},
        leads::{
            lead::{LeadId, LeadSource},
            status::LeadStatus,
        },
        trips::trip::{DepartureId, TripId},
    },
    server::mongo::Db,
    shared::{error::AppError, lifecycle::Lifecycle, money::Money, time::Time},
};

const LEADS: &str = "leads";
const TIMELINE: &str = "leadTimeline";
/// All zones of the world begin their days on a quarter of an hour.
pub(super) const QUARTER: i64 = 15 * 60 * 1000;
const DAY: i64 = 24 * 60 * 60 * 1000;
const MINUTE: i64 = 60 * 1000;
/// Counts are exact up to here.
pub(super) const COUNT_CAP: u64 = 10_000;

/// No follow-up lies after 1 January 2100; the key of a lead without one does.
const LATEST_PLAN: Time = Time::from_millis(4_102_444_800_000);

/// From a time up to, and without, another one.
pub(super) type Span = std::ops::Range<Time>;

/// Whose leads: an organizer's, or everybody's.
fn of(organizer: Option<UserId>) -> Document {
    organizer.map_or_else(Document::new, |organizer| doc! { "assignedTo": organizer })
}

fn created_in(organizer: Option<UserId>, span: &Span) -> Document {
    let mut filter = of(organizer);
    filter.insert("createdAt", doc! { "$gte": span.start, "$lt": span.end });
    filter
}

/// The sources in which somebody asks, and so waits for an answer.
fn asking() -> Vec<&'static str> {
    LeadSource::ALL.iter().filter(|source| asks(**source)).map(|source| source.as_str()).collect()
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
pub(super) async fn tally_by_quarter(
    db: &Db,
    organizer: Option<UserId>,
    span: &Span,
) -> Result<BTreeMap<i64, Tally>, AppError> {
    let one_if = |condition: Document| doc! { "$sum": { "$cond": [condition, 1_i64, 0_i64] } };
    let asked = doc! { "$in": ["$source", asking()] };
    let answered = doc! { "$and": [
        asked.clone(),
        { "$ne": [{ "$ifNull": ["$firstResponseAt", Bson::Null] }, Bson::Null] },
        { "$lte": [{ "$subtract": ["$firstResponseAt", "$createdAt"] }, DAY] },
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
pub(super) async fn response_minutes(db: &Db, organizer: Option<UserId>, span: &Span) -> Result<Histogram, AppError> {
    let mut filter = created_in(organizer, span);
    filter.insert("source", doc! { "$in": asking() });
    filter.insert("firstResponseAt", doc! { "$gt": Time::from_millis(0) });
    let minutes =
        doc! { "$toLong": { "$floor": { "$divide": [{ "$subtract": ["$firstResponseAt", "$createdAt"] }, MINUTE] } } };
    let group = doc! { "_id": minutes, "count": { "$sum": 1_i64 } };
    let stages = [doc! { "$match": filter }, doc! { "$group": group }];
    let mut rows = db.collection::<Document>(LEADS).aggregate(stages).await?.with_type::<CountRow>();
    let mut histogram = Histogram::default();
    while let Some(row) = rows.try_next().await? {
        histogram.add(u32::try_from(row.value).unwrap_or_default(), u64::try_from(row.count).unwrap_or_default());
    }
    Ok(histogram)
}

/// What bookings brought, by the quarter of an hour in which they were made: how many and how much.
pub(super) async fn won_by_quarter(
    db: &Db,
    organizer: Option<UserId>,
    span: &Span,
) -> Result<BTreeMap<i64, Money>, AppError> {
    let mut filter = of(organizer);
    filter.insert("conversion.at", doc! { "$gte": span.start, "$lt": span.end });
    let group = doc! { "_id": quarter_of("$conversion.at"), "count": { "$sum": "$conversion.amount.amount" } };
    let stages = [doc! { "$match": filter }, doc! { "$group": group }];
    let rows = db.collection::<Document>(LEADS).aggregate(stages).await?.with_type::<CountRow>();
    Ok(rows.map_ok(|row| (row.value, Money::paise(row.count))).try_collect().await?)
}

/// Whether anything came before a time.
pub(super) async fn has_earlier(db: &Db, organizer: Option<UserId>, before: Time) -> Result<bool, AppError> {
    let mut filter = of(organizer);
    filter.insert("createdAt", doc! { "$lt": before });
    let found = db.collection::<Document>(LEADS).find_one(filter).projection(doc! { "createdAt": 1 }).await?;
    Ok(found.is_some())
}

/// For how many people contacted and interested leads ask, by departure.
pub(super) async fn asked_seats(db: &Db, departures: &[DepartureId]) -> Result<BTreeMap<DepartureId, u32>, AppError> {
    let ids: Vec<Bson> = departures.iter().copied().map(Bson::from).collect();
    let open = [LeadStatus::Contacted.as_str(), LeadStatus::Interested.as_str()];
    let stages = [
        doc! { "$match": { "departureId": { "$in": ids }, "status": { "$in": open.to_vec() } } },
        doc! { "$group": { "_id": "$departureId", "seats": { "$sum": { "$ifNull": ["$partySize", 1_i64] } } } },
    ];
    let rows = db.collection::<Document>(LEADS).aggregate(stages).await?.with_type::<SeatRow>();
    Ok(rows.map_ok(|row| (row.departure, u32::try_from(row.seats).unwrap_or(u32::MAX))).try_collect().await?)
}

#[derive(Deserialize)]
struct SeatRow {
    #[serde(rename = "_id")]
    departure: DepartureId,
    seats: i64,
}

/// Which leads of a day are meant.
#[derive(Debug, Clone, Copy)]
pub(super) enum Those {
    /// Open ones whose follow-up lies after the first time, up to the second.
    FollowUp(Time, Time),
    /// New ones without a follow-up.
    Fresh,
    /// New ones that came before a time.
    NewSince(Time),
}

impl Those {
    fn filter(self, organizer: Option<UserId>) -> Document {
        let mut filter = of(organizer);
        let open: Vec<&str> = LeadStatus::OPEN.iter().map(|status| status.as_str()).collect();
        match self {
            Self::FollowUp(after, until) => {
                filter.insert("followUpKey", doc! { "$gt": after, "$lte": until });
                filter.insert("status", doc! { "$in": open });
            }
            Self::Fresh => {
                filter.insert("status", LeadStatus::New.as_str());
                filter.insert("followUpKey", doc! { "$gt": LATEST_PLAN });
            }
            Self::NewSince(before) => {
                filter.insert("status", LeadStatus::New.as_str());
                filter.insert("createdAt", doc! { "$lt": before });
            }
        }
        filter
    }

    fn order(self) -> Document {
        match self {
            Self::FollowUp(..) => doc! { "followUpKey": 1, "_id": 1 },
            Self::Fresh => doc! { "score": -1, "_id": -1 },
            Self::NewSince(_) => doc! { "createdAt": 1, "_id": 1 },
        }
    }
}

/// What the page of the day shows of a lead.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DayLead {
    #[serde(rename = "_id")]
    pub(super) id: LeadId,
    pub(super) assigned_to: UserId,
    pub(super) trip_id: TripId,
    pub(super) departure_id: Option<DepartureId>,
    pub(super) name: String,
    pub(super) has_phone: bool,
    pub(super) source: LeadSource,
    pub(super) score: u32,
    pub(super) visits: u32,
    pub(super) party_size: Option<u32>,
    pub(super) next_follow_up_at: Option<Time>,
    pub(super) created_at: Time,
    pub(super) arrived_with_access: bool,
}

/// How many there are, counted up to [`COUNT_CAP`].
pub(super) async fn count(db: &Db, organizer: Option<UserId>, those: Those) -> Result<u32, AppError> {
    let count = db.collection::<Document>(LEADS).count_documents(those.filter(organizer)).limit(COUNT_CAP).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The first of them.
pub(super) async fn first(
    db: &Db,
    organizer: Option<UserId>,
    those: Those,
    limit: i64,
) -> Result<Vec<DayLead>, AppError> {
    if limit <= 0 {
        return Ok(Vec::new());
    }
    let fields = doc! {
        "assignedTo": 1, "tripId": 1, "departureId": 1, "name": 1, "source": 1, "score": 1, "visits": 1, "partySize": 1,
        "nextFollowUpAt": 1, "createdAt": 1, "arrivedWithAccess": 1,
        "hasPhone": { "$ne": [{ "$ifNull": ["$phone", Bson::Null] }, Bson::Null] },
    };
    let leads = db.collection::<DayLead>(LEADS);
    let rows = leads.find(those.filter(organizer)).sort(those.order()).limit(limit).projection(fields).await?;
    Ok(rows.try_collect().await?)
}

#[derive(Deserialize)]
struct WordsRow {
    #[serde(rename = "_id")]
    lead: LeadId,
    text: String,
}

/// What the travellers of these leads wrote last.
pub(super) async fn last_words(db: &Db, leads: &[LeadId]) -> Result<BTreeMap<LeadId, String>, AppError> {
    let ids: Vec<Bson> = leads.iter().copied().map(Bson::from).collect();
    let stages = [
        doc! { "$match": { "leadId": { "$in": ids }, "what.is": "interaction", "by.side": "traveller" } },
        doc! { "$sort": { "leadId": 1, "at": -1 } },
        doc! { "$group": { "_id": "$leadId", "text": { "$first": "$what.text" } } },
    ];
    let rows = db.collection::<Document>(TIMELINE).aggregate(stages).await?.with_type::<WordsRow>();
    Ok(rows.map_ok(|row| (row.lead, row.text)).try_collect().await?)
}
