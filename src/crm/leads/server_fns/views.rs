//! The doors of saved views.

use leptos::prelude::*;

use crate::shared::error::AppError;

/// Keeps the list of the address `query` under a name: as a new view, or in place of the one of that id.
///
/// # Errors
/// Those of `service::save_view`.
#[server(endpoint = "leads/save_view", prefix = "/api/fn")]
pub async fn save_view(
    #[server(default)] id: String,
    #[server(default)] query: String,
    #[server(default)] name: String,
    #[server(default)] pinned: Option<String>,
    #[server(default)] as_new: Option<String>,
) -> Result<(), AppError> {
    use crate::crm::{
        accounts::server::actor::current_actor,
        leads::server::screens::{self, ViewForm},
    };
    let (app, actor) = current_actor().await?;
    let form = ViewForm { id, query, name, pinned: pinned.is_some(), as_new: as_new.is_some() };
    leptos_axum::redirect(&screens::save_view(&app, &actor, form).await?);
    Ok(())
}

/// Forgets a view.
///
/// # Errors
/// Those of `service::delete_view`.
#[server(endpoint = "leads/delete_view", prefix = "/api/fn")]
pub async fn delete_view(id: String) -> Result<(), AppError> {
    use crate::crm::{
        accounts::server::actor::current_actor,
        leads::{address::LEADS_PATH, server::screens},
    };
    let (app, actor) = current_actor().await?;
    screens::delete_view(&app, &actor, &id).await?;
    leptos_axum::redirect(LEADS_PATH);
    Ok(())
}
