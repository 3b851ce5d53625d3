//! Accounts: registering, signing in and out, tokens, passwords, profile and sessions.

use jiff::SignedDuration;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Client, PASSWORD, Reply, TestApp};

const NEW_PASSWORD: &str = "a quite different password";

async fn login(app: &TestApp, email: &str, password: &str) -> Reply {
    app.anonymous().post("/api/auth/login", json!({ "email": email, "password": password })).await
}

fn with_token(client: &Client, token: &Value) -> Client {
    let mut client = client.clone();
    client.token = token.as_str().map(str::to_owned);
    client
}

/// The newest mail to an address, as the outbox shows it.
async fn newest_mail(admin: &Client, to: &str) -> Value {
    let outbox = admin.get("/api/admin/outbox?limit=100").await.expect(200);
    outbox.data().as_array().unwrap().iter().find(|mail| mail["to"] == to).cloned().unwrap_or(Value::Null)
}

fn token_in(mail: &Value) -> String {
    let text = mail["text"].as_str().unwrap();
    text.split("token=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn a_new_account_is_signed_in_and_can_come_back() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let again = app.sign_in(&asha.email.to_uppercase()).await;
    assert_eq!(again.user_id, asha.user_id);
    let me = again.get("/api/auth/me").await.expect(200);
    assert_eq!(me.data()["timeZone"], "Asia/Kolkata");
    assert_eq!(me.data()["capabilities"]["crmAccess"], false);
    assert!(!me.text.contains("argon2"), "{}", me.text);
}

#[tokio::test]
async fn registration_says_what_is_wrong_field_by_field() {
    let app = TestApp::start().await;
    let body = json!({ "name": " ", "email": "nobody", "password": "short", "role": "user", "phone": "call me" });
    let reply = app.anonymous().post("/api/auth/register", body).await.refused(422, "invalid_input");
    for field in ["name", "email", "password", "phone"] {
        assert!(reply.body["fields"][field][0].is_string(), "{field}: {}", reply.text);
    }
    let people = app.admin().await.get("/api/admin/users").await.expect(200);
    assert_eq!(people.body["pagination"]["total"], 1, "only the admin");
}

#[tokio::test]
async fn nobody_registers_as_an_admin() {
    let app = TestApp::start().await;
    let body = json!({ "name": "Asha", "email": "asha@example.in", "password": PASSWORD, "role": "admin" });
    app.anonymous().post("/api/auth/register", body).await.refused(422, "invalid_input");
}

#[tokio::test]
async fn values_that_look_like_operators_are_refused() {
    let app = TestApp::start().await;
    let reply =
        app.anonymous().post("/api/auth/login", json!({ "email": { "$ne": null }, "password": PASSWORD })).await;
    reply.refused(422, "invalid_input");
    let body = json!({ "email": "asha@example.in", "password": PASSWORD, "role": "admin" });
    app.anonymous().post("/api/auth/login", body).await.refused(422, "unknown_field");
}

#[tokio::test]
async fn an_address_has_one_account() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let body =
        json!({ "name": "Another", "email": asha.email.to_uppercase(), "password": PASSWORD, "role": "organizer" });
    app.anonymous().post("/api/auth/register", body).await.refused(409, "conflict");
}

#[tokio::test]
async fn with_verification_known_and_new_addresses_are_answered_alike() {
    let app = TestApp::start_with(|config| config.verify_email = true).await;
    let admin = app.admin().await;
    let body = |email: &str| json!({ "name": "Asha", "email": email, "password": PASSWORD, "role": "user" });
    let new = app.anonymous().post("/api/auth/register", body("asha@example.in")).await.expect(202);
    let known = app.anonymous().post("/api/auth/register", body(&admin.email)).await.expect(202);
    assert_eq!(new.data(), &json!({ "verificationSent": true }));
    assert_eq!(new.data(), known.data());
    assert_eq!(newest_mail(&admin, &admin.email).await["kind"], "account_exists");
}

#[tokio::test]
async fn with_verification_an_account_begins_when_its_link_is_followed() {
    let app = TestApp::start_with(|config| config.verify_email = true).await;
    let admin = app.admin().await;
    let body = json!({ "name": "Asha", "email": "asha@example.in", "password": PASSWORD, "role": "user" });
    app.anonymous().post("/api/auth/register", body).await.expect(202);
    login(&app, "asha@example.in", PASSWORD).await.refused(401, "unauthenticated");
    let token = token_in(&newest_mail(&admin, "asha@example.in").await);
    let verified = app.anonymous().post("/api/auth/verify-email", json!({ "token": token })).await.expect(200);
    assert_eq!(verified.data()["user"]["emailVerified"], true);
    app.anonymous().post("/api/auth/verify-email", json!({ "token": token })).await.refused(422, "invalid_input");
    login(&app, "asha@example.in", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_verification_link_is_good_for_a_day() {
    let app = TestApp::start_with(|config| config.verify_email = true).await;
    let admin = app.admin().await;
    let body = json!({ "name": "Asha", "email": "asha@example.in", "password": PASSWORD, "role": "user" });
    app.anonymous().post("/api/auth/register", body).await.expect(202);
    let token = token_in(&newest_mail(&admin, "asha@example.in").await);
    app.clock.advance(SignedDuration::from_hours(24));
    app.anonymous().post("/api/auth/verify-email", json!({ "token": token })).await.refused(422, "invalid_input");
}

#[tokio::test]
async fn wrong_addresses_and_wrong_passwords_are_refused_alike() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let wrong = login(&app, &asha.email, "not her password").await.refused(401, "unauthenticated");
    let unknown = login(&app, "nobody@example.in", PASSWORD).await.refused(401, "unauthenticated");
    assert_eq!(wrong.body["message"], unknown.body["message"]);
}

#[tokio::test]
async fn after_ten_failures_an_account_waits_out_the_quarter_hour() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let ravi = app.register(Role::User, "Ravi Menon").await;
    for _ in 0..10 {
        login(&app, &asha.email, "not her password").await.expect(401);
    }
    let refused = login(&app, &asha.email, PASSWORD).await.refused(429, "too_many_requests");
    assert_eq!(refused.headers["retry-after"], "900");
    login(&app, &ravi.email, PASSWORD).await.expect(200);
    app.clock.advance(SignedDuration::from_mins(15));
    login(&app, &asha.email, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn unknown_addresses_wait_like_known_ones() {
    let app = TestApp::start().await;
    for _ in 0..10 {
        login(&app, "nobody@example.in", PASSWORD).await.expect(401);
    }
    login(&app, "nobody@example.in", PASSWORD).await.refused(429, "too_many_requests");
}

#[tokio::test]
async fn guessing_in_parallel_gains_nothing() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let guesses = (0..14).map(|_| login(&app, &asha.email, "not her password"));
    let statuses: Vec<u16> = futures_util::future::join_all(guesses).await.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 10, "{statuses:?}");
}

#[tokio::test]
async fn an_access_token_is_good_for_a_quarter_hour() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    app.clock.advance(SignedDuration::from_secs(15 * 60 - 1));
    asha.get("/api/auth/me").await.expect(200);
    app.clock.advance(SignedDuration::from_secs(1));
    asha.get("/api/auth/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_token_that_was_tampered_with_is_refused() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let token = asha.token.clone().unwrap();
    let (head, signature) = token.rsplit_once('.').unwrap();
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", head.split('.').nth(1).unwrap());
    for wrong in
        [format!("{head}.{}", signature.chars().rev().collect::<String>()), unsigned, "x".into(), String::new()]
    {
        with_token(&asha, &json!(wrong)).get("/api/auth/me").await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_ten_seconds_more_for_the_same_pair() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let first = login(&app, &asha.email, PASSWORD).await.expect(200).data().clone();
    let refresh = |token: &Value| {
        let body = json!({ "refreshToken": token });
        let nobody = app.anonymous();
        async move { nobody.post("/api/auth/refresh", body).await }
    };
    app.clock.advance(SignedDuration::from_mins(20));
    let second = refresh(&first["refreshToken"]).await.expect(200).data().clone();
    with_token(&asha, &second["accessToken"]).get("/api/auth/me").await.expect(200);
    app.clock.advance(SignedDuration::from_secs(10));
    let repeated = refresh(&first["refreshToken"]).await.expect(200).data().clone();
    assert_eq!(repeated, second);
    app.clock.advance(SignedDuration::from_secs(1));
    refresh(&first["refreshToken"]).await.refused(401, "unauthenticated");
    refresh(&second["refreshToken"]).await.refused(401, "unauthenticated");
    with_token(&asha, &second["accessToken"]).get("/api/auth/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn of_refreshes_at_the_same_moment_all_get_the_same_pair() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let first = login(&app, &asha.email, PASSWORD).await.expect(200).data().clone();
    let body = json!({ "refreshToken": first["refreshToken"] });
    let nobody = app.anonymous();
    let replies = futures_util::future::join_all((0..8).map(|_| nobody.post("/api/auth/refresh", body.clone()))).await;
    assert!(replies.iter().all(|reply| reply.status == 200 && reply.data() == replies[0].data()), "{replies:?}");
}

#[tokio::test]
async fn a_session_that_is_not_used_ends_after_thirty_days() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let pair = login(&app, &asha.email, PASSWORD).await.expect(200).data().clone();
    app.clock.advance(SignedDuration::from_hours(30 * 24));
    app.anonymous()
        .post("/api/auth/refresh", json!({ "refreshToken": pair["refreshToken"] }))
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn signing_out_ends_that_session_only() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let pair = login(&app, &asha.email, PASSWORD).await.expect(200).data().clone();
    let other = with_token(&asha, &pair["accessToken"]);
    other.post("/api/auth/logout", json!({})).await.expect(204);
    other.get("/api/auth/me").await.refused(401, "unauthenticated");
    app.anonymous()
        .post("/api/auth/refresh", json!({ "refreshToken": pair["refreshToken"] }))
        .await
        .refused(401, "unauthenticated");
    asha.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_changed_password_ends_all_sessions_and_is_told_by_mail() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let other = app.sign_in(&asha.email).await;
    asha.put("/api/auth/password", json!({ "current": PASSWORD, "password": NEW_PASSWORD })).await.expect(204);
    asha.get("/api/auth/me").await.refused(401, "unauthenticated");
    other.get("/api/auth/me").await.refused(401, "unauthenticated");
    login(&app, &asha.email, PASSWORD).await.refused(401, "unauthenticated");
    login(&app, &asha.email, NEW_PASSWORD).await.expect(200);
    assert_eq!(newest_mail(&admin, &asha.email).await["kind"], "password_changed");
}

#[tokio::test]
async fn a_wrong_current_password_changes_nothing_and_counts_as_a_failure() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let change = json!({ "current": "not her password", "password": NEW_PASSWORD });
    for _ in 0..10 {
        let refused = asha.put("/api/auth/password", change.clone()).await.refused(422, "invalid_input");
        assert!(refused.body["fields"]["current"][0].is_string(), "{}", refused.text);
    }
    asha.put("/api/auth/password", change).await.refused(429, "too_many_requests");
    asha.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_new_password_is_neither_short_nor_the_address() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    for wrong in ["short", &asha.email, &"x".repeat(129)] {
        let change = json!({ "current": PASSWORD, "password": wrong });
        let refused = asha.put("/api/auth/password", change).await.refused(422, "invalid_input");
        assert!(refused.body["fields"]["password"][0].is_string(), "{}", refused.text);
    }
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_mail_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let nobody = app.anonymous();
    let known = nobody.post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    let unknown = nobody.post("/api/auth/password/forgot", json!({ "email": "nobody@example.in" })).await.expect(202);
    assert_eq!(known.data(), unknown.data());
    assert_eq!(newest_mail(&admin, "nobody@example.in").await, Value::Null);
    let token = token_in(&newest_mail(&admin, &asha.email).await);
    let reset = |password: &str| json!({ "token": token, "password": password });
    nobody.post("/api/auth/password/reset", reset(&asha.email)).await.refused(422, "invalid_input");
    nobody.post("/api/auth/password/reset", reset(NEW_PASSWORD)).await.expect(204);
    nobody.post("/api/auth/password/reset", reset(NEW_PASSWORD)).await.refused(422, "invalid_input");
    asha.get("/api/auth/me").await.refused(401, "unauthenticated");
    let again = login(&app, &asha.email, NEW_PASSWORD).await.expect(200);
    assert_eq!(again.data()["user"]["emailVerified"], true);
}

#[tokio::test]
async fn a_reset_link_is_good_for_an_hour() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    app.anonymous().post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    let token = token_in(&newest_mail(&admin, &asha.email).await);
    app.clock.advance(SignedDuration::from_hours(1));
    let reset = json!({ "token": token, "password": NEW_PASSWORD });
    app.anonymous().post("/api/auth/password/reset", reset).await.refused(422, "invalid_input");
}

#[tokio::test]
async fn nobody_is_flooded_with_reset_mails() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    for _ in 0..8 {
        app.anonymous().post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    }
    let outbox = admin.get("/api/admin/outbox?state=queued").await.expect(200);
    assert_eq!(outbox.body["pagination"]["total"], 5);
}

#[tokio::test]
async fn a_profile_changes_what_it_names_and_nothing_else() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let change = json!({ "phone": "98765 43210", "locale": "hi", "timeZone": "europe/berlin" });
    let me = asha.put("/api/auth/me", change).await.expect(200);
    assert_eq!(me.data()["name"], "Asha Rao");
    assert_eq!(me.data()["phone"], "+919876543210");
    assert_eq!((&me.data()["locale"], &me.data()["timeZone"]), (&json!("hi"), &json!("Europe/Berlin")));
    let me = asha.put("/api/auth/me", json!({ "phone": null, "name": "Asha R." })).await.expect(200);
    assert_eq!((&me.data()["phone"], &me.data()["name"]), (&Value::Null, &json!("Asha R.")));
    assert_eq!(asha.get("/api/auth/me").await.data(), me.data());
}

#[tokio::test]
async fn a_profile_with_a_wrong_field_changes_nothing() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    for wrong in [
        json!({ "name": "New", "timeZone": "Asia/Nowhere" }),
        json!({ "name": "New", "locale": "fr" }),
        json!({ "name": "" }),
    ] {
        asha.put("/api/auth/me", wrong).await.refused(422, "invalid_input");
    }
    for unknown in [json!({ "role": "admin" }), json!({ "email": "new@example.in" }), json!({ "state": "active" })] {
        asha.put("/api/auth/me", unknown).await.refused(422, "unknown_field");
    }
    assert_eq!(asha.get("/api/auth/me").await.data()["name"], "Asha Rao");
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_only() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let ravi = app.register(Role::User, "Ravi Menon").await;
    let phone = app.sign_in(&asha.email).await;
    let sessions = asha.get("/api/auth/sessions").await.expect(200).data().clone();
    let current: Vec<bool> =
        sessions.as_array().unwrap().iter().map(|session| session["current"].as_bool().unwrap()).collect();
    assert_eq!(current, [false, true], "{sessions}");
    let id = sessions[0]["id"].as_str().unwrap();
    ravi.delete(&format!("/api/auth/sessions/{id}")).await.refused(404, "not_found");
    phone.get("/api/auth/me").await.expect(200);
    asha.delete(&format!("/api/auth/sessions/{id}")).await.expect(204);
    phone.get("/api/auth/me").await.refused(401, "unauthenticated");
    asha.delete(&format!("/api/auth/sessions/{id}")).await.refused(404, "not_found");
}

#[tokio::test]
async fn last_seen_is_kept_to_the_minute() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let seen = || async {
        asha.get("/api/auth/sessions").await.expect(200).data()[0]["lastSeenAt"].as_str().unwrap().to_owned()
    };
    let begin = seen().await;
    app.clock.advance(SignedDuration::from_secs(59));
    assert_eq!(seen().await, begin);
    app.clock.advance(SignedDuration::from_secs(1));
    assert_ne!(seen().await, begin);
}
