//! What connections are told of conversations, and what they ask for.

use std::collections::BTreeSet;

use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use trek_tribe::{
    crm::{
        accounts::user::{Role, UserId},
        chat::{conversation::ConversationId, server::service},
    },
    shared::error::AppError,
};

use crate::support::{
    Client,
    chat::{Stage, chat_path, stage},
    leads::text,
    live::{self, Tab},
};

impl Stage {
    /// What was published since the last time: topics, and what is told.
    async fn published(&self) -> Vec<(Vec<String>, Value)> {
        let rows = self.app.stored("events").await;
        self.app.app.db.collection::<Document>("events").delete_many(doc! {}).await.unwrap();
        let topics = |row: &Document| {
            let topics = row.get_array("topics").unwrap().iter();
            topics.map(|topic| topic.as_str().unwrap().to_owned()).collect()
        };
        let of_chat = rows.iter().map(|row| (topics(row), live::read(row.get_str("frame").unwrap())));
        let is_of_chat = |(_, event): &(Vec<String>, Value)| {
            let name = text(event, "event");
            name.starts_with("message") || name.starts_with("typing") || event["payload"]["kind"] == "conversation"
        };
        of_chat.filter(is_of_chat).collect()
    }

    fn id(&self) -> ConversationId {
        text(&self.talk, "id").parse().unwrap()
    }

    fn topic(&self) -> String {
        format!("conversation:{}", self.id())
    }

    /// The topics of both members.
    fn both(&self) -> Vec<String> {
        [&self.asha, &self.organizer].map(|client| format!("person:{}", client.user_id)).to_vec()
    }
}

#[tokio::test]
async fn who_has_joined_is_told_of_a_message_and_everybody_that_their_list_changed() {
    let stage = stage().await;
    let sent = stage.asha.write(&stage.talk, "Is it cold?").await;
    let told = stage.published().await;
    let changed = json!({ "event": "changed", "payload": { "kind": "conversation", "id": stage.talk["id"] } });
    let expected = [(vec![stage.topic()], json!({ "event": "message:new", "payload": sent })), (stage.both(), changed)];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_message_that_is_sent_again_or_refused_is_told_to_nobody() {
    let stage = stage().await;
    let (path, message) = (chat_path(&stage.talk, "/messages"), json!({ "clientId": "a", "body": "Is it cold?" }));
    stage.asha.post(&path, message.clone()).await.expect(201);
    stage.published().await;
    stage.asha.post(&path, message).await.expect(200);
    stage.asha.post(&path, json!({ "clientId": "b", "body": "" })).await.expect(422);
    assert_eq!(stage.published().await, []);
}

#[tokio::test]
async fn who_reads_is_told_once() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    stage.published().await;
    for _ in 0..2 {
        stage.organizer.read_up_to(&stage.talk, 1).await;
    }
    let payload = json!({ "conversationId": stage.talk["id"], "userId": stage.organizer.user_id, "seq": 1 });
    let told = stage.published().await;
    assert_eq!(told[0], (vec![stage.topic()], json!({ "event": "message:read", "payload": payload })));
    assert_eq!(told.len(), 2);
}

#[tokio::test]
async fn members_join_and_get_what_they_missed() {
    let stage = stage().await;
    for number in 1..=3 {
        stage.asha.write(&stage.talk, &number.to_string()).await;
    }
    let organizer = stage.app.actor(&stage.organizer).await;
    for (after, expected) in [(None, &[][..]), (Some(0), &[1, 2, 3]), (Some(2), &[3]), (Some(3), &[])] {
        let joined = service::join_conversation(&stage.app.app, &organizer, stage.id(), after).await.unwrap();
        let numbers: Vec<u32> = joined.messages.iter().map(|message| message.seq).collect();
        assert_eq!((numbers.as_slice(), joined.last_seq, joined.more), (expected, 3, false), "{after:?}");
    }
}

#[tokio::test]
async fn nobody_else_joins_types_or_reads() {
    let stage = stage().await;
    let (app, id) = (&stage.app.app, stage.id());
    for client in [stage.app.register(Role::User, "Bina Iyer").await, stage.app.admin().await] {
        let actor = stage.app.actor(&client).await;
        assert_eq!(service::join_conversation(app, &actor, id, Some(0)).await, Err(AppError::NotFound));
        assert_eq!(service::show_typing(app, &actor, id, true).await, Err(AppError::NotFound));
        assert_eq!(service::mark_conversation_read(app, &actor, id, 0).await, Err(AppError::NotFound));
    }
    assert_eq!(stage.published().await, []);
}

#[tokio::test]
async fn that_somebody_types_is_told_where_they_do() {
    let stage = stage().await;
    let asha = stage.app.actor(&stage.asha).await;
    for is_typing in [true, false] {
        service::show_typing(&stage.app.app, &asha, stage.id(), is_typing).await.unwrap();
        let payload =
            json!({ "conversationId": stage.talk["id"], "userId": stage.asha.user_id, "isTyping": is_typing });
        let expected = (vec![stage.topic()], json!({ "event": "typing:indicator", "payload": payload }));
        assert_eq!(stage.published().await, [expected]);
    }
}

#[tokio::test]
async fn who_shares_a_conversation_knows_each_other() {
    let stage = stage().await;
    let (admin, bina) = (stage.app.admin().await, stage.app.register(Role::User, "Bina Iyer").await);
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let support = stage.asha.ask_support().await;
    stage.asha.write(&support, "I cannot pay.").await;
    let known = async |client: &Client| {
        let person: UserId = client.user_id.parse().unwrap();
        let known = service::list_acquaintances(&stage.app.app, person).await.unwrap();
        known.into_iter().map(|person| person.to_string()).collect::<BTreeSet<_>>()
    };
    let ids = |clients: &[&Client]| clients.iter().map(|client| client.user_id.clone()).collect::<BTreeSet<_>>();
    assert_eq!(known(&stage.asha).await, ids(&[&stage.organizer, &admin]));
    assert_eq!(known(&stage.organizer).await, ids(&[&stage.asha]));
    assert_eq!(known(&admin).await, ids(&[&stage.asha]));
    assert_eq!(known(&bina).await, ids(&[]));
}

#[tokio::test]
async fn two_tabs_talk_and_each_message_comes_once_in_its_order() {
    let stage = stage().await;
    let at = stage.app.listen().await;
    let (mut hers, mut theirs) = (Tab::open(&at, &stage.asha).await, Tab::open(&at, &stage.organizer).await);
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let join = json!({ "conversationId": stage.talk["id"], "afterSeq": 0 });
    for tab in [&mut hers, &mut theirs] {
        let joined = tab.ask("join:conversation", join.clone()).await;
        assert_eq!((joined["messages"].as_array().unwrap().len(), &joined["lastSeq"]), (1, &json!(1)), "{joined}");
    }
    for (number, body) in [(2, "Down to −10."), (3, "Bring a warm bag.")] {
        let message = json!({ "conversationId": stage.talk["id"], "clientId": format!("c{number}"), "body": body });
        let stored = theirs.ask("message:send", message.clone()).await;
        assert_eq!(stored["seq"], number, "{stored}");
        assert_eq!(theirs.ask("message:send", message).await, stored, "sent again, it is answered as it is stored");
        for tab in [&mut hers, &mut theirs] {
            let told = tab.hear("message:new").await;
            assert_eq!((&told["seq"], text(&told, "body"), &told["id"]), (&json!(number), body, &stored["id"]));
        }
    }
}

#[tokio::test]
async fn typing_and_reading_are_seen_by_the_other_side() {
    let stage = stage().await;
    let at = stage.app.listen().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let (mut hers, mut theirs) = (Tab::open(&at, &stage.asha).await, Tab::open(&at, &stage.organizer).await);
    let here = json!({ "conversationId": stage.talk["id"] });
    for tab in [&mut hers, &mut theirs] {
        tab.ask("join:conversation", here.clone()).await;
    }
    for (event, is_typing) in [("typing:start", true), ("typing:stop", false)] {
        assert_eq!(theirs.ask(event, here.clone()).await, json!({}));
        let told = hers.hear("typing:indicator").await;
        assert_eq!((&told["isTyping"], text(&told, "userId")), (&json!(is_typing), stage.organizer.user_id.as_str()));
    }
    let read = json!({ "conversationId": stage.talk["id"], "seq": 1 });
    assert_eq!(theirs.ask("message:read", read).await, json!({}));
    assert_eq!(hers.hear("message:read").await["seq"], 1);
    assert_eq!(stage.asha.see_chat(&stage.talk).await["otherReadSeq"], 1);
}

#[tokio::test]
async fn a_conversation_of_others_is_refused_as_one_that_is_not_there() {
    let stage = stage().await;
    let at = stage.app.listen().await;
    let bina = stage.app.register(Role::User, "Bina Iyer").await;
    let (mut tab, absent) = (Tab::open(&at, &bina).await, json!(bina.user_id));
    for event in ["join:conversation", "typing:start", "typing:stop", "message:read", "message:send"] {
        let mut answers = Vec::new();
        for id in [&stage.talk["id"], &absent] {
            let mut payload = json!({ "conversationId": id });
            match event {
                "message:read" => payload["seq"] = json!(0),
                "message:send" => {
                    payload["clientId"] = json!("a");
                    payload["body"] = json!("Hello?");
                }
                _ => {}
            }
            answers.push(tab.ask(event, payload).await);
        }
        assert_eq!((&answers[0]["error"], &answers[0]), (&json!("not_found"), &answers[1]), "{event}");
    }
}

#[tokio::test]
async fn who_is_here_is_not_told_by_the_bell() {
    let stage = stage().await;
    let at = stage.app.listen().await;
    let tab = Tab::open(&at, &stage.organizer).await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    assert_eq!(stage.app.count("notifications", doc! { "kind": "chat" }).await, 0);
    assert_eq!(stage.asha.see_chat(&stage.talk).await["with"]["online"], true);
    drop(tab);
}

#[tokio::test]
async fn who_shares_a_conversation_hears_that_somebody_came() {
    let stage = stage().await;
    let at = stage.app.listen().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let mut hers = Tab::open(&at, &stage.asha).await;
    let theirs = Tab::open(&at, &stage.organizer).await;
    assert_eq!(hers.hear("user:online").await, json!({ "userId": stage.organizer.user_id }));
    drop(theirs);
    assert_eq!(hers.hear("user:offline").await, json!({ "userId": stage.organizer.user_id }));
}
