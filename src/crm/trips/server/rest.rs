//! The REST door of trips.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service;
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::UserId},
        trips::{
            changes::{NewTrip, TripChanges},
            listing::{MyTripFilter, TripFilter, TripOrder},
            trip::{Difficulty, Trip, Visibility},
            views::{PublicTrip, TripCard, TripRow},
        },
    },
    server::{
        answer::{Answer, Created, Data, Envelope},
        extract::{Body, PathId, PathText, Query, page_request},
        state::App,
    },
    shared::page::Page,
};

/// The routes of trips.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_trips, create_trip))
        .routes(routes!(list_my_trips))
        .routes(routes!(require_own_trip))
        .routes(routes!(view_trip, update_trip))
}

/// What a list of live trips is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TripQuery {
    /// Beginnings of words in title, destination or region.
    q: Option<String>,
    /// Only trips that are so hard.
    difficulty: Option<Difficulty>,
    /// Only trips of this region.
    region: Option<String>,
    /// `startsOn` (unless said otherwise), `price` or `title`, with `-` for descending.
    #[param(value_type = Option<String>)]
    sort: Option<TripOrder>,
    /// 1 to 100; 20 unless said otherwise.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// What a list of one's own trips is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct MyTripQuery {
    /// Admins: only this organizer's trips.
    #[param(value_type = Option<String>)]
    organizer_id: Option<UserId>,
    /// Beginnings of words in title, destination or region.
    q: Option<String>,
    /// Only trips that are so visible.
    visibility: Option<Visibility>,
    /// 1 to 100; 20 unless said otherwise.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Live trips.
#[utoipa::path(get, path = "/api/trips", tag = "trips", params(TripQuery),
    responses((status = 200, body = Envelope<Vec<TripCard>>), (status = 422)))]
pub async fn list_trips(State(app): State<App>, Query(query): Query<TripQuery>) -> Answer<Page<TripCard>> {
    let TripQuery { q, difficulty, region, sort, limit, cursor } = query;
    let filter = TripFilter { q, difficulty, region, sort: sort.unwrap_or_default() };
    service::list_trips(&app, filter, &page_request(limit, cursor)?).await
}

/// A live trip. A view by somebody who is signed in is tracked.
#[utoipa::path(get, path = "/api/trips/{trip}", tag = "trips", security((), ("bearer" = [])), params(("trip" = String, Path, description = "The trip's slug.")),
    responses((status = 200, body = Envelope<PublicTrip>), (status = 404)))]
pub async fn view_trip(
    State(app): State<App>,
    actor: Option<Actor>,
    PathText(slug): PathText,
) -> Answer<Data<PublicTrip>> {
    service::view_trip(&app, actor.as_ref(), &slug).await.map(Data)
}

/// One's own trips, the newest first; for admins those of everybody.
#[utoipa::path(get, path = "/api/trips/mine", tag = "trips", security(("bearer" = [])), params(MyTripQuery),
    responses((status = 200, body = Envelope<Vec<TripRow>>), (status = 403)))]
pub async fn list_my_trips(
    State(app): State<App>,
    actor: Actor,
    Query(query): Query<MyTripQuery>,
) -> Answer<Page<TripRow>> {
    let MyTripQuery { organizer_id, q, visibility, limit, cursor } = query;
    service::list_my_trips(&app, &actor, MyTripFilter { organizer_id, q, visibility }, &page_request(limit, cursor)?)
        .await
}

/// One of one's own trips in full; for admins any.
#[utoipa::path(get, path = "/api/trips/mine/{id}", tag = "trips", security(("bearer" = [])), params(("id" = String, Path, description = "The trip's id.")),
    responses((status = 200, body = Envelope<Trip>), (status = 404)))]
pub async fn require_own_trip(State(app): State<App>, actor: Actor, PathId(id): PathId<Trip>) -> Answer<Data<Trip>> {
    service::require_own_trip(&app, &actor, id).await.map(Data)
}

/// Makes a trip: a draft that waits for its verification.
#[utoipa::path(post, path = "/api/trips", tag = "trips", security(("bearer" = [])), request_body = NewTrip,
    responses((status = 201, body = Envelope<Trip>), (status = 409), (status = 422)))]
pub async fn create_trip(State(app): State<App>, actor: Actor, Body(input): Body<NewTrip>) -> Answer<Created<Trip>> {
    service::create_trip(&app, &actor, input).await.map(Created)
}

/// Changes a trip.
#[utoipa::path(put, path = "/api/trips/{trip}", tag = "trips", security(("bearer" = [])), params(("trip" = String, Path, description = "The trip's id.")), request_body = TripChanges,
    responses((status = 200, body = Envelope<Trip>), (status = 404), (status = 409), (status = 422)))]
pub async fn update_trip(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Trip>,
    Body(changes): Body<TripChanges>,
) -> Answer<Data<Trip>> {
    service::update_trip(&app, &actor, id, changes).await.map(Data)
}
