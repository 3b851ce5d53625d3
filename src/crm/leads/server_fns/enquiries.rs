//! The door of a traveller's home.

use leptos::prelude::*;

use crate::{crm::leads::enquiries::TravellerHome, shared::error::AppError};

/// The enquiries of the viewer and where each stands.
///
/// # Errors
/// [`AppError::Forbidden`] for others than travellers.
#[server(endpoint = "leads/load_home", prefix = "/api/fn")]
pub async fn load_home(#[server(default)] cursor: String) -> Result<TravellerHome, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::enquiries};
    let (app, actor) = current_actor().await?;
    enquiries::load_home(&app, &actor, Some(cursor).filter(|cursor| !cursor.is_empty())).await
}
