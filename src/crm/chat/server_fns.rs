//! The doors of the pages to chat: each finds the actor, calls one function, and wraps the answer. No rule is here.

#![expect(missing_docs, reason = "the fields of the types that `#[server]` makes are its arguments")]

use leptos::prelude::*;

use crate::{
    crm::chat::screens::{ChatList, Pane},
    shared::error::AppError,
};

/// The list of conversations that the query of an address names; `place` is what is open beside it.
///
/// # Errors
/// [`AppError::MalformedRequest`] for a cursor of another list.
#[server(endpoint = "chat/load_conversations", prefix = "/api/fn")]
pub async fn load_conversations(
    #[server(default)] place: String,
    #[server(default)] query: String,
) -> Result<ChatList, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, chat::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_conversations(&app, &actor, &place, &query).await
}

/// What stands beside the list: nothing, the conversation of an id, which is read by that, or the first message of a `new` one.
///
/// # Errors
/// [`AppError::NotFound`] for a conversation of others; for a new one those of `service::prepare_conversation`.
#[server(endpoint = "chat/load_pane", prefix = "/api/fn")]
pub async fn load_pane(#[server(default)] place: String, #[server(default)] query: String) -> Result<Pane, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, chat::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_pane(&app, &actor, &place, &query).await
}

/// Says the first thing in a conversation, which is opened by that, and leads to it.
///
/// # Errors
/// Those of `service::open_conversation` and `service::send_message`.
#[server(endpoint = "chat/begin_conversation", prefix = "/api/fn")]
pub async fn begin_conversation(
    #[server(default)] trip: String,
    #[server(default)] lead: String,
    #[server(default)] client_id: String,
    #[server(default)] body: String,
    #[server(default)] attachments: String,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    use crate::crm::chat::server::screens::{self, MessageForm};
    let (app, actor) = current_actor().await?;
    let form = MessageForm { client_id, body, attachments };
    leptos_axum::redirect(&screens::begin_conversation(&app, &actor, (&trip, &lead), form).await?);
    Ok(())
}

/// Says something in a conversation; once, however often the same `client_id` is sent. From a page that shows an older part it leads
/// `to_end`, where that stands.
///
/// # Errors
/// Those of `service::send_message`.
#[server(endpoint = "chat/send_message", prefix = "/api/fn")]
pub async fn send_message(
    id: String,
    #[server(default)] client_id: String,
    #[server(default)] body: String,
    #[server(default)] attachments: String,
    #[server(default)] to_end: bool,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    use crate::crm::chat::server::screens::{self, MessageForm};
    let (app, actor) = current_actor().await?;
    let path = screens::send_message(&app, &actor, &id, MessageForm { client_id, body, attachments }).await?;
    if to_end {
        leptos_axum::redirect(&path);
    }
    Ok(())
}
