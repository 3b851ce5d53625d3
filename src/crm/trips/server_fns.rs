//! The doors of trips for the pages: each finds who asks and calls one function of the server.

use leptos::prelude::*;

use crate::{
    crm::trips::{
        form::TripForm,
        screens::{
            MyTripsView, NewTripView, PublicSurroundings, TripEditView, TripPageView, TripQuery, TripSearchView,
        },
    },
    shared::error::AppError,
};

/// What the frame of the public pages has to know.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "trips/load_public_surroundings", prefix = "/api/fn")]
pub async fn load_public_surroundings() -> Result<PublicSurroundings, AppError> {
    use crate::crm::{accounts::server::actor, trips::server::service};
    let actor = actor::optional_actor().await?;
    Ok(PublicSurroundings {
        year: service::today(&actor::current_app()?).year(),
        role: actor.map(|actor| actor.role()),
    })
}

/// The live trips that somebody searches for.
///
/// # Errors
/// [`AppError::InvalidInput`] for a filter that does not exist.
#[server(endpoint = "trips/search_trips", prefix = "/api/fn")]
pub async fn search_trips(
    /// What is searched for.
    #[server(default)]
    query: TripQuery,
) -> Result<TripSearchView, AppError> {
    use crate::crm::{accounts::server::actor, trips::server::screens};
    screens::search(&actor::current_app()?, query).await
}

/// The public page of a live trip; the view is tracked.
///
/// # Errors
/// [`AppError::NotFound`] when no live trip has that slug.
#[server(endpoint = "trips/load_trip", prefix = "/api/fn")]
pub async fn load_trip(
    /// The trip's name in addresses.
    slug: String,
) -> Result<TripPageView, AppError> {
    use crate::crm::{accounts::server::actor, trips::server::screens};
    screens::open_trip(&actor::current_app()?, actor::optional_actor().await?.as_ref(), &slug).await
}

/// The asker's own trips; for admins those of everybody.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
#[server(endpoint = "trips/list_my_trips", prefix = "/api/fn")]
pub async fn list_my_trips(
    /// Where the page before ended.
    #[server(default)]
    cursor: Option<String>,
) -> Result<MyTripsView, AppError> {
    use crate::crm::{accounts::server::actor, trips::server::screens};
    let (app, actor) = actor::current_actor().await?;
    screens::list_own(&app, &actor, cursor).await
}

/// What the page of a new trip needs.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
#[server(endpoint = "trips/load_new_trip", prefix = "/api/fn")]
pub async fn load_new_trip() -> Result<NewTripView, AppError> {
    use crate::crm::{accounts::server::actor, trips::server::screens};
    let (app, actor) = actor::current_actor().await?;
    screens::prepare_new(&app, &actor).await
}

/// A trip for who may change it.
///
/// # Errors
/// [`AppError::NotFound`] for another organizer's.
#[server(endpoint = "trips/load_trip_editor", prefix = "/api/fn")]
pub async fn load_trip_editor(
    /// Which trip.
    id: String,
) -> Result<TripEditView, AppError> {
    use crate::crm::{accounts::server::actor, trips::server::screens};
    let (app, actor) = actor::current_actor().await?;
    screens::edit(&app, &actor, &id).await
}

/// Makes or changes a trip, and shows it.
///
/// # Errors
/// Those of `create_trip` and `update_trip`; a press that only changes rows of the form comes back as [`AppError::InvalidInput`].
#[server(endpoint = "trips/save_trip", prefix = "/api/fn")]
pub async fn save_trip(
    /// What was typed.
    form: TripForm,
) -> Result<(), AppError> {
    use crate::crm::{accounts::server::actor, trips::server::screens};
    use crate::server::notice::set_notice;
    let (app, actor) = actor::current_actor().await?;
    let id = screens::save(&app, &actor, form).await?;
    set_notice("The trip is saved.");
    leptos_axum::redirect(&format!("/my-trips/{id}"));
    Ok(())
}

/// Takes a step of a trip's visibility.
///
/// # Errors
/// [`AppError::StepRefused`] when it cannot be taken, [`AppError::Conflict`] for a stale version.
#[server(endpoint = "trips/set_trip_visibility", prefix = "/api/fn")]
pub async fn set_trip_visibility(
    /// Which trip.
    id: String,
    /// The version that was looked at.
    version: u32,
    /// The name of the visibility.
    to: String,
) -> Result<(), AppError> {
    use crate::{
        crm::{accounts::server::actor, trips::server::screens},
        server::notice::set_notice,
    };
    let (app, actor) = actor::current_actor().await?;
    set_notice(screens::set_visibility(&app, &actor, &id, version, &to).await?);
    Ok(())
}
