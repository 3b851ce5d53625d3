//! Which conversations exist for whom.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        chat::{
            conversation::{ChatSide, Conversation, ConversationId, Party},
            server::repository,
        },
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// As whom somebody lists conversations: admins as one party, everybody else for themselves.
pub(super) fn party_of(actor: &Actor) -> Party {
    match actor.role() {
        Role::Admin => Party::Admins,
        Role::User | Role::Organizer => Party::Person(actor.user()),
    }
}

/// The conversation, and on which side somebody meets it.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub(super) async fn require(
    app: &App,
    actor: &Actor,
    id: ConversationId,
) -> Result<(Conversation, ChatSide), AppError> {
    theirs(actor, repository::find(&app.db, id).await?)
}

/// The same in a transaction, to be changed.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub(super) async fn require_in(
    tx: &mut Tx,
    actor: &Actor,
    id: ConversationId,
) -> Result<(Conversation, ChatSide), AppError> {
    theirs(actor, repository::find_in(tx, id).await?)
}

fn theirs(actor: &Actor, conversation: Option<Conversation>) -> Result<(Conversation, ChatSide), AppError> {
    let conversation = conversation.ok_or(AppError::NotFound)?;
    let side = conversation.side_of(actor.user(), actor.role()).ok_or(AppError::NotFound)?;
    Ok((conversation, side))
}
