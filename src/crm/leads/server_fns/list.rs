//! The doors of the list: a page of it, and changing many leads at once.

use leptos::prelude::*;

use crate::{
    crm::leads::{address::LeadsAddress, changes::BulkOutcome, listing::LeadsPage},
    shared::error::AppError,
};

/// The page of the list that an address names.
///
/// # Errors
/// Those of `service::list_leads`.
#[server(endpoint = "leads/load_leads", prefix = "/api/fn")]
pub async fn load_leads(address: LeadsAddress) -> Result<LeadsPage, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_list(&app, &actor, &address).await
}

/// Does one thing to the leads that were ticked, or with `whole` to all that match the address `query`.
///
/// # Errors
/// [`AppError::InvalidInput`] when nothing was chosen or the action needs more; those of `service::change_leads`.
#[server(endpoint = "leads/change_leads", prefix = "/api/fn")]
pub async fn change_leads(
    #[server(default)] ids: Vec<String>,
    #[server(default)] whole: Option<String>,
    query: String,
    action: String,
    #[server(default)] follow_up: Option<String>,
    #[server(default)] tag: Option<String>,
) -> Result<BulkOutcome, AppError> {
    use crate::crm::{
        accounts::server::actor::current_actor,
        leads::server::screens::{self, BulkForm},
    };
    let (app, actor) = current_actor().await?;
    let form = BulkForm { ids, whole: whole.is_some(), query, action, follow_up, tag };
    screens::change_many(&app, &actor, form).await
}
