//! How trips are stored: a document each, with the words it is found by and the keys it is sorted by beside it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use mongodb::bson::{self, Bson, Document, doc};
use serde::Deserialize;

use crate::{
    crm::{
        accounts::user::UserId,
        trips::{
            landscape::choose_landscape,
            listing::{TripOrder, TripSort},
            trip::{DepartureId, Trip, TripId},
            views::{LiveTrips, TripLabel, TripOffer},
        },
        verifications::verification::VerificationStatus,
    },
    server::mongo::{
        Db, Tx, is_duplicate,
        keyset::{self, Key, Order},
        search,
    },
    shared::{
        error::AppError,
        lifecycle::Lifecycle,
        page::{Page, PageRequest},
        time::Date,
    },
};

const TRIPS: &str = "trips";
/// Sorts after every date.
const AFTER_ALL: &str = "9999-12-31";
/// Sorts before every date.
const BEFORE_ALL: &str = "0000-01-01";
/// Names that the addresses below `/trips` have taken.
const RESERVED_SLUGS: &[&str] = &["mine", "new"];

/// Which trips a list shows.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub(super) organizer: Option<UserId>,
    pub(super) visibility: Option<&'static str>,
    pub(super) difficulty: Option<&'static str>,
    pub(super) region: Option<String>,
    pub(super) q: Option<String>,
}

impl From<Filter> for Document {
    fn from(filter: Filter) -> Self {
        let mut document = Self::new();
        let mut equal = |field: &str, value: Option<Bson>| {
            if let Some(value) = value {
                document.insert(field, value);
            }
        };
        equal("organizer", filter.organizer.map(Bson::from));
        equal("visibility", filter.visibility.map(Bson::from));
        equal("difficulty", filter.difficulty.map(Bson::from));
        equal("region", filter.region.map(Bson::from));
        equal("$and", filter.q.map(|q| search::conditions("words", &q)).filter(|all| !all.is_empty()).map(Bson::Array));
        document
    }
}

/// The newest first.
pub(super) const NEWEST: Order = Order::NEWEST;

/// The stored key of an order.
pub(super) fn order(TripOrder { by, descending }: TripOrder) -> Order {
    let (field, key) = match by {
        TripSort::StartsOn if descending => ("startsDown", Key::Text),
        TripSort::StartsOn => ("startsUp", Key::Text),
        TripSort::Price => ("priceKey", Key::Number),
        TripSort::Title => ("titleKey", Key::Text),
    };
    Order { field, key, descending }
}

pub(super) async fn page(db: &Db, filter: Filter, order: Order, request: &PageRequest) -> Result<Page<Trip>, AppError> {
    keyset::find_page(&db.collection::<Trip>(TRIPS), filter.into(), order, request).await
}

pub(super) async fn find(db: &Db, id: TripId) -> Result<Option<Trip>, AppError> {
    Ok(db.collection::<Trip>(TRIPS).find_one(doc! { "_id": id }).await?)
}

pub(super) async fn find_by_slug(db: &Db, slug: &str) -> Result<Option<Trip>, AppError> {
    Ok(db.collection::<Trip>(TRIPS).find_one(doc! { "slug": slug }).await?)
}

pub(super) async fn require_in(tx: &mut Tx, id: TripId) -> Result<Trip, AppError> {
    let trip = tx.collection::<Trip>(TRIPS).find_one(doc! { "_id": id }).session(tx.session()).await?;
    trip.ok_or(AppError::NotFound)
}

/// The labels of these trips; trips that are not there are left out.
pub(super) async fn find_labels(db: &Db, ids: &[TripId]) -> Result<BTreeMap<TripId, TripLabel>, AppError> {
    let ids: Vec<Bson> = ids.iter().copied().map(Bson::from).collect();
    let labels = labels(db, doc! { "_id": { "$in": ids } }).await?;
    Ok(labels.into_iter().map(|label| (label.id, label)).collect())
}

/// The offers of these trips; trips that are not there are left out.
pub(super) async fn find_offers(db: &Db, ids: &[TripId]) -> Result<BTreeMap<TripId, TripOffer>, AppError> {
    let ids: Vec<Bson> = ids.iter().copied().map(Bson::from).collect();
    let fields = doc! { "organizer": 1, "slug": 1, "title": 1, "price": 1, "visibility": 1, "departures": 1 };
    let offers = db.collection::<TripOffer>(TRIPS).find(doc! { "_id": { "$in": ids } }).projection(fields).await?;
    Ok(offers.map_ok(|offer| (offer.id, offer)).try_collect().await?)
}

/// The labels of an organizer's trips, or of all, by title.
pub(super) async fn list_labels(db: &Db, organizer: Option<UserId>) -> Result<Vec<TripLabel>, AppError> {
    let filter = organizer.map_or_else(Document::new, |organizer| doc! { "organizer": organizer });
    let mut labels = labels(db, filter).await?;
    labels.sort_by_key(|label| label.title.to_lowercase());
    Ok(labels)
}

async fn labels(db: &Db, filter: Document) -> Result<Vec<TripLabel>, AppError> {
    let fields = doc! { "slug": 1, "title": 1, "region": 1, "photos": 1 };
    let rows = db.collection::<LabelRow>(TRIPS).find(filter).projection(fields).await?;
    Ok(rows.map_ok(TripLabel::from).try_collect().await?)
}

/// The regions in which trips are live, by name.
pub(super) async fn list_live_regions(db: &Db) -> Result<Vec<String>, AppError> {
    let regions = db.collection::<Document>(TRIPS).distinct("region", doc! { "visibility": "live" }).await?;
    Ok(regions.into_iter().filter_map(|region| region.as_str().map(str::to_owned)).collect())
}

/// How many trips of an organizer are live, and how many of those are verified.
pub(super) async fn count_live(db: &Db, organizer: UserId) -> Result<LiveTrips, AppError> {
    let trips = db.collection::<Document>(TRIPS);
    let live = doc! { "organizer": organizer, "visibility": "live" };
    let verified = doc! { "organizer": organizer, "visibility": "live", "verification": "verified" };
    Ok(LiveTrips { live: trips.count_documents(live).await?, verified: trips.count_documents(verified).await? })
}

/// How many trips wait for a review or its outcome.
pub(super) async fn count_unverified(db: &Db) -> Result<u32, AppError> {
    let waiting = [VerificationStatus::Pending, VerificationStatus::UnderReview].map(|status| status.as_str());
    let count =
        db.collection::<Document>(TRIPS).count_documents(doc! { "verification": { "$in": waiting.to_vec() } }).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Stores a new trip under the first free slug that begins with `base`, and returns it with that slug.
pub(super) async fn insert(tx: &mut Tx, mut trip: Trip, base: &str, today: Date) -> Result<Trip, AppError> {
    trip.slug = find_free_slug(tx, base).await?;
    let document = write_document(&trip, today)?;
    match tx.collection::<Document>(TRIPS).insert_one(document).session(tx.session()).await {
        // Somebody took the slug in this moment: the transaction starts again and finds the next one.
        Err(error) if is_duplicate(&error) => Err(AppError::Busy),
        outcome => Ok(outcome.map(|_| trip)?),
    }
}

async fn find_free_slug(tx: &mut Tx, base: &str) -> Result<String, AppError> {
    // A slug has letters, digits and dashes only, so nothing in it means anything to a pattern.
    let alike = doc! { "slug": { "$regex": format!("^{base}(-[0-9]+)?$") } };
    let rows = tx.collection::<SlugRow>(TRIPS);
    let mut cursor = rows.find(alike).projection(doc! { "slug": 1 }).session(tx.session()).await?;
    let taken: BTreeSet<String> = cursor.stream(tx.session()).map_ok(|row| row.slug).try_collect().await?;
    let is_free = |slug: &String| !taken.contains(slug) && !RESERVED_SLUGS.contains(&slug.as_str());
    let numbered = (2_u32..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.to_owned()).chain(numbered).find(is_free).ok_or(AppError::Internal)
}

/// Stores trips under the slugs that they have.
pub(super) async fn insert_many(db: &Db, trips: &[Trip], today: Date) -> Result<(), AppError> {
    let documents: Vec<Document> = trips.iter().map(|trip| write_document(trip, today)).collect::<Result<_, _>>()?;
    if !documents.is_empty() {
        db.collection::<Document>(TRIPS).insert_many(documents).await?;
    }
    Ok(())
}

/// Stores a changed trip if it is still at `version`.
pub(super) async fn replace(tx: &mut Tx, trip: &Trip, version: u32, today: Date) -> Result<(), AppError> {
    let document = write_document(trip, today)?;
    let same = doc! { "_id": trip.id, "version": version };
    let replaced = tx.collection::<Document>(TRIPS).replace_one(same, document).session(tx.session()).await?;
    if replaced.matched_count == 1 { Ok(()) } else { Err(AppError::stale()) }
}

/// Books seats of a departure if so many are left: one conditional update, so that two who want the last seat cannot both
/// have it. Whether it did.
pub(super) async fn book_seats(
    tx: &mut Tx,
    trip: TripId,
    departure: DepartureId,
    party: u32,
) -> Result<bool, AppError> {
    let enough = doc! { "$and": [
        { "$eq": ["$$departure.id", departure] },
        { "$lte": [{ "$add": ["$$departure.seatsBooked", i64::from(party)] }, "$$departure.seats"] },
    ] };
    let filter = doc! {
        "_id": trip,
        "$expr": { "$anyElementTrue": { "$map": { "input": "$departures", "as": "departure", "in": enough } } },
    };
    let update = doc! { "$inc": { "departures.$[departure].seatsBooked": i64::from(party) } };
    let booked = tx
        .collection::<Document>(TRIPS)
        .update_one(filter, update)
        .array_filters([doc! { "departure.id": departure }])
        .session(tx.session())
        .await?;
    Ok(booked.modified_count == 1)
}

/// Moves the sort keys of trips whose next departure has passed on to the one after it.
pub(super) async fn refresh_next_departures(db: &Db, today: Date) -> Result<(), AppError> {
    let trips = db.collection::<Document>(TRIPS);
    let passed = doc! { "startsUp": { "$lt": today.to_string() } };
    if trips.find_one(passed.clone()).projection(doc! { "_id": 1 }).await?.is_none() {
        return Ok(());
    }
    let upcoming = doc! { "$filter": {
        "input": "$departures.startsOn", "as": "day", "cond": { "$gte": ["$$day", today.to_string()] },
    } };
    let next = doc! { "startsUp": { "$min": upcoming } };
    let or_never = doc! {
        "startsUp": { "$ifNull": ["$startsUp", AFTER_ALL] },
        "startsDown": { "$ifNull": ["$startsUp", BEFORE_ALL] },
    };
    trips.update_many(passed, vec![doc! { "$set": next }, doc! { "$set": or_never }]).await?;
    Ok(())
}

#[derive(Deserialize)]
struct SlugRow {
    slug: String,
}

#[derive(Deserialize)]
struct LabelRow {
    #[serde(rename = "_id")]
    id: TripId,
    slug: String,
    title: String,
    region: String,
    photos: Vec<String>,
}

impl From<LabelRow> for TripLabel {
    fn from(row: LabelRow) -> Self {
        let landscape = choose_landscape(&row.photos, &row.region).name.into();
        Self { id: row.id, slug: row.slug, title: row.title, landscape }
    }
}

/// The stored document of a trip. It goes by way of bytes, because only then ids and times are written as the database has them.
fn write_document(trip: &Trip, today: Date) -> Result<Document, AppError> {
    let bytes = bson::serialize_to_vec(trip);
    let mut document: Document = bytes.and_then(|bytes| bson::deserialize_from_slice(&bytes)).map_err(|error| {
        tracing::error!(%error, "a trip cannot be stored");
        AppError::Internal
    })?;
    document.remove("id");
    document.insert("_id", trip.id);
    document.insert("words", search::words([trip.title.as_str(), &trip.destination, &trip.region]));
    document.insert("titleKey", trip.title.to_lowercase());
    document.insert("priceKey", trip.price.amount);
    let next = trip.next_departure(today).map(|day| day.to_string());
    document.insert("startsUp", next.clone().unwrap_or_else(|| AFTER_ALL.into()));
    document.insert("startsDown", next.unwrap_or_else(|| BEFORE_ALL.into()));
    Ok(document)
}
