//! Who connects, and who is told of it.

use futures_util::future::BoxFuture;

use super::party::ActorParty;
use crate::{
    crm::{
        accounts::{
            server::actor::{Actor, identify_token},
            user::UserId,
        },
        chat::server::service as chat,
    },
    live::{
        server::{door, party::Party},
        topic::ThingId,
        websocket::{Said, Told},
    },
    server::state::App,
    shared::error::AppError,
};

/// Serves a connection of the browser's door.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the session has just ended; [`AppError::Unavailable`] when this process is about to end.
pub async fn connect(app: &App, actor: Actor, said: Said) -> Result<Told, AppError> {
    door::serve(app, Box::new(ActorParty::new(app, actor)), said).await
}

/// Whoever holds an access token, for the other door.
pub fn authenticate(app: App, token: String) -> BoxFuture<'static, Result<Box<dyn Party>, AppError>> {
    Box::pin(async move {
        let actor = identify_token(&app, &token).await?;
        Ok(Box::new(ActorParty::new(&app, actor)) as Box<dyn Party>)
    })
}

/// Who is told that somebody comes and goes: who shares a conversation with them.
pub fn list_acquaintances(app: App, person: ThingId) -> BoxFuture<'static, Result<Vec<ThingId>, AppError>> {
    Box::pin(async move {
        let known = chat::list_acquaintances(&app, person.cast()).await?;
        Ok(known.into_iter().map(UserId::cast).collect())
    })
}
