//! The life of a database that nobody kills.

use std::{
    net::{Ipv4Addr, TcpListener},
    time::Duration,
};

use mongodb::{
    Client,
    bson::{Document, doc},
};
use rustix::process::getpgid;
use tokio::{runtime::Builder, time::sleep};

use super::{
    super::{Mongod, MongodOptions},
    Folder, data_path, guard_of, is_gone, marks, search_dirs,
};

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
async fn a_taken_port_is_left_for_another_and_the_replica_set_follows() {
    let folder = Folder::new("port");
    let first = Mongod::start(folder.options()).await.unwrap();
    marks(&first.uri()).await.insert_one(doc! { "_id": 1 }).await.unwrap();
    first.stop().await.unwrap();
    let kept = folder.port();
    // A server that does not speak MongoDB hangs up; the thread ends with this program.
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, kept)).unwrap();
    std::thread::spawn(move || taken.incoming().for_each(drop));

    let second = Mongod::start(folder.options()).await.unwrap();

    assert_ne!(folder.port(), kept);
    assert_eq!(marks(&second.uri()).await.count_documents(doc! {}).await.unwrap(), 1);
    marks(&second.uri()).await.insert_one(doc! { "_id": 2 }).await.unwrap();
    second.stop().await.unwrap();
}

#[tokio::test]
async fn an_ephemeral_database_leaves_nothing_behind() {
    let mongod = Mongod::start(MongodOptions::ephemeral(search_dirs())).await.unwrap();
    let path = data_path(&mongod.uri()).await;
    assert!(path.exists());

    mongod.stop().await.unwrap();

    assert!(!path.exists());
}

#[test]
fn one_database_serves_tests_with_a_runtime_each() {
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let mongod = first.block_on(Mongod::start(MongodOptions::ephemeral(search_dirs()))).unwrap();
    drop(first);

    let count = runtime().block_on(async {
        let client = Client::with_uri_str(mongod.database_uri("trial_1")).await.unwrap();
        let marks = client.default_database().unwrap().collection::<Document>("marks");
        marks.insert_one(doc! { "_id": 1 }).await.unwrap();
        marks.count_documents(doc! {}).await.unwrap()
    });

    assert_eq!(count, 1);
    runtime().block_on(mongod.stop()).unwrap();
}

#[tokio::test]
async fn a_dropped_database_ends() {
    let folder = Folder::new("dropped");
    let mongod = Mongod::start(folder.options()).await.unwrap();
    let pid = folder.mongod_pid();

    drop(mongod);

    assert!(is_gone(pid).await);
    // The folder is given back last.
    folder.is_given_back().await;
}

#[tokio::test]
async fn a_ctrl_c_in_the_terminal_does_not_reach_mongod() {
    let folder = Folder::new("group");
    let mongod = Mongod::start(folder.options()).await.unwrap();
    let pid = folder.mongod_pid();

    // The terminal signals the group of this process; the children are in others.
    let ours = getpgid(None).unwrap();
    assert_ne!(getpgid(Some(pid)).unwrap(), ours);
    assert_ne!(getpgid(Some(guard_of(pid))).unwrap(), ours);
    mongod.stop().await.unwrap();
}

#[tokio::test]
async fn a_start_that_is_given_up_leaves_nothing_behind() {
    let folder = Folder::new("given-up");

    let has_begun = async {
        while !folder.0.join("mongod.log").exists() {
            sleep(Duration::from_millis(1)).await;
        }
    };

    tokio::select! {
        _ = Mongod::start(folder.options()) => panic!("it was ready before it began"),
        () = has_begun => {}
    }

    folder.is_given_back().await;
    let next = Mongod::start(folder.options()).await.unwrap();
    next.stop().await.unwrap();
}
