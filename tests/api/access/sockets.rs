//! The access matrix of what can be asked over a connection: every event × everybody × own, somebody else's, absent, at both doors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use trek_tribe::live::events::ClientEvent;

use super::{
    Row, rows,
    table::SOCKETS,
    without_ids,
    world::{ABSENT, Asker, Target, World, may_be_written_by_a_refusal},
};
use crate::support::{
    chat::client_id,
    live::Listening,
    wire::{Closed, Door, Heard, Wire},
};

/// What only programs say, before anything else.
const AUTHENTICATE: &str = "authenticate";

/// The names of the events that clients send, as the protocol itself lists them for who sends another one.
fn events() -> BTreeSet<String> {
    let refused = serde_json::from_value::<ClientEvent>(json!({ "none": {} })).unwrap_err();
    let refused = refused.to_string();
    let (_, listed) = refused.split_once("expected one of").expect("the events are listed");
    listed.split('`').skip(1).step_by(2).map(str::to_owned).chain([AUTHENTICATE.to_owned()]).collect()
}

#[test]
fn every_event_of_clients_is_in_the_matrix_and_no_other() {
    let listed: Vec<String> = rows(SOCKETS).into_iter().map(|row| row.path).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), events());
    assert_eq!(listed.len(), events().len(), "an event is listed twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_answered_over_their_connection_as_the_matrix_says() {
    check(Door::Pages).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_are_answered_over_their_connection_as_the_matrix_says() {
    check(Door::Programs).await;
}

/// Everybody with a connection at a door.
struct Hall {
    world: World,
    door: Door,
    at: Listening,
    wires: BTreeMap<Asker, Wire>,
    /// Connections that only said who they are; they stay, so that nobody comes or goes.
    others: Vec<Wire>,
}

/// Has everybody send every event, and tells all deviations at once.
async fn check(door: Door) {
    let mut hall = Hall::open(door).await;
    let mut deviations = Vec::new();
    for row in rows(SOCKETS).iter().filter(|row| door == Door::Programs || row.path != AUTHENTICATE) {
        for asker in Asker::ALL {
            let mut not_found = BTreeSet::new();
            for (target, expected) in row.cases(asker) {
                let answer = hall.ask(row, asker, target).await;
                let status = status_of(&answer);
                let what = format!("{} for {asker:?}, {target:?}", row.path);
                if status != expected {
                    deviations.push(format!("{what}: {status} in place of {expected}: {answer}"));
                }
                let changed = hall.note_changes().await;
                if status >= 400 && !changed.is_empty() {
                    deviations.push(format!("{what}: refused with {status}, but changed {changed:?}"));
                }
                if status == 404 {
                    not_found.insert(without_ids(&answer.to_string()));
                }
            }
            if not_found.len() > 1 {
                deviations.push(format!("{} for {asker:?}: an absent thing answers otherwise", row.path));
            }
        }
    }
    assert!(deviations.is_empty(), "{} deviations:\n{}", deviations.len(), deviations.join("\n"));
}

impl Hall {
    async fn open(door: Door) -> Self {
        let world = World::make().await;
        let at = world.app.listen().await;
        let mut wires = BTreeMap::new();
        for asker in Asker::ALL {
            if let Some(person) = world.person(asker) {
                let token = person.client.token.as_deref().unwrap();
                wires.insert(asker, Wire::counted(door, at.address, token).await);
            }
        }
        let mut hall = Self { world, door, at, wires, others: Vec::new() };
        hall.note_changes().await;
        hall
    }

    /// What somebody is answered who sends an event.
    async fn ask(&mut self, row: &Row, asker: Asker, target: Target) -> Value {
        let payload = payload(&self.world, &row.path, asker, target);
        let known = self.wires.get_mut(&asker).filter(|_| row.path != AUTHENTICATE);
        if let Some(wire) = known {
            return wire.ask(&row.path, payload).await.unwrap();
        }
        match Wire::open(self.door, self.at.address, None).await {
            Ok(mut wire) => {
                let answer = wire.ask(&row.path, payload).await.unwrap();
                if status_of(&answer) == 200 {
                    // Only its next answer shows that it is counted.
                    wire.ask("leave:conversation", json!({ "conversationId": ABSENT })).await.unwrap();
                }
                self.others.push(wire);
                answer
            }
            Err(Closed::Refused(401)) => json!({ "error": "unauthenticated" }),
            Err(closed) => panic!("{closed:?}"),
        }
    }

    /// The collections that changed since the last time, but for those that a refusal may write.
    async fn note_changes(&mut self) -> Vec<String> {
        let changed = self.world.changed().await;
        self.world.settle().await;
        changed.into_iter().filter(|name| !may_be_written_by_a_refusal(name)).collect()
    }
}

fn payload(world: &World, event: &str, asker: Asker, target: Target) -> Value {
    let place = json!({ "conversationId": world.conversation(asker, target) });
    let with = |more: Value| {
        let mut payload = place.clone();
        payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        payload
    };
    match event {
        AUTHENTICATE => {
            let token = world.person(asker).and_then(|person| person.client.token.clone());
            json!({ "token": token.unwrap_or_else(|| "nobody's".to_owned()) })
        }
        "page:here" => {
            let person = world.person(asker).map_or(ABSENT, |person| person.client.user_id.as_str());
            json!({ "userId": person, "madeAt": world.app.clock.now() })
        }
        "message:send" => with(json!({ "clientId": client_id(), "body": "Is it cold?" })),
        "message:read" => with(json!({ "seq": 1 })),
        "join:conversation" => with(json!({ "afterSeq": 0 })),
        "ticket:view" => json!({ "ticketId": world.ticket(asker, target), "doing": "looking" }),
        _ => place,
    }
}

/// The status that REST gives the same answer.
fn status_of(answer: &Value) -> u16 {
    match answer["error"].as_str() {
        None => 200,
        Some("unauthenticated") => 401,
        Some("forbidden") => 403,
        Some("not_found") => 404,
        Some(other) => panic!("no refusal of the matrix is {other}: {answer}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_refused_hears_nothing_of_the_conversation_of_others() {
    for door in Door::BOTH {
        let mut hall = Hall::open(door).await;
        let place = json!({ "conversationId": hall.world.conversation(Asker::UserA, Target::Own) });
        for (asker, wire) in &mut hall.wires {
            let joined = wire.ask("join:conversation", place.clone()).await.unwrap();
            let is_member = matches!(asker, Asker::UserA | Asker::OrganizerA);
            assert_eq!(status_of(&joined), if is_member { 200 } else { 404 }, "{asker:?}: {joined}");
        }
        let message = payload(&hall.world, "message:send", Asker::UserA, Target::Own);
        let said = hall.wires.get_mut(&Asker::UserA).unwrap().ask("message:send", message).await.unwrap();
        assert_eq!(status_of(&said), 200, "{said}");
        let member = hall.wires.get_mut(&Asker::OrganizerA).unwrap();
        assert_eq!(member.hear("message:new").await.unwrap()["id"], said["id"]);
        // Whoever is told of it has been told by now: everybody is in the same process.
        for asker in [Asker::UserB, Asker::OrganizerB, Asker::NoAccess, Asker::Admin] {
            let wire = hall.wires.get_mut(&asker).unwrap();
            wire.ask("leave:conversation", place.clone()).await.unwrap();
            let heard = wire.take_kept();
            let is_message = |heard: &Heard| matches!(heard, Heard::Event(name, _) if name == "message:new");
            assert!(!heard.iter().any(is_message), "{asker:?} at {door:?}: {heard:?}");
        }
    }
}
