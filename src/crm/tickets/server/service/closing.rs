//! Time closes what was resolved and not taken up again. A job asks for it.

use jiff::SignedDuration;

use super::{moving::step_in, writing::Writer};
use crate::{
    crm::tickets::{server::repository, status::TicketStatus, ticket::TicketId},
    server::state::App,
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
        time::Time,
    },
};

/// So long a resolved ticket can be taken up again by replying.
pub const STAYS_RESOLVED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So many are looked for at once.
const BATCH: i64 = 100;

/// Closes the tickets that were resolved seven days ago, each in a transaction of its own: what is done stays done when a later one
/// fails. How many there were.
///
/// # Errors
/// When the database is away.
pub async fn close_resolved(app: &App) -> Result<u32, AppError> {
    let until = app.clock.now() - STAYS_RESOLVED;
    let mut closed = 0;
    loop {
        let ids = repository::find_resolved(&app.db, until, BATCH).await?;
        for id in &ids {
            closed += u32::from(close(app, *id, until).await?);
        }
        if ids.is_empty() {
            return Ok(closed);
        }
    }
}

/// Closes one, unless somebody has taken it up again meanwhile.
async fn close(app: &App, id: TicketId, until: Time) -> Result<bool, AppError> {
    let writer = &Writer::new(app, None);
    app.db
        .transaction(|mut tx| async move {
            let Some(before) = repository::find_in(&mut tx, id).await? else { return Ok(false) };
            let is_over = before.resolved_at.is_some_and(|at| at <= until);
            if before.status != TicketStatus::Resolved || !is_over {
                return Ok(false);
            }
            before.status.check_step(TicketStatus::Closed, By::System)?;
            step_in(&mut tx, writer, before, (TicketStatus::Closed, None)).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await
}
