//! The door of the frame.

use leptos::prelude::*;

use crate::{crm::frame::view::FrameView, shared::error::AppError};

/// What the frame shows to whoever asks.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "frame/load_frame", prefix = "/api/fn")]
pub async fn load_frame() -> Result<FrameView, AppError> {
    use crate::crm::accounts::server::actor::current_actor;
    let (_, actor) = current_actor().await?;
    Ok(FrameView { name: actor.name().to_owned(), role: actor.role() })
}
