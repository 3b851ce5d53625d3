//! What is done by itself: a table of jobs, each done by one process at a time under a lease. Jobs work in small transactions whose
//! effects carry their causes, so that one that was broken off goes on where it stopped and nothing happens twice.

use std::{any::Any, panic::AssertUnwindSafe, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::{
    crm::{
        analytics::server::today::digest::send_digests, files::server::service::remove_unattached,
        leads::server::service::tell_due_follow_ups, tickets::server::service::close_resolved,
    },
    server::{
        mongo::jobs::{self, Leased, Problem},
        state::App,
    },
    shared::{error::AppError, time::Time},
};

/// Something to be done again and again.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// What it is called, in the database and by people.
    pub name: &'static str,
    /// How often: at every full quarter of an hour, for example, by the clock of UTC.
    pub every: SignedDuration,
    /// The work.
    pub work: Work,
}

/// The work of a job, given when it was last done; it tells how many things it did.
pub type Work = fn(App, Option<Time>) -> BoxFuture<'static, Result<u32, AppError>>;

/// Every job.
const JOBS: [Job; 4] = [
    Job {
        name: "follow-ups that are due",
        every: SignedDuration::from_mins(1),
        work: |app, _| Box::pin(async move { tell_due_follow_ups(&app).await }),
    },
    Job {
        name: "tickets to be closed",
        every: SignedDuration::from_mins(15),
        work: |app, _| Box::pin(async move { close_resolved(&app).await }),
    },
    Job {
        name: "files of nothing",
        every: SignedDuration::from_hours(1),
        work: |app, _| Box::pin(async move { remove_unattached(&app).await }),
    },
    Job {
        name: "morning digests",
        every: SignedDuration::from_mins(15),
        work: |app, last_done_at| Box::pin(async move { send_digests(&app, last_done_at).await }),
    },
];

/// How long a process has a job without renewing its lease: when it dies, another one goes on after this.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// How often a lease is renewed while its job is done.
const RENEW: Duration = Duration::from_secs(30);
/// The pause after a job did not work.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);
/// How often to look for what is due.
const LOOK: Duration = Duration::from_secs(5);

/// Does jobs until `stop`. What is being done then is finished.
pub async fn run(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = do_due(&app, &JOBS, &stop).await {
            tracing::warn!(%error, "jobs have to wait");
        }
        stop.run_until_cancelled(tokio::time::sleep(LOOK)).await;
    }
}

/// Does every job that is due, once.
///
/// # Errors
/// When the database is away.
pub async fn run_due(app: &App) -> Result<(), AppError> {
    do_due(app, &JOBS, &CancellationToken::new()).await
}

/// The jobs that did not work the last time.
///
/// # Errors
/// When the database is away.
pub async fn find_problems(app: &App) -> Result<Vec<Problem>, AppError> {
    jobs::find_problems(&app.db, &JOBS.map(|job| job.name)).await
}

/// Does those of these jobs that are due, one after the other. What goes wrong with one of them is noted and keeps no other.
///
/// # Errors
/// When the database is away.
pub async fn do_due(app: &App, jobs: &[Job], stop: &CancellationToken) -> Result<(), AppError> {
    let names: Vec<&str> = jobs.iter().map(|job| job.name).collect();
    jobs::add_missing(&app.db, &names).await?;
    for job in jobs {
        if stop.is_cancelled() {
            break;
        }
        if let Some(leased) = jobs::lease(app, job.name, slot(app.clock.now(), job.every), LEASE).await? {
            do_leased(app, job, &leased).await?;
        }
    }
    Ok(())
}

/// The last moment at which something that is done so often was to be done.
fn slot(now: Time, every: SignedDuration) -> Time {
    let every = i64::try_from(every.as_millis()).unwrap_or(i64::MAX).max(1);
    Time::from_millis(now.millis().div_euclid(every) * every)
}

async fn do_leased(app: &App, job: &Job, leased: &Leased) -> Result<(), AppError> {
    let work = AssertUnwindSafe((job.work)(app.clone(), leased.last_done_at)).catch_unwind();
    let problem = tokio::select! {
        outcome = work => match outcome {
            Ok(Ok(count)) => {
                if count > 0 {
                    tracing::info!(job = job.name, count, "a job is done");
                }
                return jobs::mark_done(&app.db, leased).await;
            }
            Ok(Err(error)) => error.to_string(),
            Err(panic) => words_of(&*panic).to_owned(),
        },
        () = keep(app, leased) => {
            tracing::warn!(job = job.name, "a job was left to another process");
            return Ok(());
        }
    };
    tracing::error!(job = job.name, problem, "a job did not work");
    let now = app.clock.now();
    jobs::mark_not_done(&app.db, leased, &problem, now, now + PAUSE).await
}

/// Renews the lease again and again; ends when another process has it.
async fn keep(app: &App, leased: &Leased) {
    loop {
        tokio::time::sleep(RENEW).await;
        match jobs::renew(&app.db, leased, app.clock.now() + LEASE).await {
            Ok(true) => {}
            Ok(false) => return,
            // The job will find out for itself.
            Err(error) => tracing::warn!(%error, "the lease of a job could not be renewed"),
        }
    }
}

/// What somebody who panicked said.
fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_every_quarter_is_due_when_a_quarter_begins() {
        let quarter = SignedDuration::from_mins(15);
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().into();
        assert_eq!(slot(at("2026-11-24T05:12:00Z"), quarter), at("2026-11-24T05:00:00Z"));
        assert_eq!(slot(at("2026-11-24T05:15:00Z"), quarter), at("2026-11-24T05:15:00Z"));
    }
}
