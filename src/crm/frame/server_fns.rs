//! The door of the frame.
#![expect(
    missing_docs,
    reason = "`#[server]` makes a struct of the arguments, which are documented with their function"
)]

use leptos::prelude::*;

use crate::{crm::frame::view::FrameView, shared::error::AppError};

/// What the frame shows to whoever has opened the page at `address`.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "frame/load_frame", prefix = "/api/fn")]
pub async fn load_frame(#[server(default)] address: String) -> Result<FrameView, AppError> {
    use crate::crm::{accounts::server::actor::current_actor, frame::server::service};
    let (app, actor) = current_actor().await?;
    service::load_frame(&app, &actor, &address).await
}
