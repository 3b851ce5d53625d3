//! Signing in and out, renewing tokens.

use jiff::SignedDuration;
use serde::Deserialize;

use crate::{
    crm::{
        accounts::{
            server::{
                actor::Actor,
                caller::Caller,
                password::Password,
                repository::{self, Account, sessions::SessionDoc},
                session_store::{LASTS, Who},
                tokens::{self, Issue},
            },
            session::{SessionId, SessionKind},
            user::{User, UserId, UserState},
        },
        activities::{activity::ActivityKind, server::service as activities},
    },
    live::server::publish,
    server::{
        keys::fingerprint,
        mongo::{
            Tx,
            audit::{self, Changes},
            limits::{self, Limit},
        },
        state::App,
    },
    shared::{audit::AuditEntity, contact::Email, error::AppError},
};

/// Failures of one account before it has to wait.
const ACCOUNT: Limit = Limit { max: 10, window: SignedDuration::from_mins(15) };
/// Failures from one address before it has to wait.
const ADDRESS: Limit = Limit { max: 100, window: SignedDuration::from_mins(15) };
/// For so long a refresh token that was just used gives the same pair again: its answer may have been lost.
const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// What somebody signs in with.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The address of the account.
    pub email: String,
    /// Its password.
    pub password: Password,
}

/// Somebody who has just signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub user: User,
    /// Their session, for a cookie.
    pub who: Who,
    /// Their session, for tokens.
    pub issue: Issue,
}

/// Begins a session for who knows the password. Unknown addresses and wrong passwords are refused alike, in text and time.
///
/// # Errors
/// [`AppError::SignInRefused`]; [`AppError::TooManyRequests`] after too many failures.
pub async fn sign_in(app: &App, caller: &Caller, kind: SessionKind, input: Credentials) -> Result<SignedIn, AppError> {
    let wrong = || {
        AppError::SignInRefused(
            "This e-mail address and password do not belong together. Check both, or set a new password.".into(),
        )
    };
    let account = match input.email.parse::<Email>() {
        Ok(email) => repository::find_by_email(&app.db, &email).await?,
        Err(_) => None,
    };
    let fits = check_password(app, caller, &input.email, account.as_ref(), &input.password).await?;
    let account = account.filter(|_| fits).ok_or_else(wrong)?;
    if account.user.state == UserState::Disabled {
        return Err(AppError::SignInRefused(
            "This account is closed. Write to us if you think that this is a mistake.".into(),
        ));
    }
    let account = &account;
    app.db
        .transaction(|mut tx| async move {
            let signed_in = start_session(&mut tx, app, caller, kind, account).await?;
            tx.commit().await?;
            Ok(signed_in)
        })
        .await
}

/// Whether this is the password of that account; without one it takes as long and is not. Failures are counted for the account's
/// address (`email`, known or not) and for the caller's.
///
/// # Errors
/// [`AppError::TooManyRequests`] after too many failures.
pub(super) async fn check_password(
    app: &App,
    caller: &Caller,
    email: &str,
    account: Option<&Account>,
    password: &Password,
) -> Result<bool, AppError> {
    check_sign_in_rate(app, caller).await?;
    // Counted before the password is looked at, so that guessing in parallel gains nothing. The fingerprint has one length,
    // whatever was typed.
    let by_account = format!("sign-in:{}", fingerprint(email.trim().to_lowercase()));
    limits::count(app, &by_account, ACCOUNT).await?;
    if password.fits(account.and_then(|account| account.password.as_deref())).await? {
        limits::take_back(app, &by_account).await?;
        return Ok(true);
    }
    limits::note(app, &key_of(caller), ADDRESS).await?;
    Ok(false)
}

/// Lets only those pass from whose address passwords may be tried.
///
/// # Errors
/// [`AppError::TooManyRequests`] after too many failures.
pub async fn check_sign_in_rate(app: &App, caller: &Caller) -> Result<(), AppError> {
    limits::check(app, &key_of(caller), ADDRESS).await
}

fn key_of(caller: &Caller) -> String {
    format!("sign-in:{}", caller.address)
}

/// Begins a session in the transaction of what makes it possible.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the account changed since it was read.
pub(super) async fn start_session(
    tx: &mut Tx,
    app: &App,
    caller: &Caller,
    kind: SessionKind,
    account: &Account,
) -> Result<SignedIn, AppError> {
    repository::note_sign_in(tx, app, account).await?;
    let now = app.clock.now();
    let user = account.user.clone();
    let row = SessionDoc {
        id: app.ids.next(),
        kind,
        user_id: user.id,
        role: user.role,
        name: user.name.clone(),
        time_zone: user.time_zone.clone(),
        locale: user.locale,
        device: caller.device.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + LASTS,
        generation: 0,
        rotated_at: now,
    };
    repository::sessions::insert(tx, &row).await?;
    activities::record_in(tx, app, user.id, ActivityKind::SignedIn, row.id).await?;
    Ok(SignedIn { user, who: Who::from(&row), issue: issue_of(&row) })
}

/// Ends the session that asks.
///
/// # Errors
/// When the database is away.
pub async fn sign_out(app: &App, actor: &Actor) -> Result<(), AppError> {
    app.db
        .transaction(|mut tx| async move {
            end(&mut tx, app, actor.user(), actor.session()).await?;
            tx.commit().await
        })
        .await
}

/// Whether a session is still there.
///
/// # Errors
/// When the database is away.
pub async fn is_signed_in(app: &App, session: SessionId) -> Result<bool, AppError> {
    Ok(repository::sessions::find(&app.db, session, app.clock.now()).await?.is_some())
}

/// Ends a session of that person, and its connections with it. Whether there was one.
pub(super) async fn end(tx: &mut Tx, app: &App, user: UserId, session: SessionId) -> Result<bool, AppError> {
    let was_there = repository::sessions::delete(tx, user, session).await?;
    if was_there {
        publish::end_session(tx, app, session.cast())?;
    }
    Ok(was_there)
}

/// Ends all sessions of a person, and their connections with them.
pub(super) async fn end_all(tx: &mut Tx, app: &App, user: UserId) -> Result<(), AppError> {
    repository::sessions::delete_all(tx, user).await?;
    publish::end_sessions(tx, app, user.cast())
}

/// Ends the browser's session of that key, if there is one, and its connections with it.
///
/// # Errors
/// When the database is away.
pub async fn end_by_key(app: &App, key: &str) -> Result<(), AppError> {
    app.db
        .transaction(|mut tx| async move {
            let Some(session) = repository::sessions::delete_by_key(&mut tx, key).await? else { return Ok(()) };
            publish::end_session(&mut tx, app, session.cast())?;
            tx.commit_part().await
        })
        .await
}

/// The next pair of tokens for a refresh token. It is good once; for ten seconds more it gives the same pair again, after
/// that somebody has stolen it, and the session ends.
///
/// # Errors
/// [`AppError::Unauthenticated`] when it is not good (any more).
pub async fn refresh_tokens(app: &App, token: &str) -> Result<SignedIn, AppError> {
    let (id, generation) = tokens::read_refresh(app, token)?;
    let now = app.clock.now();
    repository::sessions::rotate(&app.db, id, generation, now, now + LASTS).await?;
    let row = repository::sessions::find(&app.db, id, now).await?.ok_or(AppError::Unauthenticated)?;
    let is_fresh = generation.checked_add(1) == Some(row.generation) && now.since(row.rotated_at) <= GRACE;
    if !is_fresh {
        end_stolen(app, &row).await?;
        return Err(AppError::Unauthenticated);
    }
    let user = repository::require(&app.db, row.user_id).await?.user;
    Ok(SignedIn { user, who: Who::from(&row), issue: issue_of(&row) })
}

async fn end_stolen(app: &App, row: &SessionDoc) -> Result<(), AppError> {
    tracing::warn!(session = %row.id, "an old refresh token was used; its session ends");
    app.db
        .transaction(|mut tx| async move {
            end(&mut tx, app, row.user_id, row.id).await?;
            let system = None::<UserId>;
            audit::record(&mut tx, app, system, (AuditEntity::Session, row.id), "end_stolen_session", Changes::new())
                .await?;
            tx.commit().await
        })
        .await
}

fn issue_of(row: &SessionDoc) -> Issue {
    Issue { session: row.id, user: row.user_id, role: row.role, generation: row.generation, at: row.rotated_at }
}
