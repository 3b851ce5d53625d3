//! The door of the frame.

use leptos::prelude::*;

use crate::{crm::frame::view::FrameView, shared::error::AppError};

/// What the frame shows to whoever asks.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "frame/load_frame", prefix = "/api/fn")]
pub async fn load_frame() -> Result<FrameView, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, frame::server::service};
    let (app, actor) = current_actor().await?;
    service::load_frame(&app, &actor).await
}
