//! The REST door of chat.

use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use form_urlencoded::Parse;
use serde::Serialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        chat::{
            conversation::Conversation,
            filter::{ConversationQuery, MessagesQuery},
            message::NewMessage,
            row::{ConversationRow, MessageRow, NewConversation, NewReadPointer, ReadPointerRow},
        },
    },
    server::{
        answer::{Answer, Created, Data, Envelope},
        extract::{Body, PathId},
        state::App,
    },
    shared::page::Page,
};

/// The routes of chat.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_conversations, open_conversation))
        .routes(routes!(list_messages, send_message))
        .routes(routes!(mark_conversation_read))
}

/// Which conversations are meant, and which page of them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; `ConversationQuery` reads them")]
pub struct ConversationParameters {
    /// `true`: with the admins; `false`: about trips.
    support: Option<bool>,
    /// Beginnings of words of names, of the trip, or of what was said.
    q: Option<String>,
    /// 1 to 100; 20 unless said otherwise.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Which messages are meant.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; `MessagesQuery` reads them")]
pub struct MessageParameters {
    /// Those that follow the message of this number.
    after: Option<u32>,
    /// Those that lead up to the message of this number. Without either: the newest.
    before: Option<u32>,
    /// 1 to 100; 20 unless said otherwise.
    limit: Option<u32>,
}

/// What is there: `201` when it was made now, `200` when it was there.
#[derive(Debug)]
pub struct MadeOrThere<T>(T, bool);

impl<T: Serialize> IntoResponse for MadeOrThere<T> {
    fn into_response(self) -> Response {
        let Self(data, is_new) = self;
        if is_new { Created(data).into_response() } else { Data(data).into_response() }
    }
}

/// One's own conversations, in which something was said last first; for admins those of support.
#[utoipa::path(get, path = "/api/crm/conversations", tag = "chat", security(("bearer" = [])), params(ConversationParameters),
    responses((status = 200, body = Envelope<Vec<ConversationRow>>), (status = 400), (status = 422)))]
pub async fn list_conversations(
    State(app): State<App>,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Answer<Page<ConversationRow>> {
    service::list_conversations(&app, &actor, &ConversationQuery::from_pairs(pairs(query.as_ref()))?).await
}

/// Opens a conversation: a traveller from a trip, an organizer from a lead with an account, both with the admins. `200` when it is there.
#[utoipa::path(post, path = "/api/crm/conversations", tag = "chat", security(("bearer" = [])), request_body = NewConversation,
    responses((status = 201, body = Envelope<ConversationRow>), (status = 200, body = Envelope<ConversationRow>), (status = 402), (status = 403), (status = 404), (status = 422)))]
pub async fn open_conversation(
    State(app): State<App>,
    actor: Actor,
    Body(input): Body<NewConversation>,
) -> Answer<MadeOrThere<ConversationRow>> {
    service::open_conversation(&app, &actor, input).await.map(|(row, is_new)| MadeOrThere(row, is_new))
}

/// Messages of a conversation, the oldest first. `pagination.next` is the number to go on from, as `after` or `before`.
#[utoipa::path(get, path = "/api/crm/conversations/{id}/messages", tag = "chat", security(("bearer" = [])), params(("id" = String, Path, description = "The conversation's id."), MessageParameters),
    responses((status = 200, body = Envelope<Vec<MessageRow>>), (status = 404), (status = 422)))]
pub async fn list_messages(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Conversation>,
    RawQuery(query): RawQuery,
) -> Answer<Page<MessageRow>> {
    service::list_messages(&app, &actor, id, &MessagesQuery::from_pairs(pairs(query.as_ref()))?).await
}

/// Says something. The same `clientId` again is answered `200` with what is stored; nothing is said twice.
#[utoipa::path(post, path = "/api/crm/conversations/{id}/messages", tag = "chat", security(("bearer" = [])), params(("id" = String, Path, description = "The conversation's id.")), request_body = NewMessage,
    responses((status = 201, body = Envelope<MessageRow>), (status = 200, body = Envelope<MessageRow>), (status = 404), (status = 422), (status = 429)))]
pub async fn send_message(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Conversation>,
    Body(input): Body<NewMessage>,
) -> Answer<MadeOrThere<MessageRow>> {
    service::send_message(&app, &actor, id, input).await.map(|sent| MadeOrThere(sent.message, sent.is_new))
}

/// Says how far somebody has read; it never goes back.
#[utoipa::path(put, path = "/api/crm/conversations/{id}/read", tag = "chat", security(("bearer" = [])), params(("id" = String, Path, description = "The conversation's id.")), request_body = NewReadPointer,
    responses((status = 200, body = Envelope<ReadPointerRow>), (status = 404), (status = 422)))]
pub async fn mark_conversation_read(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Conversation>,
    Body(input): Body<NewReadPointer>,
) -> Answer<Data<ReadPointerRow>> {
    service::mark_conversation_read(&app, &actor, id, input.seq).await.map(Data)
}

fn pairs(query: Option<&String>) -> Parse<'_> {
    form_urlencoded::parse(query.map(String::as_bytes).unwrap_or_default())
}
