//! Where messages are stored: a row each, never changed. Their numbers come from the conversation, in whose transaction they are
//! written.

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Bson, Document, doc},
    options::ReadConcern,
};
use serde::Serialize;

use crate::{
    crm::{
        accounts::user::UserId,
        chat::{
            conversation::ConversationId,
            filter::{MessagesQuery, Part},
            message::Message,
        },
    },
    server::mongo::{Db, Tx, is_duplicate, search},
    shared::error::AppError,
};

pub(super) const MESSAGES: &str = "messages";

/// A message with the words that it is found by.
#[derive(Serialize)]
pub(super) struct MessageDoc<'a> {
    #[serde(flatten)]
    message: &'a Message,
    words: Vec<String>,
}

impl<'a> From<&'a Message> for MessageDoc<'a> {
    fn from(message: &'a Message) -> Self {
        let files = message.attachments.iter().map(|file| file.name.as_str());
        Self { message, words: search::words([message.body.as_str()].into_iter().chain(files)) }
    }
}

/// Stores a message, unless its sender's device has sent one under the same id before; then the transaction is over. Whether it did.
pub(in super::super) async fn insert_message(tx: &mut Tx, message: &Message) -> Result<bool, AppError> {
    let rows = tx.collection::<MessageDoc<'_>>(MESSAGES);
    match rows.insert_one(MessageDoc::from(message)).session(tx.session()).await {
        Err(error) if is_duplicate(&error) => Ok(false),
        stored => Ok(stored.map(|_| true)?),
    }
}

/// The message that a device has sent, read in a transaction.
pub(in super::super) async fn find_sent_in(
    tx: &mut Tx,
    conversation: ConversationId,
    sender: UserId,
    client_id: &str,
) -> Result<Option<Message>, AppError> {
    let rows = tx.collection::<Message>(MESSAGES);
    Ok(rows.find_one(sent_by(conversation, sender, client_id)).session(tx.session()).await?)
}

fn sent_by(conversation: ConversationId, sender: UserId, client_id: &str) -> Document {
    doc! { "conversationId": conversation, "senderId": sender, "clientId": client_id }
}

/// A part of a conversation, the oldest message first.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Slice {
    /// The messages.
    pub(in super::super) messages: Vec<Message>,
    /// Whether there are more in the direction in which was asked.
    pub(in super::super) has_more: bool,
}

/// The part of a conversation that is asked for, of what a majority has: what is only on its way there is told when it has arrived.
pub(in super::super) async fn slice(
    db: &Db,
    conversation: ConversationId,
    query: &MessagesQuery,
) -> Result<Slice, AppError> {
    let mut of_part = doc! { "conversationId": conversation };
    match query.part {
        Part::Newest => None,
        Part::After(seq) => of_part.insert("seq", doc! { "$gt": i64::from(seq) }),
        Part::Before(seq) => of_part.insert("seq", doc! { "$lt": i64::from(seq) }),
    };
    let is_forward = matches!(query.part, Part::After(_));
    let order = doc! { "seq": if is_forward { 1 } else { -1 } };
    let rows = db.collection::<Message>(MESSAGES);
    let rows = rows.find(of_part).sort(order).limit(i64::from(query.limit) + 1);
    let mut messages: Vec<Message> = rows.read_concern(ReadConcern::majority()).await?.try_collect().await?;
    let has_more = messages.len() > query.limit as usize;
    messages.truncate(query.limit as usize);
    if !is_forward {
        messages.reverse();
    }
    Ok(Slice { messages, has_more })
}

/// The newest messages with files, the newest first.
pub(in super::super) async fn find_files(
    db: &Db,
    conversation: ConversationId,
    limit: i64,
) -> Result<Vec<Message>, AppError> {
    let with_files = doc! { "conversationId": conversation, "attachments.0": { "$exists": true } };
    let rows = db.collection::<Message>(MESSAGES).find(with_files).sort(doc! { "seq": -1 }).limit(limit).await?;
    Ok(rows.try_collect().await?)
}

/// Those of these messages, each named by its conversation and number.
pub(in super::super) async fn find_by_numbers(
    db: &Db,
    numbers: &[(ConversationId, u32)],
) -> Result<Vec<Message>, AppError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let each =
        numbers.iter().map(|(conversation, seq)| doc! { "conversationId": conversation, "seq": i64::from(*seq) });
    let any: Vec<Bson> = each.map(Bson::Document).collect();
    let rows = db.collection::<Message>(MESSAGES).find(doc! { "$or": any } as Document).await?;
    Ok(rows.try_collect().await?)
}
