//! People talk in a ticket: the requester and the admins to each other, admins among themselves by internal notes. Replying is what
//! moves a ticket back.

use super::{reading, scope, telling, writing::Writer};
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        files::{file::AttachedTo, server::service as files},
        tickets::{
            changes::NewStatus,
            message::{AlongWith, LastReply, NewMessage, TicketMessage, TicketSide},
            row::TicketDetail,
            status::TicketStatus,
            ticket::{Ticket, TicketId},
        },
    },
    server::{mongo::Tx, state::App},
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
    },
};

/// What the step says that a reply causes.
const BY_REPLYING: &str = "By replying";

/// Says something in a ticket. A reply of the requester takes it back to the admins, who are told; an admin's is told to the
/// requester, and their first one is the first answer. Internal notes are for admins alone.
///
/// # Errors
/// [`AppError::Forbidden`] for internal notes of others than admins, and for a step that is for others; [`AppError::NotFound`] when it
/// is absent or another's; [`AppError::InvalidInput`] with everything that is wrong; [`AppError::Conflict`] when something was said
/// since the version that was looked at; [`AppError::StepRefused`] once it is closed or cancelled, and for a step that there is not.
pub async fn add_ticket_message(
    app: &App,
    actor: &Actor,
    id: TicketId,
    input: NewMessage,
    along: AlongWith,
) -> Result<TicketDetail, AppError> {
    if input.internal {
        actor.require_role(&[Role::Admin])?;
    }
    let (writer, input) = (&Writer::new(app, Some(actor)), &input);
    let ticket = app
        .db
        .transaction(|mut tx| async move {
            let (before, by) = scope::require_in(&mut tx, actor, id).await?;
            if along.then.is_some_and(|to| before.status.check_step(to, by).map(drop) == Err(AppError::Forbidden)) {
                return Err(AppError::Forbidden);
            }
            let said = read(&mut tx, writer, (actor, &before), input).await?;
            let ticket = say_in(&mut tx, writer, (before, by), said, along).await?;
            tx.commit().await?;
            Ok(ticket)
        })
        .await?;
    reading::detail(app, actor, ticket).await
}

/// What is said, checked, with the files that are attached by that.
async fn read(
    tx: &mut Tx,
    writer: &Writer<'_>,
    (actor, ticket): (&Actor, &Ticket),
    input: &NewMessage,
) -> Result<TicketMessage, AppError> {
    let (text, internal) = (input.check()?, input.internal);
    let to = AttachedTo::Ticket { id: ticket.id, internal };
    let attachments = files::attach_files(tx, writer.app, actor, &input.attachments, to).await?;
    let (id, by, at) = (writer.app.ids.next(), writer.author(ticket), writer.now);
    Ok(TicketMessage { id, by, text, internal, attachments, at })
}

async fn say_in(
    tx: &mut Tx,
    writer: &Writer<'_>,
    (before, by): (Ticket, By),
    message: TicketMessage,
    along: AlongWith,
) -> Result<Ticket, AppError> {
    let step = along.then.map(|to| step_with(&message, to, &before, along)).transpose()?;
    if let Some(version) = along.version {
        before.require_version(version)?;
    }
    before.require_writable()?;
    if let Some(step) = &step {
        step.check(&before, by)?;
    }
    let ticket = if message.internal {
        writer.save_note(tx, &before).await?
    } else {
        let after = replied(writer, &before, &message, step)?;
        writer.save(tx, &before, after, "reply").await?
    };
    writer.note_message(tx, &ticket, message.clone()).await?;
    writer.note_step(tx, &before, &ticket, Some(BY_REPLYING.to_owned())).await?;
    telling::tell_message(tx, writer, &ticket, &message).await?;
    Ok(ticket)
}

/// The step that goes with a reply of an admin: what is said last is how it was resolved.
fn step_with(
    message: &TicketMessage,
    to: TicketStatus,
    before: &Ticket,
    along: AlongWith,
) -> Result<NewStatus, AppError> {
    if message.internal {
        return Err(AppError::field("then", "A note takes no step. Reply, or change the status by itself."));
    }
    let note = (to == TicketStatus::Resolved).then(|| message.text.clone());
    Ok(NewStatus { status: to, note, version: along.version.unwrap_or(before.version) })
}

/// The ticket after a reply, and the step that goes with it or follows from it.
fn replied(
    writer: &Writer<'_>,
    before: &Ticket,
    message: &TicketMessage,
    step: Option<NewStatus>,
) -> Result<Ticket, AppError> {
    let mut after = before.clone();
    after.last_reply = Some(LastReply::of(message.by.clone(), &message.text, message.at));
    if message.by.side == TicketSide::Admin {
        after.note_answer(writer.now);
    }
    let follows = before.status.after_reply();
    match step {
        Some(NewStatus { status, note, .. }) => {
            after.enter(status, writer.now);
            after.resolution = note.or(after.resolution);
        }
        None if message.by.side == TicketSide::Requester && follows != before.status => {
            before.status.check_step(follows, By::System)?;
            after.enter(follows, writer.now);
        }
        None => {}
    }
    Ok(after)
}
