//! How connections end by themselves, at both doors: of who leaves, of who gives no sign of life; and what becomes of who does not read.

use std::{net::SocketAddr, time::Duration};

use futures_util::future::join_all;
use serde_json::json;
use tokio::{
    sync::oneshot,
    time::{sleep, timeout},
};
use trek_tribe::{
    crm::accounts::user::Role,
    live::{
        events::{Message, ServerEvent},
        server::{presence::find_present, publish::publish},
        topic::{ThingId, Topic},
    },
    shared::id::Id,
};

use crate::support::{
    Client, TestApp,
    leads::text,
    live::Listening,
    wire::{Door, Heard, Wire},
};

/// What is waited for comes within this time, or not at all.
const SOON: Duration = Duration::from_secs(20);
/// Who gives no sign of life for a minute is gone; that is looked at with each ping.
const GONE_WITHIN: Duration = Duration::from_secs(150);

/// Waits until something holds.
async fn wait_until(what: &str, within: Duration, holds: impl AsyncFn() -> bool) {
    let held = async {
        while !holds().await {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(within, held).await.unwrap_or_else(|_| panic!("{what}: not within {within:?}"));
}

async fn is_present(app: &TestApp, person: &Client) -> bool {
    let person: ThingId = person.user_id.parse().unwrap();
    !find_present(&app.app, &[person]).await.unwrap().is_empty()
}

async fn open(door: Door, at: &Listening, person: &Client) -> Wire {
    Wire::counted(door, at.address, person.token.as_deref().unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_without_a_word_is_gone_at_either_door() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    for door in Door::BOTH {
        let wire = open(door, &at, &mira).await;
        assert!(is_present(&app, &mira).await, "{door:?}");
        drop(wire);
        wait_until("nobody is there", SOON, async || !is_present(&app, &mira).await).await;
        wait_until("no connection is kept", SOON, async || app.app.live().hub.is_empty()).await;
    }
}

/// So few programs at once are quick to speak; each of so many rounds has new ones.
const AT_ONCE: usize = 3;
const ROUNDS: usize = 150;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn programs_that_speak_as_soon_as_they_are_connected_are_all_answered() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    for round in 0..ROUNDS {
        let begun = (0..AT_ONCE).map(|_| tokio::spawn(speak_at_once(at.address, mira.token.clone().unwrap())));
        let answers = join_all(begun).await;
        let unanswered = answers.into_iter().filter(|answer| !answer.as_ref().unwrap()).count();
        assert_eq!(unanswered, 0, "of {AT_ONCE} in round {round}");
    }
}

/// Says who it is by an event, which is the first thing that it says; whether that is answered.
async fn speak_at_once(address: SocketAddr, token: String) -> bool {
    let mut wire = Wire::open(Door::Programs, address, None).await.unwrap();
    let answer = timeout(SOON, wire.ask("authenticate", json!({ "token": token }))).await;
    answer.is_ok_and(|answer| answer.is_some_and(|answer| answer["error"].is_null()))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_no_sign_of_life_is_gone_at_either_door() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (mira, ravi) = (app.register(Role::User, "Mira Sen").await, app.register(Role::User, "Ravi").await);
    // Nobody reads here, so no ping is answered; the line stays open.
    let half_open = [open(Door::Pages, &at, &mira).await, open(Door::Programs, &at, &mira).await];
    let (tell, told): (Vec<_>, Vec<_>) = Door::BOTH.map(|_| oneshot::channel::<()>()).into_iter().unzip();
    let mut alive = Vec::new();
    for (door, until) in Door::BOTH.into_iter().zip(told) {
        alive.push(tokio::spawn(stay(open(door, &at, &ravi).await, until)));
    }
    wait_until("they are gone", GONE_WITHIN, async || !is_present(&app, &mira).await).await;
    wait_until("no connection of theirs is kept", SOON, async || app.app.live().hub.len() == alive.len()).await;
    drop((tell, half_open));
    for line in alive {
        let mut wire = line.await.unwrap();
        let nothing = json!({ "conversationId": mira.user_id });
        assert_eq!(wire.ask("leave:conversation", nothing).await, Some(json!({})), "who answers pings stays");
    }
}

/// Reads, and so answers pings, until it is told that that is enough.
async fn stay(mut wire: Wire, mut until: oneshot::Receiver<()>) -> Wire {
    loop {
        tokio::select! {
            heard = wire.next() => assert!(heard.is_some(), "who answers pings stays"),
            _ = &mut until => return wire,
        }
    }
}

/// More than the network keeps on the way and the server may keep for a connection.
const PARCELS: u32 = 150;
const PARCEL: usize = 100 * 1024;

async fn say(app: &TestApp, conversation_id: ThingId, seq: u32, length: usize) {
    let message = Message {
        conversation_id,
        id: Id::from_bytes([7; 12]),
        seq,
        client_id: format!("c{seq}"),
        sender_id: conversation_id,
        body: "x".repeat(length),
        attachments: Vec::new(),
        sent_at: app.app.clock.now(),
    };
    let (app, event, topic) = (&app.app, &ServerEvent::MessageNew(message), Topic::Conversation(conversation_id));
    let told = app.db.transaction(|mut tx| async move {
        publish(&mut tx, app, &[topic], event)?;
        tx.commit().await
    });
    told.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_stops_reading_is_told_to_start_anew() {
    stop_reading(Door::Pages).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_stops_reading_is_told_to_start_anew() {
    stop_reading(Door::Programs).await;
}

/// One connection does not read while much is told, another one does: the one gets all, the other some and then that it missed the rest.
async fn stop_reading(door: Door) {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (asha, organizer) =
        (app.register(Role::User, "Asha Rao").await, app.register(Role::Organizer, "Deodar Trails").await);
    let talk = asha.chat_about(&app.live_trip(&organizer, "Kedarkantha", &[10]).await).await;
    let id: ThingId = text(&talk, "id").parse().unwrap();
    let place = json!({ "conversationId": id });
    let (mut slow, mut quick) = (open(door, &at, &asha).await, open(door, &at, &organizer).await);
    for wire in [&mut slow, &mut quick] {
        wire.ask("join:conversation", place.clone()).await.unwrap();
    }
    for seq in 1..=PARCELS {
        say(&app, id, seq, PARCEL).await;
        let heard = timeout(SOON, quick.hear("message:new")).await.unwrap().unwrap();
        assert_eq!(heard["seq"], seq);
    }
    let had = timeout(SOON, read_until_resync(&mut slow)).await.expect("it is not told that it missed something");
    assert!(had.len() < PARCELS as usize && had.iter().copied().eq(1..=had.len() as u64), "{had:?}");
    slow.ask("join:conversation", place).await.unwrap();
    say(&app, id, PARCELS + 1, 1).await;
    let heard = timeout(SOON, slow.hear("message:new")).await.unwrap().unwrap();
    assert_eq!(heard["seq"], PARCELS + 1, "it hears what comes after it has joined again");
}

/// The places of the messages that come before it is said that others are missing.
async fn read_until_resync(wire: &mut Wire) -> Vec<u64> {
    let mut places = Vec::new();
    loop {
        match wire.next().await.expect("the connection ended") {
            Heard::Event(name, message) if name == "message:new" => places.push(message["seq"].as_u64().unwrap()),
            Heard::Event(name, error) if name == "error" && error["error"] == "resync" => return places,
            _ => {}
        }
    }
}
