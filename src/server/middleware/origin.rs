//! Refuses unsafe requests that another site made a browser send (CSRF). One layer for pages, server functions and REST.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{AUTHORIZATION, COOKIE, HOST, ORIGIN, UPGRADE},
    },
    middleware::Next,
    response::Response,
};

use crate::{
    live::server::socket_io,
    server::{config::Config, state::App},
    shared::error::AppError,
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request pass if it changes nothing, proves itself, or came from our own pages.
///
/// # Errors
/// [`AppError::BadOrigin`].
pub async fn check_origin(State(app): State<App>, request: Request, next: Next) -> Result<Response, AppError> {
    let headers = request.headers();
    let opens_socket = headers.contains_key(UPGRADE) || request.uri().path().starts_with(socket_io::PATH);
    let is_harmless = request.method().is_safe() && !opens_socket;
    let proves_itself = carries_bearer(headers) || request.uri().path().starts_with("/api/webhooks/");
    if is_harmless || proves_itself || is_from_here(headers, &app.config) {
        return Ok(next.run(request).await);
    }
    Err(AppError::BadOrigin)
}

fn carries_bearer(headers: &HeaderMap) -> bool {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer ")))
}

/// A program that sends neither header is no browser; with a cookie it would be one, and every browser sends one of the two.
fn is_from_here(headers: &HeaderMap, config: &Config) -> bool {
    let site = headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes);
    if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
        return false;
    }
    match headers.get(ORIGIN) {
        Some(origin) => origin.to_str().is_ok_and(|origin| is_ours(origin, headers, config)),
        None => site.is_some() || !headers.contains_key(COOKIE),
    }
}

/// Whether an origin is that of this server: the public one, or in development whatever host the request names.
pub fn is_ours(origin: &str, headers: &HeaderMap, config: &Config) -> bool {
    if origin.eq_ignore_ascii_case(&config.public_url) {
        return true;
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    !config.is_production()
        && host.is_some_and(|host| origin.strip_prefix("http://").is_some_and(|rest| rest.eq_ignore_ascii_case(host)))
}
