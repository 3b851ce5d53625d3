//! Writes the body of every refusal and failure in the words of its asker: the JSON envelope for programs, the error itself
//! for our own script, a page for people. Logs every request, once.

use std::{
    any::Any,
    time::{Duration, Instant},
};

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ACCEPT, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use leptos::{
    prelude::{Owner, RenderHtml},
    server_fn::error::SERVER_FN_ERROR_HEADER,
};

use crate::{
    server::{
        answer::ErrorEnvelope,
        cookies,
        middleware::{request_id::RequestId, security_headers::page_policy},
        state::App,
    },
    shared::error::AppError,
    ui::{app::Document, pages::error::error_document},
};

/// Who is to read the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Program,
    OwnScript,
    Person,
}

/// What is known of a request after it was handed on.
struct Asked {
    id: String,
    method: Method,
    path: String,
    reader: Reader,
    theme: Option<String>,
}

/// Lets the request be answered, then words what went wrong and logs it.
pub async fn word_errors(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&app, &request);
    let start = Instant::now();
    let response = next.run(request).await;
    let error = error_of(&response);
    let response = match &error {
        Some(error) => asked.word(&app, error, response),
        None => response,
    };
    asked.log(response.status(), error.as_ref(), start.elapsed());
    response
}

/// The answer to a request whose handling panicked; the panic itself is logged by the hook of `telemetry`.
pub fn answer_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    AppError::Internal.into_response()
}

/// Whether the asker is a browser that shows what it gets.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// What went wrong: what a handler said, else what a bare status means. An answer with a body of its own is complete.
fn error_of(response: &Response) -> Option<AppError> {
    if let Some(error) = response.extensions().get::<AppError>() {
        return Some(error.clone());
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_complete = kind.starts_with("application/json") || kind.starts_with("text/html");
    if is_complete { None } else { error_for(response.status()) }
}

fn error_for(status: StatusCode) -> Option<AppError> {
    let error = match status.as_u16() {
        ..400 | 416 => return None,
        401 => AppError::Unauthenticated,
        403 => AppError::Forbidden,
        404 => AppError::NotFound,
        405 => AppError::MethodNotAllowed,
        413 => AppError::TooLarge,
        414 => AppError::UriTooLong,
        415 => AppError::UnsupportedMediaType,
        422 => AppError::field("body", "This does not fit."),
        431 => AppError::HeadersTooLarge,
        503 => AppError::Unavailable,
        400..500 => AppError::MalformedRequest("This request cannot be read.".into()),
        _ => AppError::Internal,
    };
    Some(error)
}

impl Asked {
    fn of(app: &App, request: &Request) -> Self {
        let path = request.uri().path();
        let reader = if accepts_html(request.headers()) && (path.starts_with("/api/fn/") || !path.starts_with("/api/"))
        {
            Reader::Person
        } else if path.starts_with("/api/fn/") {
            Reader::OwnScript
        } else {
            Reader::Program
        };
        Self {
            id: request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
            method: request.method().clone(),
            path: path.to_owned(),
            reader,
            theme: cookies::theme(&app.config, request.headers()),
        }
    }

    fn word(&self, app: &App, error: &AppError, response: Response) -> Response {
        let mut worded = match self.reader {
            Reader::Program => Json(ErrorEnvelope::new(error, &self.id)).into_response(),
            Reader::OwnScript => self.word_for_own_script(error),
            Reader::Person => self.word_for_person(app, error),
        };
        *worded.status_mut() = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (mut said, _) = response.into_parts();
        for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING] {
            said.headers.remove(name);
        }
        said.headers.extend(std::mem::take(worded.headers_mut()));
        *worded.headers_mut() = said.headers;
        worded
    }

    fn word_for_own_script(&self, error: &AppError) -> Response {
        let mut response = Json(error).into_response();
        if let Ok(path) = HeaderValue::from_str(&self.path) {
            response.headers_mut().insert(SERVER_FN_ERROR_HEADER, path);
        }
        response
    }

    fn word_for_person(&self, app: &App, error: &AppError) -> Response {
        let css = app.site.public_css().to_owned();
        let document = Document { theme: self.theme.clone(), css, ..Document::default() };
        let html = Owner::new().with(|| error_document(error.clone(), document, self.id.clone()).to_html());
        let mut response = Html(Body::from(format!("<!DOCTYPE html>{html}"))).into_response();
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, page_policy(None));
        response
    }

    /// The path goes without its query, which may hold names, addresses and tokens.
    fn log(&self, status: StatusCode, error: Option<&AppError>, duration: Duration) {
        let (id, method, path, status) = (&self.id, self.method.as_str(), &self.path, status.as_u16());
        let error = error.map(AppError::code);
        let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        match status {
            503 => tracing::warn!(id, method, path, status, error, micros, "answered"),
            500.. => tracing::error!(id, method, path, status, error, micros, "answered"),
            _ => tracing::info!(id, method, path, status, error, micros, "answered"),
        }
    }
}
