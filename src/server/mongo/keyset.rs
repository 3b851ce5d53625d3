//! Lists page by page. A page starts after the last key of the page before (keyset pagination), so that it costs the same
//! wherever it lies, and stays right while rows are added.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use futures_util::TryStreamExt;
use mongodb::{
    Collection,
    bson::{self, Bson, Document, RawDocumentBuf, doc, oid::ObjectId},
    options::Hint,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::shared::{
    error::AppError,
    page::{Page, PageRequest, TOTAL_CAP},
};

/// An order of a list: a field that every document has, with `_id` to tell equals apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The field in the database.
    pub field: &'static str,
    /// What its values are.
    pub key: Key,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// What the values of an order are. The database compares values of one kind only: after one of another kind every list would look
/// as if it had ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Ids.
    Id,
    /// Points in time.
    Time,
    /// Numbers.
    Number,
    /// Texts.
    Text,
}

/// Where a page ended: the order it was in, and the key of its last row.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor {
    field: String,
    descending: bool,
    key: Bson,
    id: ObjectId,
}

/// The page of the documents that match `filter`, in `order`.
///
/// # Errors
/// [`AppError::MalformedRequest`] when the cursor is not one of this list.
pub async fn find_page<T>(
    collection: &Collection<T>,
    filter: Document,
    order: Order,
    request: &PageRequest,
) -> Result<Page<T>, AppError>
where
    T: DeserializeOwned + Send + Sync,
{
    let total = collection.count_documents(filter.clone()).limit(TOTAL_CAP + 1).await?;
    let (items, next) = find_slice(collection, filter, order, request).await?;
    Ok(Page { items, limit: request.limit, next, total: total.min(TOTAL_CAP), total_capped: total > TOTAL_CAP })
}

/// How far a list reaches that is found by another index than that of its order.
#[derive(Debug, Clone)]
pub struct Reach {
    /// The index by which documents are found.
    pub index: Document,
    /// So many of those that match are put in order.
    pub limit: u64,
}

/// The items of a page and the cursor of the next one, without counting how many there are in all.
///
/// # Errors
/// [`AppError::MalformedRequest`] when the cursor is not one of this list.
pub async fn find_slice<T>(
    collection: &Collection<T>,
    filter: Document,
    order: Order,
    request: &PageRequest,
) -> Result<(Vec<T>, Option<String>), AppError>
where
    T: DeserializeOwned + Send + Sync,
{
    let rows = collection.clone_with_type::<RawDocumentBuf>();
    let rows = rows.find(from_cursor(filter, order, request)?).sort(order.keys()).limit(i64::from(request.limit) + 1);
    finish(rows.await?.try_collect().await?, order, request)
}

/// Like [`find_slice`], where no index can have the order too (a search by words): what is found within reach is put in order.
///
/// # Errors
/// As there.
pub async fn find_slice_among<T>(
    collection: &Collection<T>,
    filter: Document,
    order: Order,
    request: &PageRequest,
    reach: Reach,
) -> Result<(Vec<T>, Option<String>), AppError>
where
    T: DeserializeOwned + Send + Sync,
{
    let stages = [
        doc! { "$match": from_cursor(filter, order, request)? },
        doc! { "$limit": i64::try_from(reach.limit).unwrap_or(i64::MAX) },
        doc! { "$sort": order.keys() },
        doc! { "$limit": i64::from(request.limit) + 1 },
    ];
    let rows = collection.aggregate(stages).hint(Hint::Keys(reach.index)).await?.with_type::<RawDocumentBuf>();
    finish(rows.try_collect().await?, order, request)
}

impl Key {
    fn is_of(self, value: &Bson) -> bool {
        match self {
            Self::Id => matches!(value, Bson::ObjectId(_)),
            Self::Time => matches!(value, Bson::DateTime(_)),
            Self::Number => matches!(value, Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_)),
            Self::Text => matches!(value, Bson::String(_)),
        }
    }
}

impl Order {
    /// The newest first: ids grow.
    pub const NEWEST: Self = Self { field: "_id", key: Key::Id, descending: true };

    fn keys(self) -> Document {
        let direction = if self.descending { -1 } else { 1 };
        if self.field == "_id" {
            doc! { "_id": direction }
        } else {
            doc! { self.field: direction, "_id": direction }
        }
    }
}

/// The documents that follow the page before.
fn from_cursor(filter: Document, order: Order, request: &PageRequest) -> Result<Document, AppError> {
    match &request.cursor {
        Some(cursor) => Ok(doc! { "$and": [filter, after(&read_cursor(cursor, order)?)] }),
        None => Ok(filter),
    }
}

/// The page, of which one row more was read to see whether there is more.
fn finish<T: DeserializeOwned>(
    mut rows: Vec<RawDocumentBuf>,
    order: Order,
    request: &PageRequest,
) -> Result<(Vec<T>, Option<String>), AppError> {
    let limit = request.limit as usize;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more { rows.last().map(|row| write_cursor(row, order)).transpose()? } else { None };
    let items = rows.iter().map(|row| bson::deserialize_from_slice(row.as_bytes())).collect::<Result<_, _>>();
    Ok((items.map_err(|error| unreadable(&error))?, next))
}

fn after(cursor: &Cursor) -> Document {
    let beyond = if cursor.descending { "$lt" } else { "$gt" };
    if cursor.field == "_id" {
        return doc! { "_id": { beyond: cursor.id } };
    }
    // The bound stands outside of the `$or`, so that one scan of the index starts at the cursor and not at the first row.
    let from = if cursor.descending { "$lte" } else { "$gte" };
    doc! {
        &cursor.field: { from: &cursor.key },
        "$or": [{ &cursor.field: { beyond: &cursor.key } }, { "_id": { beyond: cursor.id } }],
    }
}

fn write_cursor(row: &RawDocumentBuf, order: Order) -> Result<String, AppError> {
    let row: Document = bson::deserialize_from_slice(row.as_bytes()).map_err(|error| unreadable(&error))?;
    let id = row.get_object_id("_id").map_err(|error| unreadable(&error))?;
    let key = row.get(order.field).cloned().unwrap_or(Bson::Null);
    let cursor = Cursor { field: order.field.into(), descending: order.descending, key, id };
    let bytes = bson::serialize_to_vec(&cursor).map_err(|error| unreadable(&error))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

fn read_cursor(text: &str, order: Order) -> Result<Cursor, AppError> {
    let refused = || {
        AppError::MalformedRequest("This cursor does not belong to this list. Start again from its first page.".into())
    };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())?;
    let cursor: Cursor = bson::deserialize_from_slice(&bytes).map_err(|_| refused())?;
    let is_of_this_list =
        cursor.field == order.field && cursor.descending == order.descending && order.key.is_of(&cursor.key);
    if is_of_this_list { Ok(cursor) } else { Err(refused()) }
}

fn unreadable(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "a stored document cannot be read");
    AppError::Internal
}
