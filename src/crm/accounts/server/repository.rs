//! How accounts are stored: people in `users`; their sessions, and the links that were mailed to them, in the modules below.

pub mod links;
pub mod people;
pub mod sessions;

use mongodb::bson::{Document, doc};
use serde::{Deserialize, Serialize};

use crate::{
    crm::accounts::user::{Locale, Role, User, UserId, UserState},
    server::{
        mongo::{Db, Tx, bulk, is_duplicate, search},
        state::App,
    },
    shared::{
        contact::{Email, Phone},
        error::AppError,
        time::Time,
    },
};

const COLLECTION: &str = "users";

/// A person as stored, with the hash of their password.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserDoc {
    #[serde(rename = "_id")]
    id: UserId,
    name: String,
    email: Email,
    phone: Option<Phone>,
    role: Role,
    state: UserState,
    locale: Locale,
    time_zone: String,
    email_verified: bool,
    created_at: Time,
    version: u32,
    /// `None` until an invited person has chosen one.
    password: Option<String>,
    words: Vec<String>,
}

/// A person with what they prove themselves by. It stays within the context's service.
#[derive(Debug, Clone)]
pub struct Account {
    /// The person.
    pub user: User,
    /// The hash of their password; `None` until an invited person has chosen one.
    pub password: Option<String>,
}

impl From<UserDoc> for Account {
    fn from(doc: UserDoc) -> Self {
        let UserDoc {
            id, name, email, phone, role, state, locale, time_zone, email_verified, created_at, version, ..
        } = doc;
        let user = User { id, name, email, phone, role, state, locale, time_zone, email_verified, created_at, version };
        Self { user, password: doc.password }
    }
}

impl From<&Account> for UserDoc {
    fn from(account: &Account) -> Self {
        let User { id, name, email, phone, role, state, locale, time_zone, email_verified, created_at, version } =
            account.user.clone();
        let words = search::words([name.as_str(), email.as_str()]);
        let password = account.password.clone();
        Self {
            id,
            name,
            email,
            phone,
            role,
            state,
            locale,
            time_zone,
            email_verified,
            created_at,
            version,
            password,
            words,
        }
    }
}

/// Stores a new person.
///
/// # Errors
/// [`AppError::Conflict`] when the address has an account.
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<(), AppError> {
    let inserted = tx.collection::<UserDoc>(COLLECTION).insert_one(UserDoc::from(account)).session(tx.session()).await;
    match inserted {
        Err(error) if is_duplicate(&error) => {
            Err(AppError::Conflict("This e-mail address has an account. Sign in instead.".into()))
        }
        inserted => Ok(inserted.map(drop)?),
    }
}

/// Stores many people as they are.
///
/// # Errors
/// [`AppError::Conflict`] when an address has an account already.
pub async fn insert_many(db: &Db, accounts: &[Account]) -> Result<(), AppError> {
    bulk::insert_many(db, COLLECTION, accounts.iter().map(UserDoc::from).collect()).await
}

/// The account of an address.
///
/// # Errors
/// When the database is away.
pub async fn find_by_email(db: &Db, email: &Email) -> Result<Option<Account>, AppError> {
    let found = db.collection::<UserDoc>(COLLECTION).find_one(doc! { "email": email.as_str() }).await?;
    Ok(found.map(Account::from))
}

/// The account of a person.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn require(db: &Db, id: UserId) -> Result<Account, AppError> {
    let found = db.collection::<UserDoc>(COLLECTION).find_one(doc! { "_id": id }).await?;
    found.map(Account::from).ok_or(AppError::NotFound)
}

/// The account of a person, read in a transaction.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn require_in(tx: &mut Tx, id: UserId) -> Result<Account, AppError> {
    let found = tx.collection::<UserDoc>(COLLECTION).find_one(doc! { "_id": id }).session(tx.session()).await?;
    found.map(Account::from).ok_or(AppError::NotFound)
}

/// Notes that somebody signs in, if their account is still what it was when the password was checked. The write collides with
/// any change of password, role or state, so that none of them can miss the session that begins here.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the account changed in between.
pub async fn note_sign_in(tx: &mut Tx, app: &App, account: &Account) -> Result<(), AppError> {
    let same = doc! {
        "_id": account.user.id,
        "state": "active",
        "role": account.user.role.as_str(),
        "password": account.password.as_deref(),
    };
    let set = doc! { "$set": { "signedInAt": app.clock.now() } };
    let noted = tx.collection::<Document>(COLLECTION).update_one(same, set).session(tx.session()).await?;
    if noted.matched_count == 1 { Ok(()) } else { Err(AppError::Unauthenticated) }
}
