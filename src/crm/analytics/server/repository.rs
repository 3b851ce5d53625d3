//! Counting in the database. Every stage begins with a range of an index (`server/mongo/indexes.rs`), and what comes back is a
//! few rows, however many leads there are. Figures of days are in `days.rs`.

mod days;
mod recount;

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use serde::Deserialize;

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            lead::{LeadId, LeadSource},
            status::LeadStatus,
        },
        trips::trip::{DepartureId, TripId},
    },
    server::mongo::Db,
    shared::{error::AppError, lifecycle::Lifecycle, page::TOTAL_CAP, time::Time},
};

pub(super) use days::{Day, days, has_earlier};
pub(super) use recount::{QUARTER, Span, has_earlier_lead, response_minutes, tally_by_quarter, won_by_quarter};

const LEADS: &str = "leads";
const TIMELINE: &str = "leadTimeline";
/// No follow-up lies after 1 January 2100; the key of a lead without one does.
const LATEST_PLAN: Time = Time::from_millis(4_102_444_800_000);

/// Whose leads: an organizer's, or everybody's.
fn of(organizer: Option<UserId>) -> Document {
    organizer.map_or_else(Document::new, |organizer| doc! { "assignedTo": organizer })
}

/// For how many people contacted and interested leads ask, by departure.
pub(super) async fn asked_seats(db: &Db, departures: &[DepartureId]) -> Result<BTreeMap<DepartureId, u32>, AppError> {
    let ids: Vec<Bson> = departures.iter().copied().map(Bson::from).collect();
    let rows = db.collection::<SeatRow>("leadDepartures").find(doc! { "_id": { "$in": ids } }).await?;
    Ok(rows.map_ok(|row| (row.departure, u32::try_from(row.asked).unwrap_or_default())).try_collect().await?)
}

#[derive(Deserialize)]
struct SeatRow {
    #[serde(rename = "_id")]
    departure: DepartureId,
    asked: i64,
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

/// How many there are, counted up to one more than is told.
pub(super) async fn count(db: &Db, organizer: Option<UserId>, those: Those) -> Result<u32, AppError> {
    let count = db.collection::<Document>(LEADS).count_documents(those.filter(organizer)).limit(TOTAL_CAP + 1).await?;
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
        doc! { "$sort": { "leadId": -1, "at": -1 } },
        doc! { "$group": { "_id": "$leadId", "text": { "$first": "$what.text" } } },
    ];
    let rows = db.collection::<Document>(TIMELINE).aggregate(stages).await?.with_type::<WordsRow>();
    Ok(rows.map_ok(|row| (row.lead, row.text)).try_collect().await?)
}
