//! The door of the enquiry form on a trip's page.

use leptos::prelude::*;

use crate::{crm::leads::enquiry::EnquiryForm, shared::error::AppError};

/// Passes an enquiry on to the trip's organizer; anybody may ask.
///
/// # Errors
/// [`AppError::InvalidInput`] with what is wrong, [`AppError::TooManyRequests`] for who asks too often.
#[server(endpoint = "leads/create_enquiry", prefix = "/api/fn")]
pub async fn create_enquiry(
    /// What was typed.
    enquiry: EnquiryForm,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor, caller::Caller};
    use crate::crm::{leads::server::service, trips::server::service as trips};
    let (app, actor, input) = (actor::current_app()?, actor::optional_actor().await?, enquiry.read()?);
    let trip = trips::require_live_trip(&app, input.trip_id).await?;
    service::create_lead(&app, actor.as_ref(), &Caller::of(&actor::current_parts()?), input).await?;
    leptos_axum::redirect(&format!("/trips/{}?sent=1#enquire", trip.slug));
    Ok(())
}
