//! What people chose: a document for each who ever chose anything.

use std::collections::{BTreeMap, BTreeSet};

use mongodb::bson::{Bson, doc};
use serde::{Deserialize, Serialize};

use crate::{
    crm::{accounts::user::UserId, notifications::preferences::Preferences},
    server::mongo::{Db, Tx, is_duplicate},
    shared::error::AppError,
};

const PREFERENCES: &str = "notificationPreferences";

#[derive(Serialize, Deserialize)]
struct PreferencesDoc {
    #[serde(rename = "_id")]
    person: UserId,
    choices: Preferences,
}

/// What somebody chose, or what counts until they do.
pub(in super::super) async fn find_preferences(db: &Db, person: UserId) -> Result<Preferences, AppError> {
    let found = db.collection::<PreferencesDoc>(PREFERENCES).find_one(doc! { "_id": person }).await?;
    Ok(found.map(|found| found.choices).unwrap_or_default())
}

/// What these people chose, read in a transaction; who never chose is left out.
pub(in super::super) async fn find_preferences_in(
    tx: &mut Tx,
    people: &BTreeSet<UserId>,
) -> Result<BTreeMap<UserId, Preferences>, AppError> {
    let ids: Vec<Bson> = people.iter().copied().map(Bson::from).collect();
    let rows = tx.collection::<PreferencesDoc>(PREFERENCES);
    let mut rows = rows.find(doc! { "_id": { "$in": ids } }).session(tx.session()).await?;
    let mut chosen = BTreeMap::new();
    while let Some(PreferencesDoc { person, choices }) = rows.next(tx.session()).await.transpose()? {
        chosen.insert(person, choices);
    }
    Ok(chosen)
}

/// Keeps what somebody chose.
pub(in super::super) async fn store_preferences(
    tx: &mut Tx,
    person: UserId,
    choices: &Preferences,
) -> Result<(), AppError> {
    let row = PreferencesDoc { person, choices: *choices };
    let rows = tx.collection::<PreferencesDoc>(PREFERENCES);
    match rows.replace_one(doc! { "_id": person }, row).upsert(true).session(tx.session()).await {
        Err(error) if is_duplicate(&error) => Err(AppError::Busy),
        stored => Ok(stored.map(drop)?),
    }
}
