//! Every index of every collection, in one place. Lists are served in the order equality, sort, range; what is not here has none.

use std::{collections::BTreeMap, time::Duration};

use mongodb::{
    IndexModel,
    bson::{Document, doc},
    error::Error,
    options::IndexOptions,
};

use super::Db;

/// What is special about an index.
enum Kind {
    /// Serves queries.
    Plain,
    /// Serves queries for some of the documents.
    PlainWhere(Document),
    /// Holds each key once.
    Unique,
    /// Holds each key once, among the documents that have it.
    UniqueWhere(Document),
    /// Drops a document at the time in its key.
    ExpiresAt,
}

use Kind::{ExpiresAt, Plain, PlainWhere, Unique, UniqueWhere};

fn all() -> Vec<(&'static str, Document, Kind)> {
    vec![
        ("flashes", doc! { "expiresAt": 1 }, ExpiresAt),
        ("idempotencyKeys", doc! { "expiresAt": 1 }, ExpiresAt),
        ("events", doc! { "expiresAt": 1 }, ExpiresAt),
        ("events", doc! { "topics": 1, "at": 1 }, Plain),
        ("feeds", doc! { "expiresAt": 1 }, ExpiresAt),
        ("presence", doc! { "connections.process": 1 }, Plain),
        ("processes", doc! { "aliveUntil": 1 }, Plain),
        ("audit", doc! { "at": -1, "_id": -1 }, Plain),
        ("audit", doc! { "entity": 1, "at": -1, "_id": -1 }, Plain),
        ("audit", doc! { "entityId": 1, "at": -1, "_id": -1 }, Plain),
        ("audit", doc! { "actor": 1, "at": -1, "_id": -1 }, Plain),
        ("limits", doc! { "expiresAt": 1 }, ExpiresAt),
        ("outbox", doc! { "state": 1, "dueAt": 1 }, Plain),
        ("outbox", doc! { "state": 1, "_id": -1 }, Plain),
        ("outbox", doc! { "cause": 1 }, UniqueWhere(doc! { "cause": { "$exists": true } })),
        ("links", doc! { "expiresAt": 1 }, ExpiresAt),
        ("links", doc! { "userId": 1 }, Plain),
        ("users", doc! { "email": 1 }, Unique),
        ("users", doc! { "words": 1, "_id": -1 }, Plain),
        ("users", doc! { "role": 1, "state": 1, "_id": -1 }, Plain),
        ("users", doc! { "state": 1, "_id": -1 }, Plain),
        ("users", doc! { "role": 1, "name": 1 }, Plain),
        ("users", doc! { "role": 1, "state": 1, "timeZone": 1, "_id": 1 }, Plain),
        ("sessions", doc! { "key": 1 }, UniqueWhere(doc! { "key": { "$exists": true } })),
        ("sessions", doc! { "userId": 1, "_id": -1 }, Plain),
        ("sessions", doc! { "expiresAt": 1 }, ExpiresAt),
        ("trips", doc! { "slug": 1 }, Unique),
        ("trips", doc! { "visibility": 1, "startsUp": 1, "_id": 1 }, Plain),
        ("trips", doc! { "visibility": 1, "startsDown": 1, "_id": 1 }, Plain),
        ("trips", doc! { "visibility": 1, "priceKey": 1, "_id": 1 }, Plain),
        ("trips", doc! { "visibility": 1, "titleKey": 1, "_id": 1 }, Plain),
        ("trips", doc! { "visibility": 1, "region": 1 }, Plain),
        ("trips", doc! { "visibility": 1, "words": 1 }, Plain),
        ("trips", doc! { "startsUp": 1 }, Plain),
        ("trips", doc! { "organizer": 1, "visibility": 1, "verification": 1 }, Plain),
        ("trips", doc! { "organizer": 1, "_id": -1 }, Plain),
        ("trips", doc! { "verification": 1 }, Plain),
        ("files", doc! { "removeAt": 1 }, Plain),
        ("savedViews", doc! { "owner": 1 }, Plain),
        ("notifications", doc! { "to": 1, "cause": 1 }, Unique),
        ("notifications", doc! { "to": 1, "inApp": 1, "_id": -1 }, Plain),
        ("notifications", doc! { "to": 1, "inApp": 1, "readAt": 1, "_id": -1 }, Plain),
        ("notifications", doc! { "to": 1, "page": 1, "readAt": 1 }, Plain),
        ("activities", doc! { "actor": 1, "kind": 1, "subject": 1, "at": -1 }, Plain),
    ]
}

/// The indexes of leads, of what happened to them, and of their totals.
fn of_leads() -> Vec<(&'static str, Document, Kind)> {
    vec![
        // Exactly one lead of an address and trip.
        ("leads", doc! { "tripId": 1, "email": 1 }, Unique),
        // An organizer's list in each of its orders, and a column of their board; with value and the fields
        // of quick filters, counts and sums read keys alone.
        ("leads", doc! { "assignedTo": 1, "createdAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "score": 1, "_id": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "followUpKey": 1, "_id": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "lastActivityAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "status": 1, "createdAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "status": 1, "score": 1, "_id": 1, "estimatedValue.amount": 1 }, Plain),
        (
            "leads",
            doc! { "assignedTo": 1, "status": 1, "followUpKey": 1, "_id": 1, "estimatedValue.amount": 1, "staleKey": 1, "score": 1 },
            Plain,
        ),
        ("leads", doc! { "assignedTo": 1, "status": 1, "lastActivityAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "words": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "staleKey": 1, "status": 1, "score": 1 }, Plain),
        ("leads", doc! { "assignedTo": 1, "source": 1, "score": 1, "_id": 1 }, Plain),
        // The same for admins, among all.
        ("leads", doc! { "createdAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "score": 1, "_id": 1 }, Plain),
        ("leads", doc! { "followUpKey": 1, "_id": 1 }, Plain),
        ("leads", doc! { "lastActivityAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "status": 1, "createdAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "status": 1, "score": 1, "_id": 1, "estimatedValue.amount": 1 }, Plain),
        (
            "leads",
            doc! { "status": 1, "followUpKey": 1, "_id": 1, "estimatedValue.amount": 1, "staleKey": 1, "score": 1 },
            Plain,
        ),
        ("leads", doc! { "status": 1, "lastActivityAt": 1, "_id": 1 }, Plain),
        ("leads", doc! { "words": 1 }, Plain),
        ("leads", doc! { "staleKey": 1, "status": 1, "score": 1 }, Plain),
        ("leads", doc! { "source": 1, "score": 1, "_id": 1 }, Plain),
        // What was booked in a time.
        ("leads", doc! { "assignedTo": 1, "conversion.at": 1 }, PlainWhere(doc! { "status": "converted" })),
        ("leads", doc! { "conversion.at": 1 }, PlainWhere(doc! { "status": "converted" })),
        // Whose follow-up comes next that nobody was told of.
        ("leads", doc! { "untoldFollowUp": 1 }, PlainWhere(doc! { "untoldFollowUp": { "$exists": true } })),
        // A trip's leads, and a traveller's own.
        ("leads", doc! { "tripId": 1, "status": 1, "score": 1, "_id": 1 }, Plain),
        ("leads", doc! { "userId": 1, "createdAt": 1, "_id": 1 }, Plain),
        ("leadTimeline", doc! { "leadId": 1, "at": 1, "_id": 1 }, Plain),
        ("leadTotals", doc! { "assignedTo": 1, "tripId": 1, "status": 1 }, Unique),
        ("leadTotals", doc! { "tripId": 1 }, Plain),
        ("leadTotals", doc! { "status": 1, "count": 1, "value": 1 }, Plain),
        ("leadDays", doc! { "assignedTo": 1, "day": 1 }, Unique),
        ("leadDays", doc! { "day": 1 }, Plain),
    ]
}

/// The indexes of tickets and of what belongs to them.
fn of_tickets() -> Vec<(&'static str, Document, Kind)> {
    vec![
        // No number twice, and found by it.
        ("tickets", doc! { "number": 1 }, Unique),
        // The queue of all in each of its orders; then by status, by assignee, by kind and by priority.
        ("tickets", doc! { "createdAt": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "updatedAt": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "dueKey": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "status": 1, "createdAt": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "status": 1, "updatedAt": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "status": 1, "dueKey": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "assignee": 1, "status": 1, "dueKey": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "assignee": 1, "updatedAt": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "category": 1, "status": 1, "dueKey": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "priority": 1, "status": 1, "dueKey": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "words": 1 }, Plain),
        // Counts of the queue read its keys alone.
        ("tickets", doc! { "status": 1, "assignee": 1, "category": 1, "dueKey": 1 }, Plain),
        // What waits to be closed.
        ("tickets", doc! { "resolvedAt": 1 }, PlainWhere(doc! { "status": "resolved" })),
        // A requester's own, in each order.
        ("tickets", doc! { "requester": 1, "createdAt": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "requester": 1, "updatedAt": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "requester": 1, "dueKey": 1, "_id": 1 }, Plain),
        ("tickets", doc! { "requester": 1, "status": 1 }, Plain),
        ("tickets", doc! { "requester": 1, "words": 1 }, Plain),
        ("ticketTimeline", doc! { "ticketId": 1, "at": 1, "_id": 1 }, Plain),
        ("cannedAnswers", doc! { "title": 1 }, Unique),
    ]
}

/// The indexes of conversations and of what was said in them.
fn of_chat() -> Vec<(&'static str, Document, Kind)> {
    vec![
        // Of a traveller about a trip there is one, and of each person with the admins.
        ("conversations", doc! { "key": 1 }, Unique),
        // A party's own, in which something was said last first: all of them, those of a kind, and what they have not read.
        ("conversations", doc! { "listedFor": 1, "updatedAt": 1, "_id": 1 }, Plain),
        ("conversations", doc! { "listedFor": 1, "host.kind": 1, "updatedAt": 1, "_id": 1 }, Plain),
        ("conversations", doc! { "waitsFor": 1, "updatedAt": 1, "_id": 1 }, Plain),
        // No number twice, and none left out; no message of a device twice.
        ("messages", doc! { "conversationId": 1, "seq": 1 }, Unique),
        ("messages", doc! { "conversationId": 1, "senderId": 1, "clientId": 1 }, Unique),
        ("messages", doc! { "conversationId": 1, "words": 1 }, Plain),
    ]
}

/// Creates the indexes that are not there yet: all of a collection at once, so that it is read once.
///
/// # Errors
/// When the database is away, or documents do not fit a unique index.
pub async fn create_missing(db: &Db) -> Result<(), Error> {
    let mut by_collection: BTreeMap<&str, Vec<IndexModel>> = BTreeMap::new();
    for (collection, keys, kind) in all().into_iter().chain(of_leads()).chain(of_tickets()).chain(of_chat()) {
        let options = match kind {
            Plain => IndexOptions::default(),
            PlainWhere(filter) => IndexOptions::builder().partial_filter_expression(filter).build(),
            Unique => IndexOptions::builder().unique(true).build(),
            UniqueWhere(filter) => IndexOptions::builder().unique(true).partial_filter_expression(filter).build(),
            ExpiresAt => IndexOptions::builder().expire_after(Duration::ZERO).build(),
        };
        by_collection.entry(collection).or_default().push(IndexModel::builder().keys(keys).options(options).build());
    }
    for (collection, models) in by_collection {
        db.collection::<Document>(collection).create_indexes(models).await?;
    }
    Ok(())
}
