//! The REST door of tickets.

use axum::extract::{RawQuery, State};
use form_urlencoded::Parse;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        tickets::{
            changes::{NewAssignee, NewRating, NewResolution, NewStatus},
            filter::TicketQuery,
            message::{AlongWith, NewMessage},
            new_ticket::NewTicket,
            row::{TicketDetail, TicketRow},
            ticket::Ticket,
        },
    },
    server::{
        answer::{Answer, Created, Data, Envelope},
        extract::{Body, PathId},
        state::App,
    },
    shared::page::Page,
};

/// The routes of tickets.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_tickets, create_ticket))
        .routes(routes!(find_ticket))
        .routes(routes!(change_ticket_status))
        .routes(routes!(add_ticket_message))
        .routes(routes!(assign_ticket))
        .routes(routes!(resolve_ticket))
        .routes(routes!(rate_ticket))
}

/// Which tickets are meant, and which page of them; lists of values are parted by commas.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; `TicketQuery` reads them")]
pub struct TicketParameters {
    /// `pending`, `in_progress`, `waiting_customer`, `resolved`, `closed`, `cancelled`, or several of them.
    status: Option<String>,
    /// `booking`, `payment`, `verification`, `technical`, `inquiry`, `complaint`, `other`, or several of them.
    category: Option<String>,
    /// `low`, `medium`, `high`, `urgent`, or several of them.
    priority: Option<String>,
    /// `me`, `none`, or the id of an admin.
    assignee: Option<String>,
    /// Whether the time of the service level is over.
    late: Option<bool>,
    /// The number, or beginnings of words of the subject or of the requester's name or address.
    q: Option<String>,
    /// `createdAt`, `updatedAt` or `dueAt`, with `-` for descending; `-updatedAt` unless said otherwise.
    sort: Option<String>,
    /// 1 to 100; 20 unless said otherwise.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Tickets: admins see all, everybody else their own.
#[utoipa::path(get, path = "/api/crm/tickets", tag = "tickets", security(("bearer" = [])), params(TicketParameters),
    responses((status = 200, body = Envelope<Vec<TicketRow>>), (status = 422)))]
pub async fn list_tickets(State(app): State<App>, actor: Actor, RawQuery(query): RawQuery) -> Answer<Page<TicketRow>> {
    service::list_tickets(&app, &actor, &TicketQuery::from_pairs(pairs(query.as_ref()))?).await
}

/// Asks for help.
#[utoipa::path(post, path = "/api/crm/tickets", tag = "tickets", security(("bearer" = [])), request_body = NewTicket,
    responses((status = 201, body = Envelope<TicketDetail>), (status = 422)))]
pub async fn create_ticket(
    State(app): State<App>,
    actor: Actor,
    Body(input): Body<NewTicket>,
) -> Answer<Created<TicketDetail>> {
    service::create_ticket(&app, &actor, input).await.map(Created)
}

/// A ticket with what was said, its history, and where the asker can move it to.
#[utoipa::path(get, path = "/api/crm/tickets/{id}", tag = "tickets", security(("bearer" = [])), params(("id" = String, Path, description = "The ticket's id.")),
    responses((status = 200, body = Envelope<TicketDetail>), (status = 404)))]
pub async fn find_ticket(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Ticket>,
) -> Answer<Data<TicketDetail>> {
    service::find_ticket(&app, &actor, id).await.map(Data)
}

/// Takes a step of the lifecycle; the requester reads its note.
#[utoipa::path(put, path = "/api/crm/tickets/{id}/status", tag = "tickets", security(("bearer" = [])), params(("id" = String, Path, description = "The ticket's id.")), request_body = NewStatus,
    responses((status = 200, body = Envelope<TicketDetail>), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn change_ticket_status(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Ticket>,
    Body(input): Body<NewStatus>,
) -> Answer<Data<TicketDetail>> {
    service::change_ticket_status(&app, &actor, id, input).await.map(Data)
}

/// Says something; a reply of the requester takes a ticket back that waits for them or is resolved.
#[utoipa::path(post, path = "/api/crm/tickets/{id}/messages", tag = "tickets", security(("bearer" = [])), params(("id" = String, Path, description = "The ticket's id.")), request_body = NewMessage,
    responses((status = 201, body = Envelope<TicketDetail>), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn add_ticket_message(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Ticket>,
    Body(input): Body<NewMessage>,
) -> Answer<Created<TicketDetail>> {
    service::add_ticket_message(&app, &actor, id, input, AlongWith::default()).await.map(Created)
}

/// Gives a ticket to an admin; one that nobody has begun is begun by that.
#[utoipa::path(put, path = "/api/crm/tickets/{id}/assign", tag = "tickets", security(("bearer" = [])), params(("id" = String, Path, description = "The ticket's id.")), request_body = NewAssignee,
    responses((status = 200, body = Envelope<TicketDetail>), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn assign_ticket(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Ticket>,
    Body(input): Body<NewAssignee>,
) -> Answer<Data<TicketDetail>> {
    service::assign_ticket(&app, &actor, id, input).await.map(Data)
}

/// Says how a ticket was resolved; the requester reads it.
#[utoipa::path(post, path = "/api/crm/tickets/{id}/resolve", tag = "tickets", security(("bearer" = [])), params(("id" = String, Path, description = "The ticket's id.")), request_body = NewResolution,
    responses((status = 200, body = Envelope<TicketDetail>), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn resolve_ticket(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Ticket>,
    Body(input): Body<NewResolution>,
) -> Answer<Data<TicketDetail>> {
    service::resolve_ticket(&app, &actor, id, input).await.map(Data)
}

/// Says how content the requester was, once it is resolved; only once.
#[utoipa::path(post, path = "/api/crm/tickets/{id}/rating", tag = "tickets", security(("bearer" = [])), params(("id" = String, Path, description = "The ticket's id.")), request_body = NewRating,
    responses((status = 200, body = Envelope<TicketDetail>), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn rate_ticket(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Ticket>,
    Body(input): Body<NewRating>,
) -> Answer<Data<TicketDetail>> {
    service::rate_ticket(&app, &actor, id, input).await.map(Data)
}

fn pairs(query: Option<&String>) -> Parse<'_> {
    form_urlencoded::parse(query.map(String::as_bytes).unwrap_or_default())
}
