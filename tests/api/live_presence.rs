//! Who is there: as long as one of their connections is open in any process that lives.

use std::time::Duration;

use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use tokio::time::timeout;
use trek_tribe::{
    crm::accounts::user::Role,
    live::{
        server::{
            line::Line,
            presence::{find_present, look_after, say_alive},
        },
        topic::ThingId,
    },
};

use crate::support::{TestApp, fresh_uri, live::Tab, party::Anybody};

/// Who comes or goes does so within this time, or not at all.
const SOON: Duration = Duration::from_secs(20);

/// Waits until so many of these people are there.
async fn wait_for_present(app: &TestApp, people: &[ThingId], count: usize) {
    let present = async {
        while find_present(&app.app, people).await.unwrap().len() != count {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, present).await.expect("they neither come nor go");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_there_until_their_last_connection_closes_in_any_process() {
    let uri = fresh_uri().await;
    let (one, other) = (TestApp::start_on(uri.clone(), |_| {}).await, TestApp::start_on(uri, |_| {}).await);
    let (here, there) = (one.listen().await, other.listen().await);
    let mira = one.register(Role::User, "Mira Sen").await;
    let people: [ThingId; 1] = [mira.user_id.parse().unwrap()];
    wait_for_present(&one, &people, 0).await;
    let (first, second) = (Tab::open(&here, &mira).await, Tab::open(&there, &mira).await);
    wait_for_present(&other, &people, 1).await;
    first.close().await;
    let hub = &one.app.live().hub;
    timeout(SOON, async {
        while !hub.is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    assert_eq!(find_present(&one.app, &people).await.unwrap().len(), 1);
    second.close().await;
    wait_for_present(&one, &people, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connections_of_a_process_that_died_count_no_more() {
    let uri = fresh_uri().await;
    let (dead, alive) = (TestApp::start_on(uri.clone(), |_| {}).await, TestApp::start_on(uri, |_| {}).await);
    say_alive(&dead.app).await.unwrap();
    let person = dead.app.ids.next();
    let line = Line::open(&dead.app, Box::new(Anybody { person, said: Vec::new() })).await.unwrap();
    line.arrive().await;
    assert_eq!(find_present(&alive.app, &[person]).await.unwrap().len(), 1);
    // It says no more that it is alive: after a while it does not count, after another one nothing is left of it.
    for (seconds, rows) in [(31, 1), (60, 0)] {
        alive.clock.advance(SignedDuration::from_secs(seconds));
        say_alive(&alive.app).await.unwrap();
        look_after(&alive.app).await.unwrap();
        assert_eq!(find_present(&alive.app, &[person]).await.unwrap().len(), 0);
        let presence = alive.database_from_outside().await.collection::<Document>("presence");
        assert_eq!(presence.count_documents(doc! {}).await.unwrap(), rows);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn comings_and_goings_that_could_not_be_written_are_made_up_for() {
    let app = TestApp::start().await;
    let person = app.app.ids.next();
    let line = Line::open(&app.app, Box::new(Anybody { person, said: Vec::new() })).await.unwrap();
    say_alive(&app.app).await.unwrap();
    wait_for_present(&app, &[person], 0).await;
    look_after(&app.app).await.unwrap();
    wait_for_present(&app, &[person], 1).await;
    drop(line);
    wait_for_present(&app, &[person], 1).await;
    look_after(&app.app).await.unwrap();
    wait_for_present(&app, &[person], 0).await;
}
