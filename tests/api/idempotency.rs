//! `Idempotency-Key`: the same request is carried out once, and nothing secret is kept for it.

use axum::http::Method;
use futures_util::future::join_all;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Client, PASSWORD, Reply, TestApp};

const TRIPS: &str = "/api/trips";

fn trip(title: &str) -> Value {
    json!({
        "title": title, "destination": "Manali", "region": "Himachal Pradesh", "summary": "Two valleys.",
        "difficulty": "moderate", "durationDays": 5, "price": { "amount": 1_200_000, "currency": "INR" },
    })
}

async fn send(client: &Client, path: &str, body: &Value, key: &str) -> Reply {
    client.send_json(Method::POST, path, body, &[("idempotency-key", key)]).await
}

fn was_replayed(reply: &Reply) -> bool {
    reply.headers.contains_key("idempotent-replayed")
}

async fn stage() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    (app, organizer)
}

#[tokio::test]
async fn the_same_key_in_parallel_has_one_effect_and_one_answer() {
    let (app, organizer) = stage().await;
    let body = trip("Hampta pass");
    let replies = join_all((0..20).map(|_| send(&organizer, TRIPS, &body, "once"))).await;
    let first = replies.iter().find(|reply| !was_replayed(reply)).unwrap().clone().expect(201);
    for reply in &replies {
        assert_eq!((reply.status, &reply.text), (201, &first.text));
    }
    assert_eq!(replies.iter().filter(|reply| was_replayed(reply)).count(), 19);
    assert_eq!(app.count("trips", doc! {}).await, 1);
    assert_eq!(app.count("audit", doc! { "entity": "trip", "action": "create" }).await, 1);
}

#[tokio::test]
async fn a_key_serves_one_request_only() {
    let (app, organizer) = stage().await;
    send(&organizer, TRIPS, &trip("Hampta pass"), "one").await.expect(201);
    send(&organizer, TRIPS, &trip("Pin Parvati"), "one").await.refused(409, "conflict");
    send(&organizer, TRIPS, &trip("Pin Parvati"), "two").await.expect(201);
    assert_eq!(app.count("trips", doc! {}).await, 2);
}

#[tokio::test]
async fn a_key_is_its_senders_own() {
    let (app, organizer) = stage().await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    let first = send(&organizer, TRIPS, &trip("Hampta pass"), "same").await.expect(201);
    let second = send(&other, TRIPS, &trip("Hampta pass"), "same").await.expect(201);
    assert_ne!(first.data()["id"], second.data()["id"]);
}

#[tokio::test]
async fn a_refusal_is_answered_again_but_a_missing_sign_in_is_not_kept() {
    let (app, organizer) = stage().await;
    let bad = json!({ "title": "" });
    let first = send(&organizer, TRIPS, &bad, "k").await.expect(422);
    let again = send(&organizer, TRIPS, &bad, "k").await.expect(422);
    assert_eq!(first.text, again.text);
    assert!(was_replayed(&again));
    let stranger = app.anonymous();
    send(&stranger, TRIPS, &trip("Hampta pass"), "s").await.refused(401, "unauthenticated");
    assert!(!was_replayed(&send(&stranger, TRIPS, &trip("Hampta pass"), "s").await.expect(401)));
}

#[tokio::test]
async fn a_key_of_the_wrong_form_is_refused_and_nothing_happens() {
    let (app, organizer) = stage().await;
    for key in ["", &"k".repeat(65), "tab\tkey"] {
        let reply = send(&organizer, TRIPS, &trip("Hampta pass"), key).await.refused(422, "invalid_input");
        assert!(reply.body["fields"]["Idempotency-Key"].is_array(), "{}", reply.text);
    }
    assert_eq!(app.count("trips", doc! {}).await, 0);
}

#[tokio::test]
async fn a_bad_key_is_told_after_who_may_not_do_this_and_before_what_conflicts() {
    let (app, organizer) = stage().await;
    let traveller = app.register(Role::User, "Asha Rao").await;
    send(&app.anonymous(), TRIPS, &trip("A"), "").await.refused(401, "unauthenticated");
    send(&traveller, TRIPS, &trip("A"), "").await.refused(403, "forbidden");
    let stale = json!({ "version": 99, "summary": "Two valleys and a pass." });
    let id = organizer.post(TRIPS, trip("A")).await.expect(201).data()["id"].as_str().unwrap().to_owned();
    let (path, bad) = (format!("{TRIPS}/{id}"), [("idempotency-key", "")]);
    organizer.send_json(Method::PUT, &path, &stale, &[]).await.refused(409, "conflict");
    organizer.send_json(Method::PUT, &path, &stale, &bad).await.refused(422, "invalid_input");
    organizer
        .send_json(Method::PUT, "/api/trips/65f1c0ffee00112233445566", &stale, &bad)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn passwords_and_tokens_are_never_kept_for_a_key() {
    let app = TestApp::start().await;
    let stranger = app.anonymous();
    let registration = json!({ "name": "Asha", "email": "asha@example.in", "password": PASSWORD, "role": "user" });
    send(&stranger, "/api/auth/register", &registration, "k").await.expect(201);
    let login = json!({ "email": "asha@example.in", "password": PASSWORD });
    let first = send(&stranger, "/api/auth/login", &login, "k").await.expect(200);
    let second = send(&stranger, "/api/auth/login", &login, "k").await.expect(200);
    assert_ne!(first.data()["refreshToken"], second.data()["refreshToken"]);
    let refresh = json!({ "refreshToken": first.data()["refreshToken"] });
    send(&stranger, "/api/auth/refresh", &refresh, "k").await.expect(200);
    let asha = app.sign_in("asha@example.in").await;
    let change = json!({ "current": PASSWORD, "password": "a quite different password" });
    asha.send_json(Method::PUT, "/api/auth/password", &change, &[("idempotency-key", "k")]).await.expect(204);
    assert_eq!(app.count("idempotencyKeys", doc! {}).await, 0);
}

#[tokio::test]
async fn the_description_says_which_requests_go_by_a_key() {
    let app = TestApp::start().await;
    let api = app.anonymous().get("/api/openapi.json").await.expect(200).body;
    let takes_key = |path: &str, method: &str| {
        let parameters = api["paths"][path][method]["parameters"].as_array().cloned().unwrap_or_default();
        parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key" && parameter["in"] == "header")
    };
    for (path, method) in [("/api/crm/leads", "post"), ("/api/trips/{trip}", "put"), ("/api/crm/views/{id}", "delete")]
    {
        assert!(takes_key(path, method), "{method} {path}");
    }
    for (path, method) in [("/api/auth/login", "post"), ("/api/auth/password", "put"), ("/api/crm/leads", "get")] {
        assert!(!takes_key(path, method), "{method} {path}");
    }
}
