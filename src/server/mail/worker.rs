//! Sends what is due. Any number of processes may do so at once: a mail is leased to one of them for two minutes.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::{Transport, transport::NotSent};
use crate::{
    server::{
        mongo::outbox::{self, Leased},
        state::App,
    },
    shared::error::AppError,
};

/// How long one process has to send a mail before another one tries.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// The pause after each try; the last one is followed by giving up.
const PAUSES: [SignedDuration; 7] = [
    SignedDuration::from_secs(20),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(10),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(12),
];
/// How often to look without having been woken: other processes write mails too, and pauses end.
const LOOK: Duration = Duration::from_secs(5);

/// How many mails are sent at once: one that a server lets hang keeps no other.
const LANES: usize = 4;

/// Sends mails until `stop`. What is being sent then is finished.
pub async fn run(app: App, transport: Transport, stop: CancellationToken) {
    join_all((0..LANES).map(|_| run_lane(&app, &transport, &stop))).await;
}

async fn run_lane(app: &App, transport: &Transport, stop: &CancellationToken) {
    let due = app.mail_due();
    while !stop.is_cancelled() {
        if let Err(error) = deliver_due(app, transport, stop).await {
            tracing::warn!(%error, "mails have to wait");
        }
        tokio::select! {
            () = due.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Sends everything that is due, one after the other, until `stop`; how many were taken.
///
/// # Errors
/// When the database is away.
pub async fn deliver_due(app: &App, transport: &Transport, stop: &CancellationToken) -> Result<u32, AppError> {
    let mut sent = 0;
    while !stop.is_cancelled() {
        let now = app.clock.now();
        let Some(leased) = outbox::lease(&app.db, now, now + LEASE).await? else { break };
        match transport.send(leased.id, &leased.mail).await {
            Ok(()) => {
                let keep_text = !(leased.mail.kind.carries_key() && app.config.is_production());
                outbox::mark_sent(&app.db, &leased, app.clock.now(), keep_text).await?;
                sent += 1;
            }
            Err(failure) => put_off(app, &leased, failure).await?,
        }
    }
    Ok(sent)
}

async fn put_off(app: &App, leased: &Leased, failure: NotSent) -> Result<(), AppError> {
    let NotSent { problem, is_final } = failure;
    // Why is for admins: the words of the server may repeat an address.
    tracing::warn!(mail = %leased.id, tries = leased.tries, is_final, "a mail was not taken");
    let pause = PAUSES.get(leased.tries.saturating_sub(1) as usize).filter(|_| !is_final);
    let next = pause.map(|pause| app.clock.now() + *pause);
    outbox::mark_not_sent(&app.db, leased, &problem, next).await
}
