//! Around every page: takes the flash that waits for it, makes redirects real ones, and leaves public pages without script.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, LOCATION, SET_COOKIE},
    },
    middleware::Next,
    response::Response,
};

use crate::{
    server::{cookies, mongo::flashes, state::App},
    shared::error::AppError,
    ui::app::is_public,
};

/// The end of a document; after it leptos writes the scripts that waking the page would need.
const END: &[u8] = b"</html>";

/// Prepares a page view and finishes it.
///
/// # Errors
/// When the database is away, or a page cannot be read to its end.
pub async fn view_page(State(app): State<App>, mut request: Request, next: Next) -> Result<Response, AppError> {
    let ticket = cookies::flash(&app.config, request.headers());
    if let Some(ticket) = &ticket
        && let Some(flash) = flashes::take(&app.db, ticket, app.clock.now()).await?
    {
        request.extensions_mut().insert(flash);
    }
    let public = is_public(request.uri().path());
    let mut response = next.run(request).await;
    // leptos says 200 or 302; what follows a form is to be fetched, whichever it was.
    if response.headers().contains_key(LOCATION) && !response.status().is_client_error() {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    if ticket.is_some()
        && let Some(cookie) = cookies::set_flash(&app.config, None)
    {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    if public { without_scripts(response).await } else { Ok(response) }
}

async fn without_scripts(response: Response) -> Result<Response, AppError> {
    let (mut parts, body) = response.into_parts();
    let html = to_bytes(body, usize::MAX).await.map_err(|error| {
        tracing::error!(%error, "a page could not be rendered to its end");
        AppError::Internal
    })?;
    parts.headers.remove(CONTENT_LENGTH);
    let end = html.windows(END.len()).rposition(|window| window == END).map_or(html.len(), |start| start + END.len());
    Ok(Response::from_parts(parts, Body::from(html.slice(..end))))
}
