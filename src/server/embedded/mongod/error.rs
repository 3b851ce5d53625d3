//! What can go wrong with the embedded database, in sentences that say what to do.

use std::{io, path::PathBuf};

/// Why the embedded database could not be started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum MongodError {
    /// No `mongod` in any of the folders.
    #[error("No mongod was found (looked in {looked_in}). Run `make` once to fetch it, or set MONGODB_URI.")]
    BinaryMissing {
        /// The folders that were searched, joined by commas.
        looked_in: String,
    },
    /// The named or found program cannot be run.
    #[error("{path} cannot be run as mongod: {reason}. Set MONGOD to a mongod program, or unset it.")]
    BinaryUnusable {
        /// The program.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The program is an older MongoDB than the application needs.
    #[error("{path} is MongoDB {found}, and {needed} or newer is needed. Set MONGOD to a newer one, or run `make`.")]
    VersionTooOld {
        /// The program.
        path: PathBuf,
        /// Its version.
        found: String,
        /// The oldest fit version.
        needed: String,
    },
    /// Another process has the data folder.
    #[error("The data folder {path} is in use by {holder}. Stop that process first, or choose another data folder.")]
    DataInUse {
        /// The data folder.
        path: PathBuf,
        /// "process 123", or "another process" when its id is unknown.
        holder: String,
    },
    /// The data folder cannot be created, read or written.
    #[error("The data folder cannot be used: {path}: {source}.")]
    DataUnusable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No port of the range is free.
    #[error("No free port was found on loopback for mongod.")]
    NoFreePort,
    /// The port was taken before `mongod` could listen on it.
    #[error("Port {port} on loopback is taken by another process.")]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// A process or thread could not be started.
    #[error("{what} could not be started: {source}.")]
    Spawn {
        /// What was to be started.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// `mongod` ended before it was ready.
    #[error("mongod ended while starting ({status}). Its last words:\n{last_lines}")]
    DiedAtStart {
        /// The exit status.
        status: String,
        /// The end of its log.
        last_lines: String,
    },
    /// `mongod` runs but was not ready in time.
    #[error("mongod was not ready within {seconds} seconds. Its last words:\n{last_lines}")]
    StartTimedOut {
        /// How long it was given.
        seconds: u64,
        /// The end of its log.
        last_lines: String,
    },
    /// The replica set could not be set up.
    #[error("The replica set of the embedded database could not be set up: {0}.")]
    ReplicaSet(#[from] mongodb::error::Error),
    /// `mongod` did not end in time and was killed.
    #[error("mongod did not end within {seconds} seconds and was killed; it recovers at the next start.")]
    StopTimedOut {
        /// How long it was given.
        seconds: u64,
    },
    /// The thread that watches `mongod` ended unexpectedly.
    #[error("The supervisor of mongod ended unexpectedly.")]
    SupervisorLost,
}

impl MongodError {
    /// Wraps what the system said about a file or folder of the data; for use in `map_err`.
    pub(super) fn data_unusable(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::DataUnusable { path, source }
    }
}
