//! Presence: a person is there as long as one of their connections is open, in whichever process. Coming and going are told in the
//! transaction that counts the connection, so that who comes and goes at the same moment is not left in the wrong state.

use std::{collections::BTreeSet, time::Duration};

use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::{
    publish::publish,
    repository::presence::{self, OpenConnection},
};
use crate::{
    live::{
        events::ServerEvent,
        topic::{ThingId, Topic},
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// How often a process says that it is alive.
const SAY_EVERY: Duration = Duration::from_secs(10);
/// For so long its connections count without that.
const ALIVE: SignedDuration = SignedDuration::from_secs(30);
/// After so long without that others take its connections away.
const DEAD: SignedDuration = SignedDuration::from_secs(60);

/// Those of these people who are there.
///
/// # Errors
/// When the database is away.
pub async fn find_present(app: &App, people: &[ThingId]) -> Result<BTreeSet<ThingId>, AppError> {
    presence::find_present(&app.db, people, app.clock.now()).await
}

/// Counts a connection, and tells who knows its person that they have come, if they were away.
pub(super) async fn arrive(app: &App, connection: OpenConnection) -> Result<(), AppError> {
    let person = connection.person;
    let known = &app.live().acquaintances(app, person).await?;
    app.db
        .transaction(|mut tx| async move {
            if presence::add(&mut tx, connection, app.clock.now()).await? {
                tell(&mut tx, app, known, &ServerEvent::UserOnline { user_id: person })?;
            }
            tx.commit().await
        })
        .await
}

/// Counts a connection no longer, and tells who knows its person that they have gone, if it was the last one. While the process ends
/// nobody goes: they come again to another one.
pub(super) async fn depart(app: &App, connection: OpenConnection) -> Result<(), AppError> {
    if app.live().hub.is_closed() {
        return Ok(());
    }
    let person = connection.person;
    let known = &app.live().acquaintances(app, person).await?;
    app.db
        .transaction(|mut tx| async move {
            if presence::remove(&mut tx, connection, app.clock.now()).await? {
                tell(&mut tx, app, known, &ServerEvent::UserOffline { user_id: person })?;
            }
            tx.commit().await
        })
        .await
}

/// Makes up for comings and goings that could not be written, and for others having buried this process.
async fn count_anew(app: &App) -> Result<(), AppError> {
    let process = app.live().process();
    let hub = &app.live().hub;
    let counted = presence::find_connections_of(&app.db, process).await?;
    let there: BTreeSet<(i64, ThingId)> = hub.people().into_iter().collect();
    for &(number, person) in counted.symmetric_difference(&there) {
        let connection = OpenConnection { person, process, number };
        if hub.has(number) {
            arrive(app, connection).await?;
        }
        // Also who has gone while they were counted.
        if !hub.has(number) {
            depart(app, connection).await?;
        }
    }
    Ok(())
}

fn tell(tx: &mut Tx, app: &App, known: &[ThingId], event: &ServerEvent) -> Result<(), AppError> {
    let topics: Vec<Topic> = known.iter().copied().map(Topic::Person).collect();
    if topics.is_empty() { Ok(()) } else { publish(tx, app, &topics, event) }
}

/// Says again and again that this process is alive, and looks after who is there, until `stop`. One does not wait for the other: there may
/// be many to look after.
pub async fn run(app: App, stop: CancellationToken) {
    let say = again_and_again(&stop, || Box::pin(say_alive(&app)));
    let look = again_and_again(&stop, || Box::pin(look_after(&app)));
    tokio::join!(say, look);
    // Its connections count no more; who of them has not come again in a while is told to be gone by another process.
    if let Err(error) = presence::keep_alive(&app.db, app.live().process(), app.clock.now()).await {
        tracing::warn!(%error, "that this process ends cannot be told");
    }
}

async fn again_and_again<'a>(stop: &CancellationToken, act: impl Fn() -> BoxFuture<'a, Result<(), AppError>>) {
    while !stop.is_cancelled() {
        if let Err(error) = act().await {
            tracing::warn!(%error, "who is there has to wait");
        }
        stop.run_until_cancelled(tokio::time::sleep(SAY_EVERY)).await;
    }
}

/// Says that this process is alive.
///
/// # Errors
/// When the database is away.
pub async fn say_alive(app: &App) -> Result<(), AppError> {
    presence::keep_alive(&app.db, app.live().process(), app.clock.now() + ALIVE).await
}

/// Counts the connections of this process anew, and takes those of dead ones away.
///
/// # Errors
/// When the database is away.
pub async fn look_after(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    count_anew(app).await?;
    for dead in presence::find_dead(&app.db, now - DEAD).await? {
        for person in presence::find_people_of(&app.db, dead).await? {
            let known = &app.live().acquaintances(app, person).await?;
            app.db
                .transaction(|mut tx| async move {
                    if presence::remove_all_of(&mut tx, person, dead, now).await? {
                        tell(&mut tx, app, known, &ServerEvent::UserOffline { user_id: person })?;
                    }
                    tx.commit().await
                })
                .await?;
        }
        presence::bury(&app.db, dead).await?;
    }
    Ok(())
}
