//! Puts the page of the day together: who waits and why, how full the next departures are, and how it went.

mod admin;
pub mod digest;
mod seats;
mod waiting;

use super::{
    service,
    wording::{Pipeline, cells_of, count_in_words},
};
use crate::{
    crm::{
        accounts::{
            server::actor::Actor,
            user::{Role, UserId},
        },
        analytics::{
            range::Window,
            today::{Figures, OrganizerToday, Today, Waiting},
        },
        chat::server::screens as chat,
        leads::{filter::LeadFilter, server::service as leads, status::LeadStatus},
        tickets::server::screens as tickets,
    },
    server::{state::App, zone::Zone},
    shared::error::AppError,
};

/// The viewer's day.
///
/// # Errors
/// When the database is away.
pub async fn load_today(app: &App, actor: &Actor, window: Window) -> Result<Today, AppError> {
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    match actor.role() {
        Role::Organizer => Ok(Today::Organizer(Box::new(load_organizer(app, actor, &zone, window).await?))),
        Role::Admin => Ok(Today::Admin(Box::new(admin::load_admin(app, actor, &zone, window).await?))),
        Role::User => Ok(Today::Traveller),
    }
}

async fn load_organizer(app: &App, actor: &Actor, zone: &Zone, window: Window) -> Result<OrganizerToday, AppError> {
    let trips = seats::own_trips(app, actor).await?;
    let (waiting, seats, figures, help, chats) = futures_util::try_join!(
        waiting::who_waits(app, actor, zone, &trips),
        seats::fill(app, zone, &trips),
        load_figures(app, actor, zone, window),
        tickets::describe_own(app, actor),
        chat::describe_unread(app, actor),
    )?;
    let (answer, aside) = (answer_of(waiting.count()), aside_of(zone, &waiting));
    Ok(OrganizerToday { answer, aside, waiting, seats, figures, help, chats })
}

/// What it comes to when so many people wait for somebody.
fn answer_of(waiting: u32) -> String {
    match waiting {
        0 => "Nobody waits for your answer".to_owned(),
        1 => "One person waits for your answer".to_owned(),
        count => format!("{} people wait for your answer", count_in_words(count)),
    }
}

/// The date and hour, how many are late, and what comes next.
fn aside_of(zone: &Zone, waiting: &Waiting) -> String {
    let late = match waiting.late {
        0 => None,
        1 => Some("One is late".to_owned()),
        count => Some(format!("{} are late", count_in_words(count))),
    };
    let next = waiting
        .lines
        .iter()
        .find(|line| line.why == crate::crm::analytics::today::Why::Today)
        .map(|line| format!("next is due at {}", zone.hour(line.when.at).text));
    let rest = match (late, next) {
        (Some(late), Some(next)) => format!(" {late}; the {next}."),
        (Some(late), None) => format!(" {late}."),
        (None, Some(next)) => format!(" The {next}."),
        (None, None) => String::new(),
    };
    format!("{}.{rest}", zone.day_and_hour())
}

/// The figures of a window, of the viewer's own leads or, for admins, of all.
async fn load_figures(app: &App, actor: &Actor, zone: &Zone, window: Window) -> Result<Figures, AppError> {
    let range = window.until(zone.today());
    let before = range.before();
    let organizer = scope_of(actor);
    let (figures, pipeline) =
        futures_util::try_join!(service::compare_leads(app, zone, organizer, range), count_pipeline(app, actor))?;
    let words = |first, last| format!("{} to {}", zone.short_date(first), zone.short_date(last));
    Ok(Figures {
        window,
        title: format!("Last {} days", window.days()),
        ranges: format!("{}, compared with {}", words(range.first, range.last), words(before.first, before.last)),
        cells: cells_of(&figures, pipeline),
    })
}

/// Whose leads somebody sees: organizers their own, admins all.
fn scope_of(actor: &Actor) -> Option<UserId> {
    (actor.role() != Role::Admin).then(|| actor.user())
}

async fn count_pipeline(app: &App, actor: &Actor) -> Result<Pipeline, AppError> {
    let open = LeadFilter { status: LeadStatus::OPEN.to_vec(), ..LeadFilter::default() };
    let sum = leads::sum_leads(app, actor, &open).await?;
    Ok(Pipeline { leads: sum.count, value: sum.value })
}
