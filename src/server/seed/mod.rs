//! Demo data: three organizers, their trips, travellers, and half a year of leads and tickets. Deterministic: the same day gives the same
//! marketplace. It is written through the contexts' bulk doors, in big batches and without transactions; a run that was
//! interrupted is begun anew.

mod chance;
mod chats;
mod content;
mod leads;
mod life;
mod news;
mod people;
mod texts;
mod threads;
mod tickets;
mod trips;

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinHandle;

use crate::{
    crm::{
        accounts::server::service as accounts,
        chat::server::service as chat_service,
        files::server::service as files,
        leads::{server::service as lead_service, timeline::LeadHistory},
        notifications::server::service as notifications,
        tickets::server::service as ticket_service,
        trips::{server::service as trip_service, trip::Trip},
    },
    server::{
        config::Config,
        mongo::bulk,
        seed::{chance::Chance, chats::Chatter, people::People},
        state::App,
    },
    shared::error::AppError,
};

/// What everybody's password is in the demo.
pub const DEMO_PASSWORD: &str = "trek-tribe demo";
/// The admin of the demo.
pub const DEMO_ADMIN: &str = "kavya.menon@example.in";

/// Who can sign in, for the terminal.
pub const LOGINS: &str = "\
Demo logins, all with the password: trek-tribe demo
  organizer  ananya.rawat@example.in
  admin      kavya.menon@example.in
  traveller  traveller.1@example.in";

/// Leads at scale 1.
const LEADS: u64 = 600;
/// Tickets at scale 1, and at any scale at most.
const TICKETS: u64 = 160;
const MOST_TICKETS: usize = 50_000;
/// Leads or tickets of one batch.
const BATCH: u64 = 1_000;
/// More leads than that are stored without indexes.
const IN_BULK: u64 = 10_000;
/// So often the clock of the progress bar moves while it stands still.
const TICK: Duration = Duration::from_secs(1);

/// Demo data and `clear` are not for production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is production (TREK_ENV). Demo data, whose password everybody knows, and `clear` are for development only; nothing was changed."
)]
pub struct NotInProduction;

/// Lets only development pass.
///
/// # Errors
/// [`NotInProduction`].
pub fn refuse_in_production(config: &Config) -> Result<(), NotInProduction> {
    if config.is_production() { Err(NotInProduction) } else { Ok(()) }
}

/// Fills an empty database; `scale` multiplies the leads, and the tickets up to [`MOST_TICKETS`].
///
/// # Errors
/// [`AppError::Conflict`] when the database holds anything but an interrupted demo.
pub async fn seed(app: &App, scale: u64) -> Result<(), AppError> {
    if bulk::is_demo_interrupted(&app.db).await? {
        bulk::clear(&app.db).await?;
    }
    if !bulk::is_empty(&app.db).await? {
        return Err(AppError::Conflict("The database is not empty. `trek-tribe clear` empties it.".into()));
    }
    bulk::begin_demo(&app.db).await?;
    let mut chance = Chance::new();
    let people = people::make(app, &mut chance).await?;
    let trips = trips::make(app, &people, &mut chance)?;
    let mut maker = leads::Maker::new(app, &people, trips, chance)?;
    let mut chatter = Chatter::new(app)?;
    make_leads(app, &mut maker, (&mut chatter, &people), LEADS * scale.max(1)).await?;
    make_chats(app, chatter, &people).await?;
    let trips = maker.into_trips();
    make_tickets(app, &people, &trips, scale).await?;
    trip_service::store_trips(app, &trips).await?;
    accounts::store_accounts(app, &people.accounts).await?;
    bulk::end_demo(&app.db).await
}

/// Makes that many leads, a batch while the one before is stored; no more than two are in memory.
async fn make_leads(
    app: &App,
    maker: &mut leads::Maker<'_>,
    (chatter, people): (&mut Chatter, &People),
    total: u64,
) -> Result<(), AppError> {
    // Many leads are stored faster without indexes, which are then built at once.
    let in_bulk = total > IN_BULK;
    if in_bulk {
        lead_service::begin_bulk(app).await?;
    }
    let (progress, mut totals) = (progress(total), lead_service::Totals::default());
    let (mut made, mut storing) = (0, None);
    let mut told = news::Told::new(Chance::new(), app.clock.now());
    while made < total {
        let mut batch: Vec<_> =
            (made..total.min(made + BATCH)).map(|number| maker.make(number)).collect::<Result<_, _>>()?;
        batch.iter_mut().for_each(|history| chatter.note(history, maker, &people.organizers));
        // Of a million leads nobody reads what was told.
        batch
            .iter()
            .take(usize::try_from(LEADS.saturating_sub(made)).unwrap_or_default())
            .for_each(|history| told.note(history, maker));
        made += batch.len() as u64;
        batch.iter().for_each(|history| totals.add(&history.lead));
        wait_for(storing.replace(tokio::spawn(store(app.clone(), batch)))).await?;
        progress.set_position(made);
    }
    wait_for(storing).await?;
    lead_service::store_totals(app, &totals).await?;
    notifications::store_notifications(app, &told.into_rows()).await?;
    if in_bulk {
        progress.set_message("building indexes");
        progress.enable_steady_tick(TICK);
        lead_service::end_bulk(app).await?;
    }
    progress.finish_and_clear();
    Ok(())
}

/// Stores the conversations of those leads, and makes those with the admins.
async fn make_chats(app: &App, mut chatter: Chatter, people: &People) -> Result<(), AppError> {
    chatter.ask_support(people);
    let (talks, told) = chatter.finish();
    chat_service::store_talks(app, &talks).await?;
    notifications::store_notifications(app, &told).await
}

/// Makes tickets of those people about those trips, and the answers that admins keep.
async fn make_tickets(app: &App, people: &People, trips: &[Trip], scale: u64) -> Result<(), AppError> {
    let total = usize::try_from(TICKETS.saturating_mul(scale)).unwrap_or(MOST_TICKETS).min(MOST_TICKETS);
    let mut maker = tickets::Maker::new(app, people, trips, total)?;
    ticket_service::store_histories(app, Vec::new(), maker.answers()).await?;
    let mut told = news::Told::new(Chance::for_tickets(), app.clock.now());
    let admins: Vec<_> = people.admins.iter().map(|admin| admin.id).collect();
    let mut left = total;
    while left > 0 {
        let batch = maker.make(BATCH)?;
        // Of thousands of tickets nobody reads what was told.
        if scale <= 1 {
            batch.iter().for_each(|history| told.note_ticket(history, &admins));
        }
        left -= batch.len();
        ticket_service::store_histories(app, batch, Vec::new()).await?;
    }
    notifications::store_notifications(app, &told.into_rows()).await
}

async fn store(app: App, batch: Vec<LeadHistory>) -> Result<(), AppError> {
    lead_service::store_histories(&app, batch).await
}

async fn wait_for(storing: Option<JoinHandle<Result<(), AppError>>>) -> Result<(), AppError> {
    match storing {
        Some(storing) => storing.await.map_err(|_| AppError::Internal)?,
        None => Ok(()),
    }
}

/// Fills the database unless somebody uses it already.
///
/// # Errors
/// When the database is away.
pub async fn seed_if_empty(app: &App) -> Result<(), AppError> {
    let wanted = bulk::is_empty(&app.db).await? || bulk::is_demo_interrupted(&app.db).await?;
    if wanted { seed(app, 1).await } else { Ok(()) }
}

/// Removes everything: files first, because nothing tells of them afterwards.
///
/// # Errors
/// When the database or the file storage is away.
pub async fn clear(app: &App) -> Result<(), AppError> {
    files::remove_all(app).await?;
    bulk::clear(&app.db).await
}

/// Only long runs show a bar; it draws nothing where nobody looks.
fn progress(total: u64) -> ProgressBar {
    if total <= BATCH {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} leads, {elapsed} gone, {eta} left {msg}");
    ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
