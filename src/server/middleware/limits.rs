//! How large a request may be and how long it may take, checked before anything else looks at it.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderMap, Uri,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    middleware::Next,
    response::Response,
};
use http_body_util::Limited;

use crate::shared::error::AppError;

/// Names and values of all headers, in bytes.
const HEADERS: usize = 16 * 1024;
/// Path and query, in bytes.
const URI: usize = 8 * 1024;
/// A body of JSON or form fields, in bytes.
pub const BODY: usize = 1024 * 1024;
/// A body that carries a file of up to 10 MiB, with its wrapping, in bytes.
pub const UPLOAD: usize = 10 * 1024 * 1024 + WRAPPING;
/// A form whose files have up to 25 MiB together, in bytes.
const FORM: usize = 25 * 1024 * 1024 + WRAPPING;
const WRAPPING: usize = 64 * 1024;
const WITHIN: Duration = Duration::from_secs(30);
/// A file has to come over the line first.
const UPLOAD_WITHIN: Duration = Duration::from_secs(120);
/// Where a body may carry files, and how large it may be with them.
const UPLOADS: [(&str, usize); 7] = [
    ("/api/files", UPLOAD),
    ("/api/crm/leads/import", UPLOAD),
    ("/leads/import", UPLOAD),
    ("/api/fn/tickets/create_ticket", FORM),
    ("/api/fn/tickets/add_ticket_message", FORM),
    ("/api/fn/chat/begin_conversation", FORM),
    ("/api/fn/chat/send_message", FORM),
];
const FILES: &str = "multipart/form-data";

/// Refuses what is too large or of the wrong kind, and gives up on what takes too long.
///
/// # Errors
/// 431, 414, 413, 415, in this order; 503 after the time.
pub async fn enforce_limits(request: Request, next: Next) -> Result<Response, AppError> {
    if size_of(request.headers()) > HEADERS {
        return Err(AppError::HeadersTooLarge);
    }
    if length_of(request.uri()) > URI {
        return Err(AppError::UriTooLong);
    }
    let within = if room_for_files(&request).is_some() { UPLOAD_WITHIN } else { WITHIN };
    let answer = async {
        let request = read_body(request).await?;
        Ok(next.run(request).await)
    };
    answer_within(within, answer).await
}

/// Gives up on an answer that takes too long; what it had begun is dropped, and a transaction with it leaves nothing.
async fn answer_within(
    time: Duration,
    answer: impl Future<Output = Result<Response, AppError>>,
) -> Result<Response, AppError> {
    tokio::time::timeout(time, answer).await.unwrap_or(Err(AppError::Unavailable))
}

fn size_of(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

fn length_of(uri: &Uri) -> usize {
    uri.path_and_query().map_or(0, |path| path.as_str().len())
}

/// Reads small bodies now, so that 413 comes before every other refusal; files are counted while they are read.
async fn read_body(request: Request) -> Result<Request, AppError> {
    let room = room_for_files(&request);
    let limit = room.unwrap_or(BODY);
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(AppError::TooLarge);
    }
    let (parts, body) = request.into_parts();
    if room.is_some() {
        return Ok(Request::from_parts(parts, Body::new(Limited::new(body, limit))));
    }
    let bytes = to_bytes(body, limit).await.map_err(|error| reading_failed(&error))?;
    let is_empty = bytes.is_empty();
    let request = Request::from_parts(parts, Body::from(bytes));
    if is_empty || fits(&request) { Ok(request) } else { Err(AppError::UnsupportedMediaType) }
}

/// Why a body could not be read: it is too large, or its client went away.
pub fn reading_failed(error: &(dyn std::error::Error + 'static)) -> AppError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return AppError::TooLarge;
        }
        cause = error.source();
    }
    AppError::MalformedRequest("The body ended early. Send it again.".into())
}

/// Whether this is a form with files at a place where files are taken.
pub fn carries_files(request: &Request) -> bool {
    room_for_files(request).is_some()
}

/// How large a body with files may be; `None` where it has none.
fn room_for_files(request: &Request) -> Option<usize> {
    if kind_of(request) == FILES { upload_at(request.uri().path()) } else { None }
}

fn upload_at(path: &str) -> Option<usize> {
    UPLOADS.iter().find(|(place, _)| *place == path).map(|(_, room)| *room)
}

/// Whether a body is of the kind that its route takes. Server functions and webhooks check for themselves.
fn fits(request: &Request) -> bool {
    let path = request.uri().path();
    if request.method().is_safe()
        || !path.starts_with("/api/")
        || path.starts_with("/api/fn/")
        || path.starts_with("/api/webhooks/")
    {
        return true;
    }
    let wanted = if upload_at(path).is_some() { FILES } else { "application/json" };
    kind_of(request) == wanted
}

fn kind_of(request: &Request) -> String {
    let value = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[test]
    fn files_come_where_the_table_has_them_and_nowhere_else() {
        let room = |kind: &str, path: &str| {
            room_for_files(&Request::builder().uri(path).header(CONTENT_TYPE, kind).body(Body::empty()).unwrap())
        };
        let form = "multipart/form-data; boundary=line";
        for (path, expected) in [
            ("/api/files", Some(UPLOAD)),
            ("/api/fn/tickets/create_ticket", Some(FORM)),
            ("/api/fn/tests/any", None),
            ("/api/crm/leads", None),
        ] {
            assert_eq!(room(form, path), expected, "{path}");
            assert_eq!(room("application/json", path), None, "{path}");
        }
    }

    #[tokio::test]
    async fn what_takes_too_long_is_answered_unavailable() {
        let late = answer_within(Duration::from_millis(1), pending()).await;
        assert_eq!(late.unwrap_err(), AppError::Unavailable);
        let prompt = answer_within(WITHIN, ready(Ok(Response::new(Body::empty())))).await;
        assert_eq!(prompt.unwrap().status(), 200);
    }
}
