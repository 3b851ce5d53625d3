//! The two doors: who may open a connection, what ends one, and that nothing a client sends harms anybody.

use std::time::Instant;

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, PASSWORD, TestApp, figures,
    live::{CONNECT, Listening, Program, SOCKET_IO, Tab, open},
};

const SIGNED_OUT: u16 = 4401;
const RESTARTING: u16 = 1012;

async fn cookie_of(app: &TestApp, person: &Client) -> String {
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &person.email), ("password", PASSWORD)]).await;
    format!("session={}", browser.cookie("session").unwrap())
}

#[tokio::test]
async fn who_is_not_signed_in_gets_no_connection() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    assert_eq!(open(&at, CONNECT, &[]).await.unwrap_err(), 401);
    assert_eq!(open(&at, CONNECT, &[("authorization", "Bearer x")]).await.unwrap_err(), 401);
    assert!(app.app.live().hub.is_empty());
}

#[tokio::test]
async fn a_page_of_another_site_gets_no_connection() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let cookie = cookie_of(&app, &app.register(Role::User, "Mira Sen").await).await;
    let own = format!("http://{}", at.address);
    for (origin, path, refused) in [
        (own.as_str(), CONNECT, None),
        ("https://evil.example", CONNECT, Some(403)),
        ("null", CONNECT, Some(403)),
        ("https://evil.example", SOCKET_IO, Some(403)),
        (own.as_str(), SOCKET_IO, None),
    ] {
        let outcome = open(&at, path, &[("cookie", &cookie), ("origin", origin)]).await;
        assert_eq!(outcome.err(), refused, "{origin} {path}");
    }
    assert_eq!(open(&at, CONNECT, &[("cookie", &cookie)]).await.err(), Some(403), "a browser says where it comes from");
}

#[tokio::test]
async fn another_site_cannot_begin_at_the_other_door_without_a_websocket() {
    let app = TestApp::start().await;
    let path = "/socket.io/?EIO=4&transport=polling";
    let ask = |origin: &str| app.anonymous().request(axum::http::Method::GET, path).header("origin", origin);
    let send = |request: axum::http::request::Builder| app.send(request.body(axum::body::Body::empty()).unwrap());
    send(ask("https://evil.example")).await.refused(403, "bad_origin");
    send(ask("http://127.0.0.1:3000")).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_made_for_somebody_else_says_nothing_in_the_name_of_who_is_signed_in_now() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (mira, ravi) = (app.register(Role::User, "Mira Sen").await, app.register(Role::User, "Ravi").await);
    let talk = ravi.ask_support().await;
    let mut tab = Tab::open(&at, &ravi).await;
    assert_eq!(tab.ask("page:here", json!({ "userId": ravi.user_id })).await, json!({}));
    let message = json!({ "conversationId": talk["id"], "clientId": "c1", "body": "What Mira wrote" });
    for event in [json!({ "page:here": { "userId": mira.user_id } }), json!({ "message:send": message })] {
        tab.send(&event.to_string()).await;
    }
    assert_eq!(tab.end().await, SIGNED_OUT);
    assert!(ravi.read_messages(&talk, "").await.is_empty());
}

#[tokio::test]
async fn the_door_takes_websockets_alone() {
    let app = TestApp::start().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    mira.get(CONNECT).await.expect(400);
    app.anonymous().get(CONNECT).await.expect(401);
    assert!(app.app.live().hub.is_empty());
}

/// Ends sessions of the person by `act`, and checks that their connections at both doors end with them, and those of others not. How soon
/// is printed.
async fn ends_connections<F: Future<Output = ()>>(act: impl FnOnce(TestAppRef, Client) -> F) {
    let app = std::sync::Arc::new(TestApp::start().await);
    let at = app.listen().await;
    let (mira, ravi) = (app.register(Role::User, "Mira Sen").await, app.register(Role::User, "Ravi").await);
    let (mut hers, mut his) = (Tab::open(&at, &mira).await, Tab::open(&at, &ravi).await);
    let mut program = Program::connect(&at, json!({ "token": mira.token })).await;
    // It is served by now: it is answered.
    program.ask("leave:conversation", json!({ "conversationId": mira.user_id })).await;
    act(app.clone(), mira).await;
    let since = Instant::now();
    assert_eq!(hers.end().await, SIGNED_OUT);
    program.end().await;
    figures::tell(&format!(
        "connections at both doors ended {:?} after their session (asked for: 1 s)",
        since.elapsed()
    ));
    assert_eq!(his.ask("leave:conversation", json!({ "conversationId": ravi.user_id })).await, json!({}));
}

type TestAppRef = std::sync::Arc<TestApp>;

#[tokio::test]
async fn signing_out_ends_the_connections_of_the_session() {
    ends_connections(|_, mira| async move {
        mira.post("/api/auth/logout", Value::Null).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_connections_of_the_person() {
    ends_connections(|app, mira| async move {
        let elsewhere = app.sign_in(&mira.email).await;
        let body = json!({ "current": PASSWORD, "password": "another correct horse battery" });
        elsewhere.put("/api/auth/password", body).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn who_is_disabled_is_cut_off() {
    ends_connections(|app, mira| async move {
        let admin = app.admin().await;
        let path = format!("/api/admin/users/{}", mira.user_id);
        let listed = admin.get(&format!("/api/admin/users?q={}", mira.email)).await.expect(200);
        let version = listed.data()[0]["version"].clone();
        admin.put(&path, json!({ "state": "disabled", "version": version })).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn signing_out_in_a_browser_ends_its_connection() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &mira.email), ("password", PASSWORD)]).await;
    let (cookie, origin) =
        (format!("session={}", browser.cookie("session").unwrap()), format!("http://{}", at.address));
    let mut line = open(&at, CONNECT, &[("cookie", &cookie), ("origin", &origin)]).await.unwrap();
    browser.submit("accounts/sign_out", &[]).await;
    let last = line.next().await.unwrap().unwrap();
    assert!(matches!(&last, Message::Close(Some(close)) if u16::from(close.code) == SIGNED_OUT), "{last:?}");
}

#[tokio::test]
async fn when_the_process_ends_clients_are_told_to_come_again() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    let mut tab = Tab::open(&at, &mira).await;
    let mut program = Program::connect(&at, json!({ "token": mira.token })).await;
    program.ask("leave:conversation", json!({ "conversationId": mira.user_id })).await;
    let ended = tokio::spawn(at.end());
    assert_eq!(tab.end().await, RESTARTING);
    // The end of the process closes its connection, so that it comes back by itself.
    assert_eq!(program.hear("error").await["error"], "unavailable");
    ended.await.unwrap();
    assert!(app.app.live().hub.is_empty());
}

#[tokio::test]
async fn frames_that_nobody_understands_are_answered_and_harm_nobody() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    let mut tab = Tab::open(&at, &mira).await;
    let deep = "[".repeat(10_000);
    for frame in [
        "",
        "{",
        "null",
        "[]",
        "\u{0}",
        r#"{"message:send":null}"#,
        r#"{"no such event":{}}"#,
        r#"{"typing:start":{"conversationId":{"$ne":null}}}"#,
        r#"{"message:send":{"conversationId":"65f1c0ffee00112233445566","userId":"x"}}"#,
        deep.as_str(),
    ] {
        tab.send(frame).await;
        let told = tab.hear("error").await;
        assert_eq!(told["error"], "malformed_request", "{frame}");
        assert!(!told["message"].as_str().unwrap().contains("serde"), "{told}");
    }
    tab.send("7{").await;
    tab.send("8[]").await;
    assert_eq!(tab.ask("leave:conversation", json!({ "conversationId": mira.user_id })).await, json!({}));
}

#[tokio::test]
async fn a_frame_beyond_64_kib_ends_its_connection() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    let mut tab = Tab::open(&at, &mira).await;
    tab.send(&"x".repeat(64 * 1024)).await;
    assert_eq!(tab.hear("error").await["error"], "malformed_request", "so much is read");
    tab.send(&"x".repeat(64 * 1024 + 1)).await;
    assert_eq!(tab.end().await, 1009);
}

#[tokio::test]
async fn the_other_door_wants_a_token() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    let mut at_once = Program::connect(&at, json!({ "token": mira.token })).await;
    assert_eq!(at_once.ask("leave:conversation", json!({ "conversationId": mira.user_id })).await, json!({}));
    let mut later = Program::connect(&at, json!({})).await;
    let early = later.ask("typing:start", json!({ "conversationId": mira.user_id })).await;
    assert_eq!(early["error"], "unauthenticated");
    assert_eq!(later.ask("authenticate", json!({ "token": mira.token })).await, json!({ "userId": mira.user_id }));
    let mut wrong = Program::connect(&at, json!({ "token": "x" })).await;
    assert_eq!(wrong.hear("error").await["error"], "unauthenticated");
    wrong.end().await;
    let mut wrong = Program::connect(&at, json!({})).await;
    assert_eq!(wrong.ask("authenticate", json!({ "token": { "$ne": null } })).await["error"], "unauthenticated");
    wrong.end().await;
}

#[tokio::test]
async fn who_does_not_say_who_they_are_is_cut_off() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mut silent = Program::connect(&at, json!({})).await;
    silent.end().await;
}

#[tokio::test]
async fn the_other_door_tells_what_the_first_one_does() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (mira, admin) = (app.register(Role::User, "Mira Sen").await, app.admin().await);
    let mut program = Program::connect(&at, json!({ "token": admin.token })).await;
    program.ask("leave:conversation", json!({ "conversationId": mira.user_id })).await;
    let ticket = mira.open_ticket().await;
    assert_eq!(program.hear("changed").await, json!({ "kind": "ticket", "id": ticket["id"] }));
    assert_eq!(program.hear("notification:new").await["unreadCount"], 1);
}

#[tokio::test]
async fn what_the_other_door_does_not_understand_is_refused() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let mira = app.register(Role::User, "Mira Sen").await;
    let mut program = Program::connect(&at, json!({ "token": mira.token })).await;
    for (event, payload) in [
        ("no such event", json!({})),
        ("join:conversation", Value::Null),
        ("join:conversation", json!({ "conversationId": { "$ne": null } })),
        ("message:read", json!([1, 2])),
    ] {
        assert_eq!(program.ask(event, payload.clone()).await["error"], "malformed_request", "{event} {payload}");
    }
    let absent = json!({ "conversationId": "65f1c0ffee00112233445566" });
    assert_eq!(program.ask("join:conversation", absent).await["error"], "not_found");
    broken_packets(&at, &mira).await;
    assert_eq!(program.ask("leave:conversation", json!({ "conversationId": mira.user_id })).await, json!({}));
}

/// Sends what is no packet at all, each on a line of its own.
async fn broken_packets(at: &Listening, person: &Client) {
    for packet in ["42", "4", "42[", "42{}", "99", "451-[\"x\",{\"_placeholder\":true,\"num\":0}]", "42[1]", "\u{0}"] {
        let mut program = Program::connect(at, json!({ "token": person.token })).await;
        program.send(packet).await;
    }
}
