//! Who there is: what admins do with other people's accounts.

use super::registration::{check_new, new_account};
use crate::{
    crm::accounts::{
        server::{
            password::Password,
            repository::{self, Account},
        },
        user::{Role, User, UserId},
    },
    server::{
        mongo::audit::{self, Changes},
        state::App,
    },
    shared::{checks::Checks, error::AppError},
};

/// Somebody's account, for what they do themselves.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn require_user(app: &App, id: UserId) -> Result<User, AppError> {
    Ok(repository::require(&app.db, id).await?.user)
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
            let (id, role) = (account.user.id, account.user.role);
            let changes = Changes::new().field("role", &None, &Some(role));
            audit::record(&mut tx, app, None::<UserId>, ("user", id), "create_admin", changes).await?;
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
