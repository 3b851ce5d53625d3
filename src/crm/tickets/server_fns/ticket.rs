//! The doors of the page of one ticket. Each that changes something says in a sentence what was done.

use leptos::prelude::*;

use crate::{crm::tickets::screens::profile::TicketProfile, shared::error::AppError};

/// The ticket; `answer` is a canned answer to begin with, chosen without script.
///
/// # Errors
/// [`AppError::NotFound`] for a ticket of somebody else.
#[server(endpoint = "tickets/load_ticket", prefix = "/api/fn")]
pub async fn load_ticket(id: String, #[server(default)] answer: String) -> Result<TicketProfile, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_ticket(&app, &actor, &id, &answer).await
}

/// Takes a step of the lifecycle, with the note that resolving needs.
///
/// # Errors
/// [`AppError::StepRefused`] when it cannot be taken, [`AppError::Conflict`] for a stale version.
#[server(endpoint = "tickets/take_step", prefix = "/api/fn")]
pub async fn take_step(id: String, version: u32, to: String, #[server(default)] note: String) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::take_step(&app, &actor, &id, version, (&to, &note)).await
}

/// Sends a reply, and takes the step `then` with it; or with `internal` keeps a note that only admins read.
///
/// # Errors
/// [`AppError::InvalidInput`] for a text that is missing or too long, [`AppError::Conflict`] when somebody wrote in the meantime.
#[server(endpoint = "tickets/add_ticket_message", prefix = "/api/fn")]
pub async fn add_ticket_message(
    id: String,
    version: u32,
    #[server(default)] text: String,
    #[server(default)] internal: String,
    #[server(default)] then: String,
    #[server(default)] attachments: String,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    use crate::crm::tickets::server::screens::{self, MessageForm};
    let (app, actor) = current_actor().await?;
    let form = MessageForm { version, text, internal: internal == "true", then, attachments };
    screens::add_ticket_message(&app, &actor, &id, form).await
}

/// Gives the ticket to an admin; `me` is the viewer.
///
/// # Errors
/// [`AppError::Forbidden`] for others than admins, [`AppError::Conflict`] for a stale version.
#[server(endpoint = "tickets/assign_ticket", prefix = "/api/fn")]
pub async fn assign_ticket(id: String, version: u32, #[server(default)] assignee: String) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::assign_ticket(&app, &actor, &id, version, &assignee).await
}

/// Says how soon it is needed.
///
/// # Errors
/// [`AppError::Forbidden`] for others than admins, [`AppError::Conflict`] for a stale version.
#[server(endpoint = "tickets/change_ticket_priority", prefix = "/api/fn")]
pub async fn change_ticket_priority(
    id: String,
    version: u32,
    #[server(default)] priority: String,
) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::change_ticket_priority(&app, &actor, &id, version, &priority).await
}

/// Says how content the requester was.
///
/// # Errors
/// [`AppError::Conflict`] when it was said already, or the ticket is not resolved.
#[server(endpoint = "tickets/rate_ticket", prefix = "/api/fn")]
pub async fn rate_ticket(
    id: String,
    #[server(default)] score: String,
    #[server(default)] comment: String,
) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::rate_ticket(&app, &actor, &id, (&score, comment)).await
}
