//! The REST doors of accounts.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actor::Actor,
    caller::Caller,
    service::{self, Credentials, Registered, Registration, SignedIn},
    tokens,
};
use crate::{
    crm::accounts::{session::SessionKind, user::User},
    server::{
        answer::{Accepted, Answer, Created, Data, NoContent},
        extract::Body,
        state::App,
    },
    shared::error::AppError,
};

/// The routes under `/api/auth`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(register)).routes(routes!(login)).routes(routes!(refresh)).routes(routes!(logout))
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
    responses((status = 201, body = Tokens), (status = 202, body = VerificationSent), (status = 409), (status = 422))
)]
pub async fn register(State(app): State<App>, caller: Caller, Body(input): Body<Registration>) -> Answer<Response> {
    match service::register(&app, &caller, SessionKind::Program, input).await? {
        Registered::SignedIn(signed_in) => Tokens::issue(&app, *signed_in).map(|tokens| Created(tokens).into_response()),
        Registered::VerificationSent => Ok(Accepted(VerificationSent { verification_sent: true }).into_response()),
    }
}

/// Sign in.
#[utoipa::path(
    post, path = "/api/auth/login", tag = "auth", request_body = Credentials,
    responses((status = 200, body = Tokens), (status = 401), (status = 429))
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
    responses((status = 200, body = Tokens), (status = 401))
)]
pub async fn refresh(State(app): State<App>, Body(input): Body<Refresh>) -> Answer<Data<Tokens>> {
    let signed_in = service::refresh_tokens(&app, &input.refresh_token).await?;
    Tokens::issue(&app, signed_in).map(Data)
}

/// End this session.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", responses((status = 204), (status = 401)))]
pub async fn logout(State(app): State<App>, actor: Actor) -> Answer<NoContent> {
    service::sign_out(&app, &actor).await.map(|()| NoContent)
}
