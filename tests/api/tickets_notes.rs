//! What admins note among themselves leaves for a requester by no door.

use axum::http::Method;
use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp,
    leads::text,
    tickets::{TICKETS, ticket_path},
};

const SECRET: &str = "Chargeback-suspected";

/// A traveller's ticket in which an admin, whose it is, has noted something a minute after it was opened.
async fn stage() -> (TestApp, Client, [Client; 2], Value) {
    let app = TestApp::start().await;
    let (asha, admins) = (app.register(Role::User, "Asha Rao").await, [app.admin().await, app.admin().await]);
    let ticket = admins[0].assign_ticket(&asha.open_ticket().await, &admins[0]).await;
    let seen = asha.see_ticket(&ticket).await;
    app.clock.advance(SignedDuration::from_mins(1));
    admins[1].note(&ticket, SECRET).await;
    (app, asha, admins, seen)
}

#[tokio::test]
async fn admins_read_a_note_among_the_messages() {
    let (_app, _, [admin, colleague], ticket) = stage().await;
    let seen = admin.see_ticket(&ticket).await;
    let note = &seen["messages"][0];
    assert_eq!((text(note, "text"), &note["internal"]), (SECRET, &json!(true)));
    assert_eq!(text(&note["by"], "id"), colleague.user_id);
}

#[tokio::test]
async fn a_requester_sees_a_ticket_with_a_note_exactly_as_it_was_without() {
    let (_app, asha, _, ticket) = stage().await;
    assert_eq!(asha.see_ticket(&ticket).await, ticket);
    let list = asha.get(TICKETS).await.expect(200);
    assert!(!list.text.contains(SECRET));
    assert_eq!(list.data()[0]["updatedAt"], ticket["updatedAt"]);
}

#[tokio::test]
async fn no_answer_that_a_requester_gets_carries_a_note() {
    let (_app, asha, [admin, _], ticket) = stage().await;
    let path = |below: &str| ticket_path(&ticket, below);
    let said = asha.post(&path("/messages"), json!({ "text": "And?" })).await.expect(201);
    let resolved = admin.take_ticket_to(said.data(), "resolved").await;
    let rated = asha.post(&path("/rating"), json!({ "score": 3 })).await.expect(200);
    let close = json!({ "status": "closed", "version": rated.data()["version"] });
    let closed = asha.put(&path("/status"), close).await.expect(200);
    for reply in [&said, &rated, &closed] {
        assert!(!reply.text.contains(SECRET), "{}", reply.text);
        assert_eq!(reply.data()["messages"].as_array().unwrap().len(), 1);
    }
    assert_eq!(resolved["messages"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn no_search_finds_a_ticket_by_a_note() {
    let (_app, asha, [admin, _], _) = stage().await;
    for client in [&asha, &admin] {
        assert_eq!(client.get(&format!("{TICKETS}?q={SECRET}")).await.expect(200).data(), &json!([]));
    }
}

#[tokio::test]
async fn a_note_is_no_last_reply_and_no_answer() {
    let (_app, _, [admin, _], ticket) = stage().await;
    let seen = admin.see_ticket(&ticket).await;
    assert_eq!((&seen["lastReply"], &seen["clock"]["answeredAt"]), (&json!(null), &json!(null)));
}

#[tokio::test]
async fn of_a_note_the_assignee_is_told_and_no_requester() {
    let (app, asha, [admin, colleague], _) = stage().await;
    let told: Vec<Document> = app
        .stored("notifications")
        .await
        .into_iter()
        .filter(|row| row.get_str("body").unwrap().contains(SECRET))
        .collect();
    let to: Vec<String> = told.iter().map(|row| row.get_object_id("to").unwrap().to_hex()).collect();
    assert_eq!(to, std::slice::from_ref(&admin.user_id));
    for other in [&asha, &colleague] {
        assert!(!to.contains(&other.user_id));
    }
}

#[tokio::test]
async fn a_note_makes_no_colleagues_answer_stale() {
    let (_app, _, [admin, _], ticket) = stage().await;
    let ask = json!({ "status": "waiting_customer", "version": ticket["version"] });
    admin.put(&ticket_path(&ticket, "/status"), ask).await.expect(200);
}

#[tokio::test]
async fn an_idempotency_key_of_an_admin_gives_a_requester_nothing() {
    let (_app, asha, [admin, _], ticket) = stage().await;
    let (body, key) = (json!({ "text": SECRET, "internal": true }), [("idempotency-key", "note-1")]);
    let path = ticket_path(&ticket, "/messages");
    admin.send_json(Method::POST, &path, &body, &key).await.expect(201);
    let refused = asha.send_json(Method::POST, &path, &body, &key).await.refused(403, "forbidden");
    assert!(!refused.text.contains(SECRET));
}

#[tokio::test]
async fn a_note_and_a_closing_at_once_leave_no_note_in_a_closed_ticket() {
    let (_app, asha, [admin, colleague], _) = stage().await;
    for _ in 0..8 {
        let ticket = admin.move_ticket(&asha.open_ticket().await, "resolved").await;
        let close = json!({ "status": "closed", "version": ticket["version"] });
        let (status, messages) = (ticket_path(&ticket, "/status"), ticket_path(&ticket, "/messages"));
        let note = json!({ "text": SECRET, "internal": true });
        let (closed, noted) = tokio::join!(asha.put(&status, close), colleague.post(&messages, note));
        closed.expect(200);
        let history = admin.see_ticket(&ticket).await;
        let notes = history["messages"].as_array().unwrap().len();
        match noted.status {
            201 => assert_eq!(notes, 1),
            _ => assert_eq!((noted.error(), notes), ("step_refused", 0)),
        }
    }
}

#[tokio::test]
async fn the_trail_of_changes_tells_of_a_note_without_its_words() {
    let (app, ..) = stage().await;
    assert_eq!(app.count("audit", doc! { "entity": "ticket", "action": "note" }).await, 1);
    assert!(app.stored("audit").await.iter().all(|row| !row.to_string().contains(SECRET)));
}
