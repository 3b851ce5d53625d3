//! How tickets are stored: a document each, with the words it is found by and the key of what is due beside it. What was said, the
//! canned answers and the sequence of numbers have collections of their own, in the modules below.

mod answers;
mod counts;
mod query;
mod sequence;
mod storing;
mod timeline;

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Document, doc},
    options::Hint,
};
use serde::{Deserialize, Serialize};

pub(super) use answers::{count_answers, delete_answer, find_answer_in, insert_answer, list_answers, replace_answer};
pub(super) use counts::{Group, count_own, count_waiting};
pub(super) use query::Among;
pub(super) use sequence::next_number;
pub(super) use storing::{insert_answers, insert_histories};
pub(super) use timeline::{Entry, Told, append_message, append_step, timeline};

use crate::{
    crm::tickets::{
        filter::{TicketFilter, TicketSort, TicketSortKey},
        status::TicketStatus,
        ticket::{Ticket, TicketId},
    },
    server::mongo::{
        Db, Tx, as_document,
        keyset::{self, Key, Order, Reach},
        search,
    },
    shared::{
        error::AppError,
        lifecycle::Lifecycle,
        page::{Page, PageRequest, TOTAL_CAP},
        time::Time,
    },
};

const TICKETS: &str = "tickets";
/// The key of a ticket of which nothing is due: it sorts after all others (31 December 9999).
const NEVER: Time = Time::from_millis(253_402_214_400_000);
/// So many of the tickets that a search finds are put in order; who finds more has to type more.
const REACH: u64 = 1_000;

/// A ticket with the key that only the database needs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TicketFields<'a> {
    #[serde(flatten)]
    ticket: &'a Ticket,
    due_key: Time,
}

/// The same with the words that it is found by, which stay as they are.
#[derive(Serialize)]
struct TicketDoc<'a> {
    #[serde(flatten)]
    fields: TicketFields<'a>,
    words: Vec<String>,
}

impl<'a> From<&'a Ticket> for TicketFields<'a> {
    fn from(ticket: &'a Ticket) -> Self {
        Self { due_key: ticket.next_due_at.unwrap_or(NEVER), ticket }
    }
}

impl<'a> TicketDoc<'a> {
    fn new(ticket: &'a Ticket, requester: [&str; 2]) -> Self {
        let words = search::words(requester.into_iter().chain([ticket.subject.as_str()]));
        Self { fields: ticket.into(), words }
    }
}

/// The ticket of an id.
pub(super) async fn find(db: &Db, id: TicketId) -> Result<Option<Ticket>, AppError> {
    Ok(db.collection::<Ticket>(TICKETS).find_one(doc! { "_id": id }).await?)
}

/// The same, read in a transaction.
pub(super) async fn find_in(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>, AppError> {
    Ok(tx.collection::<Ticket>(TICKETS).find_one(doc! { "_id": id }).session(tx.session()).await?)
}

/// Stores a new ticket, which is found by its subject and by what its requester is called.
pub(super) async fn insert(tx: &mut Tx, ticket: &Ticket, requester: [&str; 2]) -> Result<(), AppError> {
    let row = TicketDoc::new(ticket, requester);
    tx.collection::<TicketDoc<'_>>(TICKETS).insert_one(row).session(tx.session()).await?;
    Ok(())
}

/// Stores a changed ticket if it is still at the version before. A transaction that has read it before somebody else wrote it
/// collides, whether or not that raised the version.
pub(super) async fn replace(tx: &mut Tx, before: &Ticket, after: &Ticket) -> Result<(), AppError> {
    let mut fields = as_document(&TicketFields::from(after))?;
    fields.remove("_id");
    let same = doc! { "_id": before.id, "version": i64::from(before.version) };
    let tickets = tx.collection::<Document>(TICKETS);
    let replaced = tickets.update_one(same, doc! { "$set": fields }).session(tx.session()).await?;
    if replaced.matched_count == 0 { Err(AppError::stale()) } else { Ok(()) }
}

/// The page of the tickets that match. A search orders the first [`REACH`] that it finds.
pub(super) async fn page(
    db: &Db,
    filter: &TicketFilter,
    among: &Among,
    sort: TicketSort,
    request: &PageRequest,
) -> Result<Page<Ticket>, AppError> {
    let (tickets, matching, order) = (db.collection(TICKETS), query::document(filter, among), order(sort));
    let Some(index) = query::search_index(filter, among) else {
        return keyset::find_page(&tickets, matching, order, request).await;
    };
    let reach = Reach { index: index.clone(), limit: REACH };
    let (count, (items, next)) = futures_util::try_join!(
        count(db, matching.clone(), index),
        keyset::find_slice_among(&tickets, matching, order, request, reach),
    )?;
    let (total, total_capped) = (count.min(TOTAL_CAP), count > TOTAL_CAP);
    Ok(Page { items, limit: request.limit, next, total, total_capped })
}

async fn count(db: &Db, matching: Document, index: Document) -> Result<u64, AppError> {
    let tickets = db.collection::<Document>(TICKETS);
    Ok(tickets.count_documents(matching).limit(TOTAL_CAP + 1).hint(Hint::Keys(index)).await?)
}

/// The ids of tickets that were resolved until then and stand so, those that wait longest first.
pub(super) async fn find_resolved(db: &Db, until: Time, limit: i64) -> Result<Vec<TicketId>, AppError> {
    let over = doc! { "status": TicketStatus::Resolved.as_str(), "resolvedAt": { "$lte": until } };
    let tickets = db.collection::<IdRow>(TICKETS);
    let rows = tickets.find(over).sort(doc! { "resolvedAt": 1 }).limit(limit).projection(doc! { "_id": 1 }).await?;
    Ok(rows.map_ok(|row| row.id).try_collect().await?)
}

#[derive(Deserialize)]
struct IdRow {
    #[serde(rename = "_id")]
    id: TicketId,
}

const fn order(TicketSort { key, descending }: TicketSort) -> Order {
    let field = match key {
        TicketSortKey::CreatedAt => "createdAt",
        TicketSortKey::UpdatedAt => "updatedAt",
        TicketSortKey::DueAt => "dueKey",
    };
    Order { field, key: Key::Time, descending }
}
