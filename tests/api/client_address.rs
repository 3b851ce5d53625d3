//! Whom limits and idempotency keys take for the client when a proxy stands in front.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request},
};
use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::{
    crm::accounts::user::Role,
    server::mongo::limits::{self, Limit},
};

use crate::support::{PASSWORD, Reply, TestApp};

const PROXY: &str = "10.0.0.9:443";
const STRANGER: &str = "198.51.100.4:50000";

async fn start() -> TestApp {
    TestApp::start_with(|config| config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()]).await
}

/// Sends JSON over a connection from `peer`, which says that it comes from `forwarded`.
async fn send(app: &TestApp, path: &str, body: &Value, (peer, forwarded): (&str, &str), key: Option<&str>) -> Reply {
    let request = Request::builder().method(Method::POST).uri(path).header("host", "127.0.0.1:3000");
    let mut request = request.header("content-type", "application/json").header("x-forwarded-for", forwarded);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let request = request.extension(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    app.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn behind_a_trusted_proxy_everybody_has_a_limit_of_their_own() {
    let app = start().await;
    let limit = Limit { max: 100, window: SignedDuration::from_mins(15) };
    for _ in 0..limit.max {
        limits::count(&app.app, "sign-in:203.0.113.7", limit).await.unwrap();
    }
    let login = json!({ "email": "nobody@example.in", "password": PASSWORD });
    for (peer, forwarded, status) in [
        (PROXY, "203.0.113.7", 429),
        (PROXY, "203.0.113.8", 401),
        // Only the last hop is the proxy's own word.
        (PROXY, "203.0.113.7, 203.0.113.8", 401),
        (PROXY, "203.0.113.8, 203.0.113.7", 429),
        (PROXY, "203.0.113.7, 10.0.0.4", 429),
        (STRANGER, "203.0.113.7", 401),
        (STRANGER, "10.0.0.4", 401),
    ] {
        let reply = send(&app, "/api/auth/login", &login, (peer, forwarded), None).await;
        assert_eq!(reply.status, status, "{peer} for {forwarded}: {}", reply.text);
    }
    for counted in ["sign-in:203.0.113.8", "sign-in:198.51.100.4"] {
        assert_eq!(app.count("limits", doc! { "_id": counted, "hits.1": { "$exists": true } }).await, 1, "{counted}");
    }
    assert_eq!(app.count("limits", doc! { "_id": { "$regex": "^sign-in:10[.]" } }).await, 0, "a proxy tries nothing");
}

#[tokio::test]
async fn without_trusted_proxies_the_header_means_nothing() {
    let app = TestApp::start().await;
    let login = json!({ "email": "nobody@example.in", "password": PASSWORD });
    send(&app, "/api/auth/login", &login, (PROXY, "203.0.113.7"), None).await.refused(401, "unauthenticated");
    assert_eq!(app.count("limits", doc! { "_id": "sign-in:10.0.0.9" }).await, 1);
    assert_eq!(app.count("limits", doc! { "_id": "sign-in:203.0.113.7" }).await, 0);
}

#[tokio::test]
async fn strangers_behind_one_proxy_do_not_share_idempotency_keys() {
    let app = start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[8]).await;
    let enquiry = json!({ "tripId": trip["id"], "email": "mira@example.in", "name": "Mira Sen" });
    for (forwarded, is_replayed) in [("203.0.113.7", false), ("203.0.113.8", false), ("203.0.113.7", true)] {
        let reply = send(&app, "/api/crm/leads", &enquiry, (PROXY, forwarded), Some("one key")).await.expect(201);
        assert_eq!(reply.headers.contains_key("idempotent-replayed"), is_replayed, "{forwarded}");
    }
}
