//! tower-sessions on our `sessions` collection. A browser's session is the row that the sessions page lists: signing in makes
//! the row, and this store ties it to a cookie. Visitors who are not signed in have no session.

use std::{fmt, future::Future, pin::Pin};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Error, Id, Record},
    session_store::{Error as StoreError, Result as StoreResult},
};

use super::{
    repository::sessions::{self, SessionDoc},
    service,
};
use crate::{
    crm::accounts::{
        session::SessionId,
        user::{Locale, Role, UserId},
    },
    server::{keys::fingerprint, state::App},
    shared::{error::AppError, time::Time},
};

/// How long a session lasts without being used.
pub const LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The entry of a session's record that says whose it is.
const WHO: &str = "who";

/// Whose session it is, as its row says at this moment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Who {
    /// The session.
    pub session: SessionId,
    /// The person.
    pub user: UserId,
    /// What they are.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// Their time zone.
    pub time_zone: String,
    /// Their language.
    pub locale: Locale,
    /// When the session was last used, to the minute.
    pub last_seen_at: Time,
}

impl From<&SessionDoc> for Who {
    fn from(row: &SessionDoc) -> Self {
        Self {
            session: row.id,
            user: row.user_id,
            role: row.role,
            name: row.name.clone(),
            time_zone: row.time_zone.clone(),
            locale: row.locale,
            last_seen_at: row.last_seen_at,
        }
    }
}

/// Sessions in the database.
#[derive(Clone)]
pub struct Store(App);

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

/// The layer that reads and writes the session cookie.
pub fn session_layer(app: &App) -> SessionManagerLayer<Store> {
    let is_production = app.config.is_production();
    SessionManagerLayer::new(Store(app.clone()))
        .with_name(if is_production { "__Host-session" } else { "session" })
        .with_secure(is_production)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(time::Duration::seconds(LASTS.as_secs())))
}

/// Whose session the request's cookie is.
///
/// # Errors
/// When the database is away.
pub async fn read_who(session: &Session) -> Result<Option<Who>, AppError> {
    session.get(WHO).await.map_err(name_error)
}

/// Gives the browser a cookie for a session that has just begun; the cookie it had, and its session, end.
///
/// # Errors
/// When the database is away, or the session has ended meanwhile.
pub async fn open(session: &Session, who: &Who) -> Result<(), AppError> {
    session.cycle_id().await.map_err(name_error)?;
    session.insert(WHO, who).await.map_err(name_error)?;
    session.save().await.map_err(name_error)
}

/// Takes the browser's cookie away, and its session with it.
///
/// # Errors
/// When the database is away.
pub async fn close(session: &Session) -> Result<(), AppError> {
    session.flush().await.map_err(name_error)
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = StoreResult<T>> + Send + 'a>>;

impl SessionStore for Store {
    fn create<'a: 'f, 'b: 'f, 'f>(&'a self, record: &'b mut Record) -> Answer<'f, ()>
    where
        Self: 'f,
    {
        Box::pin(async move {
            let who = record.data.get(WHO).cloned().ok_or_else(|| refuse(&AppError::Unauthenticated))?;
            let who: Who = serde_json::from_value(who).map_err(|error| StoreError::Decode(error.to_string()))?;
            let bound =
                sessions::bind(&self.0.db, who.session, &key_of(record.id)).await.map_err(|error| refuse(&error))?;
            if bound { Ok(()) } else { Err(refuse(&AppError::Unauthenticated)) }
        })
    }

    fn save<'a: 'f, 'b: 'f, 'f>(&'a self, record: &'b Record) -> Answer<'f, ()>
    where
        Self: 'f,
    {
        Box::pin(async move {
            let mut kept = record.data.clone();
            kept.remove(WHO);
            sessions::keep(&self.0.db, &key_of(record.id), &kept).await.map_err(|error| refuse(&error))
        })
    }

    fn load<'a: 'f, 'b: 'f, 'f>(&'a self, id: &'b Id) -> Answer<'f, Option<Record>>
    where
        Self: 'f,
    {
        Box::pin(async move {
            let found = sessions::find_by_key(&self.0.db, &key_of(*id), self.0.clock.now()).await;
            let Some((row, mut data)) = found.map_err(|error| refuse(&error))? else { return Ok(None) };
            let who = serde_json::to_value(Who::from(&row)).map_err(|error| StoreError::Encode(error.to_string()))?;
            data.insert(WHO.into(), who);
            let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires_at.millis().div_euclid(1_000))
                .map_err(|error| StoreError::Decode(error.to_string()))?;
            Ok(Some(Record { id: *id, data, expiry_date }))
        })
    }

    fn delete<'a: 'f, 'b: 'f, 'f>(&'a self, id: &'b Id) -> Answer<'f, ()>
    where
        Self: 'f,
    {
        Box::pin(async move { service::end_by_key(&self.0, &key_of(*id)).await.map_err(|error| refuse(&error)) })
    }
}

/// Cookies are not stored, only what they can be recognised by.
fn key_of(id: Id) -> String {
    fingerprint(id.0.to_le_bytes())
}

/// tower-sessions carries errors as texts: ours travel as their code.
fn refuse(error: &AppError) -> StoreError {
    StoreError::Backend(error.code().to_owned())
}

fn name_error(error: Error) -> AppError {
    match error {
        Error::Store(StoreError::Backend(code)) if code == AppError::Unavailable.code() => AppError::Unavailable,
        Error::Store(StoreError::Backend(code)) if code == AppError::Unauthenticated.code() => {
            AppError::Unauthenticated
        }
        error => {
            tracing::error!(%error, "a session cannot be used");
            AppError::Internal
        }
    }
}
