//! The built site's files, compressed as they were built. Names that carry a hash are kept for ever, others for an hour.

use axum::{
    extract::{Request, State},
    http::{
        HeaderValue, Method,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, VARY},
    },
    response::{IntoResponse, Response},
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::{server::state::App, shared::error::AppError};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Serves the file of that name.
///
/// # Errors
/// [`AppError::NotFound`] where there is none.
pub(super) async fn serve_file(State(app): State<App>, request: Request) -> Result<Response, AppError> {
    let path = request.uri().path();
    let is_hidden =
        path.split('/').any(|part| part.starts_with('.') || part.starts_with("%2e") || part.starts_with("%2E"));
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    if !asks || is_hidden || path.starts_with("/api/") || path == "/manifest.json" {
        return Err(AppError::NotFound);
    }
    let caching = if path.starts_with("/pkg/") { FOR_EVER } else { AN_HOUR };
    let folder = ServeDir::new(&app.config.site_dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let Ok(answer) = folder.oneshot(request).await;
    let mut response = answer.into_response();
    if response.status().is_success() || response.status().as_u16() == 304 {
        response.headers_mut().insert(CACHE_CONTROL, caching);
        response.headers_mut().insert(VARY, ACCEPT_ENCODING.into());
    }
    Ok(response)
}
