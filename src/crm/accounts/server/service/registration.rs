//! Making an account of one's own.

use serde::Deserialize;

use super::sessions::{SignedIn, start_session};
use crate::{
    crm::accounts::{
        server::{
            caller::Caller,
            password::Password,
            repository::{self, Account},
        },
        session::SessionKind,
        user::{Locale, Role, User, UserState},
    },
    server::{
        mongo::{
            Tx,
            audit::{self, Changes},
        },
        state::App,
    },
    shared::{
        checks::Checks,
        contact::{Email, Phone},
        error::AppError,
    },
};

/// How long a name may be.
pub(super) const NAME_MAX: usize = 100;
/// Where people are until they say otherwise.
const TIME_ZONE: &str = "Asia/Kolkata";

/// What somebody registers with.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Their name; an organizer's is that of the business.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The password they choose.
    pub password: Password,
    /// `user` or `organizer`.
    pub role: Role,
    /// How else to reach them.
    pub phone: Option<String>,
}

/// What came of a registration.
#[derive(Debug, Clone)]
pub enum Registered {
    /// The account is there, and they are signed in.
    SignedIn(Box<SignedIn>),
    /// They have mail: the account begins when they follow its link.
    VerificationSent,
}

/// Makes an account.
///
/// # Errors
/// [`AppError::InvalidInput`]; [`AppError::Conflict`] when the address has an account.
pub async fn register(
    app: &App,
    caller: &Caller,
    kind: SessionKind,
    input: Registration,
) -> Result<Registered, AppError> {
    let mut checks = Checks::new();
    input.password.check(&mut checks, &input.email);
    checks.require("role", input.role != Role::Admin, "You can register as `user` or `organizer`.");
    let new = check_new(checks, &input.name, &input.email, input.phone.as_deref())?;
    let mut account = new_account(app, new, input.role);
    account.password = Some(input.password.hash().await?);
    let account = &account;
    let signed_in = app
        .db
        .transaction(|mut tx| async move {
            let signed_in = store_account(&mut tx, app, caller, kind, account).await?;
            tx.commit().await?;
            Ok(signed_in)
        })
        .await?;
    Ok(Registered::SignedIn(Box::new(signed_in)))
}

/// Who somebody new is, checked.
pub(super) struct NewPerson {
    name: String,
    email: Email,
    phone: Option<Phone>,
}

/// Checks who somebody new is, after what `checks` found already.
///
/// # Errors
/// [`AppError::InvalidInput`] with everything that is wrong.
pub(super) fn check_new(mut checks: Checks, name: &str, email: &str, phone: Option<&str>) -> Result<NewPerson, AppError> {
    let name = checks.text("name", "The name", name, NAME_MAX);
    let email = checks.take("email", email.parse::<Email>());
    let phone = phone.map(str::trim).filter(|phone| !phone.is_empty());
    let phone = phone.and_then(|phone| checks.take("phone", phone.parse::<Phone>()));
    checks.finish()?;
    Ok(NewPerson { name, email: email.ok_or(AppError::Internal)?, phone })
}

/// The account of somebody new, without a password.
pub(super) fn new_account(app: &App, new: NewPerson, role: Role) -> Account {
    let user = User {
        id: app.ids.next(),
        name: new.name,
        email: new.email,
        phone: new.phone,
        role,
        state: UserState::Active,
        locale: Locale::En,
        time_zone: TIME_ZONE.into(),
        email_verified: false,
        created_at: app.clock.now(),
        version: 0,
    };
    Account { user, password: None }
}

/// Stores somebody's new account and signs them in.
async fn store_account(
    tx: &mut Tx,
    app: &App,
    caller: &Caller,
    kind: SessionKind,
    account: &Account,
) -> Result<SignedIn, AppError> {
    repository::insert(tx, account).await?;
    let changes = Changes::new().field("role", &None, &Some(account.user.role));
    audit::record(tx, app, Some(account.user.id), ("user", account.user.id), "register", changes).await?;
    start_session(tx, app, caller, kind, account).await
}
