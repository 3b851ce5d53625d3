//! The embedded database, tried with a real `mongod`: without one these tests fail and say what to do.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use mongodb::{
    Client, Collection,
    bson::{Document, doc},
};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tokio::time::{sleep, timeout};

use super::{Mongod, MongodError, MongodOptions, Storage, data_dir, log, mongod_search_dirs};

/// A folder of its own for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("trek-tribe-test-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn options(&self) -> MongodOptions {
        MongodOptions::durable(&self.0, search_dirs())
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

#[expect(
    clippy::disallowed_methods,
    reason = "the configuration that reads PATH is not part of this test"
)]
fn search_dirs() -> Vec<PathBuf> {
    mongod_search_dirs(
        std::env::var_os("PATH").as_deref(),
        Path::new(env!("CARGO_MANIFEST_DIR")),
        cache_dir().as_deref(),
    )
}

fn cache_dir() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join(".cache"))
}

async fn marks(uri: &str) -> Collection<Document> {
    Client::with_uri_str(uri)
        .await
        .unwrap()
        .database("trial")
        .collection("marks")
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

#[tokio::test]
async fn data_is_still_there_after_a_stop_and_a_start() {
    let folder = Folder::new("kept");
    let first = Mongod::start(folder.options()).await.unwrap();
    let uri = first.uri();
    marks(&uri).await.insert_one(doc! { "_id": 1 }).await.unwrap();
    let pid = folder.mongod_pid();
    first.stop().await.unwrap();
    assert!(is_gone(pid).await, "stop returned before mongod had ended");

    let second = Mongod::start(folder.options()).await.unwrap();

    assert_eq!(second.uri(), uri, "the port is kept");
    assert_eq!(marks(&uri).await.count_documents(doc! {}).await.unwrap(), 1);
    second.stop().await.unwrap();
}

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
async fn a_transaction_and_a_change_stream_work() {
    let mongod = Mongod::start(MongodOptions::ephemeral(search_dirs())).await.unwrap();
    let client = Client::with_uri_str(mongod.uri()).await.unwrap();
    let marks = client.database("trial").collection::<Document>("marks");
    let mut changes = marks.watch().await.unwrap();

    let mut session = client.start_session().await.unwrap();
    session.start_transaction().await.unwrap();
    marks.insert_one(doc! { "_id": 7 }).session(&mut session).await.unwrap();
    session.commit_transaction().await.unwrap();

    let change = loop {
        if let Some(change) = changes.next_if_any().await.unwrap() {
            break change;
        }
    };
    assert_eq!(change.document_key, Some(doc! { "_id": 7 }));
    mongod.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_database_on_the_same_folder_is_refused_with_the_holder() {
    let folder = Folder::new("twice");
    let first = Mongod::start(folder.options()).await.unwrap();

    let refusal = Mongod::start(folder.options()).await.unwrap_err();

    let expected = format!("process {}", std::process::id());
    assert!(
        matches!(&refusal, MongodError::DataInUse { holder, .. } if *holder == expected),
        "{refusal}"
    );
    marks(&first.uri()).await.insert_one(doc! {}).await.unwrap();
    first.stop().await.unwrap();
}

#[tokio::test]
async fn a_foreign_mongod_on_the_folder_is_left_alone_and_named() {
    let folder = Folder::new("foreign");
    // Once for the folder and the path of the program.
    Mongod::start(folder.options()).await.unwrap().stop().await.unwrap();
    let program = search_dirs()
        .into_iter()
        .map(|dir| dir.join("mongod"))
        .find(|path| path.is_file())
        .unwrap();
    let port = super::port::choose_port().unwrap();
    let mut foreign = tokio::process::Command::new(program)
        .args([
            "--bind_ip",
            "127.0.0.1",
            "--nounixsocket",
            "--port",
            &port.to_string(),
            "--dbpath",
        ])
        .arg(&folder.0)
        .env_clear()
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    while tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .is_err()
    {
        sleep(Duration::from_millis(20)).await;
    }

    let refusal = Mongod::start(folder.options()).await.unwrap_err();

    let expected = format!("process {}", foreign.id().unwrap());
    assert!(
        matches!(&refusal, MongodError::DataInUse { holder, .. } if *holder == expected),
        "{refusal}"
    );
    assert!(foreign.try_wait().unwrap().is_none(), "the foreign mongod was stopped");
    foreign.kill().await.unwrap();
}

#[tokio::test]
async fn a_taken_port_is_left_for_another_and_the_replica_set_follows() {
    let folder = Folder::new("port");
    let first = Mongod::start(folder.options()).await.unwrap();
    marks(&first.uri()).await.insert_one(doc! { "_id": 1 }).await.unwrap();
    first.stop().await.unwrap();
    let kept = folder.port();
    let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, kept)).unwrap();

    let second = Mongod::start(folder.options()).await.unwrap();

    assert_ne!(folder.port(), kept);
    assert_eq!(marks(&second.uri()).await.count_documents(doc! {}).await.unwrap(), 1);
    marks(&second.uri()).await.insert_one(doc! { "_id": 2 }).await.unwrap();
    second.stop().await.unwrap();
}

#[tokio::test]
async fn a_missing_program_is_told_with_what_to_do() {
    let folder = Folder::new("missing");
    let options = MongodOptions::durable(folder.0.join("db"), vec![folder.0.clone()]);

    let refusal = Mongod::start(options).await.unwrap_err();

    let told = refusal.to_string();
    assert!(
        told.contains(&folder.0.display().to_string()) && told.contains("Run `make` once"),
        "{told}"
    );
    assert!(told.contains("MONGODB_URI"), "{told}");
    assert!(!folder.0.join("db").exists(), "a refused start made the data folder");
}

#[tokio::test]
async fn a_program_that_is_too_old_or_no_mongod_is_refused() {
    let folder = Folder::new("unfit");
    for (version, expected) in [("db version v4.4.29", "6.0 or newer"), ("hello", "names no version")] {
        let program = folder.0.join("mongod");
        write_script(&program, &format!("echo '{version}'"));
        let options = MongodOptions {
            binary: Some(program),
            ..folder.options()
        };

        let told = Mongod::start(options).await.unwrap_err().to_string();

        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn a_death_at_the_start_is_told_with_its_last_words() {
    let folder = Folder::new("dies");
    let program = folder.0.join("mongod-that-dies");
    write_script(
        &program,
        "[ \"$1\" = --version ] && echo 'db version v6.0.5' && exit 0\necho 'no disk' >&2\nexit 14",
    );
    let options = MongodOptions {
        binary: Some(program),
        ..folder.options()
    };

    let told = Mongod::start(options).await.unwrap_err().to_string();

    assert!(told.contains("no disk") && told.contains("14"), "{told}");
}

#[tokio::test]
async fn an_ephemeral_database_leaves_nothing_behind() {
    let mongod = Mongod::start(MongodOptions::ephemeral(search_dirs())).await.unwrap();
    let admin = Client::with_uri_str(mongod.uri()).await.unwrap().database("admin");
    let arguments = admin.run_command(doc! { "getCmdLineOpts": 1 }).await.unwrap();
    let storage = arguments
        .get_document("parsed")
        .unwrap()
        .get_document("storage")
        .unwrap();
    let path = PathBuf::from(storage.get_str("dbPath").unwrap());
    assert!(path.exists());

    mongod.stop().await.unwrap();

    assert!(!path.exists());
}

#[tokio::test]
async fn a_dropped_database_ends() {
    let folder = Folder::new("dropped");
    let mongod = Mongod::start(folder.options()).await.unwrap();
    let pid = folder.mongod_pid();

    drop(mongod);

    assert!(is_gone(pid).await);
    // The folder is given back last.
    let again = async { while data_dir::DataDir::open(&Storage::Durable(folder.0.clone())).is_err() {} };
    timeout(Duration::from_secs(10), again).await.unwrap();
}

#[tokio::test]
async fn mongod_does_not_outlive_a_killed_server_and_the_data_can_be_used_at_once() {
    let folder = Folder::new("server-killed");
    let (mut server, uri) = start_server(&folder);
    marks(&uri).await.insert_one(doc! { "_id": 1 }).await.unwrap();
    let pid = folder.mongod_pid();

    server.kill().unwrap();
    server.wait().unwrap();

    let mongod = Mongod::start(folder.options()).await.unwrap();
    assert!(is_gone(pid).await);
    assert_eq!(marks(&mongod.uri()).await.count_documents(doc! {}).await.unwrap(), 1);
    mongod.stop().await.unwrap();
}

#[tokio::test]
async fn an_orphan_is_stopped_at_the_next_start() {
    let folder = Folder::new("orphan");
    let (mut server, uri) = start_server(&folder);
    marks(&uri).await.insert_one(doc! { "_id": 1 }).await.unwrap();
    let orphan = folder.mongod_pid();
    kill_process(guard_of(orphan), Signal::KILL).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(
        test_kill_process(orphan).is_ok() && !is_zombie(orphan),
        "the guard alone keeps mongod from staying"
    );

    let mongod = Mongod::start(folder.options()).await.unwrap();

    assert!(is_gone(orphan).await);
    assert_eq!(marks(&mongod.uri()).await.count_documents(doc! {}).await.unwrap(), 1);
    mongod.stop().await.unwrap();
}

/// The server that the two tests above kill: this test program, running only this.
#[tokio::test]
#[ignore = "started by other tests, which write a folder to its input"]
async fn serve_until_killed() {
    let mut folder = String::new();
    std::io::stdin().read_line(&mut folder).unwrap();
    if folder.is_empty() {
        return;
    }
    let mongod = Mongod::start(MongodOptions::durable(folder.trim(), search_dirs()))
        .await
        .unwrap();
    println!("\nready {}", mongod.uri());
    std::future::pending::<()>().await;
}

fn start_server(folder: &Folder) -> (std::process::Child, String) {
    let name = format!("{}::serve_until_killed", module_path!().split_once("::").unwrap().1);
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args([&name, "--exact", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(server.stdin.take().unwrap(), "{}", folder.0.display()).unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let uri = lines
        .filter_map(|line| line.strip_prefix("ready ").map(str::to_owned))
        .next();
    (server, uri.expect("the server did not start"))
}

fn guard_of(mongod: Pid) -> Pid {
    let wanted = format!("trek-tribe-mongod-guard\0{}\0", mongod.as_raw_nonzero());
    let is_guard = |pid: &i32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(&wanted)
    };
    let processes = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok());
    Pid::from_raw(processes.into_iter().find(is_guard).unwrap()).unwrap()
}

fn write_script(path: &Path, body: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    // Renamed into place: a file that is still open for writing anywhere cannot be run.
    let draft = path.with_extension("draft");
    fs::write(&draft, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).unwrap();
    fs::rename(&draft, path).unwrap();
}

#[test]
fn the_summary_of_a_log_prefers_errors() {
    let log = concat!(
        r#"{"s":"I","msg":"MongoDB starting"}"#,
        "\n",
        r#"{"s":"E","msg":"Error setting up listener","attr":{"error":"Address already in use"}}"#,
        "\n",
        r#"{"s":"I","msg":"Now exiting"}"#,
    );
    assert_eq!(
        log::summarize(log),
        r#"  Error setting up listener {"error":"Address already in use"}"#
    );
    assert_eq!(log::summarize(r#"{"s":"I","msg":"Now exiting"}"#), "  Now exiting");
    assert_eq!(log::summarize("cannot open libssl.so.3"), "  cannot open libssl.so.3");
}

#[test]
fn memory_is_used_for_ephemeral_data_only_where_there_is_enough() {
    for (mounts, expected) in [
        ("tmpfs /dev/shm tmpfs rw,nosuid 0 0", true),
        ("tmpfs /dev/shm tmpfs rw,size=24684092k 0 0", true),
        ("shm /dev/shm tmpfs rw,size=65536k 0 0", false),
        ("tmpfs /dev/shm tmpfs ro,size=24684092k 0 0", false),
        ("/dev/sda /dev/shm ext4 rw 0 0", false),
        ("tmpfs /run tmpfs rw 0 0", false),
    ] {
        assert_eq!(data_dir::is_roomy_memory(mounts, "/dev/shm"), expected, "{mounts}");
    }
}
