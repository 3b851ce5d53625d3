//! Numbers of tickets: each once, one after the other, without a gap by what is refused.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp,
    leads::text,
    tickets::{TICKETS, new_ticket},
};

const CREATORS: u32 = 64;
/// So many are opened, or as many as fit in the time.
const TICKETS_MADE: u32 = 5_000;
const TIME: Duration = Duration::from_secs(50);

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
    let app = TestApp::start().await;
    app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let (begun, left) = (Instant::now(), Arc::new(AtomicU32::new(TICKETS_MADE)));
    let mut creators = tokio::task::JoinSet::new();
    for creator in 0..CREATORS {
        creators.spawn(create_while_any_are_left(asha.clone(), (left.clone(), begun + TIME), creator));
    }
    let numbers: Vec<String> = creators.join_all().await.into_iter().flatten().collect();
    println!("{} tickets by {CREATORS} creators in {:.1?}", numbers.len(), begun.elapsed());
    let unique: BTreeSet<&String> = numbers.iter().collect();
    let expected: BTreeSet<String> = (1..=numbers.len()).map(|number| format!("TKT-{number:06}")).collect();
    assert!(unique.into_iter().eq(&expected), "a number was given twice or left out");
}

/// Opens tickets, and now and then one that is refused. The numbers that they got.
async fn create_while_any_are_left(
    client: Client,
    (left, until): (Arc<AtomicU32>, Instant),
    creator: u32,
) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut wrong = new_ticket();
    wrong["description"] = json!("x".repeat(5_001));
    let take_one = || left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
    while Instant::now() < until && take_one() {
        let ticket = client.open_ticket().await;
        numbers.push(text(&ticket, "number").to_owned());
        if numbers.len() % 10 == usize::try_from(creator % 10).unwrap() {
            client.post(TICKETS, wrong.clone()).await.expect(422);
        }
    }
    numbers
}
