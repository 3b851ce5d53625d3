//! Many tickets at once, with all that was said in them, outside of any transaction.

use futures_util::try_join;

use super::{
    TICKETS, TicketDoc,
    answers::ANSWERS,
    sequence,
    timeline::{EntryDoc, TIMELINE},
};
use crate::{
    crm::tickets::{answer::CannedAnswer, message::TicketHistory, ticket::Ticket},
    server::mongo::{Db, bulk},
    shared::error::AppError,
};

/// Stores tickets as they are.
pub(in super::super) async fn insert_histories(db: &Db, histories: Vec<TicketHistory>) -> Result<(), AppError> {
    let (mut tickets, mut entries): (Vec<(Ticket, [String; 2])>, _) = (Vec::with_capacity(histories.len()), Vec::new());
    for TicketHistory { ticket, requester, messages, steps } in histories {
        entries.extend(messages.into_iter().map(|message| EntryDoc::of_message(ticket.id, message)));
        entries.extend(steps.into_iter().map(|(id, step)| EntryDoc::of_step(ticket.id, id, step)));
        tickets.push((ticket, requester));
    }
    let last = tickets.iter().map(|(ticket, _)| ticket.number.place()).max().unwrap_or_default();
    let rows = tickets.iter().map(|(ticket, [name, address])| TicketDoc::new(ticket, [name, address])).collect();
    try_join!(bulk::insert_many(db, TICKETS, rows), bulk::insert_many(db, TIMELINE, entries))?;
    sequence::go_on_after(db, last).await
}

/// Stores canned answers as they are.
pub(in super::super) async fn insert_answers(db: &Db, answers: Vec<CannedAnswer>) -> Result<(), AppError> {
    bulk::insert_many(db, ANSWERS, answers).await
}
