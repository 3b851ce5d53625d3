//! Sees to it that `mongod` does not outlive this process, even when this process is killed.
//!
//! The guard is a small shell that reads from a pipe whose other end only this process holds. When this process ends,
//! however it ends, the shell reads the end of the pipe and kills `mongod`. A parent-death signal would need unsafe code
//! between fork and exec, would exist on Linux only and would fire at the end of a thread.

use std::{path::Path, process::Stdio};

use tokio::process::{Child, Command};

use super::MongodError;

/// `$1` is the process to kill, `$2` a folder to remove afterwards, or empty. The folder is removed twice, because a
/// process that is being killed may still finish the creation of a file.
const SCRIPT: &str = r#"
read -r _
kill -KILL "$1"
[ -n "$2" ] || exit 0
rm -rf -- "$2"
sleep 1
rm -rf -- "$2"
"#;

/// The guard over one `mongod` process; it does nothing more once dropped.
#[derive(Debug)]
pub(super) struct Guard {
    shell: Child,
}

impl Guard {
    /// Begins to guard the process and, where given, a folder that goes with it.
    pub(super) fn watch(pid: u32, remove: Option<&Path>) -> Result<Self, MongodError> {
        let shell = Command::new("/bin/sh")
            .args(["-c", SCRIPT, "trek-tribe-mongod-guard"])
            .arg(pid.to_string())
            .arg(remove.unwrap_or(Path::new("")))
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Out of reach of Ctrl-C in the terminal.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| MongodError::Spawn { what: "The guard of mongod", source })?;
        Ok(Self { shell })
    }

    /// Ends the guard before the process number it watches can be given to another process.
    pub(super) async fn dismiss(mut self) {
        // The shell dies before its pipe closes, so it never acts. An error means that it is gone already.
        if let Err(error) = self.shell.kill().await {
            tracing::debug!(%error, "the guard of mongod was gone");
        }
    }
}
