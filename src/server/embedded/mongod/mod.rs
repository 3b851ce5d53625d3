//! The embedded database: one `mongod` child process, a single-node replica set on loopback. It is started, watched,
//! restarted when it dies, and stopped with the server. Nothing here knows what the database is used for.

mod binary;
mod data_dir;
mod error;
mod guard;
mod log;
mod options;
mod orphan;
mod port;
mod process;
mod replica_set;
mod supervisor;
#[cfg(test)]
mod tests;

use tokio::sync::oneshot;

pub use error::MongodError;
pub use options::{MongodOptions, Storage, mongod_search_dirs};
pub use process::STOP_WITHIN;

/// A running embedded database. It belongs to no async runtime, so that tests with a runtime each may share one.
///
/// Dropping it stops the process too, but does not wait for the end; [`Mongod::stop`] does. If this process is killed,
/// a guard kills `mongod`.
#[derive(Debug)]
pub struct Mongod {
    port: u16,
    stop: oneshot::Sender<()>,
    ended: oneshot::Receiver<Result<(), MongodError>>,
}

impl Mongod {
    /// Starts `mongod` and returns once it is a writable primary.
    ///
    /// # Errors
    /// When no fit `mongod` is found, the data folder cannot be used or is in use, or `mongod` does not come up.
    pub async fn start(options: MongodOptions) -> Result<Self, MongodError> {
        let (started_sender, started) = oneshot::channel();
        let (stop, stop_receiver) = oneshot::channel();
        let (ended_sender, ended) = oneshot::channel();
        supervisor::spawn_thread(options, started_sender, stop_receiver, ended_sender)?;
        let port = started.await.map_err(|_| MongodError::SupervisorLost)??;
        Ok(Self { port, stop, ended })
    }

    /// The address for the driver; it stays the same while this value lives, also when `mongod` is restarted.
    ///
    /// It names the replica set instead of asking for a direct connection: then the driver waits for the primary while
    /// a restarted node recovers, where a direct connection would fail with "not primary".
    #[must_use]
    pub fn uri(&self) -> String {
        self.database_uri("")
    }

    /// The same address with a database to use, named in letters, digits, `_` and `-`; tests that share one `mongod`
    /// take a name each.
    #[must_use]
    pub fn database_uri(&self, database: &str) -> String {
        format!("mongodb://{}:{}/{database}?replicaSet={}", port::HOST, self.port, replica_set::NAME)
    }

    /// Shuts `mongod` down and returns when it is gone. It is killed when it does not end in time, which loses nothing
    /// that was acknowledged as journaled.
    ///
    /// # Errors
    /// When `mongod` had to be killed.
    pub async fn stop(self) -> Result<(), MongodError> {
        // The supervisor may be gone after a panic; then the answer below says so.
        drop(self.stop);
        self.ended.await.map_err(|_| MongodError::SupervisorLost)?
    }
}
