//! Finds and ends a `mongod` that an earlier server left behind on our data folder.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt as _, path::Path, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use tokio::time::{Instant, sleep};

use super::{
    MongodError,
    data_dir::{self, DataDir},
    replica_set,
};

const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Ends a left-over `mongod`. Our lock is held, so no living server owns it. A process that cannot be recognised for
/// certain is left alone; `mongod` itself then refuses the folder if it is in use.
pub(super) async fn stop_orphan(data: &DataDir) -> Result<(), MongodError> {
    let Some(pid) = data.mongod_pid().filter(|pid| is_ours(*pid, data.path())) else {
        return Ok(());
    };
    tracing::warn!(pid = pid.as_raw_nonzero().get(), "stopping a mongod that an earlier server left behind");
    for signal in [Signal::TERM, Signal::KILL] {
        // An error means that it has just ended.
        if kill_process(pid, signal).is_err() || has_ended_in_time(pid, data.path()).await {
            return Ok(());
        }
    }
    Err(data_dir::in_use(data.path(), Some(pid)))
}

async fn has_ended_in_time(pid: Pid, data_dir: &Path) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while is_ours(pid, data_dir) {
        if Instant::now() > deadline {
            return false;
        }
        sleep(LOOK_AGAIN).await;
    }
    true
}

/// Whether the process is a `mongod` that we started on this folder: by its program and its arguments. A process that
/// has ended but is not yet reaped has neither.
fn is_ours(pid: Pid, data_dir: &Path) -> bool {
    let process = Path::new("/proc").join(pid.as_raw_nonzero().to_string());
    let Ok(program) = fs::read_link(process.join("exe")) else {
        return false;
    };
    // A replaced program is told as "mongod (deleted)".
    let is_mongod = program.file_name().is_some_and(|name| name.as_bytes().starts_with(b"mongod"));
    let Ok(line) = fs::read(process.join("cmdline")) else {
        return false;
    };
    let arguments = line.split(|byte| *byte == 0).map(OsStr::from_bytes).collect::<Vec<_>>();
    let has = |name: &str, value: &OsStr| arguments.windows(2).any(|pair| pair[0] == name && pair[1] == value);
    is_mongod && has("--dbpath", data_dir.as_os_str()) && has("--replSet", OsStr::new(replica_set::NAME))
}
