//! The doors of accounts for pages. Form fields arrive as texts; an empty one counts as absent.
#![expect(
    missing_docs,
    reason = "`#[server]` makes a struct of the arguments, which are documented with their function"
)]

mod admin;

use leptos::prelude::*;

pub use self::admin::*;
use crate::{
    crm::accounts::{
        session::SessionId,
        user::{Locale, Me, Role, Viewer},
        views::SessionView,
    },
    shared::{
        error::AppError,
        page::{Page, PageRequest},
    },
};

/// Whoever is signed in, if anybody is.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/who_am_i", prefix = "/api/fn")]
pub async fn who_am_i() -> Result<Option<Viewer>, AppError> {
    use crate::crm::accounts::server::actor::optional_actor;
    Ok(optional_actor().await?.as_ref().map(Viewer::from))
}

/// Makes an account. It signs in and redirects; with verification on it redirects to `/verify-email`, which says that mail is on
/// its way.
///
/// # Errors
/// What is wrong with the fields `name`, `email`, `password`, `role`, `phone`; a known address.
#[server(endpoint = "accounts/register", prefix = "/api/fn")]
pub async fn register(
    name: String,
    email: String,
    password: String,
    role: Role,
    phone: Option<String>,
    next: Option<String>,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::{browser, service};
    use crate::crm::accounts::session::SessionKind;
    let (app, caller) = browser::current_caller()?;
    let input = service::Registration { name, email, password: password.into(), role, phone };
    let registered = service::register(&app, &caller, SessionKind::Browser, input).await?;
    browser::welcome(&registered, next.as_deref()).await
}

/// Begins the account whose address is confirmed by a mailed link, signs in and redirects.
///
/// # Errors
/// When the link is not good (any more), for the field `token`.
#[server(endpoint = "accounts/verify_email", prefix = "/api/fn")]
pub async fn verify_email(token: String) -> Result<(), AppError> {
    use crate::crm::accounts::server::{browser, service};
    use crate::crm::accounts::session::SessionKind;
    let (app, caller) = browser::current_caller()?;
    let signed_in = service::verify_email(&app, &caller, SessionKind::Browser, &token).await?;
    browser::enter(&signed_in, None).await
}

/// Signs in and redirects: to `next` if it is a path of ours, else by role to `/today` or `/home`.
///
/// # Errors
/// When address and password do not belong together; after too many failures.
#[server(endpoint = "accounts/sign_in", prefix = "/api/fn")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    use crate::crm::accounts::server::{browser, service};
    use crate::crm::accounts::session::SessionKind;
    let (app, caller) = browser::current_caller()?;
    let input = service::Credentials { email, password: password.into() };
    let signed_in = service::sign_in(&app, &caller, SessionKind::Browser, input).await?;
    browser::enter(&signed_in, next.as_deref()).await
}

/// Signs out and redirects to the sign-in page, which says so.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/sign_out", prefix = "/api/fn")]
pub async fn sign_out() -> Result<(), AppError> {
    crate::crm::accounts::server::browser::leave().await
}

/// Mails a link to set a new password if the address has an account, and redirects to `/forgot-password?sent=1`.
///
/// # Errors
/// When it is no address, for the field `email`.
#[server(endpoint = "accounts/forgot_password", prefix = "/api/fn")]
pub async fn forgot_password(email: String) -> Result<(), AppError> {
    use crate::crm::accounts::server::{browser, service};
    let (app, caller) = browser::current_caller()?;
    service::forgot_password(&app, &caller, &email).await?;
    leptos_axum::redirect("/forgot-password?sent=1");
    Ok(())
}

/// Sets a password by a mailed link and redirects to the sign-in page.
///
/// # Errors
/// What is wrong with the fields `token`, `password`.
#[server(endpoint = "accounts/reset_password", prefix = "/api/fn")]
pub async fn reset_password(token: String, password: String) -> Result<(), AppError> {
    use crate::crm::accounts::server::{browser, service};
    use crate::server::notice::set_notice;
    let (app, caller) = browser::current_caller()?;
    service::reset_password(&app, &caller, service::PasswordReset { token, password: password.into() }).await?;
    set_notice("Your new password is set. Sign in with it.");
    leptos_axum::redirect("/sign-in");
    Ok(())
}

/// One's own account, for the profile page.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "accounts/load_profile", prefix = "/api/fn")]
pub async fn load_profile() -> Result<Me, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    let (app, actor) = current_actor().await?;
    service::show_me(&app, &actor).await
}

/// Changes one's own account; an empty `phone` takes the number away.
///
/// # Errors
/// What is wrong with the fields `name`, `phone`, `locale`, `timeZone`.
#[server(endpoint = "accounts/save_profile", prefix = "/api/fn")]
pub async fn save_profile(
    name: String,
    phone: Option<String>,
    locale: Locale,
    time_zone: String,
) -> Result<Me, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    let (name, locale, time_zone) = (Some(name), Some(locale), Some(time_zone));
    let changes = service::ProfileChanges { name, phone: Some(phone), locale, time_zone };
    let me = service::change_me(&app, &actor, changes).await?;
    set_notice("Your profile is saved.");
    Ok(me)
}

/// Changes one's own password; all sessions end, and the person signs in again.
///
/// # Errors
/// What is wrong with the fields `current`, `password`.
#[server(endpoint = "accounts/change_password", prefix = "/api/fn")]
pub async fn change_password(current: String, password: String) -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor::current_actor, browser, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    let (_, caller) = browser::current_caller()?;
    let input = service::PasswordChange { current: current.into(), password: password.into() };
    service::change_password(&app, &actor, &caller, input).await?;
    set_notice("Your password is changed, and all devices are signed out. Sign in with the new one.");
    browser::sign_in_again().await
}

/// Where one is signed in, the newest first.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody is signed in.
#[server(endpoint = "accounts/list_sessions", prefix = "/api/fn")]
pub async fn list_sessions(page: PageRequest) -> Result<Page<SessionView>, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    let (app, actor) = current_actor().await?;
    let zone = views::zone_of(&app, &actor);
    let sessions = service::list_sessions(&app, &actor, &page).await?;
    Ok(sessions.map(|session| views::show_session(&zone, session)))
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such one.
#[server(endpoint = "accounts/end_session", prefix = "/api/fn")]
pub async fn end_session(id: SessionId) -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    service::end_session(&app, &actor, id).await?;
    set_notice("The session is ended.");
    Ok(())
}

/// Where somebody goes on who comes to the sign-in page and is signed in already; `None` when nobody is.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/load_entrance", prefix = "/api/fn")]
pub async fn load_entrance(next: Option<String>) -> Result<Option<String>, AppError> {
    use crate::crm::accounts::server::{actor::optional_actor, browser};
    Ok(optional_actor().await?.map(|actor| browser::way_on(next.as_deref(), actor.role()).to_owned()))
}

/// The time zones that a profile can have.
///
/// # Errors
/// None of its own.
#[server(endpoint = "accounts/list_time_zones", prefix = "/api/fn")]
pub async fn list_time_zones() -> Result<Vec<String>, AppError> {
    Ok(crate::server::zone::place_zones())
}
