//! Numbers of tickets: each once, one after the other, without a gap by what is refused, whatever process they are asked of.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
};

use serde_json::json;
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp, figures, fresh_uri,
    leads::text,
    tickets::{TICKETS, new_ticket},
};

const CREATORS: u32 = 64;
const TICKETS_MADE: u32 = 5_000;

#[tokio::test]
async fn what_is_refused_uses_up_no_number() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let mut wrong = new_ticket();
    wrong["subject"] = json!("");
    for number in 1..=3 {
        assert_eq!(text(&asha.open_ticket().await, "number"), format!("TKT-{number:06}"));
        asha.post(TICKETS, wrong.clone()).await.expect(422);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_creators_at_once_get_numbers_without_a_gap() {
    let uri = fresh_uri().await;
    let (app, other) = (TestApp::start_on(uri.clone(), |_| ()).await, TestApp::start_on(uri, |_| ()).await);
    let asha = app.register(Role::User, "Asha Rao").await;
    let there = other.sign_in(&asha.email).await;
    let (begun, left) = (Instant::now(), Arc::new(AtomicU32::new(TICKETS_MADE)));
    let mut creators = tokio::task::JoinSet::new();
    for creator in 0..CREATORS {
        let client = if creator % 2 == 0 { &asha } else { &there };
        creators.spawn(create_while_any_are_left(client.clone(), left.clone(), creator));
    }
    let numbers: Vec<String> = creators.join_all().await.into_iter().flatten().collect();
    figures::tell(&format!("{} tickets by {CREATORS} creators in {:.1?}", numbers.len(), begun.elapsed()));
    let unique: BTreeSet<&String> = numbers.iter().collect();
    let expected: BTreeSet<String> = (1..=TICKETS_MADE).map(|number| format!("TKT-{number:06}")).collect();
    assert!(unique.into_iter().eq(&expected), "a number was given twice or left out");
}

/// Opens tickets, and now and then one that is refused. The numbers that they got.
async fn create_while_any_are_left(client: Client, left: Arc<AtomicU32>, creator: u32) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut wrong = new_ticket();
    wrong["description"] = json!("x".repeat(5_001));
    let take_one = || left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
    while take_one() {
        let ticket = client.open_ticket().await;
        numbers.push(text(&ticket, "number").to_owned());
        if numbers.len() % 10 == usize::try_from(creator % 10).unwrap() {
            client.post(TICKETS, wrong.clone()).await.expect(422);
        }
    }
    numbers
}
