//! Who is asking. An [`Actor`] is only made here, from a session that stands in the database, so that holding one means being
//! signed in. A request's bearer token counts first, then its cookie; each request asks the database once.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts, Request},
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
    middleware::Next,
    response::Response,
};
use jiff::SignedDuration;
use leptos::prelude::use_context;
use tokio::sync::OnceCell;

use super::{
    repository::sessions,
    session_store::{self, LASTS, Who},
    tokens,
};
pub use crate::crm::accounts::session::{Session, SessionId};
use crate::{
    crm::accounts::user::{Locale, Role, UserId},
    server::state::App,
    shared::error::AppError,
};

/// How exact "last seen" is: a session in use is written no more often.
const SEEN: SignedDuration = SignedDuration::from_mins(1);
const DAY: i64 = 86_400_000;

/// The person who asks, as their session says at this moment.
#[derive(Debug, Clone)]
pub struct Actor {
    user: UserId,
    role: Role,
    session: SessionId,
    name: String,
    time_zone: String,
    locale: Locale,
}

impl Actor {
    /// Who it is.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// What they are.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The session they ask from.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their IANA time zone.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }

    /// Their language.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// Lets only these roles pass.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for the others.
    pub fn require_role(&self, allowed: &[Role]) -> Result<(), AppError> {
        if allowed.contains(&self.role) { Ok(()) } else { Err(AppError::Forbidden) }
    }
}

impl From<Who> for Actor {
    fn from(who: Who) -> Self {
        let Who { session, user, role, name, time_zone, locale, .. } = who;
        Self { user, role, session, name, time_zone, locale }
    }
}

impl FromRequestParts<App> for Actor {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        identify(app, parts).await?.ok_or(AppError::Unauthenticated)
    }
}

impl OptionalFromRequestParts<App> for Actor {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, AppError> {
        identify(app, parts).await
    }
}

/// The application, in a server function.
///
/// # Errors
/// [`AppError::Internal`] outside of a request.
pub fn current_app() -> Result<App, AppError> {
    use_context().ok_or_else(|| missing("the application"))
}

/// The request's head, in a server function.
///
/// # Errors
/// [`AppError::Internal`] outside of a request.
pub fn current_parts() -> Result<Parts, AppError> {
    use_context().ok_or_else(|| missing("the request"))
}

/// The application and whoever is signed in, in a server function.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is.
pub async fn current_actor() -> Result<(App, Actor), AppError> {
    let app = current_app()?;
    let actor = optional_actor().await?.ok_or(AppError::Unauthenticated)?;
    Ok((app, actor))
}

/// Whoever is signed in, if anybody is, in a server function.
///
/// # Errors
/// When the database is away, or a bearer token is not good.
pub async fn optional_actor() -> Result<Option<Actor>, AppError> {
    let (app, parts) = (current_app()?, current_parts()?);
    identify(&app, &parts).await
}

/// The layer that makes all extractors and server functions of one request share one look at its session.
pub async fn share_actor(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Shared::default());
    next.run(request).await
}

/// Who asks, once that has been found out.
#[derive(Clone, Default)]
struct Shared(Arc<OnceCell<Option<Actor>>>);

async fn identify(app: &App, parts: &Parts) -> Result<Option<Actor>, AppError> {
    let shared = parts.extensions.get::<Shared>().cloned().unwrap_or_default();
    shared.0.get_or_try_init(|| look_up(app, parts)).await.cloned()
}

async fn look_up(app: &App, parts: &Parts) -> Result<Option<Actor>, AppError> {
    if let Some(token) = bearer(&parts.headers) {
        return identify_token(app, token).await.map(Some);
    }
    let Some(session) = parts.extensions.get::<tower_sessions::Session>() else { return Ok(None) };
    let Some(who) = session_store::read_who(session).await? else { return Ok(None) };
    let now = app.clock.now();
    if now.since(who.last_seen_at) >= SEEN {
        sessions::touch(&app.db, who.session, now, Some(now + LASTS)).await?;
        // The cookie lasts as long as the session: once a day the browser gets it again.
        if now.millis().div_euclid(DAY) != who.last_seen_at.millis().div_euclid(DAY) {
            session.set_expiry(session.expiry());
        }
    }
    Ok(Some(who.into()))
}

/// Whoever holds an access token, at this moment.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the token is not good (any more).
pub async fn identify_token(app: &App, token: &str) -> Result<Actor, AppError> {
    let claims = tokens::read_access(app, token)?;
    let now = app.clock.now();
    let row = sessions::find(&app.db, claims.sid, now).await?.ok_or(AppError::Unauthenticated)?;
    if row.user_id != claims.sub || row.role != claims.role {
        return Err(AppError::Unauthenticated);
    }
    if now.since(row.last_seen_at) >= SEEN {
        sessions::touch(&app.db, row.id, now, None).await?;
    }
    Ok(Who::from(&row).into())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn missing(what: &str) -> AppError {
    tracing::error!(what, "a server function ran outside of a request");
    AppError::Internal
}
