//! Many at once: numbers without a gap, a message once, a conversation once; and unread counts that equal a recount, whatever happens.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use trek_tribe::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        chat::{conversation::ConversationId, message::NewMessage, server::service},
    },
    server::state::App,
    shared::error::AppError,
};

use crate::support::{
    Client, TestApp,
    chance::Chance,
    chat::{CONVERSATIONS, bodies, chat_path, client_id, new_message},
    leads::text,
};

const SENDERS: usize = 64;
const EACH: usize = 4;

struct Stage {
    app: TestApp,
    asha: Client,
    organizer: Client,
    trip: Value,
}

async fn stage() -> Stage {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    Stage { app, asha, organizer, trip }
}

/// Sends a message, however often it takes: who sends too fast lets time pass.
async fn send_at_last(app: &TestApp, actor: &Actor, id: ConversationId, message: &NewMessage) -> u32 {
    loop {
        match service::send_message(&app.app, actor, id, message.clone()).await {
            Ok(sent) => return sent.message.seq,
            Err(AppError::TooManyRequests { .. }) => app.clock.advance(SignedDuration::from_millis(500)),
            Err(AppError::Busy | AppError::Unavailable) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_senders_get_numbers_without_a_gap() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    let id: ConversationId = text(&talk, "id").parse().unwrap();
    // Who wrote first is a lead from then on, and all that follows stands in its timeline.
    stage.asha.write(&talk, "Hello").await;
    let actors = [stage.app.actor(&stage.asha).await, stage.app.actor(&stage.organizer).await];
    let app = std::sync::Arc::new(stage.app);
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let (app, actor) = (app.clone(), actors[sender % 2].clone());
        senders.spawn(async move {
            let mut numbers = Vec::new();
            for _ in 0..EACH {
                let message = NewMessage { client_id: client_id(), body: "Hello".into(), attachments: Vec::new() };
                numbers.push(send_at_last(&app, &actor, id, &message).await);
            }
            assert!(numbers.is_sorted(), "what one sender says stays in its order: {numbers:?}");
            numbers
        });
    }
    let numbers: Vec<u32> = senders.join_all().await.into_iter().flatten().collect();
    let unique: BTreeSet<u32> = numbers.iter().copied().collect();
    let expected = u32::try_from(SENDERS * EACH).unwrap();
    assert!(unique.iter().copied().eq(2..=expected + 1), "a number was given twice or left out");
    assert_eq!(app.count("messages", doc! {}).await, u64::from(expected) + 1);
    assert_eq!(app.count("leads", doc! {}).await, 1);
    assert_eq!(app.count("leadTimeline", doc! {}).await, u64::from(expected) + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_message_sent_at_once_is_stored_once() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    for round in 1..=3 {
        let message = new_message("Is it cold?");
        let mut sending = JoinSet::new();
        for _ in 0..6 {
            let (client, path, message) = (stage.asha.clone(), chat_path(&talk, "/messages"), message.clone());
            sending.spawn(async move { client.post(&path, message).await });
        }
        let replies = sending.join_all().await;
        assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
        assert!(replies.iter().all(|reply| reply.data()["seq"] == round), "{replies:?}");
        stage.app.clock.advance(SignedDuration::from_secs(10));
    }
    assert_eq!(stage.app.count("messages", doc! {}).await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn opening_at_once_opens_one() {
    let stage = stage().await;
    stage.asha.post("/api/crm/leads", json!({ "tripId": stage.trip["id"] })).await.expect(201);
    let lead = stage.organizer.get("/api/crm/leads").await.expect(200).data()[0]["id"].clone();
    let mut opening = JoinSet::new();
    for number in 0..12 {
        let from_trip = json!({ "tripId": stage.trip["id"] });
        let (client, from) = match number % 3 {
            0 => (stage.organizer.clone(), json!({ "leadId": lead })),
            _ => (stage.asha.clone(), from_trip),
        };
        opening.spawn(async move { client.post(CONVERSATIONS, from).await });
    }
    let replies = opening.join_all().await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    let ids: BTreeSet<&str> = replies.iter().map(|reply| text(reply.data(), "id")).collect();
    assert_eq!((ids.len(), stage.app.count("conversations", doc! {}).await), (1, 1));
}

/// How many messages of a conversation come after a number, counted one by one.
async fn recount(app: &App, conversation: &Value, after: u64) -> u64 {
    let id: ConversationId = text(conversation, "id").parse().unwrap();
    let later = doc! { "conversationId": id, "seq": { "$gt": i64::try_from(after).unwrap() } };
    app.db.collection::<Document>("messages").count_documents(later).await.unwrap()
}

#[tokio::test]
async fn unread_equals_a_recount_whatever_happens() {
    let stage = stage().await;
    let (admin, mut chance) = (stage.app.admin().await, Chance(7));
    let talks = [
        (stage.asha.chat_about(&stage.trip).await, [&stage.asha, &stage.organizer]),
        (stage.organizer.ask_support().await, [&stage.organizer, &admin]),
        (stage.asha.ask_support().await, [&stage.asha, &admin]),
    ];
    for _ in 0..120 {
        let (talk, sides) = &talks[usize::try_from(chance.pick(3)).unwrap()];
        let client = sides[usize::try_from(chance.pick(2)).unwrap()];
        let last = client.read_messages(talk, "?limit=1").await.first().map_or(0, |last| last["seq"].as_u64().unwrap());
        if chance.pick(3) == 0 {
            client.read_up_to(talk, chance.pick(last + 1)).await;
        } else {
            client.write(talk, "Hello").await;
        }
        stage.app.clock.advance(SignedDuration::from_millis(600));
    }
    for client in [&stage.asha, &stage.organizer, &admin] {
        let mut sum = 0;
        for row in client.list_chats("").await {
            let counted = recount(&stage.app.app, &row, row["readSeq"].as_u64().unwrap()).await;
            assert_eq!(row["unread"], counted, "{row}");
            sum += counted;
        }
        let actor = stage.app.actor(client).await;
        let told = service::count_unread(&stage.app.app, &actor, None).await.unwrap();
        assert_eq!(u64::from(told.messages), sum);
    }
    for (talk, [guest, _]) in &talks {
        let messages = guest.read_messages(talk, "?limit=100").await;
        let numbers: Vec<u64> = messages.iter().map(|message| message["seq"].as_u64().unwrap()).collect();
        assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "{numbers:?}");
        assert!(bodies(&messages).iter().all(|body| *body == "Hello"));
    }
}
