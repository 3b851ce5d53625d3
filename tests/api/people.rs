//! What admins do with people, mails and the audit trail.

use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use trek_tribe::{
    crm::accounts::user::Role,
    server::mail::{Transport, deliver_due},
};

use crate::support::{Client, PASSWORD, TestApp};

async fn person(admin: &Client, id: &str) -> Value {
    let people = admin.get("/api/admin/users?limit=100").await.expect(200);
    people.data().as_array().unwrap().iter().find(|person| person["id"] == id).unwrap().clone()
}

#[tokio::test]
async fn only_admins_see_people_mails_and_the_audit_trail() {
    let app = TestApp::start().await;
    let (asha, ridge) =
        (app.register(Role::User, "Asha Rao").await, app.register(Role::Organizer, "Ridge Walkers").await);
    for path in ["/api/admin/users", "/api/admin/outbox", "/api/admin/audit"] {
        app.anonymous().get(path).await.refused(401, "unauthenticated");
        asha.get(path).await.refused(403, "forbidden");
        ridge.get(path).await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn people_are_found_by_role_state_and_beginnings_of_words() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    app.register(Role::Organizer, "Ridge Walkers").await;
    let found = |query: &str| {
        let path = format!("/api/admin/users?{query}");
        let admin = admin.clone();
        async move { admin.get(&path).await.expect(200).body["pagination"]["total"].as_u64().unwrap() }
    };
    assert_eq!(found("role=user").await, 1);
    assert_eq!(found("q=wal").await, 1);
    assert_eq!(found("q=.*").await, 0);
    assert_eq!(found("state=disabled").await, 0);
    let version = person(&admin, &asha.user_id).await["version"].clone();
    let change = json!({ "state": "disabled", "version": version });
    admin.put(&format!("/api/admin/users/{}", asha.user_id), change).await.expect(200);
    assert_eq!(found("state=disabled&role=user").await, 1);
    admin.get("/api/admin/users?role=king").await.refused(422, "invalid_input");
    admin.get("/api/admin/users?roles=user").await.refused(422, "unknown_field");
}

#[tokio::test]
async fn pages_of_people_follow_each_other() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for name in ["One", "Two", "Three", "Four"] {
        app.register(Role::User, name).await;
    }
    let first = admin.get("/api/admin/users?limit=3").await.expect(200);
    let next = first.body["pagination"]["next"].as_str().unwrap().to_owned();
    let second = admin.get(&format!("/api/admin/users?limit=3&cursor={next}")).await.expect(200);
    let names: Vec<&Value> = [&first, &second]
        .into_iter()
        .flat_map(|page| page.data().as_array().unwrap())
        .map(|user| &user["name"])
        .collect();
    assert_eq!(names, ["Four", "Three", "Two", "One", "Admin"]);
    assert_eq!(second.body["pagination"]["next"], Value::Null);
}

#[tokio::test]
async fn a_changed_role_or_state_ends_all_sessions() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let path = format!("/api/admin/users/{}", asha.user_id);
    let changed = admin.put(&path, json!({ "role": "organizer", "version": 0 })).await.expect(200);
    asha.get("/api/auth/me").await.refused(401, "unauthenticated");
    let again = app.sign_in(&asha.email).await;
    assert_eq!(again.get("/api/auth/me").await.data()["role"], "organizer");
    let change = json!({ "state": "disabled", "version": changed.data()["version"] });
    admin.put(&path, change).await.expect(200);
    again.get("/api/auth/me").await.refused(401, "unauthenticated");
    let login = json!({ "email": asha.email, "password": PASSWORD });
    app.anonymous().post("/api/auth/login", login).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_stale_version_changes_nobody() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    asha.put("/api/auth/me", json!({ "name": "Asha R." })).await.expect(200);
    let path = format!("/api/admin/users/{}", asha.user_id);
    admin.put(&path, json!({ "role": "organizer", "version": 0 })).await.refused(409, "conflict");
    asha.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn the_last_active_admin_stays() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("/api/admin/users/{}", admin.user_id);
    for change in [json!({ "role": "user", "version": 0 }), json!({ "state": "disabled", "version": 0 })] {
        admin.put(&path, change).await.refused(409, "conflict");
    }
    admin.get("/api/admin/users").await.expect(200);
}

#[tokio::test]
async fn of_two_admins_who_remove_each_other_one_stays() {
    let app = TestApp::start().await;
    let (one, two) = (app.admin().await, app.admin().await);
    let remove = |by: &Client, whom: &Client| {
        let (by, path) = (by.clone(), format!("/api/admin/users/{}", whom.user_id));
        async move { by.put(&path, json!({ "state": "disabled", "version": 0 })).await.status }
    };
    let statuses = futures_util::future::join(remove(&one, &two), remove(&two, &one)).await;
    let (first, second) = (one.get("/api/auth/me").await.status, two.get("/api/auth/me").await.status);
    assert_eq!(u32::from(first == 200) + u32::from(second == 200), 1, "{statuses:?}");
}

#[tokio::test]
async fn the_audit_trail_says_who_changed_what() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let path = format!("/api/admin/users/{}", asha.user_id);
    admin.put(&path, json!({ "role": "organizer", "version": 0 })).await.expect(200);
    let trail = admin
        .get(&format!("/api/admin/audit?entity=user&id={}&actor={}", asha.user_id, admin.user_id))
        .await
        .expect(200);
    assert_eq!(trail.body["pagination"]["total"], 1);
    let row = &trail.data()[0];
    assert_eq!(row["action"], "change_person");
    assert_eq!(row["actor"], json!({ "id": admin.user_id, "name": "Admin" }));
    assert_eq!(row["changes"], json!([{ "field": "role", "from": "user", "to": "organizer" }]));
}

#[tokio::test]
async fn the_audit_trail_is_searched_by_days_of_who_asks() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let total = |query: &str| {
        let (admin, path) = (admin.clone(), format!("/api/admin/audit?{query}"));
        async move { admin.get(&path).await.expect(200).body["pagination"]["total"].as_u64().unwrap() }
    };
    assert_eq!(total("from=2026-11-24&to=2026-11-24").await, 1);
    assert_eq!(total("to=2026-11-23").await, 0);
    assert_eq!(total("from=2026-11-25").await, 0);
    admin.get("/api/admin/audit?from=yesterday").await.refused(422, "invalid_input");
}

#[tokio::test]
async fn mails_are_written_to_the_folder_once_and_again_when_asked() {
    let folder = std::env::temp_dir().join(format!("trek-tribe-outbox-{}", std::process::id()));
    let app = TestApp::start_with(|config| config.data_dir.clone_from(&folder)).await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    app.anonymous().post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    let transport = Transport::open(&app.app.config).unwrap();
    assert_eq!(deliver_due(&app.app, &transport, &CancellationToken::new()).await.unwrap(), 1);
    assert_eq!(deliver_due(&app.app, &transport, &CancellationToken::new()).await.unwrap(), 0);
    let mail = admin.get("/api/admin/outbox").await.expect(200).data()[0].clone();
    let id = mail["id"].as_str().unwrap();
    assert_eq!(mail["state"], "sent");
    let eml = std::fs::read_to_string(folder.join(format!("outbox/{id}.eml"))).unwrap();
    assert!(eml.contains(&format!("Message-ID: <{id}@127.0.0.1>")) && eml.contains(&asha.email), "{eml}");
    admin.post(&format!("/api/admin/outbox/{id}/resend"), json!({})).await.expect(200);
    admin.post(&format!("/api/admin/outbox/{id}/resend"), json!({})).await.refused(409, "conflict");
    assert_eq!(deliver_due(&app.app, &transport, &CancellationToken::new()).await.unwrap(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_mail_that_is_not_taken_is_tried_again_and_given_up_at_last() {
    let app = TestApp::start_with(|config| config.data_dir = "/dev/null".into()).await;
    let admin = app.admin().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    app.anonymous().post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    let transport = Transport::open(&app.app.config).unwrap();
    let mail = || async { admin_mail(&app, &admin.email).await };
    assert_eq!(deliver_due(&app.app, &transport, &CancellationToken::new()).await.unwrap(), 0);
    assert_eq!((&mail().await["state"], &mail().await["tries"]), (&json!("queued"), &json!(1)));
    assert_eq!(deliver_due(&app.app, &transport, &CancellationToken::new()).await.unwrap(), 0);
    assert_eq!(mail().await["tries"], 1, "not before its pause is over");
    for _ in 0..7 {
        app.clock.advance(SignedDuration::from_hours(12));
        deliver_due(&app.app, &transport, &CancellationToken::new()).await.unwrap();
    }
    let mail = mail().await;
    assert_eq!((&mail["state"], &mail["tries"]), (&json!("failed"), &json!(8)));
    assert!(mail["problem"].is_string());
}

async fn admin_mail(app: &TestApp, email: &str) -> Value {
    app.sign_in(email).await.get("/api/admin/outbox").await.expect(200).data()[0].clone()
}

#[tokio::test]
async fn an_admin_ends_somebodys_sessions_and_the_trail_tells() {
    let app = TestApp::start().await;
    let (admin, asha, ravi) =
        (app.admin().await, app.register(Role::User, "Asha Rao").await, app.register(Role::User, "Ravi Nair").await);
    let phone = app.sign_in(&asha.email).await;
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &asha.email), ("password", PASSWORD)]).await.expect(200);
    let path = format!("/api/admin/users/{}/sessions", asha.user_id);
    ravi.delete(&path).await.refused(403, "forbidden");
    asha.get("/api/auth/me").await.expect(200);
    admin.delete(&path).await.expect(204);
    for client in [&asha, &phone] {
        client.get("/api/auth/me").await.refused(401, "unauthenticated");
    }
    browser.peek("/profile").await.expect(303);
    ravi.get("/api/auth/me").await.expect(200);
    let trail = admin.get(&format!("/api/admin/audit?entity=user&id={}", asha.user_id)).await.expect(200);
    assert_eq!(
        (&trail.data()[0]["action"], &trail.data()[0]["actor"]["id"]),
        (&json!("end_sessions"), &json!(admin.user_id))
    );
    // It closes nothing: they sign in again.
    app.sign_in(&asha.email).await;
    admin.delete("/api/admin/users/65f1c0ffee00112233445566/sessions").await.refused(404, "not_found");
}

#[tokio::test]
async fn the_page_of_somebody_signs_them_out_everywhere() {
    let app = TestApp::start().await;
    let (admin, asha) = (app.admin().await, app.register(Role::User, "Asha Rao").await);
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &admin.email), ("password", PASSWORD)]).await.expect(200);
    let page = browser.open(&format!("/admin/people/{}", asha.user_id)).await.expect(200);
    page.assert_valid("a person");
    let form = "form[action='/api/fn/accounts/end_sessions_of'] input[name=id]";
    let id = page.attribute(form, "value").unwrap();
    let page = browser.submit("accounts/end_sessions_of", &[("id", &id)]).await.expect(200);
    assert!(page.text().contains("Asha Rao is signed out everywhere."), "{}", page.text());
    asha.get("/api/auth/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn pages_and_api_refuse_a_search_that_is_too_long() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &admin.email), ("password", PASSWORD)]).await.expect(200);
    for (length, status) in [(100, 200), (101, 422), (5_000, 422)] {
        let query = format!("q={}", "a".repeat(length));
        admin.get(&format!("/api/admin/users?{query}")).await.expect(status);
        browser.open(&format!("/admin/people?{query}")).await.expect(status);
    }
}

#[tokio::test]
async fn pages_and_api_refuse_a_filter_that_is_not_possible() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &admin.email), ("password", PASSWORD)]).await.expect(200);
    for query in [
        "people?role=king",
        "people?state=asleep",
        "outbox?state=lost",
        "audit?entity=yeti",
        "audit?actor=asha",
        "audit?id=%7B%22%24ne%22%3Anull%7D",
        "audit?from=yesterday",
        "audit?to=2026-13-01",
    ] {
        let page = browser.open(&format!("/admin/{query}")).await.expect(422);
        page.assert_valid(query);
        assert!(page.text().contains("not one of those that are possible"), "{query}: {}", page.text());
        let path = format!("/api/admin/{}", query.replace("people", "users"));
        admin.get(&path).await.refused(422, "invalid_input");
    }
    for query in [
        "people?role=admin&state=active",
        "outbox?state=sent",
        "audit?entity=view&from=2026-11-01&to=",
        "audit?entity=",
    ] {
        browser.open(&format!("/admin/{query}")).await.expect(200);
    }
}
