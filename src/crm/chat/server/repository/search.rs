//! Finding conversations by names and by what was said in them: among the newest of a party, up to a reach.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Bson, Document, doc},
    options::Hint,
};
use serde::Deserialize;

use super::{CONVERSATIONS, IdRow, REACH, key_of_party, messages::MESSAGES};
use crate::{
    crm::chat::conversation::{ConversationId, Party},
    server::mongo::{Db, search},
    shared::error::AppError,
};

/// A conversation that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Hit {
    /// Which one.
    pub(in super::super) conversation: ConversationId,
    /// The newest message that has the words; `None`: the names have them.
    pub(in super::super) seq: Option<u32>,
}

/// The conversations of a party whose names have all of these words, or in which one message does.
pub(in super::super) async fn find_hits(db: &Db, party: Party, q: &str) -> Result<Vec<Hit>, AppError> {
    let conditions = search::conditions("words", q);
    if conditions.is_empty() {
        return Ok(Vec::new());
    }
    let (own, named) = futures_util::try_join!(
        find_ids(db, doc! { "listedFor": key_of_party(party) }),
        find_ids(db, doc! { "listedFor": key_of_party(party), "$and": conditions.clone() }),
    )?;
    let mut hits: BTreeMap<ConversationId, Option<u32>> = find_said(db, own, conditions).await?;
    for id in named {
        hits.entry(id).or_default();
    }
    Ok(hits.into_iter().map(|(conversation, seq)| Hit { conversation, seq }).collect())
}

async fn find_ids(db: &Db, of: Document) -> Result<Vec<ConversationId>, AppError> {
    let (rows, limit) = (db.collection::<IdRow>(CONVERSATIONS), i64::try_from(REACH).unwrap_or(i64::MAX));
    let newest = rows.find(of).sort(doc! { "updatedAt": -1, "_id": -1 }).limit(limit);
    let index = doc! { "listedFor": 1, "updatedAt": 1, "_id": 1 };
    let rows = newest.hint(Hint::Keys(index)).projection(doc! { "_id": 1 }).await?;
    Ok(rows.map_ok(|row| row.id).try_collect().await?)
}

#[derive(Deserialize)]
struct SaidRow {
    #[serde(rename = "_id")]
    conversation: ConversationId,
    seq: u32,
}

/// In which of these conversations the words were said, and where last.
async fn find_said(
    db: &Db,
    own: Vec<ConversationId>,
    conditions: Vec<Bson>,
) -> Result<BTreeMap<ConversationId, Option<u32>>, AppError> {
    let own: Vec<Bson> = own.into_iter().map(Bson::from).collect();
    let stages = [
        doc! { "$match": { "conversationId": { "$in": own }, "$and": conditions } },
        doc! { "$limit": i64::try_from(REACH).unwrap_or(i64::MAX) },
        doc! { "$group": { "_id": "$conversationId", "seq": { "$max": "$seq" } } },
    ];
    let index = Hint::Keys(doc! { "conversationId": 1, "words": 1 });
    let rows = db.collection::<Document>(MESSAGES).aggregate(stages).hint(index).await?;
    let rows: Vec<SaidRow> = rows.with_type().try_collect().await?;
    Ok(rows.into_iter().map(|row| (row.conversation, Some(row.seq))).collect())
}
