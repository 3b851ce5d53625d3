//! The doors of the list, and of opening a ticket.

use leptos::prelude::*;

use crate::{
    crm::tickets::screens::{TicketsPage, forms::NewTicketForm},
    shared::error::AppError,
};

/// The page of the list that the query of an address names: all tickets for admins, for others their own.
///
/// # Errors
/// Those of `service::list_tickets`.
#[server(endpoint = "tickets/load_tickets", prefix = "/api/fn")]
pub async fn load_tickets(#[server(default)] query: String) -> Result<TicketsPage, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_list(&app, &actor, &query).await
}

/// What the form of a new ticket offers.
///
/// # Errors
/// When nobody is signed in.
#[server(endpoint = "tickets/load_new_ticket", prefix = "/api/fn")]
pub async fn load_new_ticket() -> Result<NewTicketForm, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, tickets::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_new_ticket(&app, &actor).await
}

/// Opens a ticket and leads to its page.
///
/// # Errors
/// Those of `service::create_ticket`.
#[server(endpoint = "tickets/create_ticket", prefix = "/api/fn")]
pub async fn create_ticket(
    #[server(default)] subject: String,
    #[server(default)] description: String,
    #[server(default)] category: String,
    #[server(default)] priority: String,
    #[server(default)] trip: String,
    #[server(default)] attachments: String,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    use crate::crm::tickets::server::screens::{self, TicketForm};
    let (app, actor) = current_actor().await?;
    let form = TicketForm { subject, description, category, priority, trip, attachments };
    leptos_axum::redirect(&screens::create_ticket(&app, &actor, form).await?);
    Ok(())
}
