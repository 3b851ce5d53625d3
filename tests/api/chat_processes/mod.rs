//! Two server processes on one database, connections that are cut again and again, and each process killed once: both sides of every
//! conversation hear what is stored, in its order, nothing left out and nothing twice.

mod side;

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use futures_util::future::try_join_all;
use jiff::SignedDuration;
use serde_json::Value;
use tokio::{
    task::{JoinError, JoinHandle, block_in_place},
    time::{Instant, sleep},
};
use trek_tribe::{crm::accounts::user::Role, server::clock::random_bytes};

use self::side::{Counts, Part, Side};
use crate::support::{Client, TestApp, chance::Chance, figures, process::Server, wire::Door};

const TALKS: u32 = 20;
/// So many messages each side says in its conversation.
const EACH: u32 = 100;
/// All that is said.
const ALL: u32 = 2 * EACH * TALKS;
/// By then everything was said and heard, or something is lost, however much else the machine has to do. The limit of 20 messages in ten
/// seconds alone takes 40 seconds.
const END: Duration = Duration::from_secs(600);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_are_killed_and_connections_that_are_cut_lose_and_double_nothing() {
    let app = TestApp::start().await;
    let mut talks = Vec::new();
    for _ in 0..TALKS {
        talks.push(introduce(&app).await);
    }
    app.catch_up();
    let mut servers = [Server::start_beside(&app), Server::start_beside(&app)];
    let (counts, begun) = (Arc::new(Counts::default()), Instant::now());
    let sides = begin(&app, &talks, &servers, &counts).await;
    let killing = kill_each(&mut servers, &counts, begun + END);
    let (killed, sides) = tokio::try_join!(killing, try_join_all(sides)).expect("a side has broken off");
    figures::tell(&format!("{counts}, {killed} processes killed, {:.1?}", begun.elapsed()));
    let (mut lost, mut doubled) = (0, 0);
    for side in sides {
        let (own_lost, own_doubled) = side.compare().await;
        lost += own_lost;
        doubled += own_doubled;
    }
    figures::tell(&format!("{lost} lost, {doubled} doubled"));
    assert_eq!((lost, doubled), (0, 0));
    assert!(counts.cut.load(Relaxed) > 0 && counts.said_again.load(Relaxed) > 0 && killed == 2, "nothing went wrong");
    assert_eq!(servers.each_ref().map(Server::errors), [const { Vec::<String>::new() }; 2]);
}

/// A traveller and an organizer, and their conversation, which is empty.
async fn introduce(app: &TestApp) -> ([Client; 2], Value) {
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let traveller = app.register(Role::User, "Asha Rao").await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    let talk = traveller.chat_about(&trip).await;
    // Few register from one address in a while.
    app.clock.advance(SignedDuration::from_mins(2));
    ([traveller, organizer], talk)
}

/// Has both sides of every conversation begin: travellers at the door of pages, organizers at that of programs.
#[expect(clippy::print_stdout, reason = "figures are told, not asserted")]
async fn begin(
    app: &TestApp,
    talks: &[([Client; 2], Value)],
    servers: &[Server; 2],
    counts: &Arc<Counts>,
) -> Vec<JoinHandle<Side>> {
    let seed = u64::from_be_bytes(random_bytes());
    println!("the seed is {seed}");
    let (mut chance, mut parts) = (Chance(seed), Vec::new());
    for (people, talk) in talks {
        for (person, door) in people.iter().zip(Door::BOTH) {
            parts.push(Part {
                door,
                person: app.sign_in(&person.email).await,
                talk: talk.clone(),
                servers: servers.each_ref().map(|server| server.address),
                chance: Chance(chance.pick(u64::MAX)),
                counts: counts.clone(),
                until: Instant::now() + END,
            });
        }
    }
    parts.into_iter().map(|part| tokio::spawn(Side::new(part).talk())).collect()
}

/// Kills each of the servers once, and starts it again: when a third is said, and when two thirds are.
async fn kill_each(servers: &mut [Server; 2], counts: &Counts, until: Instant) -> Result<usize, JoinError> {
    for (server, at) in servers.iter_mut().zip([ALL / 3, ALL / 3 * 2]) {
        while counts.stored.load(Relaxed) < at && Instant::now() < until {
            sleep(Duration::from_millis(20)).await;
        }
        block_in_place(|| {
            server.kill();
            server.start_again();
        });
    }
    Ok(servers.len())
}
