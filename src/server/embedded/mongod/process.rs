//! One run of `mongod`: its command line, the wait until it is ready, and its end.

use std::{
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    process::{Child, Command},
    time::timeout,
};

use super::{
    MongodError,
    data_dir::{self, DataDir},
    guard::Guard,
    port, replica_set,
};

/// Recovery after a kill replays at most a minute of journal; a large cache needs some time for it on a small machine.
const READY_WITHIN: Duration = Duration::from_mins(2);
/// How long `mongod` may take to end before it is killed.
pub const STOP_WITHIN: Duration = Duration::from_secs(4);
const PORT_IN_USE: i32 = 48;

/// What does not change from one run to the next.
#[derive(Debug)]
pub(super) struct Launch<'a> {
    pub(super) binary: &'a Path,
    pub(super) data: &'a DataDir,
    pub(super) cache_megabytes: u32,
    pub(super) port: u16,
}

/// A run of `mongod`, killed when dropped.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    guard: Guard,
}

impl Launch<'_> {
    /// Runs `mongod` and waits until it is a writable primary.
    pub(super) async fn run(&self) -> Result<Process, MongodError> {
        let mut process = self.spawn()?;
        let waited = timeout(READY_WITHIN, async {
            tokio::select! {
                ready = replica_set::await_primary(self.port, self.data.path()) => ready,
                ended = process.child.wait() => Err(self.tell_early_end(ended)),
            }
        });
        let late =
            |_| MongodError::StartTimedOut { seconds: READY_WITHIN.as_secs(), last_lines: self.data.last_log_lines() };
        match waited.await.map_err(late).flatten() {
            Ok(()) => Ok(process),
            Err(error) => {
                process.kill().await;
                Err(error)
            }
        }
    }

    fn spawn(&self) -> Result<Process, MongodError> {
        let log = self.data.open_log()?;
        let errors = log.try_clone().map_err(MongodError::data_unusable(self.data.log_file()))?;
        let child = Command::new(self.binary)
            .args(self.arguments())
            .arg("--dbpath")
            .arg(self.data.path())
            .arg("--logpath")
            .arg(self.data.log_file())
            // It needs nothing of our environment, where secrets are, and an unknown locale would stop it.
            .env_clear()
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            // Ctrl-C in the terminal goes to a whole group; the server stops the database itself, after draining.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| MongodError::Spawn { what: "mongod", source })?;
        let pid = child.id().ok_or(MongodError::SupervisorLost)?;
        let guard = Guard::watch(pid, self.data.ephemeral_path())?;
        Ok(Process { child, guard })
    }

    fn arguments(&self) -> Vec<String> {
        let cache_gigabytes = f64::from(self.cache_megabytes.max(256)) / 1024.0;
        let port = self.port.to_string();
        let cache = cache_gigabytes.to_string();
        let mut arguments = vec!["--logappend", "--quiet", "--nounixsocket", "--logRotate", "reopen"];
        arguments.extend(["--setParameter", "diagnosticDataCollectionEnabled=false"]);
        // What a process that was killed had begun keeps others from writing there, for a minute and more by default. Nothing of ours
        // takes nearly as long.
        arguments.extend(["--setParameter", "transactionLifetimeLimitSeconds=15"]);
        arguments.extend(["--bind_ip", port::HOST, "--port", &port, "--replSet", replica_set::NAME]);
        arguments.extend(["--wiredTigerCacheSizeGB", &cache]);
        if self.data.ephemeral_path().is_some() {
            // Little memory: no journal files in reserve.
            arguments.extend(["--oplogSize", "64", "--wiredTigerEngineConfigString", "log=(prealloc=false)"]);
            // Tests have a clock of their own: what has expired by the system's clock must stay.
            arguments.extend(["--setParameter", "ttlMonitorEnabled=false"]);
        } else {
            arguments.extend(["--oplogSize", "1024"]);
        }
        arguments.into_iter().map(str::to_owned).collect()
    }

    fn tell_early_end(&self, ended: std::io::Result<ExitStatus>) -> MongodError {
        let status = match ended {
            Ok(status) if status.code() == Some(PORT_IN_USE) => return MongodError::PortTaken { port: self.port },
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        let last_lines = self.data.last_log_lines();
        // The exit code of this case is shared with others.
        if last_lines.contains("DBPathInUse") {
            return data_dir::in_use(self.data.path(), self.data.mongod_pid());
        }
        MongodError::DiedAtStart { status, last_lines }
    }
}

impl Process {
    /// Returns when the process has ended by itself, with how.
    pub(super) async fn ended(&mut self) -> String {
        match self.child.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        }
    }

    /// Lets `mongod` open its log anew.
    pub(super) fn reopen_log(&self) {
        self.signal(Signal::USR1);
    }

    /// Ends it cleanly, or kills it when that takes too long.
    pub(super) async fn stop(mut self) -> Result<(), MongodError> {
        self.signal(Signal::TERM);
        let in_time = timeout(STOP_WITHIN, self.child.wait()).await.is_ok();
        self.kill().await;
        if in_time { Ok(()) } else { Err(MongodError::StopTimedOut { seconds: STOP_WITHIN.as_secs() }) }
    }

    /// Ends it at once; also to be called when it has ended by itself.
    pub(super) async fn kill(mut self) {
        self.guard.dismiss().await;
        let has_ended = self.child.id().is_none();
        if has_ended {
            return;
        }
        if let Err(error) = self.child.kill().await {
            tracing::warn!(%error, "mongod could not be killed");
        }
    }

    fn signal(&self, signal: Signal) {
        // Without a process number it has ended, which the next wait tells.
        let pid = self.child.id().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw);
        if let Some(Err(error)) = pid.map(|pid| kill_process(pid, signal)) {
            tracing::warn!(%error, ?signal, "mongod could not be signalled");
        }
    }
}
