//! The REST doors for admins: people, mails, the audit trail.

use axum::extract::State;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    crm::accounts::{
        server::{
            actor::Actor,
            service::{self, Invitation, PersonChanges},
        },
        user::{PeopleFilter, Role, User, UserState},
    },
    server::{
        answer::{Answer, Created, Data, Envelope, NoContent},
        extract::{Body, PathId, Query, page_request},
        state::App,
    },
    shared::{
        audit::{AuditEntity, AuditQuery, AuditRow},
        id::Id,
        mail::{MailState, OutboxMail},
        page::Page,
        time::{Date, read_optional_date},
    },
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_people, invite_person))
        .routes(routes!(change_person))
        .routes(routes!(end_sessions_of))
        .routes(routes!(list_outbox))
        .routes(routes!(resend_mail))
        .routes(routes!(list_audit))
}

/// Which people, and which page of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// Beginnings of words of their names and addresses.
    q: Option<String>,
    /// What they are.
    role: Option<Role>,
    /// Whether they may sign in.
    state: Option<UserState>,
    /// 1 to 100, 20 unless given.
    limit: Option<u32>,
    /// `pagination.next` of the page before.
    cursor: Option<String>,
}

/// People, the newest first.
#[utoipa::path(
    get, path = "/api/admin/users", tag = "admin", security(("bearer" = [])), params(PeopleQuery),
    responses((status = 200, body = Envelope<Vec<User>>), (status = 401), (status = 403))
)]
pub async fn list_people(State(app): State<App>, actor: Actor, Query(query): Query<PeopleQuery>) -> Answer<Page<User>> {
    let PeopleQuery { q, role, state, limit, cursor } = query;
    service::list_people(&app, &actor, &PeopleFilter { q, role, state }, &page_request(limit, cursor)?).await
}

/// Make an account for somebody, who gets a mail to choose their password.
#[utoipa::path(
    post, path = "/api/admin/users", tag = "admin", security(("bearer" = [])), request_body = Invitation,
    responses((status = 201, body = Envelope<User>), (status = 401), (status = 403), (status = 409), (status = 422))
)]
pub async fn invite_person(
    State(app): State<App>,
    actor: Actor,
    Body(input): Body<Invitation>,
) -> Answer<Created<User>> {
    service::invite_person(&app, &actor, input).await.map(Created)
}

/// Change somebody's role or state; all their sessions end.
#[utoipa::path(
    put, path = "/api/admin/users/{id}", tag = "admin", security(("bearer" = [])), params(("id" = String, Path)), request_body = PersonChanges,
    responses((status = 200, body = Envelope<User>), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422))
)]
pub async fn change_person(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<User>,
    Body(changes): Body<PersonChanges>,
) -> Answer<Data<User>> {
    service::change_person(&app, &actor, id, changes).await.map(Data)
}

/// End all sessions of somebody.
#[utoipa::path(
    delete, path = "/api/admin/users/{id}/sessions", tag = "admin", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404))
)]
pub async fn end_sessions_of(State(app): State<App>, actor: Actor, PathId(id): PathId<User>) -> Answer<NoContent> {
    service::end_sessions_of(&app, &actor, id).await.map(|_| NoContent)
}

/// Which mails, and which page of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OutboxQuery {
    /// How far they have come.
    state: Option<MailState>,
    /// 1 to 100, 20 unless given.
    limit: Option<u32>,
    /// `pagination.next` of the page before.
    cursor: Option<String>,
}

/// Mails, the newest first.
#[utoipa::path(
    get, path = "/api/admin/outbox", tag = "admin", security(("bearer" = [])), params(OutboxQuery),
    responses((status = 200, body = Envelope<Vec<OutboxMail>>), (status = 401), (status = 403))
)]
pub async fn list_outbox(
    State(app): State<App>,
    actor: Actor,
    Query(query): Query<OutboxQuery>,
) -> Answer<Page<OutboxMail>> {
    service::list_outbox(&app, &actor, query.state, &page_request(query.limit, query.cursor)?).await
}

/// Send a mail once more.
#[utoipa::path(
    post, path = "/api/admin/outbox/{id}/resend", tag = "admin", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 200, body = Envelope<OutboxMail>), (status = 401), (status = 403), (status = 404), (status = 409))
)]
pub async fn resend_mail(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<OutboxMail>,
) -> Answer<Data<OutboxMail>> {
    service::resend_mail(&app, &actor, id).await.map(Data)
}

/// Which changes, and which page of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditPageQuery {
    /// Who made the change.
    #[param(value_type = Option<String>)]
    actor: Option<Id<()>>,
    /// The noun of the thing.
    entity: Option<AuditEntity>,
    /// Its id.
    #[param(value_type = Option<String>)]
    id: Option<Id<()>>,
    /// The first day, in the asker's time zone.
    #[serde(default, deserialize_with = "read_optional_date")]
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// The last day, included.
    #[serde(default, deserialize_with = "read_optional_date")]
    #[param(value_type = Option<String>)]
    to: Option<Date>,
    /// 1 to 100, 20 unless given.
    limit: Option<u32>,
    /// `pagination.next` of the page before.
    cursor: Option<String>,
}

/// Who changed what, the newest first.
#[utoipa::path(
    get, path = "/api/admin/audit", tag = "admin", security(("bearer" = [])), params(AuditPageQuery),
    responses((status = 200, body = Envelope<Vec<AuditRow>>), (status = 401), (status = 403))
)]
pub async fn list_audit(
    State(app): State<App>,
    actor: Actor,
    Query(query): Query<AuditPageQuery>,
) -> Answer<Page<AuditRow>> {
    let AuditPageQuery { actor: by, entity, id, from, to, limit, cursor } = query;
    let trail = AuditQuery { actor: by, entity, id, from, to };
    service::list_audit(&app, &actor, &trail, &page_request(limit, cursor)?).await
}
