//! The doors of the board: its columns, more of one, and moving a card.

use leptos::prelude::*;

use crate::{
    crm::leads::{
        address::LeadsAddress,
        lead::LeadId,
        listing::{LeadLine, LeadsBoard, MoreLines},
        status::LeadStatus,
    },
    shared::error::AppError,
};

/// The board of the leads that an address names.
///
/// # Errors
/// Those of `service::load_board`.
#[server(endpoint = "leads/load_board", prefix = "/api/fn")]
pub async fn load_board(address: LeadsAddress) -> Result<LeadsBoard, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_board(&app, &actor, &address).await
}

/// The cards of a column that follow a cursor.
///
/// # Errors
/// Those of `service::list_leads`.
#[server(endpoint = "leads/load_column", prefix = "/api/fn")]
pub async fn load_column(address: LeadsAddress, status: LeadStatus, cursor: String) -> Result<MoreLines, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_column(&app, &actor, &address, status, cursor).await
}

/// Takes the step `to`, written as a [`BulkAction`](crate::crm::leads::bulk::BulkAction) that moves.
///
/// # Errors
/// Those of `service::change_lead`.
#[server(endpoint = "leads/move_lead", prefix = "/api/fn")]
pub async fn move_lead(id: LeadId, to: String, version: u32) -> Result<LeadLine, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::screens};
    let (app, actor) = current_actor().await?;
    screens::move_card(&app, &actor, id, &to, version).await
}
