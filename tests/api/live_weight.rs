//! What open connections weigh, and what an acknowledgement costs: figures are printed, and what they were measured on is checked.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::SignedDuration;
use mongodb::{
    Collection,
    bson::{Document, doc},
    options::{Acknowledgment, WriteConcern},
};
use rustix::process::{Resource, getrlimit, setrlimit};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp, figures,
    process::Server,
    wire::{Door, Wire},
};

/// What is waited for comes within this time, or not at all.
const SOON: Duration = Duration::from_secs(120);
const PEOPLE: usize = 50;
/// So many connections each of them has open.
const EACH: usize = 20;
/// Of these, each side says twenty messages, which is what one may say in ten seconds.
const TALKS: usize = 10;
const ROUNDS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_pages_that_only_listen_are_served_and_let_go() {
    weigh(Door::Pages).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_programs_that_only_listen_are_served_and_let_go() {
    weigh(Door::Programs).await;
}

/// Opens a thousand connections to a process, and closes them: it answers all of them, and keeps none.
async fn weigh(door: Door) {
    allow_many_files();
    let app = TestApp::start().await;
    let tokens = sign_in_many(&app).await;
    let mut server = Server::start_beside(&app);
    drop(Wire::counted(door, server.address, &tokens[0]).await);
    wait_until_nobody_is_there(&app).await;
    let before = server.memory();
    let opened = join_all(tokens.iter().map(|token| open_some(door, &server, token))).await;
    let with_all = server.memory();
    let mut wires: Vec<Wire> = opened.into_iter().flatten().collect();
    assert_eq!(counted(&app).await, wires.len());
    assert_eq!(join_all(wires.iter_mut().map(is_answered)).await, vec![true; PEOPLE * EACH]);
    assert_eq!(reqwest::get(format!("http://{}/healthz", server.address)).await.unwrap().status(), 200);
    drop(wires);
    wait_until_nobody_is_there(&app).await;
    let each = with_all.saturating_sub(before) * 1_024 / u64::try_from(PEOPLE * EACH).unwrap();
    figures::tell(&format!(
        "{door:?}, {} build: {before} KiB before, {with_all} KiB with {} connections: {each} bytes each; {} KiB after they closed",
        build(),
        PEOPLE * EACH,
        server.memory()
    ));
    assert!(server.child.try_wait().unwrap().is_none() && server.errors().is_empty(), "{:?}", server.errors());
}

/// A process starts with few; on each end a thousand connections are as many files.
fn allow_many_files() {
    let mut files = getrlimit(Resource::Nofile);
    files.current = files.maximum;
    setrlimit(Resource::Nofile, files).unwrap();
}

async fn sign_in_many(app: &TestApp) -> Vec<String> {
    let mut people = Vec::new();
    for _ in 0..PEOPLE {
        people.push(app.register(Role::User, "Asha Rao").await.email);
        // Few register from one address in a while.
        app.clock.advance(SignedDuration::from_mins(1));
    }
    app.catch_up();
    let mut tokens = Vec::new();
    for email in people {
        tokens.push(app.sign_in(&email).await.token.unwrap());
    }
    tokens
}

async fn open_some(door: Door, server: &Server, token: &str) -> Vec<Wire> {
    let mut wires = Vec::new();
    for _ in 0..EACH {
        wires.push(Wire::counted(door, server.address, token).await);
    }
    wires
}

async fn is_answered(wire: &mut Wire) -> bool {
    let nothing = json!({ "conversationId": "65f1c0ffee00112233445566" });
    timeout(SOON, wire.ask("leave:conversation", nothing)).await.ok().flatten() == Some(json!({}))
}

/// How many connections are counted.
async fn counted(app: &TestApp) -> usize {
    let rows = app.stored("presence").await;
    rows.iter().map(|row| row.get_array("connections").unwrap().len()).sum()
}

async fn wait_until_nobody_is_there(app: &TestApp) {
    let gone = async {
        while counted(app).await > 0 {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(SOON, gone).await.expect("connections are counted that are closed");
}

const fn build() -> &'static str {
    if cfg!(debug_assertions) { "debug" } else { "release" }
}

/// Somebody with a connection, and where they say something.
struct Speaker {
    wire: Wire,
    talk: Value,
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_is_measured_beside_a_raw_write() {
    let app = TestApp::start().await;
    let talks = open_talks(&app).await;
    let server = Server::start_beside(&app);
    let mut speakers = Vec::new();
    for (people, talk) in &talks {
        for person in people {
            let token = app.sign_in(&person.email).await.token.unwrap();
            let mut wire = Wire::counted(Door::Pages, server.address, &token).await;
            wire.ask("join:conversation", json!({ "conversationId": talk["id"] })).await.unwrap();
            speakers.push(Speaker { wire, talk: talk.clone() });
        }
    }
    let raw = raw_writes(&app).await;
    let (mut acknowledged, mut written) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for (number, speaker) in speakers.iter_mut().enumerate() {
            let begun = Instant::now();
            raw.insert_one(doc! { "body": "Is it cold?", "round": i64::try_from(round).unwrap() }).await.unwrap();
            written.push(begun.elapsed());
            let begun = Instant::now();
            let stored = speaker.say(round).await;
            acknowledged.push(begun.elapsed());
            assert_eq!(stored["seq"], json!(round * 2 + number % 2 + 1), "{stored}");
            speaker.wire.take_kept();
        }
    }
    tell_medians(acknowledged, written);
    assert_eq!(app.count("messages", doc! {}).await, u64::try_from(2 * TALKS * ROUNDS).unwrap());
}

impl Speaker {
    /// Says something; what it is acknowledged with.
    async fn say(&mut self, round: usize) -> Value {
        let message =
            json!({ "conversationId": self.talk["id"], "clientId": format!("c{round}"), "body": "Is it cold?" });
        self.wire.ask("message:send", message).await.unwrap()
    }
}

async fn open_talks(app: &TestApp) -> Vec<([Client; 2], Value)> {
    let mut talks = Vec::new();
    for _ in 0..TALKS {
        let organizer = app.register(Role::Organizer, "Deodar Trails").await;
        let traveller = app.register(Role::User, "Asha Rao").await;
        let talk = traveller.chat_about(&app.live_trip(&organizer, "Kedarkantha", &[10]).await).await;
        talks.push(([traveller, organizer], talk));
    }
    app.catch_up();
    talks
}

/// Where a write is answered once a majority has it on its disk.
async fn raw_writes(app: &TestApp) -> Collection<Document> {
    let database = app.database_from_outside().await;
    database.create_collection("raw").await.unwrap();
    let durable = WriteConcern::builder().w(Acknowledgment::Majority).journal(true).build();
    let options = mongodb::options::CollectionOptions::builder().write_concern(durable).build();
    database.collection_with_options("raw", options)
}

fn tell_medians(acknowledged: Vec<Duration>, written: Vec<Duration>) {
    let samples = acknowledged.len();
    let [acknowledged, written] = [acknowledged, written].map(median);
    figures::tell(&format!(
        "medians of {samples}, {} build: acknowledgement {acknowledged:.2} ms, raw majority write {written:.2} ms: ratio {:.2}, {:.2} ms more",
        build(),
        acknowledged / written,
        acknowledged - written
    ));
}

/// In milliseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1_000.0
}
