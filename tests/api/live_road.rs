//! The road of events from one process to all others: in order, none lost, none twice, whatever breaks on the way.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::json;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use trek_tribe::{
    crm::accounts::user::Role,
    live::{
        events::{Answer, ChangedKind, ClientEvent, Message, ServerEvent},
        frame::{Heard, ServerFrame},
        server::{
            self,
            connection::Outgoing,
            line::Line,
            publish::{publish, publish_fleeting},
        },
        topic::{ThingId, Topic},
    },
    server::state::App,
    shared::{error::AppError, id::Id},
};

use crate::support::{TestApp, fresh_uri, live::Tab, party::Anybody};

const SOON: Duration = Duration::from_secs(20);
const TALK: ThingId = Id::from_bytes([7; 12]);

/// An application that follows what is published.
struct Process {
    app: TestApp,
    stop: CancellationToken,
}

impl Process {
    async fn start(uri: &str) -> Self {
        Self::start_at(uri, 3000).await
    }

    /// One that listens at that port: it goes on where the one before it at that address stopped.
    async fn start_at(uri: &str, port: u16) -> Self {
        let app = TestApp::start_on(uri.to_owned(), |config| config.addr.set_port(port)).await;
        let stop = CancellationToken::new();
        tokio::spawn(server::run(app.app.clone(), stop.clone()));
        timeout(SOON, app.app.live().wait_until_following()).await.expect("it does not follow");
        Self { app, stop }
    }

    async fn line(&self, said: Vec<Message>) -> Arc<Line> {
        let party = Anybody { person: self.app.app.ids.next(), said };
        Arc::new(Line::open(&self.app.app, Box::new(party)).await.unwrap())
    }
}

fn message(seq: u32) -> Message {
    Message {
        conversation_id: TALK,
        id: TALK,
        seq,
        client_id: format!("c{seq}"),
        sender_id: TALK,
        body: "Is snow expected?".into(),
        attachments: Vec::new(),
        sent_at: trek_tribe::shared::time::Time::from_millis(0),
    }
}

async fn tell(app: &App, event: &ServerEvent, topic: Topic) {
    app.db
        .transaction(|mut tx| async move {
            publish(&mut tx, app, &[topic], event)?;
            tx.commit().await
        })
        .await
        .unwrap();
}

async fn say(app: &App, seq: u32) {
    tell(app, &ServerEvent::MessageNew(message(seq)), Topic::Conversation(TALK)).await;
}

async fn join(line: &Line, after_seq: Option<u32>) {
    line.take(Some(1), Ok(ClientEvent::JoinConversation { conversation_id: TALK, after_seq })).await;
}

/// The next thing that a connection is sent.
async fn next(line: &Line) -> Heard {
    match timeout(SOON, line.next()).await.expect("nothing was told").unwrap() {
        Outgoing::Event(parcel) => ServerFrame::new(parcel.frame.clone()).read().unwrap(),
        Outgoing::Answer(number, answer) => Heard::Answer(number, answer),
    }
}

/// The places of all messages up to one, as a connection hears them.
async fn places_until(line: &Line, last: u32) -> Vec<u32> {
    let mut places = Vec::new();
    while places.last() != Some(&last) {
        match next(line).await {
            Heard::Event(ServerEvent::MessageNew(message)) => places.push(message.seq),
            Heard::Answer(_, Answer::Joined(joined)) => places.extend(joined.messages.iter().map(|said| said.seq)),
            other => panic!("{other:?}"),
        }
    }
    places
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_hear_of_each_other_in_order() {
    let uri = fresh_uri().await;
    let (one, other) = (Process::start(&uri).await, Process::start_at(&uri, 3001).await);
    let lines = [one.line(Vec::new()).await, other.line(Vec::new()).await];
    for line in &lines {
        join(line, None).await;
    }
    for seq in 1..=100 {
        say(if seq % 3 == 0 { &other.app.app } else { &one.app.app }, seq).await;
    }
    for line in &lines {
        assert_eq!(places_until(line, 100).await, (1..=100).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hear_of_what_is_done_at_another_process() {
    let uri = fresh_uri().await;
    let (one, other) = (TestApp::start_on(uri.clone(), |_| {}).await, TestApp::start_on(uri, |_| {}).await);
    let at = other.listen().await;
    let mira = one.register(Role::User, "Mira Sen").await;
    let mut tab = Tab::open(&at, &mira).await;
    let ticket = mira.open_ticket().await;
    assert_eq!(tab.hear("changed").await, json!({ "kind": "ticket", "id": ticket["id"] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_comes_first_and_nothing_comes_twice() {
    let process = Process::start(&fresh_uri().await).await;
    let app = &process.app.app;
    let line = process.line((1..=5).map(message).collect()).await;
    join(&line, Some(2)).await;
    // The business gave these already: they come late over the road.
    for seq in 4..=8 {
        say(app, seq).await;
    }
    assert_eq!(places_until(&line, 8).await, (3..=8).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_hears_no_more() {
    let process = Process::start(&fresh_uri().await).await;
    let (stays, leaves) = (process.line(Vec::new()).await, process.line(Vec::new()).await);
    for line in [&stays, &leaves] {
        join(line, None).await;
    }
    leaves.take(Some(2), Ok(ClientEvent::LeaveConversation { conversation_id: TALK })).await;
    say(&process.app.app, 1).await;
    assert_eq!(places_until(&stays, 1).await, [1]);
    let news = ServerEvent::Changed { kind: ChangedKind::Lead, id: None };
    tell(&process.app.app, &news, Topic::AllLeads).await;
    let heard = [next(&leaves).await, next(&leaves).await, next(&leaves).await];
    assert!(matches!(&heard, [Heard::Answer(1, _), Heard::Answer(2, _), Heard::Event(event)] if *event == news));
}

#[tokio::test]
async fn what_is_rolled_back_is_not_told() {
    let process = Process::start(&fresh_uri().await).await;
    let app = &process.app.app;
    let line = process.line(Vec::new()).await;
    let [never, later] =
        [Some(Id::from_bytes([1; 12])), None].map(|id| ServerEvent::Changed { kind: ChangedKind::Lead, id });
    let outcome: Result<(), AppError> = app
        .db
        .transaction(|mut tx| {
            let never = &never;
            async move {
                publish(&mut tx, app, &[Topic::AllLeads], never)?;
                Err(AppError::NotFound)
            }
        })
        .await;
    assert!(outcome.is_err());
    tell(app, &later, Topic::AllLeads).await;
    assert_eq!(next(&line).await, Heard::Event(later));
}

#[tokio::test]
async fn what_is_tried_again_is_told_once_and_in_order() {
    let process = Process::start(&fresh_uri().await).await;
    let app = &process.app.app;
    let line = process.line(Vec::new()).await;
    let [first, second, third, later] =
        [1, 2, 3, 4].map(|id| ServerEvent::Changed { kind: ChangedKind::Lead, id: Some(Id::from_bytes([id; 12])) });
    let (tries, told) = (&AtomicU32::new(0), &[first, second, third]);
    app.db
        .transaction(|mut tx| async move {
            for event in told {
                publish(&mut tx, app, &[Topic::AllLeads], event)?;
            }
            if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(AppError::Busy) } else { tx.commit().await }
        })
        .await
        .unwrap();
    tell(app, &later, Topic::AllLeads).await;
    for event in told.iter().chain([&later]) {
        assert_eq!(next(&line).await, Heard::Event(event.clone()));
    }
}

/// The cursors of the change streams of a database, by their client.
async fn open_streams(process: &Process) -> Vec<i64> {
    let database = process.app.database_from_outside().await;
    let admin = database.client().database("admin");
    let all = doc! { "$currentOp": { "allUsers": true, "idleCursors": true } };
    let ours =
        doc! { "$match": { "ns": format!("{}.events", database.name()), "cursor.cursorId": { "$exists": true } } };
    let found: Vec<Document> = admin.aggregate([all, ours]).await.unwrap().try_collect().await.unwrap();
    found.iter().map(|op| op.get_document("cursor").unwrap().get_i64("cursorId").unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_breaks_goes_on_where_it_stopped() {
    let process = Process::start(&fresh_uri().await).await;
    let app = &process.app.app;
    let line = process.line(Vec::new()).await;
    join(&line, None).await;
    let database = process.app.database_from_outside().await;
    let mut broken = 0;
    for seq in 1..=60 {
        say(app, seq).await;
        if seq % 10 == 0 {
            let streams = open_streams(&process).await;
            broken += streams.len();
            database.run_command(doc! { "killCursors": "events", "cursors": streams }).await.unwrap();
        }
    }
    assert!(broken > 0, "no stream was there to be broken");
    assert_eq!(places_until(&line, 60).await, (1..=60).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_goes_on_where_the_one_before_it_stopped() {
    let uri = fresh_uri().await;
    let first = Process::start(&uri).await;
    say(&first.app.app, 1).await;
    let line = first.line(Vec::new()).await;
    join(&line, None).await;
    say(&first.app.app, 2).await;
    places_until(&line, 2).await;
    first.stop.cancel();
    let feeds = first.app.database_from_outside().await.collection::<Document>("feeds");
    // Its last act is to keep its place.
    timeout(SOON, async {
        while feeds.find_one(doc! {}).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    say(&first.app.app, 3).await;
    let app = TestApp::start_on(uri, |_| {}).await;
    let line = Line::open(&app.app, Box::new(Anybody { person: TALK, said: Vec::new() })).await.unwrap();
    join(&line, None).await;
    tokio::spawn(server::run(app.app.clone(), CancellationToken::new()));
    assert_eq!(places_until(&line, 3).await, [3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_place_is_lost_everybody_starts_anew() {
    let uri = fresh_uri().await;
    let app = TestApp::start_on(uri, |_| {}).await;
    let line = Line::open(&app.app, Box::new(Anybody { person: TALK, said: Vec::new() })).await.unwrap();
    join(&line, None).await;
    let place = doc! { "_data": "no place of any stream" };
    let row =
        doc! { "_id": app.app.config.addr.to_string(), "place": place, "expiresAt": mongodb::bson::DateTime::MAX };
    app.database_from_outside().await.collection("feeds").insert_one(row).await.unwrap();
    tokio::spawn(server::run(app.app.clone(), CancellationToken::new()));
    timeout(SOON, app.app.live().wait_until_following()).await.expect("it does not follow");
    let told = next(&line).await;
    assert!(matches!(&told, Heard::Event(ServerEvent::Error { error, .. }) if error == "resync"), "{told:?}");
    // It is joined no more; it joins again, and goes on.
    assert_eq!(next(&line).await, Heard::Answer(1, Answer::resync()));
    join(&line, None).await;
    say(&app.app, 9).await;
    assert_eq!(places_until(&line, 9).await, [9]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_stops_reading_keeps_nothing_and_nobody() {
    let process = Process::start(&fresh_uri().await).await;
    let app = &process.app.app;
    let (slow, quick) = (process.line(Vec::new()).await, process.line(Vec::new()).await);
    for line in [&slow, &quick] {
        join(line, None).await;
    }
    let reads = quick.clone();
    let reading = tokio::spawn(async move { places_until(&reads, 80).await });
    for seq in 1..=80 {
        let long = Message { body: "अ".repeat(4_000), ..message(seq) };
        tell(app, &ServerEvent::MessageNew(long), Topic::Conversation(TALK)).await;
    }
    assert_eq!(reading.await.unwrap(), (1..=80).collect::<Vec<_>>());
    let told = next(&slow).await;
    assert!(matches!(&told, Heard::Event(ServerEvent::Error { error, .. }) if error == "resync"), "{told:?}");
    assert_eq!(next(&slow).await, Heard::Answer(1, Answer::resync()));
    join(&slow, None).await;
    say(app, 81).await;
    assert_eq!(places_until(&slow, 81).await, [81], "it hears what comes after it has joined again");
}

#[tokio::test]
async fn what_is_over_is_not_told_any_more() {
    let uri = fresh_uri().await;
    let process = Process::start(&uri).await;
    let app = &process.app.app;
    let line = process.line(Vec::new()).await;
    let earlier = TestApp::start_on(uri, |_| {}).await;
    let [over, now] =
        [true, false].map(|is_typing| ServerEvent::Typing { conversation_id: TALK, user_id: TALK, is_typing });
    earlier.clock.advance(SignedDuration::from_secs(-11));
    publish_fleeting(&earlier.app, &[Topic::AllLeads], &over).await.unwrap();
    publish_fleeting(app, &[Topic::AllLeads], &now).await.unwrap();
    assert_eq!(next(&line).await, Heard::Event(now));
}

#[tokio::test]
async fn events_are_kept_for_a_day() {
    let process = Process::start(&fresh_uri().await).await;
    say(&process.app.app, 1).await;
    let database = process.app.database_from_outside().await;
    let row = database.collection::<Document>("events").find_one(doc! {}).await.unwrap().unwrap();
    let kept =
        row.get_datetime("expiresAt").unwrap().timestamp_millis() - row.get_datetime("at").unwrap().timestamp_millis();
    assert_eq!(kept, 86_400_000);
    let indexes = database.collection::<Document>("events").list_indexes().await.unwrap();
    let ends: BTreeMap<String, bool> = indexes
        .try_fold(BTreeMap::new(), |mut all, index| async move {
            let ends = index.options.as_ref().is_some_and(|options| options.expire_after.is_some());
            all.insert(index.keys.to_string(), ends);
            Ok(all)
        })
        .await
        .unwrap();
    assert!(ends.iter().any(|(keys, ends)| keys.contains("expiresAt") && *ends), "{ends:?}");
}
