//! The doors of adding a lead by hand and of importing a file.

use leptos::prelude::*;

use crate::{crm::leads::listing::Choice, shared::error::AppError};

/// The trips, with their departures, that a lead can be about.
///
/// # Errors
/// When nobody is signed in, or a traveller is.
#[server(endpoint = "leads/load_trip_choices", prefix = "/api/fn")]
pub async fn load_trip_choices() -> Result<Vec<Choice>, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::screens};
    let (app, actor) = current_actor().await?;
    screens::load_trip_choices(&app, &actor).await
}

/// Adds somebody by hand and leads to their page. `trip` is a value of [`load_trip_choices`].
///
/// # Errors
/// Those of `service::create_lead`.
#[server(endpoint = "leads/add_lead", prefix = "/api/fn")]
pub async fn add_lead(
    #[server(default)] trip: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] source: String,
    #[server(default)] party_size: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    use crate::crm::{
        accounts::server::actor::current_actor,
        leads::server::screens::{self, LeadForm},
    };
    let (app, actor) = current_actor().await?;
    let form = LeadForm { trip, name, email, phone, source, party_size, message };
    leptos_axum::redirect(&screens::add_lead(&app, &actor, form).await?);
    Ok(())
}
