//! The theme switch: a form that works without script, and with one where the page is.

use axum::{
    Form,
    extract::State,
    http::{
        HeaderMap, StatusCode,
        header::{LOCATION, SET_COOKIE},
    },
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    server::{
        answer::{Answer, NoContent},
        cookies,
        middleware::errors::accepts_html,
        redirects::safe_path,
        state::App,
    },
    shared::error::AppError,
    ui::layout::Theme,
};

/// What the form says.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    theme: String,
    #[serde(default)]
    back: String,
}

/// Keeps the choice and goes back to where it was made; a script stays there.
///
/// # Errors
/// [`AppError::InvalidInput`] for an unknown theme.
pub(super) async fn choose_theme(
    State(app): State<App>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Answer<Response> {
    if !matches!(choice.theme.as_str(), "light" | "dark" | "system") {
        return Err(AppError::field("theme", "Choose light, dark or system."));
    }
    let back = safe_path(&choice.back).unwrap_or("/").to_owned();
    let mut response = if accepts_html(&headers) {
        (StatusCode::SEE_OTHER, [(LOCATION, back)]).into_response()
    } else {
        NoContent.into_response()
    };
    if let Some(cookie) = cookies::set_theme(&app.config, Theme::from_value(&choice.theme).attribute()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
