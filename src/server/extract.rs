//! What REST handlers take: bodies, queries and ids that have been read strictly. Whatever cannot be read is refused here,
//! in the words of api.md, before a handler runs.

mod wording;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{header::CONTENT_TYPE, request::Parts},
};
use serde::de::{DeserializeOwned, IgnoredAny};

use self::wording::{NO_WORD, name_field};
use crate::{
    server::state::App,
    shared::{
        error::AppError,
        id::Id,
        page::{DEFAULT_LIMIT, MAX_LIMIT, PageRequest},
    },
};

/// A JSON body of exactly the fields of `T` (which must `deny_unknown_fields`).
#[derive(Debug)]
pub struct Body<T>(pub T);

/// A query string of exactly the parameters of `T` (which must `deny_unknown_fields`).
#[derive(Debug)]
pub struct Query<T>(pub T);

/// The id in the path; one that cannot be an id is not found.
#[derive(Debug)]
pub struct PathId<T>(pub Id<T>);

/// The text in the path; one that cannot be read is not found.
#[derive(Debug)]
pub struct PathText(pub String);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let is_json = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| {
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        if !is_json {
            return Err(AppError::UnsupportedMediaType);
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| match rejection.status().as_u16() {
            413 => AppError::TooLarge,
            _ => AppError::MalformedRequest("The body ended early. Send it again.".into()),
        })?;
        read_json(&bytes).map(Self)
    }
}

/// Reads JSON strictly.
///
/// # Errors
/// `malformed_request` when it is not JSON; `unknown_field` or `invalid_input`, with the field's path, when it does not fit.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        match inner.classify() {
            serde_json::error::Category::Data => name_field(&path, &inner.to_string()),
            // A list in place of a word is called a syntax error, though it is JSON.
            _ if serde_json::from_slice::<IgnoredAny>(bytes).is_ok() => name_field(&path, NO_WORD),
            _ => AppError::MalformedRequest("The body is not JSON.".into()),
        }
    })?;
    reader.end().map_err(|_| AppError::MalformedRequest("The body is not JSON.".into()))?;
    Ok(value)
}

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, AppError> {
        read_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// Reads a query string strictly.
///
/// # Errors
/// `unknown_field` or `invalid_input`.
pub fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, AppError> {
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(reader)
        .map_err(|error| name_field(&error.path().to_string(), &error.into_inner().to_string()))
}

impl<T> FromRequestParts<App> for PathId<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let PathText(text) = PathText::from_request_parts(parts, app).await?;
        text.parse().map(Self).map_err(|_| AppError::NotFound)
    }
}

impl FromRequestParts<App> for PathText {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        Path::<String>::from_request_parts(parts, app)
            .await
            .map(|Path(text)| Self(text))
            .map_err(|_| AppError::NotFound)
    }
}

/// The page that `limit` and `cursor` of a query ask for.
///
/// # Errors
/// `invalid_input` when the limit is not 1 to 100.
pub fn page_request(limit: Option<u32>, cursor: Option<String>) -> Result<PageRequest, AppError> {
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(AppError::field("limit", format!("A page has 1 to {MAX_LIMIT} items.")));
    }
    Ok(PageRequest { limit, cursor })
}
