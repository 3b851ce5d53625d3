//! Tickets are moved along: their status, who works on them, how soon they are needed.

use super::{reading, scope, telling, writing::Writer};
use crate::{
    crm::{
        accounts::{
            server::{
                actor::Actor,
                directory::{self, Person},
                service as accounts,
            },
            user::Role,
        },
        tickets::{
            changes::{NewAssignee, NewPriority, NewResolution, NewStatus},
            message::TicketSide,
            row::TicketDetail,
            status::TicketStatus,
            ticket::{Ticket, TicketId},
        },
    },
    server::{mongo::Tx, state::App},
    shared::{error::AppError, lifecycle::Lifecycle},
};

/// Takes a step of the lifecycle.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or another's, [`AppError::Forbidden`] for a step that is for others,
/// [`AppError::InvalidInput`] for a note that is missing or too long, [`AppError::Conflict`] for a stale version,
/// [`AppError::StepRefused`] for a step that there is not.
pub async fn change_ticket_status(
    app: &App,
    actor: &Actor,
    id: TicketId,
    input: NewStatus,
) -> Result<TicketDetail, AppError> {
    let (writer, input) = (&Writer::new(app, Some(actor)), &input);
    let ticket = app
        .db
        .transaction(|mut tx| async move {
            let (before, by) = scope::require_in(&mut tx, actor, id).await?;
            let note = input.check(&before, by)?;
            let ticket = step_in(&mut tx, writer, before, (input.status, note)).await?;
            tx.commit().await?;
            Ok(ticket)
        })
        .await?;
    reading::detail(app, actor, ticket).await
}

/// Says how a ticket was resolved.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; else as [`change_ticket_status`].
pub async fn resolve_ticket(
    app: &App,
    actor: &Actor,
    id: TicketId,
    input: NewResolution,
) -> Result<TicketDetail, AppError> {
    actor.require_role(&[Role::Admin])?;
    change_ticket_status(app, actor, id, input.into()).await
}

/// Gives a ticket to an admin; one that nobody has begun is begun by that.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins, [`AppError::NotFound`] when it is absent, [`AppError::InvalidInput`] when the assignee
/// is no active admin, [`AppError::Conflict`] for a stale version, [`AppError::StepRefused`] once it is closed or cancelled.
pub async fn assign_ticket(
    app: &App,
    actor: &Actor,
    id: TicketId,
    input: NewAssignee,
) -> Result<TicketDetail, AppError> {
    actor.require_role(&[Role::Admin])?;
    scope::require(app, actor, id).await?;
    let assignee = &find_helper(app, input).await?;
    let writer = &Writer::new(app, Some(actor));
    let ticket = app
        .db
        .transaction(|mut tx| async move {
            let (before, _) = scope::require_in(&mut tx, actor, id).await?;
            if !accounts::list_admins(&mut tx).await?.contains(&assignee.id) {
                return Err(no_helper());
            }
            before.require_version(input.version)?;
            before.require_writable()?;
            let ticket = assign_in(&mut tx, writer, before, assignee).await?;
            tx.commit().await?;
            Ok(ticket)
        })
        .await?;
    reading::detail(app, actor, ticket).await
}

/// Says how soon a ticket is needed; what is due follows.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins, [`AppError::NotFound`] when it is absent, [`AppError::Conflict`] for a stale version,
/// [`AppError::StepRefused`] once it is closed or cancelled.
pub async fn change_ticket_priority(
    app: &App,
    actor: &Actor,
    id: TicketId,
    NewPriority { priority, version }: NewPriority,
) -> Result<TicketDetail, AppError> {
    actor.require_role(&[Role::Admin])?;
    let writer = &Writer::new(app, Some(actor));
    let ticket = app
        .db
        .transaction(|mut tx| async move {
            let (before, _) = scope::require_in(&mut tx, actor, id).await?;
            before.require_version(version)?;
            before.require_writable()?;
            let mut after = before.clone();
            after.prioritize(priority);
            let is_same = after == before;
            let ticket = if is_same { before } else { writer.save(&mut tx, &before, after, "prioritize").await? };
            tx.commit().await?;
            Ok(ticket)
        })
        .await?;
    reading::detail(app, actor, ticket).await
}

/// Takes a step in a transaction. Words that an admin sends along are an answer.
pub(super) async fn step_in(
    tx: &mut Tx,
    writer: &Writer<'_>,
    before: Ticket,
    (to, note): (TicketStatus, Option<String>),
) -> Result<Ticket, AppError> {
    let mut after = before.clone();
    after.enter(to, writer.now);
    if to == TicketStatus::Resolved {
        after.resolution.clone_from(&note);
    }
    if note.is_some() && writer.author(&before).side == TicketSide::Admin {
        after.note_answer(writer.now);
    }
    let after = writer.save(tx, &before, after, to.as_str()).await?;
    writer.note_step(tx, &before, &after, note.clone()).await?;
    telling::tell_step(tx, writer, &after, note.as_deref()).await?;
    Ok(after)
}

async fn assign_in(tx: &mut Tx, writer: &Writer<'_>, before: Ticket, assignee: &Person) -> Result<Ticket, AppError> {
    if before.assignee == Some(assignee.id) {
        return Ok(before);
    }
    let mut after = Ticket { assignee: Some(assignee.id), ..before.clone() };
    if before.status == TicketStatus::Pending {
        after.enter(TicketStatus::InProgress, writer.now);
    }
    let after = writer.save(tx, &before, after, "assign").await?;
    writer.note_step(tx, &before, &after, Some(format!("Assigned to {}", assignee.name))).await?;
    telling::tell_assigned(tx, writer, &after, (assignee.id, &assignee.name)).await?;
    Ok(after)
}

/// Who is to work on it; whether they may is checked where it is written.
async fn find_helper(app: &App, NewAssignee { assignee_id, .. }: NewAssignee) -> Result<Person, AppError> {
    directory::find_people(app, [assignee_id]).await?.remove(&assignee_id).ok_or_else(no_helper)
}

fn no_helper() -> AppError {
    AppError::field("assigneeId", "Choose an admin who is active.")
}
