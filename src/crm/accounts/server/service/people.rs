//! Who there is: what admins do with other people's accounts.

use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    registration::{check_new, new_account},
    sessions,
};
use crate::{
    crm::accounts::{
        server::{
            actor::Actor,
            mails,
            password::Password,
            repository::{self, Account, links::Purpose},
        },
        user::{PeopleFilter, Role, User, UserId, UserState},
    },
    server::{
        mail,
        mongo::{
            Tx,
            audit::{self, Changes},
        },
        state::App,
    },
    shared::{
        audit::AuditEntity,
        checks::Checks,
        error::AppError,
        page::{Page, PageRequest},
    },
};

/// How long an invitation is good.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Somebody to be invited.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they shall be.
    pub role: Role,
}

/// What an admin changes of somebody; what is absent stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChanges {
    /// What they are.
    pub role: Option<Role>,
    /// Whether they may sign in.
    pub state: Option<UserState>,
    /// The version that was looked at.
    pub version: u32,
}

/// The active admins, for what all of them are told; read in the transaction that tells them.
///
/// # Errors
/// When the database is away.
pub async fn list_admins(tx: &mut Tx) -> Result<Vec<UserId>, AppError> {
    repository::people::list_admins(tx).await
}

/// Those of these people to whom mail can be sent: who may sign in, under an address that is proven where that is asked for. Read
/// in the transaction that writes to them.
///
/// # Errors
/// When the database is away.
pub async fn find_reachable(tx: &mut Tx, app: &App, ids: &[UserId]) -> Result<Vec<User>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let is_proven = |user: &User| user.email_verified || !app.config.verify_email;
    let mut people = repository::people::find_in(tx, ids).await?;
    people.retain(|user| user.state == UserState::Active && is_proven(user));
    Ok(people)
}

/// Somebody's account, for what they do themselves.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn require_user(app: &App, id: UserId) -> Result<User, AppError> {
    Ok(repository::require(&app.db, id).await?.user)
}

/// The time zones in which there are active organizers.
///
/// # Errors
/// When the database is away.
pub async fn list_zones_of_organizers(app: &App) -> Result<Vec<String>, AppError> {
    repository::people::list_zones(&app.db, Role::Organizer).await
}

/// The active organizers of a time zone, some at a time, by id: those that come after one.
///
/// # Errors
/// When the database is away.
pub async fn list_organizers_in_zone(app: &App, zone: &str, after: Option<UserId>) -> Result<Vec<UserId>, AppError> {
    repository::people::list_in_zone(&app.db, Role::Organizer, zone, after).await
}

/// People, the newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::InvalidInput`] for a search that is too long.
pub async fn list_people(
    app: &App,
    actor: &Actor,
    filter: &PeopleFilter,
    request: &PageRequest,
) -> Result<Page<User>, AppError> {
    actor.require_role(&[Role::Admin])?;
    filter.check()?;
    repository::people::page(&app.db, filter, request).await
}

/// Somebody's account.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`].
pub async fn find_person(app: &App, actor: &Actor, id: UserId) -> Result<User, AppError> {
    actor.require_role(&[Role::Admin])?;
    Ok(repository::require(&app.db, id).await?.user)
}

/// Makes an account for somebody, who gets a mail to choose their password.
///
/// # Errors
/// [`AppError::InvalidInput`]; [`AppError::Conflict`] when the address has an account.
pub async fn invite_person(app: &App, actor: &Actor, input: Invitation) -> Result<User, AppError> {
    actor.require_role(&[Role::Admin])?;
    let new = check_new(Checks::new(), &input.name, &input.email, None)?;
    let (account, secret) = (&new_account(app, new, input.role), &app.ids.secret());
    app.db
        .transaction(|mut tx| async move {
            let user = &account.user;
            repository::insert(&mut tx, account).await?;
            let expires_at = app.clock.now() + INVITATION;
            repository::links::insert(&mut tx, secret, expires_at, &Purpose::SetPassword(user.id)).await?;
            mail::enqueue(&mut tx, app, &mails::invitation(app, user, actor.name(), secret)).await?;
            let changes = Changes::new().field("role", &None, &Some(user.role));
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::User, user.id), "invite", changes).await?;
            tx.commit().await
        })
        .await?;
    Ok(account.user.clone())
}

/// Changes somebody's role or state; all their sessions end.
///
/// # Errors
/// [`AppError::Conflict`] when the version is stale, or no active admin would be left.
pub async fn change_person(app: &App, actor: &Actor, id: UserId, changes: PersonChanges) -> Result<User, AppError> {
    actor.require_role(&[Role::Admin])?;
    let changes = &changes;
    app.db
        .transaction(|mut tx| async move {
            let mut account = repository::require_in(&mut tx, id).await?;
            if account.user.version != changes.version {
                return Err(AppError::stale());
            }
            let before = account.user.clone();
            account.user.role = changes.role.unwrap_or(before.role);
            account.user.state = changes.state.unwrap_or(before.state);
            let changed = Changes::new().field("role", &before.role, &account.user.role).field(
                "state",
                &before.state,
                &account.user.state,
            );
            if changed.is_empty() {
                return Ok(before);
            }
            if account.password.is_some() {
                keep_an_admin(&mut tx, &before, &account.user).await?;
            }
            let stored = repository::people::replace(&mut tx, &account).await?;
            sessions::end_all(&mut tx, app, id).await?;
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::User, id), "change_person", changed).await?;
            tx.commit().await?;
            Ok(stored)
        })
        .await
}

/// Ends all sessions of somebody, wherever they are signed in.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`].
pub async fn end_sessions_of(app: &App, actor: &Actor, id: UserId) -> Result<User, AppError> {
    actor.require_role(&[Role::Admin])?;
    app.db
        .transaction(|mut tx| async move {
            let account = repository::require_in(&mut tx, id).await?;
            sessions::end_all(&mut tx, app, id).await?;
            let entity = (AuditEntity::User, id);
            audit::record(&mut tx, app, Some(actor.user()), entity, "end_sessions", Changes::new()).await?;
            tx.commit().await?;
            Ok(account.user)
        })
        .await
}

/// Refuses to take the last admin away who can sign in.
async fn keep_an_admin(tx: &mut Tx, before: &User, after: &User) -> Result<(), AppError> {
    let is_active_admin = |user: &User| user.role == Role::Admin && user.state == UserState::Active;
    if !is_active_admin(before) || is_active_admin(after) {
        return Ok(());
    }
    if repository::people::count_admins_exclusively(tx).await? > 1 {
        return Ok(());
    }
    Err(AppError::Conflict("This is the last active admin. Make somebody else an admin first.".into()))
}

/// Makes an admin, on the command line. The address counts as confirmed.
///
/// # Errors
/// [`AppError::InvalidInput`]; [`AppError::Conflict`] when the address has an account.
pub async fn create_admin(app: &App, name: &str, email: &str, password: &str) -> Result<User, AppError> {
    let password = Password::from(password);
    let mut checks = Checks::new();
    password.check(&mut checks, email);
    let new = check_new(checks, name, email, None)?;
    let mut account = new_account(app, new, Role::Admin);
    account.password = Some(password.hash().await?);
    account.user.email_verified = true;
    let account = &account;
    app.db
        .transaction(|mut tx| async move {
            repository::insert(&mut tx, account).await?;
            let changes = Changes::new().field("role", &None, &Some(account.user.role));
            audit::record(&mut tx, app, None::<UserId>, (AuditEntity::User, account.user.id), "create_admin", changes)
                .await?;
            tx.commit().await
        })
        .await?;
    Ok(account.user.clone())
}

/// Stores accounts as they are: demo data.
///
/// # Errors
/// [`AppError::Conflict`] when an address has an account.
pub async fn store_accounts(app: &App, accounts: &[Account]) -> Result<(), AppError> {
    repository::insert_many(&app.db, accounts).await
}
