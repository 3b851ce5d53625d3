//! Who looks at a ticket, and who types in it, so that two admins do not answer the same. Nothing of it is kept.

use super::scope;
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        tickets::ticket::TicketId,
    },
    live::{
        events::{Doing, ServerEvent},
        server::publish::publish_fleeting,
        topic::Topic,
    },
    server::state::App,
    shared::error::AppError,
};

/// Tells the admins who look at a ticket what somebody does there.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or another's.
pub async fn view_ticket(app: &App, actor: &Actor, id: TicketId, doing: Doing) -> Result<(), AppError> {
    scope::require(app, actor, id).await?;
    let (user_id, name) = (actor.user().cast(), actor.name().to_owned());
    let event = ServerEvent::TicketViewer { ticket_id: id.cast(), user_id, name, doing };
    publish_fleeting(app, &[Topic::TicketDesk(id.cast())], &event).await
}

/// Lets an admin hear who else is at a ticket. Requesters are seen, and do not see who reads what they wrote.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`] when there is no such ticket.
pub async fn join_desk(app: &App, actor: &Actor, id: TicketId) -> Result<(), AppError> {
    actor.require_role(&[Role::Admin])?;
    scope::require(app, actor, id).await.map(drop)
}
