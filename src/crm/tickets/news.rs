//! What people are told of tickets, in words, and the cause by which each of it is told once.

use crate::{
    crm::{
        notifications::notification::{News, NotificationKind, NotificationPriority, Subject},
        tickets::{
            message::{EXCERPT, TicketMessage, TicketSide},
            status::TicketStatus,
            ticket::Ticket,
        },
    },
    shared::{excerpt::excerpt, lifecycle::Lifecycle},
};

/// Somebody asks for help.
pub fn opened(ticket: &Ticket, by: &str) -> News {
    of_ticket(ticket, format!("{by} asks for help: {}", ticket.number), &ticket.subject, "created")
}

/// Something was said, and with it the ticket has come to where it stands.
pub fn said(ticket: &Ticket, message: &TicketMessage) -> News {
    let (name, number) = (&message.by.name, ticket.number);
    let title = match (message.internal, message.by.side, ticket.status) {
        (true, ..) => format!("{name} made a note in {number}"),
        (false, TicketSide::Admin, TicketStatus::WaitingCustomer) => format!("{name} has a question about {number}"),
        (false, TicketSide::Admin, TicketStatus::Resolved) => format!("{name} resolved {number}"),
        (false, TicketSide::Admin, _) => format!("{name} answered {number}"),
        (false, ..) => format!("{name} replied in {number}"),
    };
    of_ticket(ticket, title, &message.text, &format!("message:{}", message.id))
}

/// It was moved to where it stands, with that note.
pub fn moved(ticket: &Ticket, by: &str, note: Option<&str>) -> News {
    let number = ticket.number;
    let title = match ticket.status {
        TicketStatus::InProgress => format!("{by} works on {number}"),
        TicketStatus::WaitingCustomer => format!("{by} waits for your answer in {number}"),
        TicketStatus::Resolved => format!("{by} resolved {number}"),
        status => format!("{number} is {} now", status.label().to_lowercase()),
    };
    of_ticket(ticket, title, note.unwrap_or(&ticket.subject), &of_version(ticket))
}

/// Somebody works on it from now on, as its requester is told.
pub fn taken(ticket: &Ticket, by: &str) -> News {
    of_ticket(ticket, format!("{by} works on {}", ticket.number), &ticket.subject, &of_version(ticket))
}

/// Somebody works on it from now on, as they are told themselves.
pub fn yours(ticket: &Ticket) -> News {
    of_ticket(ticket, format!("{} is yours", ticket.number), &ticket.subject, &of_version(ticket))
}

fn of_version(ticket: &Ticket) -> String {
    format!("version:{}", ticket.version)
}

fn of_ticket(ticket: &Ticket, title: String, body: &str, cause: &str) -> News {
    let priority = if ticket.priority.presses() { NotificationPriority::High } else { NotificationPriority::Normal };
    News {
        kind: NotificationKind::Ticket,
        priority,
        title,
        body: excerpt(body, EXCERPT),
        link: format!("/tickets/{}", ticket.id),
        subject: Subject::ticket(ticket.id),
        cause: format!("ticket:{}:{cause}", ticket.id),
    }
}
