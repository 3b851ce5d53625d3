//! Who is told what of a ticket (product.md, "Notifications"). Never who did it; and of what admins note among themselves only the
//! assignee.

use super::writing::Writer;
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, service as accounts},
            user::UserId,
        },
        notifications::{notification::News, server::service as notifications},
        tickets::{
            message::{TicketMessage, TicketSide},
            news,
            ticket::Ticket,
        },
    },
    server::mongo::Tx,
    shared::error::AppError,
};

/// A ticket was opened: all admins are told.
pub(super) async fn tell_created(tx: &mut Tx, writer: &Writer<'_>, ticket: &Ticket) -> Result<(), AppError> {
    let news = news::opened(ticket, &writer.author(ticket).name);
    notifications::notify_admins(tx, writer.app, writer.actor.map(Actor::user), &news).await
}

/// Something was said, and with it the ticket has come to where it stands: the other side is told, of both at once.
pub(super) async fn tell_message(
    tx: &mut Tx,
    writer: &Writer<'_>,
    ticket: &Ticket,
    message: &TicketMessage,
) -> Result<(), AppError> {
    let news = news::said(ticket, message);
    if message.by.side == TicketSide::Admin && !message.internal {
        return tell(tx, writer, &[ticket.requester], &news).await;
    }
    let admins = accounts::list_admins(tx).await?;
    // Who was the assignee may be an admin no longer.
    let assignee: Vec<UserId> = ticket.assignee.into_iter().filter(|assignee| admins.contains(assignee)).collect();
    let is_for_all = assignee.is_empty() && !message.internal;
    tell(tx, writer, if is_for_all { &admins } else { &assignee }, &news).await
}

/// A step was taken: the requester is told.
pub(super) async fn tell_step(
    tx: &mut Tx,
    writer: &Writer<'_>,
    ticket: &Ticket,
    note: Option<&str>,
) -> Result<(), AppError> {
    let news = news::moved(ticket, &writer.author(ticket).name, note);
    tell(tx, writer, &[ticket.requester], &news).await
}

/// Somebody is to work on it from now on: they are told, and the requester.
pub(super) async fn tell_assigned(
    tx: &mut Tx,
    writer: &Writer<'_>,
    ticket: &Ticket,
    (assignee, name): (UserId, &str),
) -> Result<(), AppError> {
    tell(tx, writer, &[assignee], &news::yours(ticket)).await?;
    tell(tx, writer, &[ticket.requester], &news::taken(ticket, name)).await
}

async fn tell(tx: &mut Tx, writer: &Writer<'_>, to: &[UserId], news: &News) -> Result<(), AppError> {
    notifications::notify(tx, writer.app, writer.actor.map(Actor::user), to, news).await
}
