//! The REST door of notifications.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service::{self, Inbox};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        notifications::{
            notification::{Notification, NotificationRow},
            preferences::{PreferenceChanges, Preferences},
        },
    },
    server::{
        answer::{Answer, Data, Envelope, Pagination},
        extract::{Body, PathId, Query, page_request},
        state::App,
    },
    shared::page::TOTAL_CAP,
};

/// The routes of notifications.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_notifications))
        .routes(routes!(mark_all_read))
        .routes(routes!(show_preferences, change_preferences))
        .routes(routes!(mark_notification_read))
}

/// Which notifications, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
    /// `true`: only those that are not read yet.
    unread: Option<bool>,
    /// 1 to 100, 20 unless given.
    limit: Option<u32>,
    /// `pagination.next` of the page before.
    cursor: Option<String>,
}

/// A page of notifications.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotificationList {
    success: bool,
    data: Vec<NotificationRow>,
    pagination: Pagination,
    /// How many are unread in all: exact up to 1,000.
    unread_count: u64,
    /// Whether there are more than `unreadCount`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unread_count_capped: bool,
}

impl From<Inbox> for NotificationList {
    fn from(Inbox { page, unread }: Inbox) -> Self {
        Self {
            success: true,
            pagination: Pagination::of(&page),
            data: page.items,
            unread_count: unread.min(TOTAL_CAP),
            unread_count_capped: unread > TOTAL_CAP,
        }
    }
}

impl IntoResponse for NotificationList {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

/// How many are still unread.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnreadCount {
    /// How many are unread: those that came in this very moment.
    unread_count: u64,
}

/// One's own notifications, the newest first.
#[utoipa::path(get, path = "/api/crm/notifications", tag = "notifications", security(("bearer" = [])), params(NotificationQuery),
    responses((status = 200, body = NotificationList), (status = 401), (status = 422)))]
pub async fn list_notifications(
    State(app): State<App>,
    actor: Actor,
    Query(query): Query<NotificationQuery>,
) -> Answer<NotificationList> {
    let page = page_request(query.limit, query.cursor)?;
    service::list_notifications(&app, &actor, query.unread.unwrap_or_default(), &page).await.map(NotificationList::from)
}

/// Marks one as read; the same again changes nothing.
#[utoipa::path(put, path = "/api/crm/notifications/{id}/read", tag = "notifications", security(("bearer" = [])), params(("id" = String, Path, description = "The notification's id.")),
    responses((status = 200, body = Envelope<NotificationRow>), (status = 401), (status = 404)))]
pub async fn mark_notification_read(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Notification>,
) -> Answer<Data<NotificationRow>> {
    service::mark_notification_read(&app, &actor, id).await.map(Data)
}

/// Marks all as read.
#[utoipa::path(put, path = "/api/crm/notifications/read-all", tag = "notifications", security(("bearer" = [])),
    responses((status = 200, body = Envelope<UnreadCount>), (status = 401)))]
pub async fn mark_all_read(State(app): State<App>, actor: Actor) -> Answer<Data<UnreadCount>> {
    service::mark_all_read(&app, &actor).await?;
    let unread_count = service::count_unread(&app, &actor).await?.min(TOTAL_CAP);
    Ok(Data(UnreadCount { unread_count }))
}

/// What one is told, and how. What nobody can change is locked.
#[utoipa::path(get, path = "/api/crm/notifications/preferences", tag = "notifications", security(("bearer" = [])),
    responses((status = 200, body = Envelope<Preferences>), (status = 401)))]
pub async fn show_preferences(State(app): State<App>, actor: Actor) -> Answer<Data<Preferences>> {
    service::show_preferences(&app, &actor).await.map(Data)
}

/// Chooses anew for the kinds that are named; the others stay.
#[utoipa::path(put, path = "/api/crm/notifications/preferences", tag = "notifications", security(("bearer" = [])), request_body = PreferenceChanges,
    responses((status = 200, body = Envelope<Preferences>), (status = 401), (status = 422)))]
pub async fn change_preferences(
    State(app): State<App>,
    actor: Actor,
    Body(changes): Body<PreferenceChanges>,
) -> Answer<Data<Preferences>> {
    service::change_preferences(&app, &actor, changes).await.map(Data)
}
