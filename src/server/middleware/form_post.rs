//! Posts of plain HTML forms to server functions. They are answered with a redirect; what was wrong and what had been typed
//! waits in a [`Flash`] for the page that follows. Posts of our own script get the error with its status.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{
        HeaderValue, Method, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER, SET_COOKIE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::{
    server::{
        cookies,
        form_files::keep_files,
        middleware::{
            errors::accepts_html,
            limits::{UPLOAD, reading_failed},
        },
        mongo::flashes,
        redirects::own_path,
        state::App,
    },
    shared::error::AppError,
    ui::{
        app::is_public,
        form::{Flash, NOTICE},
        guard::sign_in_path,
    },
};

/// How long a value may be that is filled in again.
const VALUE: usize = 16 * 1024;
/// How many values are; an itinerary of 60 days and as many departures are a few hundred.
const VALUES: usize = 600;

/// Turns what a server function answers into what its asker understands.
///
/// # Errors
/// When the body cannot be read, or the flash not be kept.
pub async fn answer_forms(State(app): State<App>, request: Request, next: Next) -> Result<Response, AppError> {
    let is_form = request.method() == Method::POST && accepts_html(request.headers());
    let (request, refusal) = keep_files(&app, request).await;
    if !is_form {
        let (response, error) = carry_out(request, refusal, next).await;
        return Ok(match error {
            Some(error) => with_error(response, &error),
            None => response,
        });
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, UPLOAD).await.map_err(|error| reading_failed(&error))?;
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let (response, error) = carry_out(copy, refusal, next).await;
    redirect(&app, &parts, bytes, response, error).await
}

/// Has the server function run, unless its form is refused before.
async fn carry_out(request: Request, refusal: Option<AppError>, next: Next) -> (Response, Option<AppError>) {
    match refusal {
        Some(error) => (Response::new(Body::empty()), Some(error)),
        None => take_error(next.run(request).await).await,
    }
}

/// What a server function refused with; the body of the answer is used up by reading it.
async fn take_error(response: Response) -> (Response, Option<AppError>) {
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return (response, None);
    }
    let (mut parts, body) = response.into_parts();
    for name in [CONTENT_TYPE, CONTENT_LENGTH] {
        parts.headers.remove(name);
    }
    let error = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or(AppError::Internal),
        Err(_) => AppError::Internal,
    };
    (Response::from_parts(parts, Body::empty()), Some(error))
}

/// The same headers (cookies among them) with the status of the error, for `middleware::errors` to word.
fn with_error(response: Response, error: &AppError) -> Response {
    let (parts, _) = response.into_parts();
    let mut refused = error.clone().into_response();
    refused.headers_mut().extend(parts.headers);
    refused
}

async fn redirect(
    app: &App,
    asked: &Parts,
    body: Bytes,
    response: Response,
    error: Option<AppError>,
) -> Result<Response, AppError> {
    let mut headers = response.into_parts().0.headers;
    let notice = headers.remove(NOTICE).and_then(|text| read_notice(&text));
    let values = if error.is_some() { typed_values(&body) } else { BTreeMap::new() };
    let location = headers.get(LOCATION).or_else(|| asked.headers.get(REFERER));
    let target = target(app, asked, location, error.as_ref());
    let mut answer = (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response();
    for cookie in headers.get_all(SET_COOKIE) {
        answer.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    if error.is_some() || notice.is_some() {
        let flash = Flash { path: asked.uri.path().to_owned(), error, values, notice };
        let ticket = app.ids.secret();
        let expires_at = app.clock.now() + SignedDuration::from_mins(cookies::FLASH_MINUTES);
        flashes::keep(&app.db, &ticket, flash, expires_at).await?;
        if let Some(cookie) = cookies::set_flash(&app.config, Some(&ticket)) {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    Ok(answer)
}

fn read_notice(text: &HeaderValue) -> Option<String> {
    let pair = [b"n=", text.as_bytes()].concat();
    form_urlencoded::parse(&pair).next().map(|(_, text)| text.into_owned())
}

/// Where the person goes on: where the server function says, else back to the form; to sign in when that was missing.
fn target(app: &App, asked: &Parts, location: Option<&HeaderValue>, error: Option<&AppError>) -> String {
    let text = location.and_then(|location| location.to_str().ok()).unwrap_or("/");
    let path = own_path(text, &asked.headers, &app.config).map_or_else(|| "/".to_owned(), without_error);
    let page = path.split('?').next().unwrap_or_default();
    if matches!(error, Some(AppError::Unauthenticated)) && !is_public(page) {
        return sign_in_path(&path);
    }
    match text.split_once('#') {
        Some((_, place)) if is_plain_place(place) => format!("{path}#{place}"),
        _ => path,
    }
}

/// Whether the part of an address after `#` is the plain name of a place in the page.
fn is_plain_place(place: &str) -> bool {
    !place.is_empty() && place.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The address without what leptos adds to it for a refusal; the flash has it.
fn without_error(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let ours = |pair: &&str| !pair.is_empty() && !pair.starts_with("__path=") && !pair.starts_with("__err=");
    let kept: Vec<&str> = query.split('&').filter(ours).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The text fields of the form that may be shown again.
fn typed_values(body: &[u8]) -> BTreeMap<String, String> {
    let pairs = form_urlencoded::parse(body).into_owned();
    pairs.filter(|(name, value)| !is_secret(name) && value.len() <= VALUE).take(VALUES).collect()
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["password", "token", "secret", "current"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_loses_only_what_was_added_for_the_refusal() {
        assert_eq!(without_error("/leads?q=asha&__path=%2Fapi&__err=eyJ9"), "/leads?q=asha");
        assert_eq!(without_error("/leads?__path=a&__err=b"), "/leads");
        assert_eq!(without_error("/leads?"), "/leads");
        assert_eq!(without_error("/leads"), "/leads");
    }

    #[test]
    fn secrets_are_never_filled_in_again() {
        for name in ["password", "newPassword", "current", "token", "input[password]"] {
            assert!(is_secret(name), "{name}");
        }
        assert!(!is_secret("email"));
    }
}
