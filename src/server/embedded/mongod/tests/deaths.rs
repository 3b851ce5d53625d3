//! What happens when `mongod` or the server is killed.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
    time::Duration,
};

use mongodb::bson::doc;
use rustix::process::{Signal, kill_process, test_kill_process};
use tokio::time::{sleep, timeout};

use super::{
    super::{Mongod, MongodOptions},
    Folder, data_path, guard_of, is_gone, is_zombie, marks, search_dirs,
};

/// The word for a server without a folder.
const EPHEMERAL: &str = "ephemeral";

#[tokio::test]
async fn a_killed_mongod_comes_back_under_the_same_address_with_its_data() {
    let folder = Folder::new("killed");
    let mongod = Mongod::start(folder.options()).await.unwrap();
    let marks = marks(&mongod.uri()).await;
    marks.insert_one(doc! { "_id": 1 }).await.unwrap();
    let killed = folder.mongod_pid();

    kill_process(killed, Signal::KILL).unwrap();

    // The driver waits for the primary: the same client works on without being told.
    assert!(is_gone(killed).await);
    assert_eq!(marks.count_documents(doc! {}).await.unwrap(), 1);
    marks.insert_one(doc! { "_id": 2 }).await.unwrap();
    assert_ne!(folder.mongod_pid(), killed);
    mongod.stop().await.unwrap();
}

#[tokio::test]
async fn mongod_does_not_outlive_a_killed_server_and_the_data_can_be_used_at_once() {
    let folder = Folder::new("server-killed");
    let (mut server, uri) = start_server(folder.0.to_str().unwrap());
    marks(&uri).await.insert_one(doc! { "_id": 1 }).await.unwrap();
    let pid = folder.mongod_pid();

    server.kill().unwrap();
    server.wait().unwrap();

    // Before the next start, which would stop an orphan.
    assert!(is_gone(pid).await);
    let mongod = Mongod::start(folder.options()).await.unwrap();
    assert_eq!(marks(&mongod.uri()).await.count_documents(doc! {}).await.unwrap(), 1);
    mongod.stop().await.unwrap();
}

#[tokio::test]
async fn an_orphan_is_stopped_at_the_next_start() {
    let folder = Folder::new("orphan");
    let (mut server, uri) = start_server(folder.0.to_str().unwrap());
    marks(&uri).await.insert_one(doc! { "_id": 1 }).await.unwrap();
    let orphan = folder.mongod_pid();
    kill_process(guard_of(orphan), Signal::KILL).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(
        test_kill_process(orphan).is_ok() && !is_zombie(orphan),
        "mongod ended without its guard: there is no orphan to stop"
    );

    let mongod = Mongod::start(folder.options()).await.unwrap();

    assert!(is_gone(orphan).await);
    assert_eq!(marks(&mongod.uri()).await.count_documents(doc! {}).await.unwrap(), 1);
    mongod.stop().await.unwrap();
}

#[tokio::test]
async fn an_ephemeral_database_goes_with_a_killed_server() {
    let (mut server, uri) = start_server(EPHEMERAL);
    let path = data_path(&uri).await;
    assert!(path.exists());

    server.kill().unwrap();
    server.wait().unwrap();

    let removed = async {
        while path.exists() {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(10), removed).await.unwrap();
}

/// The server that the tests above kill: this test program, running only this.
#[tokio::test]
#[ignore = "started by other tests, which write a folder or \"ephemeral\" to its input"]
async fn serve_until_killed() {
    let mut folder = String::new();
    std::io::stdin().read_line(&mut folder).unwrap();
    if folder.is_empty() {
        return;
    }
    let options = match folder.trim() {
        EPHEMERAL => MongodOptions::ephemeral(search_dirs()),
        folder => MongodOptions::durable(folder, search_dirs()),
    };
    let mongod = Mongod::start(options).await.unwrap();
    println!("\nready {}", mongod.uri());
    std::future::pending::<()>().await;
}

/// Starts it on a folder, or on [`EPHEMERAL`].
fn start_server(folder: &str) -> (std::process::Child, String) {
    let name = format!("{}::serve_until_killed", module_path!().split_once("::").unwrap().1);
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args([&name, "--exact", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(server.stdin.take().unwrap(), "{folder}").unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
    let uri = lines.filter_map(|line| line.strip_prefix("ready ").map(str::to_owned)).next();
    (server, uri.expect("the server did not start"))
}
