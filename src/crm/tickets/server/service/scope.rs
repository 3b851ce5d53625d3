//! Which tickets exist for whom.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        tickets::{
            server::repository::{self, Among},
            ticket::{Ticket, TicketId},
        },
    },
    server::{mongo::Tx, state::App},
    shared::{error::AppError, lifecycle::By},
};

/// Among which tickets somebody looks: admins among all, everybody else among their own.
pub(super) fn among(app: &App, actor: &Actor) -> Among {
    let requester = (actor.role() != Role::Admin).then(|| actor.user());
    Among { requester, asker: actor.user(), now: app.clock.now() }
}

/// The ticket, and as whom they meet it.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or another's.
pub(super) async fn require(app: &App, actor: &Actor, id: TicketId) -> Result<(Ticket, By), AppError> {
    theirs(actor, repository::find(&app.db, id).await?)
}

/// The same in a transaction, to be changed.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or another's.
pub(super) async fn require_in(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<(Ticket, By), AppError> {
    theirs(actor, repository::find_in(tx, id).await?)
}

fn theirs(actor: &Actor, ticket: Option<Ticket>) -> Result<(Ticket, By), AppError> {
    let ticket = ticket.ok_or(AppError::NotFound)?;
    let by = ticket.by(actor.user(), actor.role()).ok_or(AppError::NotFound)?;
    Ok((ticket, by))
}
