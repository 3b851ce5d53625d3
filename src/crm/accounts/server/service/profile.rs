//! What people see and change of themselves, and where they are signed in.

use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer};

use super::{registration::NAME_MAX, sessions};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, repository},
            session::{SessionId, SessionRow},
            user::{Capabilities, Locale, Me, User},
        },
        subscriptions::server::service::has_crm_access,
    },
    server::{
        mongo::audit::{self, Changes},
        state::App,
    },
    shared::{
        audit::AuditEntity,
        checks::Checks,
        contact::Phone,
        error::AppError,
        page::{Page, PageRequest},
    },
};

/// Changes of one's own account; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileChanges {
    /// The name.
    pub name: Option<String>,
    /// The phone number; `null` or an empty one takes it away.
    #[serde(default, deserialize_with = "read_present")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    /// The language.
    pub locale: Option<Locale>,
    /// An IANA time zone.
    pub time_zone: Option<String>,
}

/// Tells `null` from absent.
fn read_present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}

/// The person who asks.
///
/// # Errors
/// When the database is away.
pub async fn show_me(app: &App, actor: &Actor) -> Result<Me, AppError> {
    let account = repository::require(&app.db, actor.user()).await?;
    with_capabilities(app, account.user).await
}

/// Changes one's own account.
///
/// # Errors
/// [`AppError::InvalidInput`].
pub async fn change_me(app: &App, actor: &Actor, changes: ProfileChanges) -> Result<Me, AppError> {
    let changes = &changes;
    let user = app
        .db
        .transaction(|mut tx| async move {
            let mut account = repository::require_in(&mut tx, actor.user()).await?;
            let before = account.user.clone();
            apply(changes, &mut account.user)?;
            let after = &account.user;
            let changed = Changes::new()
                .field("name", &before.name, &after.name)
                .field("phone", &before.phone, &after.phone)
                .field("locale", &before.locale, &after.locale)
                .field("timeZone", &before.time_zone, &after.time_zone);
            if changed.is_empty() {
                return Ok(before);
            }
            repository::sessions::repeat_person(&mut tx, after).await?;
            let stored = repository::people::replace(&mut tx, &account).await?;
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::User, stored.id), "change_profile", changed)
                .await?;
            tx.commit().await?;
            Ok(stored)
        })
        .await?;
    with_capabilities(app, user).await
}

fn apply(changes: &ProfileChanges, user: &mut User) -> Result<(), AppError> {
    let mut checks = Checks::new();
    if let Some(name) = &changes.name {
        user.name = checks.text("name", "The name", name, NAME_MAX);
    }
    if let Some(phone) = &changes.phone {
        let phone = phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
        user.phone = phone.and_then(|phone| checks.take("phone", phone.parse::<Phone>()));
    }
    user.locale = changes.locale.unwrap_or(user.locale);
    if let Some(zone) = &changes.time_zone {
        match TimeZone::get(zone).ok().as_ref().and_then(TimeZone::iana_name) {
            Some(name) => user.time_zone = name.to_owned(),
            None => checks.refuse("timeZone", "Choose a time zone such as Asia/Kolkata."),
        }
    }
    checks.finish()
}

async fn with_capabilities(app: &App, user: User) -> Result<Me, AppError> {
    let crm_access = has_crm_access(app, user.id, user.role).await?;
    Ok(Me { user, capabilities: Capabilities { crm_access } })
}

/// Where the person who asks is signed in.
///
/// # Errors
/// [`AppError::MalformedRequest`] when the cursor is not one of this list.
pub async fn list_sessions(app: &App, actor: &Actor, request: &PageRequest) -> Result<Page<SessionRow>, AppError> {
    repository::sessions::page(&app.db, actor.user(), actor.session(), app.clock.now(), request).await
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such one.
pub async fn end_session(app: &App, actor: &Actor, id: SessionId) -> Result<(), AppError> {
    app.db
        .transaction(|mut tx| async move {
            if !sessions::end(&mut tx, app, actor.user(), id).await? {
                return Err(AppError::NotFound);
            }
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::Session, id), "end_session", Changes::new())
                .await?;
            tx.commit().await
        })
        .await
}
