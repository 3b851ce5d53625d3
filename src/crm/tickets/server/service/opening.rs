//! A ticket is opened: it gets its number in the transaction that stores it, so that what is refused uses none up.

use super::{reading, telling, writing::Writer};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, service as accounts},
            user::Role,
        },
        activities::{activity::ActivityKind, server::service as activities},
        files::{file::AttachedTo, server::service as files},
        leads::server::service as leads,
        tickets::{
            levels::ServiceClock,
            new_ticket::{CheckedTicket, NewTicket},
            row::TicketDetail,
            server::repository,
            status::TicketStatus,
            ticket::{Ticket, TicketNumber},
        },
        trips::{
            server::service as trips,
            trip::{TripId, Visibility},
        },
    },
    server::state::App,
    shared::error::AppError,
};

/// Opens a ticket.
///
/// # Errors
/// [`AppError::InvalidInput`] with everything that is wrong.
pub async fn create_ticket(app: &App, actor: &Actor, input: NewTicket) -> Result<TicketDetail, AppError> {
    let sees_trip = match input.trip_id {
        Some(trip) => sees_trip(app, actor, trip).await?,
        None => false,
    };
    let (new, attachments) = (&input.check(sees_trip)?, &input.attachments);
    let account = &accounts::require_user(app, actor.user()).await?;
    let writer = &Writer::new(app, Some(actor));
    let ticket = app
        .db
        .transaction_in_turn(|mut tx| async move {
            // First: who opens one in another process at this moment collides before they have done anything.
            let number = repository::next_number(&mut tx).await?;
            let mut ticket = first_state(writer, actor, new, number);
            let to = AttachedTo::Ticket { id: ticket.id, internal: false };
            ticket.attachments = files::attach_files(&mut tx, app, actor, attachments, to).await?;
            writer.insert(&mut tx, &ticket, [&account.name, account.email.as_str()]).await?;
            activities::record_in(&mut tx, app, actor.user(), ActivityKind::TicketCreated, ticket.id).await?;
            telling::tell_created(&mut tx, writer, &ticket).await?;
            tx.commit().await?;
            Ok(ticket)
        })
        .await?;
    reading::detail(app, actor, ticket).await
}

fn first_state(writer: &Writer<'_>, actor: &Actor, new: &CheckedTicket, number: TicketNumber) -> Ticket {
    let CheckedTicket { subject, description, category, priority, trip_id } = new.clone();
    let mut ticket = Ticket {
        id: writer.app.ids.next(),
        number,
        subject,
        description,
        attachments: Vec::new(),
        category,
        priority,
        status: TicketStatus::Pending,
        requester: actor.user(),
        assignee: None,
        trip_id,
        clock: ServiceClock::start(writer.now),
        next_due_at: None,
        resolved_at: None,
        resolution: None,
        rating: None,
        last_reply: None,
        notes: 0,
        created_at: writer.now,
        updated_at: writer.now,
        version: 1,
    };
    ticket.keep_due();
    ticket
}

/// Whether a trip is there for somebody: a live one is for everybody; else it is its organizer's, an admin's, or of a traveller who
/// has asked about it.
async fn sees_trip(app: &App, actor: &Actor, id: TripId) -> Result<bool, AppError> {
    let Some(trip) = trips::find_offers(app, [id]).await?.remove(&id) else { return Ok(false) };
    let is_there = trip.visibility == Visibility::Live || actor.role() == Role::Admin || trip.organizer == actor.user();
    if is_there { Ok(true) } else { leads::has_enquired(app, actor.user(), id).await }
}
