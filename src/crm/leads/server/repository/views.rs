//! Where saved views are stored.

use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};
use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        leads::view::{SavedView, ViewEntity, ViewFilter, ViewId, ViewLayout},
    },
    server::mongo::{Db, Tx, is_duplicate},
    shared::{error::AppError, time::Time},
};

const VIEWS: &str = "savedViews";
/// A counter for each owner, on which two new views of theirs collide.
const OWNERS: &str = "savedViewOwners";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ViewDoc {
    #[serde(rename = "_id")]
    id: ViewId,
    owner: UserId,
    name: String,
    entity: ViewEntity,
    layout: ViewLayout,
    filter: ViewFilter,
    sort: Option<String>,
    columns: Vec<String>,
    pinned: bool,
    updated_at: Time,
}

impl ViewDoc {
    fn new(owner: UserId, view: SavedView) -> Self {
        let SavedView { id, name, entity, layout, filter, sort, columns, pinned, updated_at } = view;
        Self { id, owner, name, entity, layout, filter, sort, columns, pinned, updated_at }
    }
}

impl From<ViewDoc> for SavedView {
    fn from(row: ViewDoc) -> Self {
        let ViewDoc { id, name, entity, layout, filter, sort, columns, pinned, updated_at, .. } = row;
        Self { id, name, entity, layout, filter, sort, columns, pinned, updated_at }
    }
}

/// Somebody's views, the pinned ones first, then by name.
pub(in super::super) async fn views(db: &Db, owner: UserId) -> Result<Vec<SavedView>, AppError> {
    let rows = db.collection::<ViewDoc>(VIEWS).find(doc! { "owner": owner }).await?;
    let mut views: Vec<SavedView> = rows.map_ok(SavedView::from).try_collect().await?;
    views.sort_by_key(|view| (!view.pinned, view.name.to_lowercase(), view.id));
    Ok(views)
}

/// Stores a new view, and tells how many its owner has now. Two that are stored at the same moment collide on the owner's counter,
/// so that nobody gets more than they may.
pub(in super::super) async fn insert_view(tx: &mut Tx, owner: UserId, view: SavedView) -> Result<u64, AppError> {
    let counter = doc! { "_id": owner };
    let tick = doc! { "$inc": { "writes": 1_i64 } };
    match tx.collection::<Document>(OWNERS).update_one(counter, tick).upsert(true).session(tx.session()).await {
        Err(error) if is_duplicate(&error) => return Err(AppError::Busy),
        outcome => outcome.map(drop)?,
    }
    tx.collection::<ViewDoc>(VIEWS).insert_one(ViewDoc::new(owner, view)).session(tx.session()).await?;
    Ok(tx.collection::<Document>(VIEWS).count_documents(doc! { "owner": owner }).session(tx.session()).await?)
}

/// Stores a changed view; whether its owner has it.
pub(in super::super) async fn replace_view(tx: &mut Tx, owner: UserId, view: SavedView) -> Result<bool, AppError> {
    let own = doc! { "_id": view.id, "owner": owner };
    let views = tx.collection::<ViewDoc>(VIEWS);
    Ok(views.replace_one(own, ViewDoc::new(owner, view)).session(tx.session()).await?.matched_count == 1)
}

/// Removes a view; whether its owner had it.
pub(in super::super) async fn delete_view(tx: &mut Tx, owner: UserId, id: ViewId) -> Result<bool, AppError> {
    let own = doc! { "_id": id, "owner": owner };
    Ok(tx.collection::<Document>(VIEWS).delete_one(own).session(tx.session()).await?.deleted_count == 1)
}
