//! The HTML of a sample mail as a document of its own, for the frame on the page of the template. Nothing runs in it and nothing is
//! fetched; its styles stand in the mail itself.

use axum::{
    extract::{Path, State},
    http::{
        HeaderName, HeaderValue,
        header::{CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS},
    },
    response::Html,
};

use super::{actor::Actor, service};
use crate::{
    server::{answer::Answer, state::App},
    shared::mail::MailKind,
};

/// Where the document of a kind is.
pub const PREVIEW_PATH: &str = "/admin/outbox/templates/{kind}/html";

const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
);
const OWN_FRAMES: HeaderValue = HeaderValue::from_static("SAMEORIGIN");

/// The document.
///
/// # Errors
/// [`AppError::Forbidden`](crate::shared::error::AppError::Forbidden) for all but admins; `NotFound` for a kind that is none.
pub async fn show_preview(
    State(app): State<App>,
    actor: Actor,
    Path(kind): Path<String>,
) -> Answer<([(HeaderName, HeaderValue); 2], Html<String>)> {
    let mail = service::find_sample(&app, &actor, MailKind::from_name(&kind)).await?;
    Ok(([(CONTENT_SECURITY_POLICY, POLICY), (X_FRAME_OPTIONS, OWN_FRAMES)], Html(mail.html)))
}
