//! How many tickets wait: for admins by what they wait for, for everybody else their own. Counted from one index, in which only
//! open and resolved ones are read: there are as many as admins can work on, however many were ever closed.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        tickets::{
            row::{OwnCounts, QueueCounts},
            server::repository::{self, Group},
            status::TicketStatus,
            ticket::TicketCategory,
        },
    },
    server::state::App,
    shared::error::AppError,
};

/// How many tickets wait for what.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
pub async fn count_tickets(app: &App, actor: &Actor) -> Result<QueueCounts, AppError> {
    actor.require_role(&[Role::Admin])?;
    let groups = repository::count_waiting(&app.db, app.clock.now()).await?;
    let is_open = |group: &&Group| group.status.is_open();
    let sum =
        |wanted: &dyn Fn(&Group) -> bool| groups.iter().filter(|group| wanted(group)).map(|group| group.count).sum();
    let of_category = |category: &TicketCategory| {
        let count = groups.iter().filter(is_open).filter(|group| group.category == *category).map(|group| group.count);
        (*category, count.sum())
    };
    Ok(QueueCounts {
        mine: sum(&|group| group.status.is_open() && group.assignee == Some(actor.user())),
        unassigned: sum(&|group| group.status.is_open() && group.assignee.is_none()),
        open: sum(&|group| group.status.is_open()),
        resolved: sum(&|group| group.status == TicketStatus::Resolved),
        late: groups.iter().map(|group| group.late).sum(),
        by_category: TicketCategory::ALL.iter().map(of_category).collect(),
    })
}

/// How many tickets somebody has open themselves, whatever their role.
///
/// # Errors
/// When the database is away.
pub async fn count_own_tickets(app: &App, actor: &Actor) -> Result<OwnCounts, AppError> {
    repository::count_own(&app.db, actor.user()).await
}
