//! How far somebody has read. Reading leaves no audit row: it changes nothing for anybody but what is marked as read.

use super::{live, scope};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        chat::{conversation::ConversationId, row::ReadPointerRow, screens::path_of, server::repository},
        notifications::server::service as notifications,
    },
    server::state::App,
    shared::error::AppError,
};

/// Somebody has read up to a message. A pointer never goes back; what was told of the conversation is read with it.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it; [`AppError::InvalidInput`] for a message that is not there.
pub async fn mark_conversation_read(
    app: &App,
    actor: &Actor,
    id: ConversationId,
    seq: u32,
) -> Result<ReadPointerRow, AppError> {
    let row = app
        .db
        .transaction(|mut tx| async move {
            let (mut conversation, side) = scope::require_in(&mut tx, actor, id).await?;
            conversation.check_seq(seq)?;
            if conversation.read.of(side) < seq {
                conversation.read_up_to(side, seq);
                repository::replace(&mut tx, &conversation).await?;
                live::tell_read(&mut tx, app, actor, &conversation, seq).await?;
            }
            tx.commit().await?;
            let (seq, unread) = (conversation.read.of(side), conversation.unread(side));
            Ok(ReadPointerRow { conversation_id: id, seq, unread })
        })
        .await?;
    notifications::mark_read_at(app, actor, &path_of(id)).await?;
    Ok(row)
}
