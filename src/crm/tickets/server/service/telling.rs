//! Who is told what of a ticket (product.md, "Notifications"). Never who did it; and of what admins note among themselves only the
//! assignee.

use super::writing::Writer;
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, service as accounts},
            user::UserId,
        },
        notifications::{
            notification::{News, NotificationKind, NotificationPriority, Subject},
            server::service as notifications,
        },
        tickets::{
            message::{LastReply, TicketMessage, TicketSide},
            status::TicketStatus,
            ticket::{Ticket, TicketPriority},
        },
    },
    server::mongo::Tx,
    shared::{error::AppError, lifecycle::Lifecycle},
};

/// A ticket was opened: all admins are told.
pub(super) async fn tell_created(tx: &mut Tx, writer: &Writer<'_>, ticket: &Ticket) -> Result<(), AppError> {
    let by = writer.author(ticket);
    let news = news(ticket, format!("{} asks for help: {}", by.name, ticket.number), &ticket.subject, "created");
    notifications::notify_admins(tx, writer.app, writer.actor.map(Actor::user), &news).await
}

/// Something was said, and with it the ticket has come to where it stands: the other side is told, of both at once.
pub(super) async fn tell_message(
    tx: &mut Tx,
    writer: &Writer<'_>,
    ticket: &Ticket,
    message: &TicketMessage,
) -> Result<(), AppError> {
    let (name, number) = (&message.by.name, ticket.number);
    let title = match (message.internal, message.by.side, ticket.status) {
        (true, ..) => format!("{name} made a note in {number}"),
        (false, TicketSide::Admin, TicketStatus::WaitingCustomer) => format!("{name} has a question about {number}"),
        (false, TicketSide::Admin, TicketStatus::Resolved) => format!("{name} resolved {number}"),
        (false, TicketSide::Admin, _) => format!("{name} answered {number}"),
        (false, ..) => format!("{name} replied in {number}"),
    };
    let excerpt = LastReply::of(message.by.clone(), &message.text, message.at).text;
    let news = news(ticket, title, &excerpt, &format!("message:{}", message.id));
    if message.internal {
        let assignee: Vec<UserId> = ticket.assignee.into_iter().collect();
        return tell(tx, writer, &assignee, &news).await;
    }
    if message.by.side == TicketSide::Admin {
        return tell(tx, writer, &[ticket.requester], &news).await;
    }
    let admins = accounts::list_admins(tx).await?;
    let assignee = ticket.assignee.filter(|assignee| admins.contains(assignee));
    tell(tx, writer, &assignee.map_or(admins, |assignee| vec![assignee]), &news).await
}

/// A step was taken: the requester is told.
pub(super) async fn tell_step(
    tx: &mut Tx,
    writer: &Writer<'_>,
    ticket: &Ticket,
    note: Option<&str>,
) -> Result<(), AppError> {
    let (name, number) = (writer.author(ticket).name, ticket.number);
    let title = match ticket.status {
        TicketStatus::InProgress => format!("{name} works on {number}"),
        TicketStatus::WaitingCustomer => format!("{name} waits for your answer in {number}"),
        TicketStatus::Resolved => format!("{name} resolved {number}"),
        status => format!("{number} is {} now", status.label().to_lowercase()),
    };
    let news = news(ticket, title, note.unwrap_or(&ticket.subject), &format!("version:{}", ticket.version));
    tell(tx, writer, &[ticket.requester], &news).await
}

/// Somebody is to work on it from now on: they are told, and the requester.
pub(super) async fn tell_assigned(
    tx: &mut Tx,
    writer: &Writer<'_>,
    ticket: &Ticket,
    (assignee, name): (UserId, &str),
) -> Result<(), AppError> {
    let cause = format!("version:{}", ticket.version);
    let to_work = news(ticket, format!("{} is yours", ticket.number), &ticket.subject, &cause);
    tell(tx, writer, &[assignee], &to_work).await?;
    let worked_on = news(ticket, format!("{name} works on {}", ticket.number), &ticket.subject, &cause);
    tell(tx, writer, &[ticket.requester], &worked_on).await
}

async fn tell(tx: &mut Tx, writer: &Writer<'_>, to: &[UserId], news: &News) -> Result<(), AppError> {
    notifications::notify(tx, writer.app, writer.actor.map(Actor::user), to, news).await
}

fn news(ticket: &Ticket, title: String, body: &str, cause: &str) -> News {
    let presses = matches!(ticket.priority, TicketPriority::High | TicketPriority::Urgent);
    News {
        kind: NotificationKind::Ticket,
        priority: if presses { NotificationPriority::High } else { NotificationPriority::Normal },
        title,
        body: body.to_owned(),
        link: format!("/tickets/{}", ticket.id),
        subject: Subject::ticket(ticket.id),
        cause: format!("ticket:{}:{cause}", ticket.id),
    }
}
