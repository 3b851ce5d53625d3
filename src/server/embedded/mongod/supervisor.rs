//! The thread that starts `mongod`, restarts it when it dies and stops it when asked. It has a runtime of its own, so
//! that the database lives as long as its [`super::Mongod`] and not as long as the runtime that happened to start it.

use std::{path::PathBuf, thread, time::Duration};

use tokio::{
    runtime::Builder,
    sync::oneshot::{Receiver, Sender},
    time::{Instant, sleep},
};

use super::{
    MongodError, MongodOptions,
    binary::find_binary,
    data_dir::DataDir,
    orphan::stop_orphan,
    port::{choose_port, is_free},
    process::{Launch, Process},
};

const FIRST_DELAY: Duration = Duration::from_millis(200);
const LONGEST_DELAY: Duration = Duration::from_secs(5);
/// A run of this length shows that the next death has a new cause.
const HEALTHY_AFTER: Duration = Duration::from_secs(60);
const LOG_CHECK: Duration = Duration::from_secs(60);
const PORT_ATTEMPTS: u32 = 5;

/// Starts the thread. It sends the port once the database is ready, and the outcome once it has ended after `stop` was
/// sent or dropped.
pub(super) fn spawn_thread(
    options: MongodOptions,
    started: Sender<Result<u16, MongodError>>,
    stop: Receiver<()>,
    ended: Sender<Result<(), MongodError>>,
) -> Result<(), MongodError> {
    let failed = |source| MongodError::Spawn { what: "The supervisor of mongod", source };
    let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let work = move || {
        let outcome = runtime.block_on(supervise(options, started, stop));
        // Nobody waits for it when the database was dropped instead of stopped.
        if let Err(Err(error)) = ended.send(outcome) {
            tracing::warn!(%error, "the embedded database did not end cleanly");
        }
    };
    thread::Builder::new().name("mongod".to_owned()).spawn(work).map(drop).map_err(failed)
}

/// The database between its start and its end.
struct Database {
    binary: PathBuf,
    data: DataDir,
    cache_megabytes: u32,
    port: u16,
}

async fn supervise(
    options: MongodOptions,
    started: Sender<Result<u16, MongodError>>,
    mut stop: Receiver<()>,
) -> Result<(), MongodError> {
    let launched = tokio::select! {
        launched = launch(options) => launched,
        // The start was given up: what was begun is undone by being dropped.
        _ = &mut stop => return Ok(()),
    };
    let (database, process) = match launched {
        Ok(launched) => launched,
        Err(error) => {
            // Without a receiver nobody waits for the answer any more; the same below.
            drop(started.send(Err(error)));
            return Ok(());
        }
    };
    tracing::info!(port = database.port, data = %database.data.path().display(), "embedded database is ready");
    drop(started.send(Ok(database.port)));
    match database.watch(process, &mut stop).await {
        Some(process) if database.data.ephemeral_path().is_some() => {
            process.kill().await;
            Ok(())
        }
        Some(process) => process.stop().await,
        None => Ok(()),
    }
}

async fn launch(options: MongodOptions) -> Result<(Database, Process), MongodError> {
    let binary = find_binary(&options).await?;
    let data = DataDir::open(&options.storage)?;
    let mut database = Database { binary, data, cache_megabytes: options.cache_megabytes, port: 0 };
    let process = database.start().await?;
    Ok((database, process))
}

impl Database {
    /// The first start, on the kept port if it is free.
    async fn start(&mut self) -> Result<Process, MongodError> {
        stop_orphan(&self.data).await?;
        self.data.rotate_log()?;
        let mut attempts = 1;
        self.port = match self.data.kept_port().filter(|port| is_free(*port)) {
            Some(kept) => kept,
            None => choose_port()?,
        };
        let process = loop {
            match self.run().await {
                Err(MongodError::PortTaken { .. }) if attempts < PORT_ATTEMPTS => attempts += 1,
                outcome => break outcome?,
            }
            self.port = choose_port()?;
        };
        self.data.keep_port(self.port)?;
        Ok(process)
    }

    async fn run(&self) -> Result<Process, MongodError> {
        let launch =
            Launch { binary: &self.binary, data: &self.data, cache_megabytes: self.cache_megabytes, port: self.port };
        launch.run().await
    }

    /// Keeps `mongod` running until `stop`; returns what then runs.
    async fn watch(&self, mut process: Process, stop: &mut Receiver<()>) -> Option<Process> {
        let mut delay = FIRST_DELAY;
        loop {
            let since = Instant::now();
            let status = tokio::select! {
                status = self.watch_run(&mut process) => status,
                _ = &mut *stop => return Some(process),
            };
            process.kill().await;
            tracing::error!(status, log = %self.data.log_file().display(), "mongod died and is being restarted");
            if since.elapsed() > HEALTHY_AFTER {
                delay = FIRST_DELAY;
            }
            process = tokio::select! {
                process = self.restart(&mut delay) => process,
                _ = &mut *stop => return None,
            };
            tracing::info!(port = self.port, "mongod is back");
        }
    }

    /// Returns how `mongod` ended; bounds its log meanwhile.
    async fn watch_run(&self, process: &mut Process) -> String {
        loop {
            tokio::select! {
                status = process.ended() => return status,
                () = sleep(LOG_CHECK) => {}
            }
            if !self.data.is_log_full() {
                continue;
            }
            match self.data.rotate_log() {
                Ok(()) => process.reopen_log(),
                Err(error) => tracing::warn!(%error, "the log of mongod could not be rotated"),
            }
        }
    }

    /// Tries until `mongod` runs again, on the same port, because the address has been given out.
    async fn restart(&self, delay: &mut Duration) -> Process {
        loop {
            sleep(*delay).await;
            *delay = (*delay * 2).min(LONGEST_DELAY);
            match self.run().await {
                Ok(process) => return process,
                // The death has been told; this repeats until it is back.
                Err(error) => tracing::debug!(%error, "mongod could not be restarted yet"),
            }
        }
    }
}
