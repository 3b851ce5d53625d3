//! The requester says once how content they were.

use super::{reading, scope, writing::Writer};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        tickets::{
            changes::NewRating,
            row::TicketDetail,
            status::TicketStatus,
            ticket::{Rating, Ticket, TicketId},
        },
    },
    server::state::App,
    shared::error::AppError,
};

/// Rates the help, once it is there: the one thing that is written to a closed ticket too.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or another's, [`AppError::Forbidden`] for admins who have not asked themselves,
/// [`AppError::InvalidInput`] with everything that is wrong, [`AppError::Conflict`] when it is not resolved, or rated already.
pub async fn rate_ticket(app: &App, actor: &Actor, id: TicketId, input: NewRating) -> Result<TicketDetail, AppError> {
    let (writer, input) = (&Writer::new(app, Some(actor)), &input);
    let ticket = app
        .db
        .transaction(|mut tx| async move {
            let (before, _) = scope::require_in(&mut tx, actor, id).await?;
            if before.requester != actor.user() {
                return Err(AppError::Forbidden);
            }
            let rating = input.check(writer.now)?;
            let after = rated(&before, rating)?;
            let ticket = writer.save(&mut tx, &before, after, "rate").await?;
            tx.commit().await?;
            Ok(ticket)
        })
        .await?;
    reading::detail(app, actor, ticket).await
}

fn rated(before: &Ticket, rating: Rating) -> Result<Ticket, AppError> {
    if !matches!(before.status, TicketStatus::Resolved | TicketStatus::Closed) {
        return Err(AppError::Conflict("You can rate the help once this ticket is resolved.".into()));
    }
    if before.rating.is_some() {
        return Err(AppError::Conflict("You have rated this ticket already.".into()));
    }
    Ok(Ticket { rating: Some(rating), ..before.clone() })
}
