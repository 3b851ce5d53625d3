//! `xtask dev`: builds and runs the server, and again after each change. It looks at modification times twice a second, which
//! needs no watcher library and works on every file system.

use crate::{process, project::Project, say, site};
use anyhow::{Context as _, Result, ensure};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::{Duration, SystemTime},
};

const WATCHED: [&str; 7] = ["src", "style", "public", "Cargo.toml", "Cargo.lock", ".cargo", "build.rs"];
const PAUSE: Duration = Duration::from_millis(500);

type Snapshot = BTreeMap<PathBuf, SystemTime>;

/// Runs until it is interrupted; a build that fails leaves the old server running.
pub(crate) fn watch(project: &Project) -> Result<()> {
    let mut server: Option<Child> = None;
    loop {
        let before = snapshot(project);
        match build(project) {
            Ok(()) => {
                if let Some(old) = server.take() {
                    stop(old)?;
                }
                server = Some(start(project)?);
            }
            Err(error) => say::failure(&format!("{error:#}\nwaiting for the next change")),
        }
        while snapshot(project) == before {
            thread::sleep(PAUSE);
        }
    }
}

fn build(project: &Project) -> Result<()> {
    let words = ["build", "--package", "trek-tribe", "--bin", "trek-tribe"];
    process::run(Command::new("cargo").current_dir(&project.root).args(words))?;
    site::build(project, &site::Order::dev(project))
}

fn start(project: &Project) -> Result<Child> {
    Command::new(project.server("debug"))
        .current_dir(&project.root)
        .args(["serve", "--demo"])
        .spawn()
        .context("the server did not start")
}

/// Asks the server to end, so that it can stop its database cleanly, and waits for it.
pub(crate) fn stop(mut server: Child) -> Result<()> {
    if server.try_wait()?.is_none() {
        let asked = process::succeeds(Command::new("kill").args(["-TERM", &server.id().to_string()]));
        ensure!(asked, "the server (process {}) could not be asked to end", server.id());
    }
    server.wait()?;
    Ok(())
}

/// Every watched file with its modification time. A file that vanishes meanwhile is simply not in it.
fn snapshot(project: &Project) -> Snapshot {
    let mut files = Snapshot::new();
    let mut open: Vec<PathBuf> = WATCHED.iter().map(|name| project.root.join(name)).collect();
    while let Some(path) = open.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            open.extend(entries.flatten().map(|entry| entry.path()));
        } else if let Ok(modified) = path.metadata().and_then(|metadata| metadata.modified()) {
            files.insert(path, modified);
        }
    }
    files
}
