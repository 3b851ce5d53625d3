//! The feed: one stream of events for the process, handed on to the hub. It goes on where it stopped, also after a restart; when that
//! is not possible, all connections are told to look at everything anew.

use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::repository::{self, Broken, Place, Stream};
use crate::{server::state::App, shared::time::Time};

/// The pauses before a stream is opened again: each twice as long as the one before.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));
/// How often the place is kept.
const KEEP_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// Follows what is published until `stop`.
pub async fn run(app: App, stop: CancellationToken) {
    let name = app.config.addr.to_string();
    let mut place = None;
    let mut pause = PAUSES.0;
    let mut is_first = true;
    while !stop.is_cancelled() {
        if is_first {
            place = find_place(&app, &name).await;
        }
        match follow(&app, &name, &mut place, &stop).await {
            Ok(()) => break,
            Err(Broken::ForGood) => {
                tracing::warn!("events were missed, all connections start anew");
                place = None;
            }
            Err(Broken::ForNow(error)) => {
                tracing::warn!(%error, "events have to wait");
                stop.run_until_cancelled(tokio::time::sleep(pause)).await;
            }
        }
        is_first = false;
        pause = if app.live().is_following() { PAUSES.0 } else { PAUSES.1.min(pause * 2) };
        app.live().set_following(false);
    }
    if let Some(place) = place {
        keep_place(&app, &name, &place).await;
    }
}

/// Hands events on until `stop`, or until the stream breaks; `place` is where to go on.
async fn follow(app: &App, name: &str, place: &mut Option<Place>, stop: &CancellationToken) -> Result<(), Broken> {
    let Some(stream) = stop.run_until_cancelled(Stream::open(&app.db, place.as_ref())).await else { return Ok(()) };
    let mut stream = stream?;
    if place.is_none() {
        app.live().hub.resync_all();
    }
    app.live().set_following(true);
    let mut kept_at = app.clock.now();
    while let Some(next) = stop.run_until_cancelled(stream.next()).await {
        if let Some(row) = next?.filter(|row| row.expires_at > app.clock.now()) {
            app.live().hub.deliver(row);
        }
        *place = stream.place();
        keep_now_and_then(app, name, place.as_ref(), &mut kept_at).await;
    }
    Ok(())
}

async fn keep_now_and_then(app: &App, name: &str, place: Option<&Place>, kept_at: &mut Time) {
    let now = app.clock.now();
    if let Some(place) = place.filter(|_| now.since(*kept_at) >= KEEP_EVERY) {
        *kept_at = now;
        keep_place(app, name, place).await;
    }
}

/// Where the process of this address stopped. Who cannot find out begins now: nobody is connected yet who could miss anything.
async fn find_place(app: &App, name: &str) -> Option<Place> {
    match repository::find_place(&app.db, name, app.clock.now()).await {
        Ok(place) => place,
        Err(error) => {
            tracing::warn!(%error, "where events were left off cannot be read");
            None
        }
    }
}

async fn keep_place(app: &App, name: &str, place: &Place) {
    if let Err(error) = repository::keep_place(&app.db, name, place, app.clock.now()).await {
        tracing::warn!(%error, "where events were left off cannot be kept");
    }
}
