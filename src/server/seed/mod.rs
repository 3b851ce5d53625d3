//! Demo data: three organizers, their trips, travellers and half a year of leads. Deterministic: the same day gives the same
//! marketplace. It is written through the contexts' bulk doors, in big batches and without transactions; a run that was
//! interrupted is begun anew.

mod chance;
mod content;
mod leads;
mod people;
mod texts;
mod trips;

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    crm::{
        accounts::server::service as accounts, leads::server::service as lead_service,
        trips::server::service as trip_service,
    },
    server::{mongo::bulk, seed::chance::Chance, state::App},
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
/// Leads of one batch.
const BATCH: u64 = 1_000;

/// Fills an empty database; `scale` multiplies the leads.
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
    let total = LEADS * scale.max(1);
    let progress = progress(total);
    let (mut made, mut totals) = (0, lead_service::Totals::default());
    while made < total {
        let batch: Vec<_> =
            (made..total.min(made + BATCH)).map(|number| maker.make(number)).collect::<Result<_, _>>()?;
        made += batch.len() as u64;
        batch.iter().for_each(|history| totals.add(&history.lead));
        lead_service::store_histories(app, batch).await?;
        progress.set_position(made);
    }
    progress.finish_and_clear();
    trip_service::store_trips(app, &maker.into_trips()).await?;
    accounts::store_accounts(app, &people.accounts).await?;
    lead_service::store_totals(app, &totals).await?;
    bulk::end_demo(&app.db).await
}

/// Fills the database unless somebody uses it already.
///
/// # Errors
/// When the database is away.
pub async fn seed_if_empty(app: &App) -> Result<(), AppError> {
    let wanted = bulk::is_empty(&app.db).await? || bulk::is_demo_interrupted(&app.db).await?;
    if wanted { seed(app, 1).await } else { Ok(()) }
}

/// Removes everything.
///
/// # Errors
/// When the database is away.
pub async fn clear(app: &App) -> Result<(), AppError> {
    bulk::clear(&app.db).await
}

/// Only long runs show a bar; it draws nothing where nobody looks.
fn progress(total: u64) -> ProgressBar {
    if total <= BATCH {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} leads, {eta} left");
    ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
