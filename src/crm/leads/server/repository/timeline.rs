//! What happened to leads, in the order in which it happened: a row each, never changed. Interactions and changes of status share
//! one collection, because a lead's page reads both.

use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};
use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            lead::{Lead, LeadId},
            status::LeadStatus,
            timeline::{Author, Interaction, InteractionId, InteractionKind, StatusChange},
        },
    },
    server::mongo::{Db, Tx},
    shared::{error::AppError, time::Time},
};

pub(super) const TIMELINE: &str = "leadTimeline";
/// A lead shows so many entries; older ones are kept.
const SHOWN: i64 = 1_000;

/// An entry of a timeline.
#[derive(Debug, Clone)]
pub(in super::super) enum Entry {
    /// Something went either way, or was noted.
    Interaction(Interaction),
    /// A step was taken.
    StatusChange(StatusChange),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EntryDoc {
    #[serde(rename = "_id")]
    pub(super) id: InteractionId,
    pub(super) lead_id: LeadId,
    pub(super) assigned_to: UserId,
    pub(super) at: Time,
    pub(super) by: Author,
    pub(super) what: What,
}

/// What an entry tells; `kind` is what figures group by.
#[derive(Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum What {
    Interaction { kind: InteractionKind, text: String },
    StatusChange { from: LeadStatus, to: LeadStatus, note: Option<String> },
}

impl From<EntryDoc> for Entry {
    fn from(EntryDoc { id, at, by, what, .. }: EntryDoc) -> Self {
        match what {
            What::Interaction { kind, text } => Self::Interaction(Interaction { id, kind, text, at, by }),
            What::StatusChange { from, to, note } => Self::StatusChange(StatusChange { from, to, by, at, note }),
        }
    }
}

/// Adds an interaction to a lead.
pub(in super::super) async fn append_interaction(
    tx: &mut Tx,
    lead: &Lead,
    interaction: Interaction,
) -> Result<(), AppError> {
    let Interaction { id, kind, text, at, by } = interaction;
    append(tx, lead, id, (at, by), What::Interaction { kind, text }).await
}

/// Adds a step to a lead.
pub(in super::super) async fn append_status_change(
    tx: &mut Tx,
    lead: &Lead,
    id: InteractionId,
    change: StatusChange,
) -> Result<(), AppError> {
    let StatusChange { from, to, by, at, note } = change;
    append(tx, lead, id, (at, by), What::StatusChange { from, to, note }).await
}

async fn append(
    tx: &mut Tx,
    lead: &Lead,
    id: InteractionId,
    (at, by): (Time, Author),
    what: What,
) -> Result<(), AppError> {
    let row = EntryDoc { id, lead_id: lead.id, assigned_to: lead.assigned_to, at, by, what };
    tx.collection::<EntryDoc>(TIMELINE).insert_one(row).session(tx.session()).await?;
    Ok(())
}

/// Whether a lead's timeline has a message of exactly that text.
pub(in super::super) async fn has_said(tx: &mut Tx, lead: LeadId, text: &str) -> Result<bool, AppError> {
    let same = doc! { "leadId": lead, "what.text": text, "what.kind": InteractionKind::Message.as_str() };
    Ok(tx.collection::<Document>(TIMELINE).find_one(same).session(tx.session()).await?.is_some())
}

/// The newest entries of a lead, the oldest of them first.
pub(in super::super) async fn timeline(db: &Db, lead: LeadId) -> Result<Vec<Entry>, AppError> {
    let newest = doc! { "at": -1, "_id": -1 };
    let rows = db.collection::<EntryDoc>(TIMELINE).find(doc! { "leadId": lead }).sort(newest).limit(SHOWN).await?;
    let mut entries: Vec<Entry> = rows.map_ok(Entry::from).try_collect().await?;
    entries.reverse();
    Ok(entries)
}
