//! Tickets are read: one by one, and as lists.

use std::collections::BTreeMap;

use super::scope;
use crate::{
    crm::{
        accounts::{
            server::{
                actor::Actor,
                directory::{self, Person},
            },
            user::{Role, UserId},
        },
        tickets::{
            filter::TicketQuery,
            row::{Around, TicketDetail, TicketPerson, TicketRow, TicketTrip},
            server::repository::{self, Entry, Told},
            ticket::{Ticket, TicketId},
        },
        trips::server::service as trips,
    },
    server::state::App,
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
        page::Page,
    },
};

/// A page of tickets: for admins among all, for everybody else among their own.
///
/// # Errors
/// [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn list_tickets(app: &App, actor: &Actor, query: &TicketQuery) -> Result<Page<TicketRow>, AppError> {
    let among = scope::among(app, actor);
    let page = repository::page(&app.db, &query.filter, &among, query.sort, &query.page).await?;
    let Page { items, limit, next, total, total_capped } = page;
    Ok(Page { items: rows(app, items).await?, limit, next, total, total_capped })
}

/// A ticket in full; for its requester without internal notes.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or another's.
pub async fn find_ticket(app: &App, actor: &Actor, id: TicketId) -> Result<TicketDetail, AppError> {
    let (ticket, _) = scope::require(app, actor, id).await?;
    detail(app, actor, ticket).await
}

/// Lets only those pass who may read a file of a ticket: who sees the ticket, and of what belongs to an internal note admins alone.
///
/// # Errors
/// [`AppError::NotFound`].
pub async fn check_may_read_file(app: &App, actor: &Actor, id: TicketId, internal: bool) -> Result<(), AppError> {
    let (_, by) = scope::require(app, actor, id).await?;
    if internal && by != By::Admin { Err(AppError::NotFound) } else { Ok(()) }
}

/// A ticket in full, for somebody who may see it.
pub(super) async fn detail(app: &App, actor: &Actor, ticket: Ticket) -> Result<TicketDetail, AppError> {
    let by = ticket.by(actor.user(), actor.role()).ok_or(AppError::NotFound)?;
    let told = if by == By::Admin { Told::Everything } else { Told::WhatBothSidesRead };
    let (mut messages, mut history) = (Vec::new(), Vec::new());
    for entry in repository::timeline(&app.db, ticket.id, told).await? {
        match entry {
            Entry::Message(message) => messages.push(message),
            Entry::Step(step) => history.push(step),
        }
    }
    let (description, attachments) = (ticket.description.clone(), ticket.attachments.clone());
    let allowed_next = ticket.status.allowed_next(by);
    let row = rows(app, vec![ticket]).await?.pop().ok_or(AppError::Internal)?;
    Ok(TicketDetail { row, description, attachments, messages, history, allowed_next })
}

/// The rows of some tickets, with the names of people and trips.
async fn rows(app: &App, tickets: Vec<Ticket>) -> Result<Vec<TicketRow>, AppError> {
    let people = tickets.iter().flat_map(|ticket| ticket.assignee.into_iter().chain([ticket.requester]));
    let mut trip_ids: Vec<_> = tickets.iter().filter_map(|ticket| ticket.trip_id).collect();
    trip_ids.sort_unstable();
    trip_ids.dedup();
    let (people, trips) =
        futures_util::try_join!(directory::find_people(app, people), trips::find_labels(app, &trip_ids))?;
    let now = app.clock.now();
    Ok(tickets
        .into_iter()
        .map(|ticket| {
            let requester = person(&people, ticket.requester, Role::User);
            let assignee = ticket.assignee.map(|id| person(&people, id, Role::Admin));
            let trip = ticket.trip_id.and_then(|id| trips.get(&id)).cloned().map(TicketTrip::from);
            TicketRow::new(ticket, Around { requester, assignee, trip, now })
        })
        .collect())
}

fn person(people: &BTreeMap<UserId, Person>, id: UserId, role: Role) -> TicketPerson {
    match people.get(&id) {
        Some(person) => TicketPerson { id, name: person.name.clone(), role: person.role },
        None => TicketPerson { id, name: "Somebody who has left".into(), role },
    }
}
