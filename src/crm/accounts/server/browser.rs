//! Signing browsers in and out: the cookie, and where its person is sent next. Only for server functions.

use tower_sessions::Session;

use super::{
    actor::{current_app, current_parts, optional_actor},
    caller::Caller,
    service::{self, Registered, SignedIn},
    session_store,
};
use crate::{
    crm::accounts::user::Role,
    server::{notice::set_notice, redirects::safe_path, state::App},
    shared::error::AppError,
};

/// The application and where the request comes from, in a server function.
///
/// # Errors
/// [`AppError::Internal`] outside of a request.
pub fn current_caller() -> Result<(App, Caller), AppError> {
    Ok((current_app()?, Caller::of(&current_parts()?)))
}

/// Gives the browser the cookie of a session that has just begun, and sends its person on: to `next` if that is a path of
/// ours, else to where their work is.
///
/// # Errors
/// When the database is away.
pub async fn enter(signed_in: &SignedIn, next: Option<&str>) -> Result<(), AppError> {
    session_store::open(&cookie()?, &signed_in.who).await?;
    leptos_axum::redirect(way_on(next, signed_in.user.role));
    Ok(())
}

/// Sends somebody on who has registered: in, or to the page that asks them to look into their mail.
///
/// # Errors
/// When the database is away.
pub async fn welcome(registered: &Registered, next: Option<&str>) -> Result<(), AppError> {
    match registered {
        Registered::SignedIn(signed_in) => enter(signed_in, next).await?,
        Registered::VerificationSent => leptos_axum::redirect("/verify-email"),
    }
    Ok(())
}

/// Ends the browser's session, if it has one, and sends its person to the sign-in page, which says so.
///
/// # Errors
/// When the database is away.
pub async fn leave() -> Result<(), AppError> {
    if let Some(actor) = optional_actor().await? {
        service::sign_out(&current_app()?, &actor).await?;
    }
    set_notice("You are signed out.");
    sign_in_again().await
}

/// Takes the cookie of a session that has ended away, and sends its person to the sign-in page.
///
/// # Errors
/// When the database is away.
pub async fn sign_in_again() -> Result<(), AppError> {
    session_store::close(&cookie()?).await?;
    leptos_axum::redirect("/sign-in");
    Ok(())
}

/// Where somebody goes on who is signed in: to `next` if that is a page of ours, else to where their work is.
pub fn way_on(next: Option<&str>, role: Role) -> &str {
    next.and_then(safe_path).filter(|path| !path.starts_with("/api/")).unwrap_or(start_page(role))
}

/// Where somebody's work is.
pub const fn start_page(role: Role) -> &'static str {
    match role {
        Role::User => "/home",
        Role::Organizer | Role::Admin => "/today",
    }
}

fn cookie() -> Result<Session, AppError> {
    current_parts()?.extensions.get::<Session>().cloned().ok_or_else(|| {
        tracing::error!("a server function ran without the session layer");
        AppError::Internal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_one_never_leaves_the_site() {
        assert_eq!(way_on(Some("/leads?status=new"), Role::Organizer), "/leads?status=new");
        for next in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/api/fn/accounts/sign_out",
        ] {
            assert_eq!(way_on(Some(next), Role::Organizer), "/today", "{next}");
        }
        assert_eq!(way_on(None, Role::User), "/home");
    }
}
