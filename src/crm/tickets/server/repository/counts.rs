//! How many tickets wait, read from the keys of one index.

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Document, doc},
    options::Hint,
};
use serde::Deserialize;

use super::TICKETS;
use crate::{
    crm::{
        accounts::user::UserId,
        tickets::{row::OwnCounts, status::TicketStatus, ticket::TicketCategory},
    },
    server::mongo::Db,
    shared::{error::AppError, lifecycle::Lifecycle, time::Time},
};

/// Tickets that are alike in what they are counted by.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Group {
    /// Where they stand.
    pub(in super::super) status: TicketStatus,
    /// Who works on them.
    pub(in super::super) assignee: Option<UserId>,
    /// Of which kind they are.
    pub(in super::super) category: TicketCategory,
    /// How many there are.
    pub(in super::super) count: u32,
    /// Of how many the time is over.
    pub(in super::super) late: u32,
}

#[derive(Deserialize)]
struct GroupRow {
    #[serde(rename = "_id")]
    alike: Alike,
    count: u32,
    late: u32,
}

#[derive(Deserialize)]
struct Alike {
    status: TicketStatus,
    assignee: Option<UserId>,
    category: TicketCategory,
}

impl From<GroupRow> for Group {
    fn from(GroupRow { alike: Alike { status, assignee, category }, count, late }: GroupRow) -> Self {
        Self { status, assignee, category, count, late }
    }
}

/// The open and the resolved tickets.
pub(in super::super) async fn count_waiting(db: &Db, now: Time) -> Result<Vec<Group>, AppError> {
    let waiting = TicketStatus::ALL.iter().filter(|status| !status.is_final());
    let waiting: Vec<&str> = waiting.map(|status| status.as_str()).collect();
    let is_late = doc! { "$cond": [{ "$lte": ["$dueKey", now] }, 1, 0] };
    let alike = doc! { "status": "$status", "assignee": "$assignee", "category": "$category" };
    let stages = [
        doc! { "$match": { "status": { "$in": waiting } } },
        doc! { "$group": { "_id": alike, "count": { "$sum": 1 }, "late": { "$sum": is_late } } },
    ];
    let groups = db.collection::<Document>(TICKETS).aggregate(stages).hint(Hint::Keys(index())).await?;
    Ok(groups.with_type::<GroupRow>().map_ok(Group::from).try_collect().await?)
}

fn index() -> Document {
    doc! { "status": 1, "assignee": 1, "category": 1, "dueKey": 1 }
}

#[derive(Deserialize)]
struct OwnRow {
    #[serde(rename = "_id")]
    status: TicketStatus,
    count: u32,
}

/// Somebody's own open tickets.
pub(in super::super) async fn count_own(db: &Db, requester: UserId) -> Result<OwnCounts, AppError> {
    let open: Vec<&str> = TicketStatus::OPEN.iter().map(|status| status.as_str()).collect();
    let stages = [
        doc! { "$match": { "requester": requester, "status": { "$in": open } } },
        doc! { "$group": { "_id": "$status", "count": { "$sum": 1 } } },
    ];
    let rows = db.collection::<Document>(TICKETS).aggregate(stages).await?;
    let rows: Vec<OwnRow> = rows.with_type().try_collect().await?;
    let waiting = rows.iter().filter(|row| row.status == TicketStatus::WaitingCustomer).map(|row| row.count).sum();
    Ok(OwnCounts { open: rows.iter().map(|row| row.count).sum(), waiting })
}
