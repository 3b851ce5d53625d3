//! The program as a process of its own, for the tests of what no application inside of a test can show.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use super::{SECRET, TestApp, fresh_uri};

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_trek-tribe");
/// How long it has to be up, and for whatever else is waited for.
const SOON: Duration = Duration::from_secs(60);
const MANIFEST: &str = r#"{"js":"","wasm":"","css":{},"root":""}"#;

/// A server of its own; it is killed when it is dropped.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    folder: PathBuf,
    settings: Vec<(String, String)>,
}

impl Server {
    /// Starts one on a database that nobody has used.
    pub async fn start() -> Self {
        Self::start_with(&[("MONGODB_URI", &fresh_uri().await)])
    }

    /// Starts one on the database of an application: whoever has a token of the one is known to the other.
    pub fn start_beside(app: &TestApp) -> Self {
        Self::start_with(&[("MONGODB_URI", app.uri()), ("TREK_SECRET", SECRET)])
    }

    /// Starts one with these settings.
    pub fn start_with(settings: &[(&str, &str)]) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let folder = std::env::temp_dir().join(format!("trek-tribe-process-{}", address.port()));
        fs::create_dir_all(&folder).unwrap();
        let settings: Vec<_> = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let child = spawn(address, &folder, &settings);
        let mut server = Self { child, address, folder, settings };
        server.wait_until_up();
        server
    }

    /// Ends it as a loss of power does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it anew at its address, once it has ended.
    pub fn start_again(&mut self) {
        assert!(self.child.try_wait().unwrap().is_some(), "it has not ended");
        self.child = spawn(self.address, &self.folder, &self.settings);
        self.wait_until_up();
    }

    /// Waits until something holds, or the server has ended.
    pub fn wait_until(&mut self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() && self.child.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < SOON, "{what}: not within {SOON:?}");
            sleep(Duration::from_millis(20));
        }
    }

    /// Asks it to end.
    pub fn terminate(&self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    }

    /// How it ended, and after how long.
    pub fn wait_for_the_end(&mut self) -> (ExitStatus, Duration) {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, start.elapsed());
            }
            assert!(start.elapsed() < SOON, "it does not end");
            sleep(Duration::from_millis(20));
        }
    }

    /// The lines of its log that tell of a mistake of the program.
    pub fn errors(&self) -> Vec<String> {
        let log = fs::read_to_string(log_of(&self.folder)).unwrap();
        assert!(!log.is_empty(), "a server says that it is up");
        log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked")).map(str::to_owned).collect()
    }

    /// The memory that it holds now, in KiB.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    fn wait_until_up(&mut self) {
        let address = self.address;
        self.wait_until("the server is up", || TcpStream::connect(address).is_ok());
        assert!(self.child.try_wait().unwrap().is_none(), "the server has ended");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn spawn(address: SocketAddr, folder: &Path, settings: &[(String, String)]) -> Child {
    let log = File::options().create(true).append(true).open(log_of(folder)).unwrap();
    Command::new(PROGRAM)
        .arg("serve")
        .env("TREK_ADDR", address.to_string())
        .env("TREK_DATA_DIR", folder)
        .env("TREK_SITE_DIR", site(folder))
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .stdin(Stdio::null())
        .spawn()
        .unwrap()
}

fn log_of(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// A site without any file of the browser: the API needs none.
pub fn site(folder: &Path) -> PathBuf {
    let site = folder.join("site");
    fs::create_dir_all(&site).unwrap();
    fs::write(site.join("manifest.json"), MANIFEST).unwrap();
    site
}
