//! What the forms send, as texts, made into what the service takes. Each says in a sentence what it did.

use std::collections::BTreeMap;

use super::{read_id, service, wording::promise_of};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::{Role, UserId},
        },
        files::file::read_lines,
        leads::{listing::Choice, server::service as leads},
        tickets::{
            changes::{NewAssignee, NewPriority, NewRating, NewResolution, NewStatus},
            message::{AlongWith, NewMessage},
            new_ticket::{MAX_DESCRIPTION, MAX_SUBJECT, NewTicket},
            row::TicketDetail,
            screens::{TICKETS_PATH, forms::NewTicketForm},
            status::TicketStatus,
            ticket::{TicketCategory, TicketId, TicketPriority},
        },
        trips::{server::service as trips, trip::TripId},
    },
    server::{notice::set_notice, state::App},
    shared::{
        checks::Checks,
        error::AppError,
        lifecycle::Lifecycle,
        page::{MAX_LIMIT, PageRequest},
    },
};

/// A ticket as its form sends it.
#[derive(Debug)]
pub struct TicketForm {
    /// What it is about, in a line.
    pub subject: String,
    /// What it is about.
    pub description: String,
    /// A category.
    pub category: String,
    /// A priority; empty for the usual one.
    pub priority: String,
    /// A trip; empty for none.
    pub trip: String,
    /// The files, a line for each.
    pub attachments: String,
}

/// A message as the composer sends it.
#[derive(Debug)]
pub struct MessageForm {
    /// The version that was seen.
    pub version: u32,
    /// What is said.
    pub text: String,
    /// Whether only admins read it.
    pub internal: bool,
    /// The status to move to with it; empty for none.
    pub then: String,
    /// The files, a line for each.
    pub attachments: String,
}

/// What the form of a new ticket offers: the trips of an organizer, or those that a traveller has asked about.
///
/// # Errors
/// When the database is away.
pub async fn load_new_ticket(app: &App, actor: &Actor) -> Result<NewTicketForm, AppError> {
    let trips = match actor.role() {
        Role::User => enquired_trips(app, actor).await?,
        Role::Organizer | Role::Admin => {
            let labels = trips::list_own_labels(app, actor).await?.into_iter();
            labels.map(|label| Choice { value: label.id.to_string(), label: label.title }).collect()
        }
    };
    Ok(NewTicketForm { trips, promises: TicketPriority::ALL.iter().map(|priority| promise_of(*priority)).collect() })
}

async fn enquired_trips(app: &App, actor: &Actor) -> Result<Vec<Choice>, AppError> {
    let enquiries = leads::list_enquiries(app, actor, &PageRequest { limit: MAX_LIMIT, cursor: None }).await?.items;
    let trips: BTreeMap<String, TripId> =
        enquiries.into_iter().map(|enquiry| (enquiry.trip.title, enquiry.trip_id)).collect();
    Ok(trips.into_iter().map(|(label, id)| Choice { value: id.to_string(), label }).collect())
}

/// Opens a ticket, and says where its page is.
///
/// # Errors
/// Those of [`service::create_ticket`].
pub async fn create_ticket(app: &App, actor: &Actor, form: TicketForm) -> Result<String, AppError> {
    let ticket = service::create_ticket(app, actor, read_ticket(form)?).await?;
    set_notice(&format!("{} is open. You are told as soon as it is answered.", ticket.row.number));
    Ok(format!("{TICKETS_PATH}/{}", ticket.row.id))
}

fn read_ticket(form: TicketForm) -> Result<NewTicket, AppError> {
    let mut checks = Checks::new();
    let category = TicketCategory::from_name(&form.category);
    checks.require("category", category.is_some(), "Choose what it is about.");
    let priority = checks.filter("priority", &form.priority, TicketPriority::from_name).unwrap_or_default();
    let trip_id = checks.filter("tripId", &form.trip, |text| text.parse::<TripId>().ok());
    // The service checks these as well, but is not asked while something above is wrong: all of it is to be told at once.
    checks.text("subject", "The subject", &form.subject, MAX_SUBJECT);
    checks.text("description", "The description", &form.description, MAX_DESCRIPTION);
    checks.finish()?;
    let category = category.ok_or(AppError::Internal)?;
    let TicketForm { subject, description, attachments, .. } = form;
    let attachments = read_lines(&attachments)?;
    Ok(NewTicket { subject, description, category, priority, trip_id, attachments })
}

/// Takes a step; the note is how it was resolved.
///
/// # Errors
/// Those of [`service::change_ticket_status`] and [`service::resolve_ticket`].
pub async fn take_step(
    app: &App,
    actor: &Actor,
    id: &str,
    version: u32,
    (to, note): (&str, &str),
) -> Result<(), AppError> {
    let (id, status) = (read_id(id)?, read_status("to", to)?);
    let outcome = if status == TicketStatus::Resolved {
        service::resolve_ticket(app, actor, id, NewResolution { note: note.to_owned(), version }).await
    } else {
        let note = Some(note.to_owned()).filter(|note| !note.trim().is_empty());
        service::change_ticket_status(app, actor, id, NewStatus { status, note, version }).await
    };
    match outcome {
        Ok(ticket) => {
            set_notice(&describe_step(&ticket));
            Ok(())
        }
        Err(AppError::Conflict(_)) if !note.is_empty() => {
            Err(AppError::Conflict(describe_meanwhile(app, actor, id).await?))
        }
        Err(error) => Err(error),
    }
}

fn read_status(field: &str, name: &str) -> Result<TicketStatus, AppError> {
    TicketStatus::from_name(name)
        .ok_or_else(|| AppError::field(field, "There is no such status. Choose one of the buttons."))
}

/// What a step has come to.
fn describe_step(ticket: &TicketDetail) -> String {
    let number = &ticket.row.number;
    match ticket.row.status {
        TicketStatus::Pending => format!("{number} is open."),
        TicketStatus::InProgress => format!("{number} is in progress."),
        TicketStatus::WaitingCustomer => format!("{number} waits for the customer."),
        TicketStatus::Resolved => format!("{number} is resolved."),
        TicketStatus::Closed => format!("{number} is closed."),
        TicketStatus::Cancelled => format!("{number} is cancelled."),
    }
}

/// Says something. Who is overtaken is told by whom, and keeps what they wrote.
///
/// # Errors
/// Those of [`service::add_ticket_message`].
pub async fn add_ticket_message(app: &App, actor: &Actor, id: &str, form: MessageForm) -> Result<(), AppError> {
    let id = read_id(id)?;
    let then = if form.then.is_empty() { None } else { Some(read_status("then", &form.then)?) };
    let input = NewMessage { text: form.text, internal: form.internal, attachments: read_lines(&form.attachments)? };
    // A note is for admins, whatever the customer has said meanwhile.
    let along = AlongWith { version: Some(form.version).filter(|_| !form.internal), then };
    match service::add_ticket_message(app, actor, id, input, along).await {
        Ok(ticket) => {
            set_notice(&describe_message(&ticket, form.internal, then.is_some()));
            Ok(())
        }
        Err(AppError::Conflict(_)) => Err(AppError::Conflict(describe_meanwhile(app, actor, id).await?)),
        Err(error) => Err(error),
    }
}

fn describe_message(ticket: &TicketDetail, internal: bool, moved: bool) -> String {
    match (internal, moved) {
        (true, _) => "The note is kept; only admins read it.".to_owned(),
        (false, true) => format!("Your reply is sent. {}", describe_step(ticket)),
        (false, false) => "Your reply is sent.".to_owned(),
    }
}

const KEPT: &str = "while you were writing. Read it first; your text is kept, send it again if it still fits.";

/// What happened while somebody wrote.
async fn describe_meanwhile(app: &App, actor: &Actor, id: TicketId) -> Result<String, AppError> {
    let row = service::find_ticket(app, actor, id).await?.row;
    let answered = row.last_reply.filter(|reply| reply.at == row.updated_at && reply.by.id != Some(actor.user()));
    Ok(match answered {
        Some(reply) if reply.by.id == Some(row.requester.id) => format!("The customer answered {KEPT}"),
        Some(reply) => format!("{} answered {KEPT}", reply.by.name),
        None => format!("The ticket was changed {KEPT}"),
    })
}

/// Gives a ticket to an admin; `me` is who asks.
///
/// # Errors
/// Those of [`service::assign_ticket`].
pub async fn assign_ticket(app: &App, actor: &Actor, id: &str, version: u32, assignee: &str) -> Result<(), AppError> {
    let id = read_id(id)?;
    let assignee_id: UserId = match assignee {
        "me" => actor.user(),
        text => text.parse().map_err(|_| AppError::field("assigneeId", "Choose an admin."))?,
    };
    let row = service::assign_ticket(app, actor, id, NewAssignee { assignee_id, version }).await?.row;
    let name = directory::require_person(app, assignee_id).await?.name;
    set_notice(&match assignee_id == actor.user() {
        true => format!("{} is yours.", row.number),
        false => format!("{} is given to {name}.", row.number),
    });
    Ok(())
}

/// Says how soon a ticket is needed.
///
/// # Errors
/// Those of [`service::change_ticket_priority`].
pub async fn change_ticket_priority(
    app: &App,
    actor: &Actor,
    id: &str,
    version: u32,
    priority: &str,
) -> Result<(), AppError> {
    let id = read_id(id)?;
    let priority = TicketPriority::from_name(priority)
        .ok_or_else(|| AppError::field("priority", "Choose how soon it is needed."))?;
    let row = service::change_ticket_priority(app, actor, id, NewPriority { priority, version }).await?.row;
    set_notice(&format!("The priority of {} is {}.", row.number, row.priority.label().to_lowercase()));
    Ok(())
}

/// Says how content the requester was.
///
/// # Errors
/// Those of [`service::rate_ticket`].
pub async fn rate_ticket(app: &App, actor: &Actor, id: &str, (score, comment): (&str, String)) -> Result<(), AppError> {
    let id = read_id(id)?;
    let score = score.parse().map_err(|_| AppError::field("score", "Choose how the help was."))?;
    service::rate_ticket(app, actor, id, NewRating { score, comment: Some(comment) }).await?;
    set_notice("Thank you. The team reads what you said.");
    Ok(())
}
