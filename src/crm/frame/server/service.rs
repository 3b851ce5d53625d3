//! What waits for somebody, asked of the contexts that know.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        chat::server::screens as chat,
        frame::view::FrameView,
        leads::{
            filter::LeadFilter,
            server::{screens, service as leads},
            status::LeadStatus,
        },
        notifications::server::service as notifications,
        tickets::server::service as tickets,
    },
    server::state::App,
    shared::error::AppError,
};

/// The person, what waits for them, and the views they pinned. Notifications that lead to the page at `address` are read by its
/// being opened, and count no more.
///
/// # Errors
/// When the database is away.
pub async fn load_frame(app: &App, actor: &Actor, address: &str) -> Result<FrameView, AppError> {
    let (person, name, role) = (actor.user(), actor.name().to_owned(), actor.role());
    let made_at = app.clock.now().millis();
    notifications::mark_read_at(app, actor, address).await?;
    let (unread, unread_messages, open_tickets) = futures_util::try_join!(
        notifications::count_unread(app, actor),
        count_messages(app, actor, address),
        count_tickets(app, actor)
    )?;
    let unread = u32::try_from(unread).unwrap_or(u32::MAX);
    if role == Role::User {
        let (due, open_leads, pinned) = (None, None, Vec::new());
        return Ok(FrameView {
            made_at,
            person,
            name,
            role,
            due,
            open_leads,
            open_tickets,
            unread,
            unread_messages,
            pinned,
        });
    }
    let open = LeadFilter { status: LeadStatus::OPEN.to_vec(), ..LeadFilter::default() };
    let due = LeadFilter { due: Some(true), ..open.clone() };
    let (due, open_leads, pinned) = futures_util::try_join!(
        count(app, actor, &due),
        count(app, actor, &open),
        screens::list_pinned_views(app, actor)
    )?;
    let due = due.filter(|count| *count > 0);
    Ok(FrameView { made_at, person, name, role, due, open_leads, open_tickets, unread, unread_messages, pinned })
}

async fn count_messages(app: &App, actor: &Actor, address: &str) -> Result<Option<u32>, AppError> {
    let unread = chat::count_unread_beside(app, actor, address).await?;
    Ok(Some(unread).filter(|unread| *unread > 0))
}

async fn count_tickets(app: &App, actor: &Actor) -> Result<Option<u32>, AppError> {
    let open = if actor.role() == Role::Admin {
        tickets::count_tickets(app, actor).await?.open
    } else {
        tickets::count_own_tickets(app, actor).await?.open
    };
    Ok(Some(open).filter(|open| *open > 0))
}

async fn count(app: &App, actor: &Actor, filter: &LeadFilter) -> Result<Option<u32>, AppError> {
    let sum = leads::sum_leads(app, actor, filter).await?;
    Ok(u32::try_from(sum.count).ok().filter(|_| !sum.count_capped))
}
