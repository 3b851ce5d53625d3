//! `Idempotency-Key`: the same key from the same person carries a request out once and answers the same every time.
//! The rows are kept by `server/mongo/idempotency`. Routes whose requests or answers carry passwords or tokens take no key,
//! so that none of these is kept.

use std::time::Duration;

use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header::CONTENT_TYPE, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use tokio::time::{Instant, sleep};

use crate::{
    crm::accounts::server::actor::Actor,
    server::{
        answer::ErrorEnvelope,
        middleware::{
            client_address::client_address,
            limits::{UPLOAD, reading_failed},
            request_id::RequestId,
        },
        mongo::idempotency::{CLAIM, Claim, Key, StoredAnswer, claim, refuse_key, release, store_answer},
        state::App,
    },
    shared::error::AppError,
};

/// The header of the request.
pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Marks an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// How long a request waits for the same one that is under way.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it looks whether that one is done.
const PAUSE: Duration = Duration::from_millis(25);

/// Routes with passwords or tokens in their requests or answers.
const WITHOUT_KEY: [&str; 6] = [
    "/api/auth/register",
    "/api/auth/verify-email",
    "/api/auth/login",
    "/api/auth/refresh",
    "/api/auth/password",
    "/api/auth/password/reset",
];

/// Whether a route goes by the key of a request; elsewhere a key means nothing.
pub fn takes_key(method: &Method, path: &str) -> bool {
    let is_rest = path.starts_with("/api/") && !path.starts_with("/api/fn/");
    is_rest && !method.is_safe() && !WITHOUT_KEY.contains(&path)
}

/// Carries a request with a key out once.
///
/// # Errors
/// `invalid_input` for a bad key; `conflict` when it cannot be known or must not be repeated.
pub async fn carry_out_once(State(app): State<App>, request: Request, next: Next) -> Result<Response, AppError> {
    let applies = takes_key(request.method(), request.uri().path());
    let Some(key) = request.headers().get(KEY).filter(|_| applies) else {
        return Ok(next.run(request).await);
    };
    let Some(key) = read_key(key) else { return carry_out_nothing(request, next).await };
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, UPLOAD).await.map_err(|error| reading_failed(&error))?;
    let id = format!("{}:{key}", asker(&app, &mut parts).await?);
    let fingerprint = fingerprint(&parts, &body);
    match claim_patiently(&app, &id, &fingerprint).await? {
        Claim::Fresh => {
            let request = Request::from_parts(parts, Body::from(body));
            carry_out(&app, &id, request, next).await
        }
        Claim::Answered(answer) => Ok(replay(answer)),
        Claim::UnderWay => conflict("A request with this idempotency key is under way. Send it again in a moment."),
        Claim::CarriedOut => conflict(
            "A request with this idempotency key was carried out, but its answer was lost. Look at the result.",
        ),
        Claim::OtherRequest => conflict("This idempotency key was used for another request. Use a new key."),
    }
}

fn conflict(sentence: &str) -> Result<Response, AppError> {
    Err(AppError::Conflict(sentence.to_owned()))
}

/// The key, unless it cannot be one.
fn read_key(value: &HeaderValue) -> Option<String> {
    let is_printable =
        |key: &&str| (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    value.to_str().ok().filter(is_printable).map(ToOwned::to_owned)
}

/// Refuses a bad key where the contract says so: after whoever may not do this at all has been told, before what conflicts. So
/// the request is tried, and no transaction of it commits.
async fn carry_out_nothing(request: Request, next: Next) -> Result<Response, AppError> {
    let response = CLAIM.scope(Key::Bad, next.run(request)).await;
    let is_refused_before = matches!(response.status().as_u16(), 400..409 | 413.. );
    if is_refused_before { Ok(response) } else { Err(refuse_key()) }
}

/// Whose key it is: nobody answers, or is answered, for somebody else.
async fn asker(app: &App, parts: &mut Parts) -> Result<String, AppError> {
    Ok(match Option::<Actor>::from_request_parts(parts, app).await? {
        Some(actor) => actor.user().to_string(),
        None => client_address(parts).to_string(),
    })
}

fn fingerprint(parts: &Parts, body: &Bytes) -> String {
    let kind = parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let mut hash = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), path.as_bytes(), kind, body] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn claim_patiently(app: &App, id: &str, fingerprint: &str) -> Result<Claim, AppError> {
    let until = Instant::now() + PATIENCE;
    loop {
        match claim(&app.db, id, fingerprint, app.clock.now()).await? {
            Claim::UnderWay if Instant::now() < until => sleep(PAUSE).await,
            outcome => return Ok(outcome),
        }
    }
}

async fn carry_out(app: &App, id: &str, request: Request, next: Next) -> Result<Response, AppError> {
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let response = CLAIM.scope(Key::Claimed(id.to_owned()), next.run(request)).await;
    let status = response.status().as_u16();
    if status >= 500 || matches!(status, 401 | 429) {
        release(&app.db, id).await?;
        return Ok(response);
    }
    let (parts, body) = match response.extensions().get::<AppError>() {
        Some(error) => worded(error, &request_id, &response),
        None => response.into_parts(),
    };
    let bytes = to_bytes(body, usize::MAX).await.map_err(|error| reading_failed(&error))?;
    let answer = StoredAnswer { status, body: String::from_utf8_lossy(&bytes).into_owned() };
    if let Err(error) = store_answer(&app.db, id, &answer).await {
        // It is done all the same; whoever repeats it is told that the answer was lost.
        tracing::warn!(%error, "an answer could not be kept for its idempotency key");
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

/// A refusal with its body, so that it can be kept as it was given.
fn worded(error: &AppError, request_id: &str, response: &Response) -> (axum::http::response::Parts, Body) {
    let mut worded = Json(ErrorEnvelope::new(error, request_id)).into_response();
    *worded.status_mut() = response.status();
    worded.extensions_mut().insert(error.clone());
    worded.into_parts()
}

fn replay(answer: StoredAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, answer.body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
