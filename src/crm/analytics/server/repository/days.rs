//! The totals of days, which every write of a lead keeps (`leads/server/totals.rs`).

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};
use serde::Deserialize;

use super::of;
use crate::{
    crm::accounts::user::UserId,
    server::mongo::Db,
    shared::{error::AppError, time::Date},
};

const DAYS: &str = "leadDays";

/// A day of an organizer by the calendar of India.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Day {
    /// Which.
    pub(in super::super) day: Date,
    /// Leads that came.
    pub(in super::super) created: i64,
    /// Those of them that are converted by now.
    pub(in super::super) converted: i64,
    /// Those of them in which somebody asked.
    pub(in super::super) asked: i64,
    /// Those who asked and were answered within a day.
    pub(in super::super) answered: i64,
    /// How many of those who asked waited so many minutes for their first answer.
    pub(in super::super) waits: BTreeMap<String, i64>,
    /// What the bookings of the day brought, in paise.
    pub(in super::super) won: i64,
}

/// The days of an organizer (`None`: of each) from one to another, both included; a day without anything has none.
pub(in super::super) async fn days(
    db: &Db,
    organizer: Option<UserId>,
    (first, last): (Date, Date),
) -> Result<Vec<Day>, AppError> {
    let mut filter = of(organizer);
    filter.insert("day", doc! { "$gte": first.to_string(), "$lte": last.to_string() });
    Ok(db.collection::<Day>(DAYS).find(filter).batch_size(1_000).await?.try_collect().await?)
}

/// Whether anything came before a day.
pub(in super::super) async fn has_earlier(db: &Db, organizer: Option<UserId>, before: Date) -> Result<bool, AppError> {
    let mut filter = of(organizer);
    filter.insert("day", doc! { "$lt": before.to_string() });
    filter.insert("created", doc! { "$gt": 0 });
    Ok(db.collection::<Document>(DAYS).find_one(filter).projection(doc! { "day": 1 }).await?.is_some())
}
