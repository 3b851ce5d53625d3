//! Who has tried too often is told so where the contract of the API says it: before a foreign origin, and before whoever is not
//! signed in. Here it is only looked up; the services count.

use axum::{
    extract::{Request, State},
    http::{
        Method,
        header::{AUTHORIZATION, COOKIE},
    },
    middleware::Next,
    response::Response,
};

use crate::{
    crm::{
        accounts::server::{caller::Caller, service as accounts},
        leads::server::service as leads,
    },
    server::state::App,
    shared::error::AppError,
};

/// Refuses who has tried too often.
///
/// # Errors
/// [`AppError::TooManyRequests`].
pub async fn refuse_too_many(State(app): State<App>, request: Request, next: Next) -> Result<Response, AppError> {
    let (parts, body) = request.into_parts();
    let caller = Caller::of(&parts);
    let is_stranger = !parts.headers.contains_key(AUTHORIZATION) && !parts.headers.contains_key(COOKIE);
    match (&parts.method, parts.uri.path()) {
        (&Method::POST, "/api/auth/login") | (&Method::PUT, "/api/auth/password") => {
            accounts::check_sign_in_rate(&app, &caller).await?;
        }
        (&Method::POST, "/api/auth/register") => accounts::check_registration_rate(&app, &caller).await?,
        (&Method::POST, "/api/auth/password/reset") => accounts::check_reset_rate(&app, &caller).await?,
        (&Method::POST, "/api/auth/password/forgot") => accounts::check_forgot_rate(&app, &caller).await?,
        (&Method::POST, "/api/crm/leads") if is_stranger => leads::check_enquiry_rate(&app, caller.address).await?,
        _ => {}
    }
    Ok(next.run(Request::from_parts(parts, body)).await)
}
