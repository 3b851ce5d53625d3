//! The browser's door to everything that happens while a page is open.
#![expect(
    missing_docs,
    reason = "`#[server]` makes a struct of the arguments, which are documented with their function"
)]

use leptos::{prelude::*, server_fn::BoxedStream};

use crate::{
    live::{
        frame::{ClientFrame, ServerFrame},
        topic::ThingId,
        websocket::Websocket,
    },
    shared::error::AppError,
};

/// Opens a connection for whoever is signed in: takes what the page asks for, and tells what concerns its person until their session
/// ends.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in; [`AppError::Unavailable`] when this process is about to end.
#[server(protocol = Websocket, endpoint = "live/connect", prefix = "/api/fn")]
pub async fn connect(said: BoxedStream<ClientFrame, AppError>) -> Result<BoxedStream<ServerFrame, AppError>, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, sockets::server::service};
    let (app, actor) = current_actor().await?;
    service::connect(&app, actor, said).await
}

/// Who is signed in; nobody. A page is not told why it gets no connection, and asks.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "live/who_is_here", prefix = "/api/fn")]
pub async fn who_is_here() -> Result<Option<ThingId>, AppError> {
    use crate::crm::accounts::server::actor::optional_actor;
    Ok(optional_actor().await?.map(|actor| actor.user().cast()))
}
