//! The embedded database, tried with a real `mongod`: without one these tests fail and say what to do.

mod deaths;
mod refusals;
mod running;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use mongodb::{
    Client, Collection,
    bson::{Document, doc},
};
use rustix::process::{Pid, test_kill_process};
use tokio::time::{sleep, timeout};

use super::{MongodOptions, Storage, data_dir, mongod_search_dirs};

/// A folder of its own for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = data_dir::temporary_parent().join(format!("trek-tribe-test-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn options(&self) -> MongodOptions {
        MongodOptions::durable(&self.0, search_dirs())
    }

    async fn is_given_back(&self) {
        let given_back = async {
            while data_dir::DataDir::open(&Storage::Durable(self.0.clone())).is_err() {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(Duration::from_secs(10), given_back).await.unwrap();
    }

    fn port(&self) -> u16 {
        fs::read_to_string(self.0.join("port")).unwrap().trim().parse().unwrap()
    }

    fn mongod_pid(&self) -> Pid {
        let text = fs::read_to_string(self.0.join("mongod.lock")).unwrap();
        Pid::from_raw(text.trim().parse().unwrap()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[expect(clippy::disallowed_methods, reason = "the configuration that reads PATH is not part of this test")]
fn search_dirs() -> Vec<PathBuf> {
    mongod_search_dirs(std::env::var_os("PATH").as_deref(), Path::new("."), cache_dir().as_deref())
}

fn cache_dir() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join(".cache"))
}

async fn marks(uri: &str) -> Collection<Document> {
    Client::with_uri_str(uri).await.unwrap().database("trial").collection("marks")
}

async fn is_gone(pid: Pid) -> bool {
    let gone = async {
        // One that waits for its parent's attention counts as gone.
        while test_kill_process(pid).is_ok() && !is_zombie(pid) {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(10), gone).await.is_ok()
}

fn is_zombie(pid: Pid) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    status.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z'))
}

fn guard_of(mongod: Pid) -> Pid {
    let wanted = format!("trek-tribe-mongod-guard\0{}\0", mongod.as_raw_nonzero());
    let is_guard = |pid: &i32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(&wanted)
    };
    let processes =
        fs::read_dir("/proc").unwrap().filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok());
    Pid::from_raw(processes.into_iter().find(is_guard).unwrap()).unwrap()
}

/// Where the database has its data.
async fn data_path(uri: &str) -> PathBuf {
    let admin = Client::with_uri_str(uri).await.unwrap().database("admin");
    let arguments = admin.run_command(doc! { "getCmdLineOpts": 1 }).await.unwrap();
    let storage = arguments.get_document("parsed").unwrap().get_document("storage").unwrap();
    PathBuf::from(storage.get_str("dbPath").unwrap())
}
