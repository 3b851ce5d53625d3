//! Whole conversations at once, outside of any transaction.

use futures_util::try_join;

use super::{
    CONVERSATIONS, ConversationDoc,
    messages::{MESSAGES, MessageDoc},
};
use crate::{
    crm::chat::server::service::Talk,
    server::mongo::{Db, bulk},
    shared::error::AppError,
};

/// Stores conversations as they are.
pub(in super::super) async fn insert_talks(db: &Db, talks: &[Talk]) -> Result<(), AppError> {
    let conversations = talks.iter().map(|talk| ConversationDoc::new(&talk.conversation, &talk.names)).collect();
    let messages = talks.iter().flat_map(|talk| &talk.messages).map(MessageDoc::from).collect();
    try_join!(bulk::insert_many(db, CONVERSATIONS, conversations), bulk::insert_many(db, MESSAGES, messages)).map(drop)
}
