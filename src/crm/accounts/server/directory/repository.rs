//! Reads what the directory tells from the stored people, and nothing more of them.

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use serde::Deserialize;

use super::Person;
use crate::{
    crm::accounts::{
        server::repository::people::working_admins,
        user::{Role, UserId},
    },
    server::mongo::Db,
    shared::{error::AppError, time::Time},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersonRow {
    #[serde(rename = "_id")]
    id: UserId,
    name: String,
    role: Role,
    created_at: Time,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self { id: row.id, name: row.name, role: row.role, since: row.created_at }
    }
}

pub(super) async fn list(db: &Db, role: Role) -> Result<Vec<Person>, AppError> {
    list_by_name(db, doc! { "role": role.as_str() }).await
}

pub(super) async fn list_working_admins(db: &Db) -> Result<Vec<Person>, AppError> {
    list_by_name(db, working_admins()).await
}

async fn list_by_name(db: &Db, which: Document) -> Result<Vec<Person>, AppError> {
    let fields = doc! { "name": 1, "role": 1, "createdAt": 1 };
    let rows = db.collection::<PersonRow>("users").find(which).sort(doc! { "name": 1 }).projection(fields).await?;
    Ok(rows.map_ok(Person::from).try_collect().await?)
}

pub(super) async fn find(db: &Db, ids: &[UserId]) -> Result<Vec<Person>, AppError> {
    let ids: Vec<Bson> = ids.iter().copied().map(Bson::from).collect();
    let fields = doc! { "name": 1, "role": 1, "createdAt": 1 };
    let rows = db.collection::<PersonRow>("users").find(doc! { "_id": { "$in": ids } }).projection(fields).await?;
    Ok(rows.map_ok(Person::from).try_collect().await?)
}

/// Ids grow with time, so the newest people have the greatest ones.
pub(super) async fn find_newest(db: &Db, limit: i64) -> Result<Vec<Person>, AppError> {
    let fields = doc! { "name": 1, "role": 1, "createdAt": 1 };
    let rows = db
        .collection::<PersonRow>("users")
        .find(doc! {})
        .sort(doc! { "_id": -1 })
        .limit(limit)
        .projection(fields)
        .await?;
    Ok(rows.map_ok(Person::from).try_collect().await?)
}
