//! The doors of the page of one lead. Each that changes something says in a sentence what was done.

use leptos::prelude::*;

use crate::{
    crm::leads::profile::{LeadProfile, StepTaken},
    shared::error::AppError,
};

/// The lead, and its place in the list whose query is `from`.
///
/// # Errors
/// [`AppError::NotFound`] for another organizer's, [`AppError::Forbidden`] for travellers.
#[server(endpoint = "leads/load_lead", prefix = "/api/fn")]
pub async fn load_lead(id: String, #[server(default)] from: String) -> Result<LeadProfile, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::profile};
    let (app, actor) = current_actor().await?;
    profile::load_lead(&app, &actor, &id, &from).await
}

/// Takes a step of the lifecycle, with the reason that closing as lost needs.
///
/// # Errors
/// [`AppError::StepRefused`] when it cannot be taken, [`AppError::Conflict`] for a stale version.
#[server(endpoint = "leads/take_step", prefix = "/api/fn")]
pub async fn take_step(
    id: String,
    version: u32,
    to: String,
    #[server(default)] reason: Option<String>,
    #[server(default)] note: Option<String>,
) -> Result<StepTaken, AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    use crate::crm::leads::server::profile::{self, StepForm};
    let (app, actor) = current_actor().await?;
    profile::take_step(&app, &actor, &id, StepForm { version, to, reason, note }).await
}

/// Writes down what happened, and when to get back to them.
///
/// # Errors
/// [`AppError::InvalidInput`] for a text that is missing or too long.
#[server(endpoint = "leads/log_interaction", prefix = "/api/fn")]
pub async fn log_interaction(
    id: String,
    kind: String,
    text: String,
    #[server(default)] follow_up: Option<String>,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    use crate::crm::leads::server::profile::{self, LogForm};
    let (app, actor) = current_actor().await?;
    profile::log_interaction(&app, &actor, &id, LogForm { kind, text, follow_up }).await
}

/// Changes one fact.
///
/// # Errors
/// [`AppError::InvalidInput`] for a value that does not fit, [`AppError::Conflict`] for a stale version.
#[server(endpoint = "leads/change_fact", prefix = "/api/fn")]
pub async fn change_fact(
    id: String,
    version: u32,
    fact: String,
    #[server(default)] value: String,
) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor::current_actor, leads::server::profile};
    let (app, actor) = current_actor().await?;
    profile::change_fact(&app, &actor, &id, version, (&fact, &value)).await
}

/// Makes a booking of the lead.
///
/// # Errors
/// [`AppError::NoSeatsLeft`], [`AppError::StepRefused`], [`AppError::InvalidInput`].
#[server(endpoint = "leads/convert_lead", prefix = "/api/fn")]
pub async fn convert_lead(
    id: String,
    #[server(default)] departure_id: Option<String>,
    party_size: String,
    amount: String,
    #[server(default)] note: Option<String>,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    use crate::crm::leads::server::profile::{self, ConvertForm};
    let (app, actor) = current_actor().await?;
    profile::convert_lead(&app, &actor, &id, ConvertForm { departure_id, party_size, amount, note }).await
}
