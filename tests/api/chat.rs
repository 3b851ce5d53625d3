//! Conversations: who opens which, who can read and write in them, and what is refused.

use axum::http::Method;
use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp,
    chat::{CONVERSATIONS, bodies, chat_path, client_id, new_message},
    files::{FILES, PDF},
    leads::text,
};

/// The id of nothing.
const ABSENT: &str = "65f1c0ffee00112233445566";

/// A traveller, an organizer with a live trip, others like them, and an admin.
struct Stage {
    app: TestApp,
    asha: Client,
    bina: Client,
    organizer: Client,
    rival: Client,
    admin: Client,
    trip: Value,
}

async fn stage() -> Stage {
    let app = TestApp::start().await;
    let (asha, bina) = (app.register(Role::User, "Asha Rao").await, app.register(Role::User, "Bina Iyer").await);
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let rival = app.register(Role::Organizer, "Sahyadri Walks").await;
    let admin = app.admin().await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    Stage { app, asha, bina, organizer, rival, admin, trip }
}

impl Stage {
    /// A lead of the organizer who has asked and has an account.
    async fn lead_of(&self, traveller: &Client) -> Value {
        traveller.post("/api/crm/leads", json!({ "tripId": self.trip["id"] })).await.expect(201);
        self.organizer.get("/api/crm/leads").await.expect(200).data()[0].clone()
    }
}

#[tokio::test]
async fn a_traveller_opens_one_conversation_from_a_trip() {
    let stage = stage().await;
    let opened = stage.asha.post(CONVERSATIONS, json!({ "tripId": stage.trip["id"] })).await.expect(201);
    let row = opened.data();
    assert_eq!((text(row, "kind"), &row["trip"]["title"]), ("trip", &json!("Kedarkantha")));
    let with = json!({ "id": stage.organizer.user_id, "name": "Deodar Trails", "role": "organizer", "online": false });
    assert_eq!((&row["with"], &row["lastMessage"], &row["unread"]), (&with, &json!(null), &json!(0)));
    let again = stage.asha.post(CONVERSATIONS, json!({ "tripId": stage.trip["id"] })).await.expect(200);
    assert_eq!(again.data(), row);
    assert_ne!(stage.bina.chat_about(&stage.trip).await["id"], row["id"]);
}

#[tokio::test]
async fn an_organizer_opens_the_same_conversation_from_a_lead_with_an_account() {
    let stage = stage().await;
    let lead = stage.lead_of(&stage.asha).await;
    let opened = stage.organizer.post(CONVERSATIONS, json!({ "leadId": lead["id"] })).await.expect(201);
    assert_eq!(opened.data()["with"]["name"], "Asha Rao");
    assert_eq!(stage.asha.chat_about(&stage.trip).await["id"], opened.data()["id"]);
}

#[tokio::test]
async fn a_lead_without_an_account_has_nobody_to_chat_with() {
    let stage = stage().await;
    let lead = stage.organizer.record_lead(&stage.trip, "rohan@example.in").await;
    let refused = stage.organizer.post(CONVERSATIONS, json!({ "leadId": lead["id"] })).await;
    let refused = refused.refused(422, "invalid_input");
    assert!(refused.body["fields"]["leadId"].is_array(), "{}", refused.text);
}

#[tokio::test]
async fn an_organizer_without_crm_access_opens_none_and_answers_in_those_that_are_there() {
    let stage = stage().await;
    let lead = stage.lead_of(&stage.asha).await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    stage.asha.write(&talk, "Is it cold?").await;
    stage.app.app.withheld_access.withhold_from(stage.organizer.user_id.parse().unwrap());
    stage.organizer.post(CONVERSATIONS, json!({ "leadId": lead["id"] })).await.refused(402, "crm_access_required");
    stage.organizer.write(&talk, "Down to −10.").await;
}

#[tokio::test]
async fn each_role_opens_its_own_conversations() {
    let stage = stage().await;
    let lead = stage.lead_of(&stage.asha).await;
    let (trip, lead) = (json!({ "tripId": stage.trip["id"] }), json!({ "leadId": lead["id"] }));
    let support = json!({ "support": true });
    for (client, from) in [
        (&stage.asha, &lead),
        (&stage.organizer, &trip),
        (&stage.admin, &trip),
        (&stage.admin, &lead),
        (&stage.admin, &support),
    ] {
        client.post(CONVERSATIONS, from.clone()).await.refused(403, "forbidden");
    }
    for client in [&stage.asha, &stage.organizer] {
        let row = client.post(CONVERSATIONS, support.clone()).await.expect(201).data().clone();
        assert_eq!((text(&row, "kind"), &row["with"]["name"]), ("support", &json!("Trek-Tribe support")));
        assert_eq!((&row["with"]["id"], &row["trip"]), (&json!(null), &json!(null)));
    }
    stage.app.anonymous().post(CONVERSATIONS, support).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn what_is_not_there_to_be_talked_about_opens_nothing() {
    let stage = stage().await;
    let lead = stage.lead_of(&stage.asha).await;
    for (client, from) in [
        (&stage.asha, json!({ "tripId": ABSENT })),
        (&stage.rival, json!({ "leadId": lead["id"] })),
        (&stage.organizer, json!({ "leadId": ABSENT })),
    ] {
        client.post(CONVERSATIONS, from).await.refused(404, "not_found");
    }
    for from in [json!({}), json!({ "support": false }), json!({ "tripId": stage.trip["id"], "support": true })] {
        stage.asha.post(CONVERSATIONS, from).await.refused(422, "invalid_input");
    }
    for from in [json!({ "tripId": { "$ne": null } }), json!({ "tripId": "x" }), json!({ "support": "yes" })] {
        stage.asha.post(CONVERSATIONS, from).await.refused(422, "invalid_input");
    }
    stage.asha.post(CONVERSATIONS, json!({ "support": true, "with": "x" })).await.refused(422, "unknown_field");
    assert_eq!(stage.app.count("conversations", doc! {}).await, 0);
}

#[tokio::test]
async fn a_paused_trip_is_talked_about_by_who_has_asked() {
    let stage = stage().await;
    stage.lead_of(&stage.asha).await;
    let pause = json!({ "version": stage.trip["version"], "visibility": "paused" });
    stage.organizer.put(&format!("/api/trips/{}", text(&stage.trip, "id")), pause).await.expect(200);
    stage.asha.chat_about(&stage.trip).await;
    stage.bina.post(CONVERSATIONS, json!({ "tripId": stage.trip["id"] })).await.refused(404, "not_found");
}

#[tokio::test]
async fn messages_are_numbered_and_read_by_both_sides() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    let sent = stage.asha.write(&talk, "  Is it cold?  ").await;
    assert_eq!((&sent["seq"], text(&sent, "body"), &sent["attachments"]), (&json!(1), "Is it cold?", &json!([])));
    assert_eq!((&sent["conversationId"], text(&sent, "senderId")), (&talk["id"], stage.asha.user_id.as_str()));
    stage.organizer.write(&talk, "Down to −10.").await;
    stage.asha.write(&talk, "Thank you.").await;
    for client in [&stage.asha, &stage.organizer] {
        let messages = client.read_messages(&talk, "").await;
        assert_eq!(bodies(&messages), ["Is it cold?", "Down to −10.", "Thank you."]);
        assert_eq!(messages[0], sent);
    }
}

#[tokio::test]
async fn a_conversation_does_not_exist_for_who_is_no_member() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    stage.asha.write(&talk, "Is it cold?").await;
    let support = stage.asha.ask_support().await;
    stage.asha.write(&support, "I cannot pay.").await;
    let absent = json!({ "id": ABSENT });
    for (client, hidden) in [
        (&stage.bina, vec![&talk, &support, &absent]),
        (&stage.rival, vec![&talk, &support, &absent]),
        (&stage.organizer, vec![&support, &absent]),
        (&stage.admin, vec![&talk, &absent]),
    ] {
        for conversation in hidden {
            let messages = chat_path(conversation, "/messages");
            client.get(&messages).await.refused(404, "not_found");
            client.post(&messages, new_message("Hello?")).await.refused(404, "not_found");
            client.put(&chat_path(conversation, "/read"), json!({ "seq": 0 })).await.refused(404, "not_found");
        }
        let shown = client.list_chats("").await;
        assert!(shown.iter().all(|row| row["id"] != talk["id"] || client.user_id == stage.organizer.user_id));
    }
    assert_eq!(stage.admin.list_chats("").await.len(), 1);
    assert_eq!(stage.app.count("messages", doc! {}).await, 2);
}

#[tokio::test]
async fn any_admin_answers_in_support_and_all_of_them_are_one() {
    let stage = stage().await;
    let colleague = stage.app.admin().await;
    let support = stage.asha.ask_support().await;
    stage.asha.write(&support, "I cannot pay.").await;
    for admin in [&stage.admin, &colleague] {
        let row = admin.see_chat(&support).await;
        assert_eq!((&row["unread"], &row["with"]["name"]), (&json!(1), &json!("Asha Rao")));
    }
    stage.admin.write(&support, "We look into it.").await;
    assert_eq!(colleague.see_chat(&support).await["unread"], 0);
    colleague.write(&support, "It works again.").await;
    let row = stage.asha.see_chat(&support).await;
    assert_eq!((&row["unread"], &row["with"]["name"]), (&json!(2), &json!("Trek-Tribe support")));
}

#[tokio::test]
async fn a_conversation_without_words_is_in_nobody_elses_list() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    stage.asha.ask_support().await;
    assert_eq!(stage.asha.list_chats("").await.len(), 2);
    assert_eq!(stage.organizer.list_chats("").await.len() + stage.admin.list_chats("").await.len(), 0);
    stage.asha.write(&talk, "Is it cold?").await;
    assert_eq!(stage.organizer.list_chats("").await.len(), 1);
}

#[tokio::test]
async fn the_same_client_id_is_stored_once() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    let (path, message) = (chat_path(&talk, "/messages"), new_message("Is it cold?"));
    let stored = stage.asha.post(&path, message.clone()).await.expect(201);
    stage.organizer.write(&talk, "Down to −10.").await;
    let mut other_words = message.clone();
    other_words["body"] = json!("Is it warm?");
    for again in [message.clone(), other_words] {
        assert_eq!(stage.asha.post(&path, again).await.expect(200).data(), stored.data());
    }
    // The device of somebody else may have chosen the same id.
    stage.organizer.post(&path, message).await.expect(201);
    assert_eq!(stage.asha.read_messages(&talk, "").await.len(), 3);
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_at_its_field() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    let path = chat_path(&talk, "/messages");
    for (field, value) in [
        ("body", json!(" ")),
        ("body", json!("x".repeat(4_001))),
        ("body", json!("\u{0}")),
        ("body", json!(null)),
        ("clientId", json!("")),
        ("clientId", json!("a b")),
        ("clientId", json!("x".repeat(65))),
        ("clientId", json!({ "$ne": null })),
        ("attachments", json!([ABSENT])),
        ("attachments", json!("x")),
    ] {
        let mut message = new_message("Is it cold?");
        message[field] = value.clone();
        let refused = stage.asha.post(&path, message).await.refused(422, "invalid_input");
        assert!(refused.body["fields"][field].is_array(), "{field} {value}: {}", refused.text);
    }
    let mut message = new_message("Is it cold?");
    message["senderId"] = json!(stage.organizer.user_id);
    stage.asha.post(&path, message).await.refused(422, "unknown_field");
    stage.asha.post(&path, new_message(&"ॐ".repeat(4_000))).await.expect(201);
    assert_eq!(stage.app.count("messages", doc! {}).await, 1);
    assert_eq!(stage.asha.see_chat(&talk).await["lastSeq"], 1);
}

#[tokio::test]
async fn twenty_messages_are_sent_in_ten_seconds() {
    let stage = stage().await;
    let (talk, support) = (stage.asha.chat_about(&stage.trip).await, stage.asha.ask_support().await);
    for number in 0..20 {
        stage.asha.write(if number % 2 == 0 { &talk } else { &support }, "Hello").await;
    }
    let refused = stage.asha.post(&chat_path(&talk, "/messages"), new_message("Hello")).await;
    let refused = refused.refused(429, "too_many_requests");
    assert_eq!(refused.headers["retry-after"], "10");
    stage.organizer.write(&talk, "Slowly, please.").await;
    stage.app.clock.advance(SignedDuration::from_secs(10));
    stage.asha.write(&talk, "Sorry.").await;
}

#[tokio::test]
async fn messages_are_read_on_from_either_end() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    for number in 1..=12 {
        stage.asha.write(&talk, &number.to_string()).await;
    }
    for (query, expected) in [
        ("", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"][..]),
        ("?limit=3", &["10", "11", "12"]),
        ("?before=10&limit=3", &["7", "8", "9"]),
        ("?before=3", &["1", "2"]),
        ("?before=1", &[]),
        ("?after=0&limit=2", &["1", "2"]),
        ("?after=10", &["11", "12"]),
        ("?after=12", &[]),
        ("?after=4294967295", &[]),
    ] {
        assert_eq!(bodies(&stage.asha.read_messages(&talk, query).await), expected, "{query}");
    }
    let next = async |query: &str| {
        let path = chat_path(&talk, &format!("/messages{query}"));
        stage.asha.get(&path).await.expect(200).body["pagination"]["next"].clone()
    };
    assert_eq!(next("?limit=3").await, "10");
    assert_eq!(next("?after=2&limit=3").await, "5");
    assert_eq!((next("?after=9").await, next("?before=4").await), (Value::Null, Value::Null));
    for query in ["?after=1&before=3", "?after=x", "?before=-1", "?limit=0", "?limit=101", "?seq=1"] {
        stage.asha.get(&chat_path(&talk, &format!("/messages{query}"))).await.expect(422);
    }
}

#[tokio::test]
async fn a_read_pointer_never_goes_back_nor_beyond_the_last_message() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    for body in ["One", "Two", "Three"] {
        stage.asha.write(&talk, body).await;
    }
    assert_eq!(stage.organizer.see_chat(&talk).await["unread"], 3);
    for (seq, expected, unread) in [(2, 2, 1), (1, 2, 1), (0, 2, 1), (3, 3, 0)] {
        let pointer = stage.organizer.read_up_to(&talk, seq).await;
        assert_eq!((&pointer["seq"], &pointer["unread"]), (&json!(expected), &json!(unread)), "{seq}");
    }
    let read = chat_path(&talk, "/read");
    stage.organizer.put(&read, json!({ "seq": 4 })).await.refused(422, "invalid_input");
    for seq in [json!(-1), json!("3"), json!({ "$gt": 0 }), json!(null)] {
        stage.organizer.put(&read, json!({ "seq": seq })).await.refused(422, "invalid_input");
    }
    assert_eq!(stage.asha.see_chat(&talk).await["otherReadSeq"], 3);
}

#[tokio::test]
async fn who_writes_has_read_what_was_said_before() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    stage.asha.write(&talk, "Is it cold?").await;
    stage.organizer.write(&talk, "Down to −10.").await;
    let (theirs, hers) = (stage.organizer.see_chat(&talk).await, stage.asha.see_chat(&talk).await);
    assert_eq!((&theirs["readSeq"], &theirs["unread"]), (&json!(2), &json!(0)));
    assert_eq!((&hers["readSeq"], &hers["unread"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn where_something_was_said_last_comes_first() {
    let stage = stage().await;
    let (hers, theirs) = (stage.asha.chat_about(&stage.trip).await, stage.bina.chat_about(&stage.trip).await);
    for (client, talk) in [(&stage.asha, &hers), (&stage.bina, &theirs), (&stage.asha, &hers)] {
        stage.app.clock.advance(SignedDuration::from_secs(1));
        client.write(talk, "Hello").await;
    }
    let list = stage.organizer.list_chats("").await;
    assert_eq!(list.iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&hers["id"], &theirs["id"]]);
    let first = stage.organizer.get(&format!("{CONVERSATIONS}?limit=1")).await.expect(200);
    assert_eq!(first.body["pagination"]["total"], 2);
    let next = text(&first.body["pagination"], "next");
    assert_eq!(stage.organizer.list_chats(&format!("?limit=1&cursor={next}")).await[0]["id"], theirs["id"]);
}

#[tokio::test]
async fn the_list_is_told_apart_by_kind() {
    let stage = stage().await;
    let (talk, support) = (stage.asha.chat_about(&stage.trip).await, stage.asha.ask_support().await);
    for (query, expected) in [("?support=true", &support), ("?support=false", &talk)] {
        let list = stage.asha.list_chats(query).await;
        assert_eq!(list.iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&expected["id"]], "{query}");
    }
    for query in ["?support=1", "?unread=true", "?sort=id", "?limit=0", "?cursor=x"] {
        assert!(matches!(stage.asha.get(&format!("{CONVERSATIONS}{query}")).await.status, 400 | 422), "{query}");
    }
}

#[tokio::test]
async fn a_search_finds_names_and_words_of_ones_own_conversations() {
    let stage = stage().await;
    let (hers, theirs) = (stage.asha.chat_about(&stage.trip).await, stage.bina.chat_about(&stage.trip).await);
    stage.asha.write(&hers, "Are microspikes included?").await;
    stage.bina.write(&theirs, "I bring my own microspikes.").await;
    let found = async |client: &Client, q: &str| {
        let list = client.list_chats(&format!("?q={q}")).await;
        let mut ids: Vec<Value> = list.iter().map(|row| row["id"].clone()).collect();
        ids.sort_by_key(ToString::to_string);
        ids
    };
    let mut both = vec![hers["id"].clone(), theirs["id"].clone()];
    both.sort_by_key(ToString::to_string);
    assert_eq!(found(&stage.organizer, "microspik").await, both);
    assert_eq!(found(&stage.organizer, "MICROSPIKES%20included").await, [hers["id"].clone()]);
    assert_eq!(found(&stage.organizer, "bina").await, [theirs["id"].clone()]);
    assert_eq!(found(&stage.organizer, "kedar").await, both);
    assert_eq!(found(&stage.asha, "microspikes").await, [hers["id"].clone()]);
    for nothing in ["crampons", "%24ne", ".*", ";"] {
        assert_eq!(found(&stage.organizer, nothing).await, Vec::<Value>::new(), "{nothing}");
    }
    assert_eq!(found(&stage.rival, "microspikes").await, Vec::<Value>::new());
    stage.asha.get(&format!("{CONVERSATIONS}?q={}", "x".repeat(101))).await.refused(422, "invalid_input");
}

#[tokio::test]
async fn files_are_read_by_members_and_attached_once() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    let file = stage.asha.send_file("passport.pdf", PDF).await.expect(201).data()["id"].clone();
    let message = json!({ "clientId": client_id(), "body": "", "attachments": [file] });
    let path = chat_path(&talk, "/messages");
    let sent = stage.asha.post(&path, message.clone()).await.expect(201);
    assert_eq!(sent.data()["attachments"][0]["name"], "passport.pdf");
    assert_eq!(stage.asha.post(&path, message).await.expect(200).data(), sent.data());
    assert_eq!(text(&stage.organizer.see_chat(&talk).await["lastMessage"], "text"), "Sent a file");
    let read = format!("{FILES}/{}", file.as_str().unwrap());
    for (client, status) in
        [(&stage.asha, 200), (&stage.organizer, 200), (&stage.bina, 404), (&stage.rival, 404), (&stage.admin, 404)]
    {
        client.get(&read).await.expect(status);
    }
    let again = json!({ "clientId": client_id(), "body": "Once more", "attachments": [file] });
    stage.asha.post(&path, again).await.refused(422, "invalid_input");
    assert_eq!(stage.organizer.read_messages(&talk, "").await.len(), 1);
}

#[tokio::test]
async fn sending_is_an_activity_and_takes_an_idempotency_key() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    let (path, message) = (chat_path(&talk, "/messages"), new_message("Is it cold?"));
    for _ in 0..2 {
        let headers = [("idempotency-key", "first")];
        stage.asha.send_json(Method::POST, &path, &message, &headers).await.expect(201);
    }
    assert_eq!(stage.app.count("activities", doc! { "kind": "message_sent" }).await, 1);
    assert_eq!(stage.app.count("messages", doc! {}).await, 1);
}

#[tokio::test]
async fn a_message_that_cannot_be_stored_leaves_nothing() {
    let stage = stage().await;
    let talk = stage.asha.chat_about(&stage.trip).await;
    stage.app.refuse_writes("messages", doc! {}).await;
    stage.asha.post(&chat_path(&talk, "/messages"), new_message("Is it cold?")).await.expect(500);
    for collection in ["messages", "leads", "leadTimeline", "notifications"] {
        assert_eq!(stage.app.count(collection, doc! {}).await, 0, "{collection}");
    }
    assert_eq!(stage.asha.see_chat(&talk).await["lastSeq"], 0);
    stage.app.allow_writes("messages").await;
    assert_eq!(stage.asha.write(&talk, "Is it cold?").await["seq"], 1);
}
