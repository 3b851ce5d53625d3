//! Making an account of one's own.

use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    passwords::{link_is_dead, may_send_to},
    sessions::{SignedIn, start_session},
};
use crate::{
    crm::accounts::{
        server::{
            caller::Caller,
            mails,
            password::Password,
            repository::{self, Account, links::Purpose},
        },
        session::SessionKind,
        user::{Locale, Role, User, UserState},
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
        contact::{Email, Phone},
        error::AppError,
    },
};

/// How long a name may be.
pub(super) const NAME_MAX: usize = 100;
/// How long the link that confirms an address is good.
const VERIFY: SignedDuration = SignedDuration::from_hours(24);
/// Registrations from one address of the network: each costs the hash of a password, and maybe a mail.
const REGISTERED_FROM: Limit = Limit { max: 30, window: SignedDuration::from_mins(15) };
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
/// [`AppError::InvalidInput`]; [`AppError::TooManyRequests`] when this caller registered too often; [`AppError::Conflict`] when the
/// address has an account.
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
    limits::count(app, &key_of(caller), REGISTERED_FROM).await?;
    let mut account = new_account(app, new, input.role);
    account.password = Some(input.password.hash().await?);
    if app.config.verify_email {
        send_verification(app, account).await?;
        return Ok(Registered::VerificationSent);
    }
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

/// Lets only those pass from whose address one more account may be made.
///
/// # Errors
/// [`AppError::TooManyRequests`] when too many were.
pub async fn check_registration_rate(app: &App, caller: &Caller) -> Result<(), AppError> {
    limits::check(app, &key_of(caller), REGISTERED_FROM).await
}

fn key_of(caller: &Caller) -> String {
    format!("register:{}", caller.address)
}

/// Begins the account whose address is confirmed by the link of a mail, and signs its person in.
///
/// # Errors
/// [`AppError::InvalidInput`] when the link is not good (any more).
pub async fn verify_email(app: &App, caller: &Caller, kind: SessionKind, secret: &str) -> Result<SignedIn, AppError> {
    app.db
        .transaction(|mut tx| async move {
            let purpose = repository::links::take(&mut tx, secret, app.clock.now()).await?;
            let Purpose::Verify(mut account) = purpose else { return Err(link_is_dead()) };
            account.user.email_verified = true;
            let signed_in = store_account(&mut tx, app, caller, kind, &account).await.map_err(|error| match error {
                // Another link of the same address was followed before.
                AppError::Conflict(_) => link_is_dead(),
                error => error,
            })?;
            tx.commit().await?;
            Ok(signed_in)
        })
        .await
}

/// Mails what the registered address is to know. Known and new addresses take as long and are answered alike. What was
/// registered is kept with the link: the account is that of whoever confirms the address, with what they typed themselves.
async fn send_verification(app: &App, account: Account) -> Result<(), AppError> {
    let known = &repository::find_by_email(&app.db, &account.user.email).await?;
    if !may_send_to(app, &account.user.email).await? {
        return Ok(());
    }
    let (account, secret) = (&account, &app.ids.secret());
    app.db
        .transaction(|mut tx| async move {
            let (purpose, mail) = match known {
                Some(known) => (Purpose::Nothing, mails::account_exists(app, &known.user)),
                None => (Purpose::Verify(Box::new(account.clone())), mails::verify_email(app, &account.user, secret)),
            };
            repository::links::insert(&mut tx, secret, app.clock.now() + VERIFY, &purpose).await?;
            mail::enqueue(&mut tx, app, &mail).await?;
            tx.commit().await
        })
        .await
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
pub(super) fn check_new(
    mut checks: Checks,
    name: &str,
    email: &str,
    phone: Option<&str>,
) -> Result<NewPerson, AppError> {
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
    audit::record(tx, app, Some(account.user.id), (AuditEntity::User, account.user.id), "register", changes).await?;
    start_session(tx, app, caller, kind, account).await
}
