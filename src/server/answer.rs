//! How the REST door answers: the envelope of api.md around what a service returns, and around what it refuses.

use axum::{
    Json,
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::shared::{
    error::{AppError, FieldErrors},
    page::Page,
};

/// What a REST handler returns.
pub type Answer<T> = Result<T, AppError>;

/// `200` with `data`.
#[derive(Debug)]
pub struct Data<T>(pub T);

/// `201` with `data`.
#[derive(Debug)]
pub struct Created<T>(pub T);

/// `202` with `data`.
#[derive(Debug)]
pub struct Accepted<T>(pub T);

/// `204`.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;

/// The envelope of an answer that went well.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Envelope<T> {
    success: bool,
    data: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
}

/// Where a page stands in its list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[derive(utoipa::ToSchema)]
pub struct Pagination {
    limit: u32,
    next: Option<String>,
    total: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    total_capped: bool,
}

impl Pagination {
    /// Where this page stands.
    pub fn of<T>(page: &Page<T>) -> Self {
        let Page { limit, next, total, total_capped, .. } = page;
        Self { limit: *limit, next: next.clone(), total: *total, total_capped: *total_capped }
    }
}

/// The envelope of an answer that went wrong.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[derive(utoipa::ToSchema)]
pub struct ErrorEnvelope {
    success: bool,
    error: &'static str,
    message: String,
    #[serde(skip_serializing_if = "FieldErrors::is_empty")]
    fields: FieldErrors,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_next: Option<Vec<String>>,
    request_id: String,
}

impl ErrorEnvelope {
    /// The envelope of an error, under the id of the request that caused it.
    pub fn new(error: &AppError, request_id: &str) -> Self {
        let allowed_next = match error {
            AppError::StepRefused { allowed_next, .. } => Some(allowed_next.clone()),
            _ => None,
        };
        Self {
            success: false,
            error: error.code(),
            message: error.message(),
            fields: error.fields(),
            allowed_next,
            request_id: request_id.to_owned(),
        }
    }
}

impl<T: Serialize> IntoResponse for Data<T> {
    fn into_response(self) -> Response {
        Json(Envelope { success: true, data: self.0, pagination: None }).into_response()
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Data(self.0)).into_response()
    }
}

impl<T: Serialize> IntoResponse for Accepted<T> {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, Data(self.0)).into_response()
    }
}

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let pagination = Some(Pagination::of(&self));
        Json(Envelope { success: true, data: self.items, pagination }).into_response()
    }
}

/// The status alone, with the error in the response's extensions: the layer `middleware::errors` writes the body, because
/// only it knows the request's id and whether a program or a person asked.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Self::TooManyRequests { retry_after } = &self {
            response.headers_mut().insert(RETRY_AFTER, (*retry_after).into());
        }
        response.extensions_mut().insert(self);
        response
    }
}
