//! Very many leads at once, with their timelines, outside of any transaction.

use futures_util::try_join;

use super::{
    LEADS, LeadDoc,
    timeline::{EntryDoc, TIMELINE, What},
};
use crate::{
    crm::leads::timeline::{Author, Interaction, InteractionId, LeadHistory, StatusChange},
    server::mongo::{Db, bulk, indexes},
    shared::{error::AppError, time::Time},
};

/// Stores leads as they are, with all that happened to them. Of follow-ups that are due by now nobody is told any more.
pub(in super::super) async fn insert_histories(
    db: &Db,
    histories: Vec<LeadHistory>,
    now: Time,
) -> Result<(), AppError> {
    let (mut leads, mut entries) = (Vec::with_capacity(histories.len()), Vec::new());
    for LeadHistory { lead, interactions, steps } in histories {
        let entry = |(id, at, by, what)| EntryDoc { id, lead_id: lead.id, assigned_to: lead.assigned_to, at, by, what };
        entries.extend(interactions.into_iter().map(of_interaction).map(entry));
        entries.extend(steps.into_iter().map(of_step).map(entry));
        leads.push(lead);
    }
    let ahead = |due: &Time| *due > now;
    let leads = leads.iter().map(LeadDoc::from);
    let leads = leads.map(|lead| LeadDoc { untold_follow_up: lead.untold_follow_up.filter(ahead), ..lead }).collect();
    try_join!(bulk::insert_many(db, LEADS, leads), bulk::insert_many(db, TIMELINE, entries))?;
    Ok(())
}

type Parts = (InteractionId, Time, Author, What);

fn of_interaction(Interaction { id, kind, text, at, by }: Interaction) -> Parts {
    (id, at, by, What::Interaction { kind, text })
}

fn of_step((id, StatusChange { from, to, by, at, note }): (InteractionId, StatusChange)) -> Parts {
    (id, at, by, What::StatusChange { from, to, note })
}

/// Drops the indexes of leads and timelines.
pub(in super::super) async fn drop_indexes(db: &Db) -> Result<(), AppError> {
    for collection in [LEADS, TIMELINE] {
        db.collection::<LeadDoc<'_>>(collection).drop_indexes().await?;
    }
    Ok(())
}

/// Builds the indexes that are missing.
pub(in super::super) async fn build_indexes(db: &Db) -> Result<(), AppError> {
    Ok(indexes::create_missing(db).await?)
}
