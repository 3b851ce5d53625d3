//! How conversations are stored: a document each, with the keys by which it is listed beside it. What was said has a collection of its
//! own, in `messages.rs`.

mod messages;
mod search;
mod storing;

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Bson, Document, doc},
    options::ReadConcern,
};
use serde::{Deserialize, Serialize};

pub(super) use messages::{Slice, find_by_numbers, find_files, find_sent_in, insert_message, slice};
pub(super) use search::{Hit, find_hits};
pub(super) use storing::insert_talks;

use crate::{
    crm::{
        accounts::user::UserId,
        chat::{
            conversation::{ChatSide, Conversation, ConversationId, Host, Party},
            filter::ConversationFilter,
        },
    },
    server::mongo::{
        Db, Tx, as_document, is_duplicate,
        keyset::{self, Key, Order, Reach},
        search as words,
    },
    shared::{
        error::AppError,
        page::{Page, PageRequest, TOTAL_CAP},
    },
};

const CONVERSATIONS: &str = "conversations";
/// The admins, where people stand by their ids.
const ADMINS: &str = "admins";
/// So many of the conversations that a search finds are put in order; who finds more has to type more.
const REACH: u64 = 1_000;
/// Conversations in which something was said last come first.
const LATEST: Order = Order { field: "updatedAt", key: Key::Time, descending: true };

/// A conversation with the keys that only the database needs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConversationFields<'a> {
    #[serde(flatten)]
    conversation: &'a Conversation,
    /// In whose lists it is.
    listed_for: Vec<Bson>,
    /// Who has not read everything.
    waits_for: Vec<Bson>,
}

/// The same with what stays as it is: the key that is there once, and the words it is found by.
#[derive(Serialize)]
struct ConversationDoc<'a> {
    #[serde(flatten)]
    fields: ConversationFields<'a>,
    key: String,
    words: Vec<String>,
}

impl<'a> From<&'a Conversation> for ConversationFields<'a> {
    fn from(conversation: &'a Conversation) -> Self {
        let parties = |holds: &dyn Fn(ChatSide) -> bool| {
            let sides = [ChatSide::Guest, ChatSide::Host].into_iter().filter(|side| holds(*side));
            sides.map(|side| key_of_party(conversation.party(side))).collect()
        };
        Self {
            listed_for: parties(&|side| conversation.is_listed_for(side)),
            waits_for: parties(&|side| conversation.unread(side) > 0),
            conversation,
        }
    }
}

impl<'a> ConversationDoc<'a> {
    fn new(conversation: &'a Conversation, names: &[String]) -> Self {
        let words = words::words(names.iter().map(String::as_str));
        Self { fields: conversation.into(), key: key_of(conversation.guest, conversation.host), words }
    }
}

fn key_of_party(party: Party) -> Bson {
    match party {
        Party::Person(id) => id.into(),
        Party::Admins => ADMINS.into(),
    }
}

/// What there is one conversation of.
fn key_of(guest: UserId, host: Host) -> String {
    match host {
        Host::Trip { trip_id, .. } => format!("trip:{trip_id}:{guest}"),
        Host::Support => format!("support:{guest}"),
    }
}

/// The conversation of an id.
pub(super) async fn find(db: &Db, id: ConversationId) -> Result<Option<Conversation>, AppError> {
    Ok(db
        .collection::<Conversation>(CONVERSATIONS)
        .find_one(doc! { "_id": id })
        .read_concern(ReadConcern::majority())
        .await?)
}

/// The same, read in a transaction.
pub(super) async fn find_in(tx: &mut Tx, id: ConversationId) -> Result<Option<Conversation>, AppError> {
    Ok(tx.collection(CONVERSATIONS).find_one(doc! { "_id": id }).session(tx.session()).await?)
}

/// The conversation of that guest with that host, read in a transaction.
pub(super) async fn find_same_in(tx: &mut Tx, guest: UserId, host: Host) -> Result<Option<Conversation>, AppError> {
    let same = doc! { "key": key_of(guest, host) };
    Ok(tx.collection(CONVERSATIONS).find_one(same).session(tx.session()).await?)
}

/// The same, by its id alone.
pub(super) async fn find_same(db: &Db, guest: UserId, host: Host) -> Result<Option<ConversationId>, AppError> {
    let rows = db.collection::<IdRow>(CONVERSATIONS);
    let row = rows.find_one(doc! { "key": key_of(guest, host) }).projection(doc! { "_id": 1 }).await?;
    Ok(row.map(|row| row.id))
}

/// Stores a new one, which is found by these names. When somebody opens the same at this moment, the transaction starts again and
/// finds that.
pub(super) async fn insert(tx: &mut Tx, conversation: &Conversation, names: &[String]) -> Result<(), AppError> {
    let rows = tx.collection::<ConversationDoc<'_>>(CONVERSATIONS);
    match rows.insert_one(ConversationDoc::new(conversation, names)).session(tx.session()).await {
        Err(error) if is_duplicate(&error) => Err(AppError::Busy),
        stored => Ok(stored.map(drop)?),
    }
}

/// Stores a changed one. A transaction that has read it before somebody else wrote it collides.
pub(super) async fn replace(tx: &mut Tx, after: &Conversation) -> Result<(), AppError> {
    let mut fields = as_document(&ConversationFields::from(after))?;
    fields.remove("_id");
    let rows = tx.collection::<Document>(CONVERSATIONS);
    let replaced = rows.update_one(doc! { "_id": after.id }, doc! { "$set": fields }).session(tx.session()).await?;
    if replaced.matched_count == 0 { Err(AppError::NotFound) } else { Ok(()) }
}

/// The page of a party's conversations that match; those that a search has found are put in order.
pub(super) async fn page(
    db: &Db,
    party: Party,
    filter: &ConversationFilter,
    found: Option<&[Hit]>,
    request: &PageRequest,
) -> Result<Page<Conversation>, AppError> {
    let (rows, matching) = (db.collection(CONVERSATIONS), matching(party, filter));
    let Some(found) = found else { return keyset::find_page(&rows, matching, LATEST, request).await };
    let ids: Vec<Bson> = found.iter().map(|hit| hit.conversation.into()).collect();
    let matching = doc! { "$and": [matching, { "_id": { "$in": ids } }] };
    let reach = Reach { index: doc! { "_id": 1 }, limit: REACH };
    let total = rows.count_documents(matching.clone()).limit(TOTAL_CAP + 1).await?;
    let (items, next) = keyset::find_slice_among(&rows, matching, LATEST, request, reach).await?;
    Ok(Page { items, limit: request.limit, next, total: total.min(TOTAL_CAP), total_capped: total > TOTAL_CAP })
}

fn matching(party: Party, filter: &ConversationFilter) -> Document {
    let list = if filter.unread { "waitsFor" } else { "listedFor" };
    let mut query = doc! { list: key_of_party(party) };
    if let Some(support) = filter.support {
        query.insert("host.kind", if support { "support" } else { "trip" });
    }
    query
}

/// What a party has not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Unread {
    /// In how many conversations.
    pub conversations: u32,
    /// How many messages.
    pub messages: u32,
}

/// What a party has not read, without one conversation; of more than are told no more are counted.
pub(super) async fn count_unread(db: &Db, party: Party, except: Option<ConversationId>) -> Result<Unread, AppError> {
    let mut waiting = doc! { "waitsFor": key_of_party(party) };
    if let Some(except) = except {
        waiting.insert("_id", doc! { "$ne": except });
    }
    let is_guest = match party {
        Party::Person(id) => doc! { "$eq": ["$guest", id] },
        Party::Admins => doc! { "$literal": false },
    };
    let read = doc! { "$cond": [is_guest, "$read.guest", "$read.host"] };
    let stages = [
        doc! { "$match": waiting },
        doc! { "$limit": i64::try_from(TOTAL_CAP).unwrap_or(i64::MAX) + 1 },
        doc! { "$group": {
            "_id": Bson::Null,
            "conversations": { "$sum": 1 },
            "messages": { "$sum": { "$subtract": ["$lastSeq", read] } },
        } },
    ];
    let sums = db.collection::<Document>(CONVERSATIONS).aggregate(stages).await?;
    let sums: Vec<Unread> = sums.with_type::<Unread>().try_collect().await?;
    Ok(sums.first().copied().unwrap_or_default())
}

/// The guest and the host of each of a party's conversations, of those in which something was said last as many as a search reaches.
pub(super) async fn list_members(db: &Db, party: Party) -> Result<Vec<(UserId, Host)>, AppError> {
    let latest = doc! { "updatedAt": -1, "_id": -1 };
    let limit = i64::try_from(REACH).unwrap_or(i64::MAX);
    let rows = db.collection::<MembersRow>(CONVERSATIONS);
    let rows = rows.find(doc! { "listedFor": key_of_party(party), "lastSeq": { "$gt": 0 } }).sort(latest).limit(limit);
    let rows = rows.projection(doc! { "guest": 1, "host": 1 }).await?;
    Ok(rows.map_ok(|row| (row.guest, row.host)).try_collect().await?)
}

#[derive(Deserialize)]
struct MembersRow {
    guest: UserId,
    host: Host,
}

#[derive(Deserialize)]
struct IdRow {
    #[serde(rename = "_id")]
    id: ConversationId,
}
