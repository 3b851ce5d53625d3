//! The doors of figures for the pages.

#![expect(missing_docs, reason = "the fields of the types that `#[server]` makes are its arguments")]

use leptos::prelude::*;

use crate::{crm::analytics::today::Today, shared::error::AppError};

/// The viewer's day; `days` is how far figures look back.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "analytics/load_today", prefix = "/api/fn")]
pub async fn load_today(#[server(default)] days: String) -> Result<Today, AppError> {
    use crate::crm::{
        accounts::server::actor::current_actor,
        analytics::{range::Window, server::today},
    };
    let (app, actor) = current_actor().await?;
    today::load_today(&app, &actor, Window::read(&days)).await
}
