//! Who people are, for other contexts: their names and roles, never their addresses.

mod repository;

use std::collections::BTreeMap;

use crate::{
    crm::accounts::user::{Role, UserId},
    server::state::App,
    shared::{error::AppError, time::Time},
};

/// What other contexts may know of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: UserId,
    /// The name: a person's, or for organizers that of the business.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// When the account was made.
    pub since: Time,
}

/// These people; whoever is not there is left out.
///
/// # Errors
/// When the database is away.
pub async fn find_people(
    app: &App,
    ids: impl IntoIterator<Item = UserId>,
) -> Result<BTreeMap<UserId, Person>, AppError> {
    let mut ids: Vec<UserId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let people = repository::find(&app.db, &ids).await?;
    Ok(people.into_iter().map(|person| (person.id, person)).collect())
}

/// Every organizer, by name, to choose from.
///
/// # Errors
/// When the database is away.
pub async fn list_organizers(app: &App) -> Result<Vec<Person>, AppError> {
    repository::list(&app.db, Role::Organizer).await
}

/// Every admin who can sign in, by name, to choose from.
///
/// # Errors
/// When the database is away.
pub async fn list_admins(app: &App) -> Result<Vec<Person>, AppError> {
    repository::list_working_admins(&app.db).await
}

/// Somebody.
///
/// # Errors
/// [`AppError::NotFound`] when there is nobody of this id.
pub async fn require_person(app: &App, id: UserId) -> Result<Person, AppError> {
    find_people(app, [id]).await?.remove(&id).ok_or(AppError::NotFound)
}

/// Who joined last, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn find_newest(app: &App, limit: i64) -> Result<Vec<Person>, AppError> {
    repository::find_newest(&app.db, limit).await
}
