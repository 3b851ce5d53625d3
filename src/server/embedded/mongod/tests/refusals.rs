//! Starts that are refused, each with words that say what to do.

use std::{fs, net::Ipv4Addr, os::unix::fs::PermissionsExt as _, path::Path, process::Stdio, time::Duration};

use mongodb::bson::doc;
use tokio::{net::TcpStream, time::sleep};

use super::{
    super::{Mongod, MongodError, MongodOptions, data_dir, log, port},
    Folder, marks, search_dirs,
};

#[tokio::test]
async fn a_second_database_on_the_same_folder_is_refused_with_the_holder() {
    let folder = Folder::new("twice");
    let first = Mongod::start(folder.options()).await.unwrap();

    let refusal = Mongod::start(folder.options()).await.unwrap_err();

    let expected = format!("process {}", std::process::id());
    assert!(matches!(&refusal, MongodError::DataInUse { holder, .. } if *holder == expected), "{refusal}");
    let still_works = marks(&first.uri()).await.insert_one(doc! {}).await;
    assert!(still_works.is_ok());
    first.stop().await.unwrap();
}

#[tokio::test]
async fn a_foreign_mongod_on_the_folder_is_left_alone_and_named() {
    let folder = Folder::new("foreign");
    // Once for the folder and the path of the program.
    Mongod::start(folder.options()).await.unwrap().stop().await.unwrap();
    let program = search_dirs().into_iter().map(|dir| dir.join("mongod")).find(|path| path.is_file()).unwrap();
    let port = port::choose_port().unwrap();
    let mut foreign = tokio::process::Command::new(program)
        .args(["--bind_ip", "127.0.0.1", "--nounixsocket", "--port", &port.to_string(), "--dbpath"])
        .arg(&folder.0)
        .env_clear()
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
        sleep(Duration::from_millis(20)).await;
    }

    let refusal = Mongod::start(folder.options()).await.unwrap_err();

    let expected = format!("process {}", foreign.id().unwrap());
    assert!(matches!(&refusal, MongodError::DataInUse { holder, .. } if *holder == expected), "{refusal}");
    assert!(foreign.try_wait().unwrap().is_none(), "the foreign mongod was stopped");
    foreign.kill().await.unwrap();
}

#[tokio::test]
async fn a_missing_program_is_told_with_what_to_do() {
    let folder = Folder::new("missing");
    let options = MongodOptions::durable(folder.0.join("db"), vec![folder.0.clone()]);

    let refusal = Mongod::start(options).await.unwrap_err();

    let told = refusal.to_string();
    assert!(told.contains(&folder.0.display().to_string()) && told.contains("Run `make` once"), "{told}");
    assert!(told.contains("MONGODB_URI"), "{told}");
    assert!(!folder.0.join("db").exists(), "a refused start made the data folder");
}

#[tokio::test]
async fn a_program_that_is_too_old_or_no_mongod_is_refused() {
    let folder = Folder::new("unfit");
    for (version, expected) in [("db version v4.4.29", "6.0 or newer"), ("hello", "names no version")] {
        let program = folder.0.join("mongod");
        write_script(&program, &format!("echo '{version}'"));
        let options = MongodOptions { binary: Some(program), ..folder.options() };

        let told = Mongod::start(options).await.unwrap_err().to_string();

        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn a_death_at_the_start_is_told_with_its_last_words() {
    let folder = Folder::new("dies");
    let program = folder.0.join("mongod-that-dies");
    write_script(&program, "[ \"$1\" = --version ] && echo 'db version v6.0.5' && exit 0\necho 'no disk' >&2\nexit 14");
    let options = MongodOptions { binary: Some(program), ..folder.options() };

    let told = Mongod::start(options).await.unwrap_err().to_string();

    assert!(told.contains("no disk") && told.contains("14"), "{told}");
}

fn write_script(path: &Path, body: &str) {
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
    assert_eq!(log::summarize(log), r#"  Error setting up listener {"error":"Address already in use"}"#);
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
