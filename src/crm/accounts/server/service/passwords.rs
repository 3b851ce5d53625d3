//! Changing, forgetting and setting passwords. A changed password ends all sessions of its person, and they get a mail.

use jiff::SignedDuration;
use serde::Deserialize;

use super::sessions::{self, check_password};
use crate::{
    crm::accounts::{
        server::{
            actor::Actor,
            caller::Caller,
            mails,
            password::Password,
            repository::{self, Account, links::Purpose},
        },
        user::{UserId, UserState},
    },
    server::{
        mail,
        mongo::{
            Tx,
            audit::{self, Changes},
            limits::{self, Limit},
        },
        state::App,
    },
    shared::{
        audit::AuditEntity,
        checks::Checks,
        contact::{Email, NotAnEmail},
        error::AppError,
    },
};

/// How long the link to set a new password is good.
const RESET: SignedDuration = SignedDuration::from_hours(1);
/// Links that one address of the network may ask for.
const ASKED_FROM: Limit = Limit { max: 30, window: SignedDuration::from_mins(15) };
/// Passwords that one address of the network may try to set by links.
const RESET_FROM: Limit = Limit { max: 30, window: SignedDuration::from_mins(15) };
/// Mails of this kind that one person gets.
pub(super) const SENT_TO: Limit = Limit { max: 5, window: SignedDuration::from_hours(1) };

/// A change of one's own password.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The one there is.
    pub current: Password,
    /// The one there shall be.
    pub password: Password,
}

/// A new password by the link of a mail.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// The secret of the link.
    pub token: String,
    /// The password there shall be.
    pub password: Password,
}

/// Changes one's own password; all sessions end, the one that asks too.
///
/// # Errors
/// [`AppError::InvalidInput`] when `current` is wrong or the new one is not good enough.
pub async fn change_password(app: &App, actor: &Actor, caller: &Caller, input: PasswordChange) -> Result<(), AppError> {
    let account = repository::require(&app.db, actor.user()).await?;
    let mut checks = Checks::new();
    input.password.check(&mut checks, account.user.email.as_str());
    let fits = check_password(app, caller, account.user.email.as_str(), Some(&account), &input.current).await?;
    checks.require("current", fits, "This is not your current password.");
    checks.finish()?;
    let (hash, read) = (&input.password.hash().await?, &account);
    app.db
        .transaction(|mut tx| async move {
            let account = repository::require_in(&mut tx, actor.user()).await?;
            if account.password != read.password {
                return Err(AppError::stale());
            }
            store_password(&mut tx, app, account, hash).await?;
            tx.commit().await
        })
        .await
}

/// Mails a link to set a new password, if the address has an account. Nothing tells whether it has.
///
/// # Errors
/// [`AppError::InvalidInput`] when it is no address; [`AppError::TooManyRequests`] when this caller asked too often.
pub async fn forgot_password(app: &App, caller: &Caller, email: &str) -> Result<(), AppError> {
    let email: Email = email.parse().map_err(|problem: NotAnEmail| AppError::field("email", problem.to_string()))?;
    limits::count(app, &forgot_key(caller), ASKED_FROM).await?;
    let may_send = may_send_to(app, &email).await?;
    let account = repository::find_by_email(&app.db, &email).await?;
    let account = &account.filter(|account| may_send && account.user.state == UserState::Active);
    let (secret, decoy) = (&app.ids.secret(), &app.ids.secret());
    app.db
        .transaction(|mut tx| async move {
            let expires_at = app.clock.now() + RESET;
            match account {
                Some(Account { user, .. }) => {
                    repository::links::insert(&mut tx, secret, expires_at, &Purpose::SetPassword(user.id)).await?;
                    mail::enqueue(&mut tx, app, &mails::reset_password(app, user, secret)).await?;
                }
                // As many writes as above, so that both take as long.
                None => {
                    repository::links::insert(&mut tx, secret, expires_at, &Purpose::Nothing).await?;
                    repository::links::insert(&mut tx, decoy, expires_at, &Purpose::Nothing).await?;
                }
            }
            tx.commit().await
        })
        .await
}

/// Lets only those pass from whose address one more link may be asked for.
///
/// # Errors
/// [`AppError::TooManyRequests`] when too many were.
pub async fn check_forgot_rate(app: &App, caller: &Caller) -> Result<(), AppError> {
    limits::check(app, &forgot_key(caller), ASKED_FROM).await
}

fn forgot_key(caller: &Caller) -> String {
    format!("forgot:{}", caller.address)
}

/// Sets a password by the link of a mail; the address counts as confirmed, and all sessions end.
///
/// # Errors
/// [`AppError::InvalidInput`] when the link is not good (any more), or the password is not good enough; then the link stays.
/// [`AppError::TooManyRequests`] when this caller tried too often.
pub async fn reset_password(app: &App, caller: &Caller, input: PasswordReset) -> Result<(), AppError> {
    let mut checks = Checks::new();
    input.password.check(&mut checks, "");
    checks.finish()?;
    limits::count(app, &reset_key(caller), RESET_FROM).await?;
    // A hash costs so much that only who holds a good link may have one made.
    let purpose = repository::links::find(&app.db, &input.token, app.clock.now()).await?;
    if !matches!(purpose, Purpose::SetPassword(_)) {
        return Err(link_is_dead());
    }
    let (input, hash) = (&input, &input.password.hash().await?);
    app.db
        .transaction(|mut tx| async move {
            let purpose = repository::links::take(&mut tx, &input.token, app.clock.now()).await?;
            let Purpose::SetPassword(user) = purpose else { return Err(link_is_dead()) };
            let mut account = repository::require_in(&mut tx, user).await?;
            let mut checks = Checks::new();
            input.password.check(&mut checks, account.user.email.as_str());
            checks.finish()?;
            account.user.email_verified = true;
            store_password(&mut tx, app, account, hash).await?;
            tx.commit().await
        })
        .await
}

/// Lets only those pass from whose address one more password may be set.
///
/// # Errors
/// [`AppError::TooManyRequests`] when too many were tried.
pub async fn check_reset_rate(app: &App, caller: &Caller) -> Result<(), AppError> {
    limits::check(app, &reset_key(caller), RESET_FROM).await
}

fn reset_key(caller: &Caller) -> String {
    format!("reset:{}", caller.address)
}

/// The refusal of a link that was used, has expired or never was.
pub(super) fn link_is_dead() -> AppError {
    AppError::field("token", "This link was used already or is too old. Ask for a new one.")
}

/// Whether somebody may get one more mail that anybody can cause. It counts for unknown addresses alike.
pub(super) async fn may_send_to(app: &App, email: &Email) -> Result<bool, AppError> {
    match limits::count(app, &format!("mail:{email}"), SENT_TO).await {
        Ok(()) => Ok(true),
        Err(AppError::TooManyRequests { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn store_password(tx: &mut Tx, app: &App, account: Account, hash: &str) -> Result<(), AppError> {
    let user: UserId = account.user.id;
    let account = Account { password: Some(hash.to_owned()), ..account };
    let stored = repository::people::replace(tx, &account).await?;
    sessions::end_all(tx, app, user).await?;
    repository::links::delete_all(tx, user).await?;
    mail::enqueue(tx, app, &mails::password_changed(app, &stored)).await?;
    audit::record(tx, app, Some(user), (AuditEntity::User, user), "change_password", Changes::new()).await
}
