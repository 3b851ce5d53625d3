//! The REST doors of accounts: `/api/auth` here, what admins do in [`admin`].

pub mod admin;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actor::Actor,
    caller::Caller,
    service::{self, Credentials, PasswordChange, PasswordReset, ProfileChanges, Registered, Registration, SignedIn},
    tokens,
};
use crate::{
    crm::accounts::{
        session::{Session, SessionKind, SessionRow},
        user::{Me, User},
    },
    server::{
        answer::{Accepted, Answer, Created, Data, Envelope, NoContent},
        extract::{Body, PathId, Query, page_request},
        state::App,
    },
    shared::{error::AppError, page::Page},
};

/// The routes under `/api/auth` and those of admins for people, mails and the audit trail.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(verify_email))
        .routes(routes!(login))
        .routes(routes!(refresh))
        .routes(routes!(logout))
        .routes(routes!(show_me, change_me))
        .routes(routes!(change_password))
        .routes(routes!(forgot_password))
        .routes(routes!(reset_password))
        .routes(routes!(list_sessions))
        .routes(routes!(end_session))
        .merge(admin::routes())
}

/// Somebody with a new pair of tokens.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    user: User,
    /// For the `Authorization` header; good for 15 minutes.
    access_token: String,
    /// For the next pair; good once, for 30 days.
    refresh_token: String,
}

impl Tokens {
    fn issue(app: &App, SignedIn { user, issue, .. }: SignedIn) -> Result<Self, AppError> {
        let pair = tokens::issue_pair(app, &issue)?;
        Ok(Self { user, access_token: pair.access, refresh_token: pair.refresh })
    }
}

/// A mail is on its way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VerificationSent {
    verification_sent: bool,
}

/// Make an account. With `TREK_VERIFY_EMAIL` on, it begins when the mailed link is followed.
#[utoipa::path(
    post, path = "/api/auth/register", tag = "auth", request_body = Registration,
    responses((status = 201, body = Envelope<Tokens>), (status = 202, body = Envelope<VerificationSent>), (status = 409), (status = 422), (status = 429))
)]
pub async fn register(State(app): State<App>, caller: Caller, Body(input): Body<Registration>) -> Answer<Response> {
    match service::register(&app, &caller, SessionKind::Program, input).await? {
        Registered::SignedIn(signed_in) => {
            Tokens::issue(&app, *signed_in).map(|tokens| Created(tokens).into_response())
        }
        Registered::VerificationSent => Ok(Accepted(VerificationSent { verification_sent: true }).into_response()),
    }
}

/// Sign in.
#[utoipa::path(
    post, path = "/api/auth/login", tag = "auth", request_body = Credentials,
    responses((status = 200, body = Envelope<Tokens>), (status = 401), (status = 429))
)]
pub async fn login(State(app): State<App>, caller: Caller, Body(input): Body<Credentials>) -> Answer<Data<Tokens>> {
    let signed_in = service::sign_in(&app, &caller, SessionKind::Program, input).await?;
    Tokens::issue(&app, signed_in).map(Data)
}

/// A refresh token.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Refresh {
    refresh_token: String,
}

/// Get the next pair of tokens.
#[utoipa::path(
    post, path = "/api/auth/refresh", tag = "auth", request_body = Refresh,
    responses((status = 200, body = Envelope<Tokens>), (status = 401))
)]
pub async fn refresh(State(app): State<App>, Body(input): Body<Refresh>) -> Answer<Data<Tokens>> {
    let signed_in = service::refresh_tokens(&app, &input.refresh_token).await?;
    Tokens::issue(&app, signed_in).map(Data)
}

/// End this session.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", security(("bearer" = [])), responses((status = 204), (status = 401)))]
pub async fn logout(State(app): State<App>, actor: Actor) -> Answer<NoContent> {
    service::sign_out(&app, &actor).await.map(|()| NoContent)
}

/// The secret of a mailed link.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    token: String,
}

/// Confirm an address by the mailed link; the account begins.
#[utoipa::path(
    post, path = "/api/auth/verify-email", tag = "auth", request_body = Link,
    responses((status = 200, body = Envelope<Tokens>), (status = 422))
)]
pub async fn verify_email(State(app): State<App>, caller: Caller, Body(input): Body<Link>) -> Answer<Data<Tokens>> {
    let signed_in = service::verify_email(&app, &caller, SessionKind::Program, &input.token).await?;
    Tokens::issue(&app, signed_in).map(Data)
}

/// Who asks.
#[utoipa::path(get, path = "/api/auth/me", tag = "auth", security(("bearer" = [])), responses((status = 200, body = Envelope<Me>), (status = 401)))]
pub async fn show_me(State(app): State<App>, actor: Actor) -> Answer<Data<Me>> {
    service::show_me(&app, &actor).await.map(Data)
}

/// Change one's own account.
#[utoipa::path(
    put, path = "/api/auth/me", tag = "auth", security(("bearer" = [])), request_body = ProfileChanges,
    responses((status = 200, body = Envelope<Me>), (status = 401), (status = 422))
)]
pub async fn change_me(State(app): State<App>, actor: Actor, Body(changes): Body<ProfileChanges>) -> Answer<Data<Me>> {
    service::change_me(&app, &actor, changes).await.map(Data)
}

/// Change one's own password; all sessions end, this one too.
#[utoipa::path(
    put, path = "/api/auth/password", tag = "auth", security(("bearer" = [])), request_body = PasswordChange,
    responses((status = 204), (status = 401), (status = 422), (status = 429))
)]
pub async fn change_password(
    State(app): State<App>,
    actor: Actor,
    caller: Caller,
    Body(input): Body<PasswordChange>,
) -> Answer<NoContent> {
    service::change_password(&app, &actor, &caller, input).await.map(|()| NoContent)
}

/// An address.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    email: String,
}

/// If the address has an account, a mail is on its way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Received {
    received: bool,
}

/// Ask for a link to set a new password. The answer does not tell whether the address has an account.
#[utoipa::path(
    post, path = "/api/auth/password/forgot", tag = "auth", request_body = Address,
    responses((status = 202, body = Envelope<Received>), (status = 422), (status = 429))
)]
pub async fn forgot_password(
    State(app): State<App>,
    caller: Caller,
    Body(input): Body<Address>,
) -> Answer<Accepted<Received>> {
    service::forgot_password(&app, &caller, &input.email).await.map(|()| Accepted(Received { received: true }))
}

/// Set a password by the mailed link; all sessions end.
#[utoipa::path(
    post, path = "/api/auth/password/reset", tag = "auth", request_body = PasswordReset,
    responses((status = 204), (status = 422), (status = 429))
)]
pub async fn reset_password(
    State(app): State<App>,
    caller: Caller,
    Body(input): Body<PasswordReset>,
) -> Answer<NoContent> {
    service::reset_password(&app, &caller, input).await.map(|()| NoContent)
}

/// Which page of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// 1 to 100, 20 unless given.
    limit: Option<u32>,
    /// `pagination.next` of the page before.
    cursor: Option<String>,
}

/// Where one is signed in.
#[utoipa::path(
    get, path = "/api/auth/sessions", tag = "auth", security(("bearer" = [])), params(PageQuery),
    responses((status = 200, body = Envelope<Vec<SessionRow>>), (status = 401))
)]
pub async fn list_sessions(
    State(app): State<App>,
    actor: Actor,
    Query(query): Query<PageQuery>,
) -> Answer<Page<SessionRow>> {
    service::list_sessions(&app, &actor, &page_request(query.limit, query.cursor)?).await
}

/// End one of one's own sessions.
#[utoipa::path(
    delete, path = "/api/auth/sessions/{id}", tag = "auth", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204), (status = 401), (status = 404))
)]
pub async fn end_session(State(app): State<App>, actor: Actor, PathId(id): PathId<Session>) -> Answer<NoContent> {
    service::end_session(&app, &actor, id).await.map(|()| NoContent)
}
