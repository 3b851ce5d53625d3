//! How leads are stored: a document each, with the words it is found by and the key of its follow-up beside it. Timeline,
//! totals and saved views have collections of their own, in the modules below.

mod figures;
mod follow_ups;
mod query;
mod storing;
mod timeline;
mod totals;
mod views;

use std::collections::BTreeSet;

use futures_util::{Stream, TryStreamExt};
use mongodb::{
    bson::{Bson, Document, doc},
    options::Hint,
};
use serde::{Deserialize, Serialize};

pub(super) use figures::{count_open, response_times};
pub(super) use follow_ups::{find_untold, take_untold};
pub(super) use query::{Among, SearchIn};
pub(super) use storing::{build_indexes, drop_indexes, insert_histories};
pub(super) use timeline::{Entry, append_interaction, append_status_change, has_said, timeline};
pub(super) use totals::{Sum, kept_totals, recount, replace_totals, sum_by_status};
pub(super) use views::{delete_view, insert_view, replace_view, views};

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            bulk::Selection,
            due,
            filter::{LeadFilter, LeadSort, LeadSortKey},
            lead::{Lead, LeadId, LeadSource},
            server::totals::Totals,
            status::LeadStatus,
        },
        trips::trip::TripId,
    },
    server::mongo::{
        Db, Tx, is_duplicate,
        keyset::{self, Key, Order, Reach},
        search,
    },
    shared::{
        contact::{Email, Phone},
        error::AppError,
        lifecycle::Lifecycle,
        page::{Page, PageRequest},
        time::Time,
    },
};

const LEADS: &str = "leads";
/// The key of a lead without a follow-up, or that never gets stale: it sorts after all others (31 December 9999).
const NEVER: Time = Time::from_millis(253_402_214_400_000);
/// So many of the leads that a search finds are put in order; who finds more has to type more.
const REACH: u64 = 1_000;
/// Leads of one traveller: by when they asked, the newest first.
const NEWEST: Order = Order { field: "createdAt", key: Key::Time, descending: true };

/// A lead with the keys that only the database needs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeadDoc<'a> {
    #[serde(flatten)]
    lead: &'a Lead,
    follow_up_key: Time,
    /// The follow-up while nobody was told that its time has come. Whoever writes the lead sets it anew: who was told is not told
    /// twice of one time.
    #[serde(skip_serializing_if = "Option::is_none")]
    untold_follow_up: Option<Time>,
    stale_key: Time,
    name_words: Vec<String>,
    words: Vec<String>,
}

impl<'a> From<&'a Lead> for LeadDoc<'a> {
    fn from(lead: &'a Lead) -> Self {
        let phone = lead.phone.as_ref().map(Phone::digits);
        // Indian numbers are also looked for without the country's code.
        let national = phone.and_then(|digits| digits.strip_prefix("91"));
        let texts = [lead.name.as_str(), lead.email.as_str()];
        Self {
            follow_up_key: lead.next_follow_up_at.unwrap_or(NEVER),
            untold_follow_up: lead.next_follow_up_at.filter(|_| lead.status.is_open()),
            stale_key: due::stale_from(lead.status, lead.last_activity_at, lead.next_follow_up_at).unwrap_or(NEVER),
            name_words: search::words([lead.name.as_str()]),
            words: search::words(texts.into_iter().chain(phone).chain(national)),
            lead,
        }
    }
}

/// The lead of an id.
pub(super) async fn find(db: &Db, id: LeadId) -> Result<Option<Lead>, AppError> {
    Ok(db.collection::<Lead>(LEADS).find_one(doc! { "_id": id }).await?)
}

/// The lead of an id, read in a transaction.
pub(super) async fn require_in(tx: &mut Tx, id: LeadId) -> Result<Lead, AppError> {
    let lead = tx.collection::<Lead>(LEADS).find_one(doc! { "_id": id }).session(tx.session()).await?;
    lead.ok_or(AppError::NotFound)
}

/// The leads of some ids, read in a transaction.
pub(super) async fn find_in(tx: &mut Tx, ids: &[LeadId]) -> Result<Vec<Lead>, AppError> {
    let ids: Vec<Bson> = ids.iter().copied().map(Bson::from).collect();
    let mut cursor = tx.collection::<Lead>(LEADS).find(doc! { "_id": { "$in": ids } }).session(tx.session()).await?;
    Ok(cursor.stream(tx.session()).try_collect().await?)
}

/// The lead of an address about a trip, read in a transaction.
pub(super) async fn find_by_email_in(tx: &mut Tx, trip: TripId, email: &Email) -> Result<Option<Lead>, AppError> {
    let same = doc! { "tripId": trip, "email": email.as_str() };
    Ok(tx.collection::<Lead>(LEADS).find_one(same).session(tx.session()).await?)
}

/// Whether an address has asked about a trip.
pub(super) async fn exists(db: &Db, trip: TripId, email: &Email) -> Result<bool, AppError> {
    let same = doc! { "tripId": trip, "email": email.as_str() };
    let found = db.collection::<Document>(LEADS).find_one(same).projection(doc! { "_id": 1 }).await?;
    Ok(found.is_some())
}

/// Whether a trip has a lead of a traveller's account.
pub(super) async fn is_of_user(db: &Db, user: UserId, trip: TripId) -> Result<bool, AppError> {
    let own = doc! { "userId": user, "tripId": trip };
    Ok(db.collection::<Document>(LEADS).find_one(own).projection(doc! { "_id": 1 }).await?.is_some())
}

/// How many of these addresses have asked about a trip.
pub(super) async fn count_known(db: &Db, trip: TripId, emails: &BTreeSet<&Email>) -> Result<usize, AppError> {
    let emails: Vec<&str> = emails.iter().map(|email| email.as_str()).collect();
    let known =
        db.collection::<Document>(LEADS).count_documents(doc! { "tripId": trip, "email": { "$in": emails } }).await?;
    Ok(usize::try_from(known).unwrap_or(usize::MAX))
}

/// Stores a new lead and counts it. When the address has just asked about the trip, the transaction starts again and finds
/// that lead.
pub(super) async fn insert(tx: &mut Tx, lead: &Lead) -> Result<(), AppError> {
    let leads = tx.collection::<LeadDoc<'_>>(LEADS);
    match leads.insert_one(LeadDoc::from(lead)).session(tx.session()).await {
        Err(error) if is_duplicate(&error) => Err(AppError::Busy),
        outcome => {
            outcome?;
            totals::apply(tx, &Totals::between(None, Some(lead))).await
        }
    }
}

/// Stores a changed lead if it is still at the version before, and counts it anew. A transaction that has read it before somebody
/// else wrote it collides, whether or not that raised the version.
pub(super) async fn replace(tx: &mut Tx, before: &Lead, after: &Lead) -> Result<(), AppError> {
    let same = doc! { "_id": before.id, "version": before.version };
    let leads = tx.collection::<LeadDoc<'_>>(LEADS);
    let replaced = leads.replace_one(same, LeadDoc::from(after)).session(tx.session()).await?;
    if replaced.matched_count == 0 {
        return Err(AppError::stale());
    }
    totals::apply(tx, &Totals::between(Some(before), Some(after))).await
}

/// The first leads that match, and where to go on. A search orders the first [`REACH`] that it finds.
pub(super) async fn slice(
    db: &Db,
    filter: &LeadFilter,
    among: &Among,
    sort: LeadSort,
    request: &PageRequest,
) -> Result<(Vec<Lead>, Option<String>), AppError> {
    let (leads, matching) = (db.collection(LEADS), query::document(filter, among));
    match (&filter.q, query::counting_index(filter, among)) {
        (Some(_), Some(index)) => {
            keyset::find_slice_among(&leads, matching, order(sort), request, Reach { index, limit: REACH }).await
        }
        _ => keyset::find_slice(&leads, matching, order(sort), request).await,
    }
}

/// The enquiries of a traveller, the newest first: without leads that they became by looking at a trip, until they write or book.
pub(super) async fn page_of_user(db: &Db, user: UserId, request: &PageRequest) -> Result<Page<Lead>, AppError> {
    let enquired: [Bson; 3] = [
        doc! { "source": { "$ne": LeadSource::TripView.as_str() } }.into(),
        doc! { "messages": { "$gt": 0 } }.into(),
        doc! { "status": LeadStatus::Converted.as_str() }.into(),
    ];
    let own = doc! { "userId": user, "$or": enquired.to_vec() };
    keyset::find_page(&db.collection(LEADS), own, NEWEST, request).await
}

/// The ids of the leads that match, `limit` at most.
pub(super) async fn find_ids(
    db: &Db,
    filter: &LeadFilter,
    among: &Among,
    limit: usize,
) -> Result<Vec<LeadId>, AppError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = db
        .collection::<IdRow>(LEADS)
        .find(query::document(filter, among))
        .projection(doc! { "_id": 1 })
        .limit(limit)
        .await?;
    Ok(rows.map_ok(|row| row.id).try_collect().await?)
}

/// All leads that are meant, one by one, the newest first.
pub(super) async fn stream(
    db: &Db,
    selection: &Selection,
    among: &Among,
) -> Result<impl Stream<Item = Result<Lead, AppError>> + use<>, AppError> {
    let leads = db.collection::<Lead>(LEADS);
    let found = match selection {
        // Ids grow with time, so that their own index has the order too.
        Selection::Ids(ids) => {
            let ids: Vec<Bson> = ids.iter().copied().map(Bson::from).collect();
            let mut chosen = query::document(&LeadFilter::default(), among);
            chosen.insert("_id", doc! { "$in": ids });
            leads.find(chosen).sort(doc! { "_id": -1 }).hint(Hint::Keys(doc! { "_id": 1 }))
        }
        Selection::Matching(filter) => {
            leads.find(query::document(filter, among)).sort(doc! { "createdAt": -1, "_id": -1 })
        }
    };
    Ok(found.batch_size(500).await?.map_err(AppError::from))
}

/// How many leads match, counted one by one up to `limit`.
pub(super) async fn count(db: &Db, filter: &LeadFilter, among: &Among, limit: u64) -> Result<u64, AppError> {
    let leads = db.collection::<Document>(LEADS);
    let count = leads.count_documents(query::document(filter, among)).limit(limit);
    Ok(match query::counting_index(filter, among) {
        Some(index) => count.hint(Hint::Keys(index)).await?,
        None => count.await?,
    })
}

/// How many leads match and what they are worth, counted one by one up to `limit`.
pub(super) async fn sum(db: &Db, filter: &LeadFilter, among: &Among, limit: u64) -> Result<Sum, AppError> {
    let index = query::counting_index(filter, among);
    totals::sum_matching(&db.collection(LEADS), query::document(filter, among), index, limit).await
}

#[derive(Deserialize)]
struct IdRow {
    #[serde(rename = "_id")]
    id: LeadId,
}

const fn order(LeadSort { key, descending }: LeadSort) -> Order {
    let (field, key) = match key {
        LeadSortKey::CreatedAt => ("createdAt", Key::Time),
        LeadSortKey::Score => ("score", Key::Number),
        LeadSortKey::NextFollowUpAt => ("followUpKey", Key::Time),
        LeadSortKey::LastActivityAt => ("lastActivityAt", Key::Time),
    };
    Order { field, key, descending }
}
