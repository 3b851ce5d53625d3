//! A release server of its own for the measurement: free port, data in a temporary folder, demo data.

use crate::{dev, process, project::Project};
use anyhow::{Context as _, Result, bail};
use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(200);

/// A running server; dropped with its data when it is stopped.
pub(super) struct Server {
    child: Child,
    address: String,
    data: tempfile::TempDir,
}

impl Server {
    /// Starts the server and waits until it is ready.
    pub(super) fn start(project: &Project) -> Result<Self> {
        let binary = project.server("release");
        if !binary.is_file() {
            bail!("there is no release server yet: `cargo build --release`");
        }
        // The port is free again when the listener is dropped; the server takes it a moment later.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let data = tempfile::tempdir()?;
        let log = std::fs::File::create(data.path().join("server.log"))?;
        let child = Command::new(binary)
            .current_dir(&project.root)
            .args(["serve", "--demo"])
            .env("TREK_ADDR", &address)
            .env("TREK_PUBLIC_URL", format!("http://{address}"))
            .env("TREK_DATA_DIR", data.path().join("data"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("the server did not start")?;
        let mut server = Self { child, address, data };
        match server.wait_until_ready() {
            Ok(()) => Ok(server),
            Err(error) => {
                server.stop()?;
                Err(error)
            }
        }
    }

    /// `host:port`.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Ends the server and removes its data.
    pub(super) fn stop(self) -> Result<()> {
        dev::stop(self.child)?;
        self.data.close().context("the measurement's data stay")
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        let url = format!("http://{}/readyz", self.address);
        while ureq::get(&url).call().is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status}):\n{}", self.log());
            }
            if start.elapsed() > PATIENCE {
                bail!("the server is not ready after {} s:\n{}", PATIENCE.as_secs(), self.log());
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    fn log(&self) -> String {
        let file = self.data.path().join("server.log");
        process::capture(Command::new("tail").arg("-n").arg("20").arg(file))
            .unwrap_or_else(|error| format!("{error:#}"))
    }
}
