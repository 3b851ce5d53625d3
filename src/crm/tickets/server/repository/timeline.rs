//! What happened to tickets, in the order in which it happened: a row each, never changed. Messages and steps share one collection,
//! because a ticket's page reads both.

use futures_util::TryStreamExt;
use mongodb::bson::doc;
use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        files::file::Attachment,
        tickets::{
            message::{TicketAuthor, TicketMessage, TicketMessageId, TicketStep},
            status::TicketStatus,
            ticket::TicketId,
        },
    },
    server::mongo::{Db, Tx},
    shared::{error::AppError, time::Time},
};

pub(super) const TIMELINE: &str = "ticketTimeline";
/// A ticket shows so many entries; older ones are kept.
const SHOWN: i64 = 1_000;

/// How much of a ticket somebody is told. What is not meant for them is not even read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Told {
    /// With what admins note among themselves.
    Everything,
    /// Without.
    WhatBothSidesRead,
}

/// An entry of a timeline.
#[derive(Debug, Clone)]
pub(in super::super) enum Entry {
    /// Something was said.
    Message(TicketMessage),
    /// A step was taken.
    Step(TicketStep),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EntryDoc {
    #[serde(rename = "_id")]
    id: TicketMessageId,
    ticket_id: TicketId,
    internal: bool,
    at: Time,
    by: TicketAuthor,
    what: What,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum What {
    Message { text: String, attachments: Vec<Attachment> },
    Step { from: TicketStatus, to: TicketStatus, note: Option<String> },
}

impl EntryDoc {
    /// The row of a message.
    pub(super) fn of_message(ticket_id: TicketId, message: TicketMessage) -> Self {
        let TicketMessage { id, by, text, internal, attachments, at } = message;
        Self { id, ticket_id, internal, at, by, what: What::Message { text, attachments } }
    }

    /// The row of a step.
    pub(super) fn of_step(ticket_id: TicketId, id: TicketMessageId, step: TicketStep) -> Self {
        let TicketStep { from, to, by, at, note } = step;
        Self { id, ticket_id, internal: false, at, by, what: What::Step { from, to, note } }
    }
}

impl From<EntryDoc> for Entry {
    fn from(EntryDoc { id, internal, at, by, what, .. }: EntryDoc) -> Self {
        match what {
            What::Message { text, attachments } => {
                Self::Message(TicketMessage { id, by, text, internal, attachments, at })
            }
            What::Step { from, to, note } => Self::Step(TicketStep { from, to, by, at, note }),
        }
    }
}

/// Adds what was said.
pub(in super::super) async fn append_message(
    tx: &mut Tx,
    ticket: TicketId,
    message: TicketMessage,
) -> Result<(), AppError> {
    append(tx, EntryDoc::of_message(ticket, message)).await
}

/// Adds a step.
pub(in super::super) async fn append_step(
    tx: &mut Tx,
    ticket: TicketId,
    id: TicketMessageId,
    step: TicketStep,
) -> Result<(), AppError> {
    append(tx, EntryDoc::of_step(ticket, id, step)).await
}

async fn append(tx: &mut Tx, row: EntryDoc) -> Result<(), AppError> {
    tx.collection::<EntryDoc>(TIMELINE).insert_one(row).session(tx.session()).await?;
    Ok(())
}

/// The newest entries of a ticket, the oldest of them first.
pub(in super::super) async fn timeline(db: &Db, ticket: TicketId, told: Told) -> Result<Vec<Entry>, AppError> {
    let mut of_ticket = doc! { "ticketId": ticket };
    if told == Told::WhatBothSidesRead {
        of_ticket.insert("internal", false);
    }
    let newest = doc! { "at": -1, "_id": -1 };
    let rows = db.collection::<EntryDoc>(TIMELINE).find(of_ticket).sort(newest).limit(SHOWN).await?;
    let mut entries: Vec<Entry> = rows.map_ok(Entry::from).try_collect().await?;
    entries.reverse();
    Ok(entries)
}
