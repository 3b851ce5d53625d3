//! How often strangers may have a password hashed: each hash costs the server far more than them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{PASSWORD, TestApp};

const EACH: u32 = 30;
const NEW_PASSWORD: &str = "a quite different password";

#[tokio::test]
async fn from_one_address_thirty_accounts_are_made_in_a_quarter_hour() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    let body = json!({ "name": "Asha", "email": "asha@example.in", "password": PASSWORD, "role": "user" });
    for number in 0..EACH {
        let status = if number == 0 { 201 } else { 409 };
        nobody.post("/api/auth/register", body.clone()).await.expect(status);
    }
    let refused = nobody.post("/api/auth/register", body.clone()).await.refused(429, "too_many_requests");
    assert_eq!(refused.headers["retry-after"], "900");
    let form = [("name", "Ravi"), ("email", "ravi@example.in"), ("password", PASSWORD), ("role", "user")];
    assert_eq!(app.browser().call("accounts/register", &form).await.status, 429, "the form is the same door");
    app.clock.advance(SignedDuration::from_mins(15));
    nobody.post("/api/auth/register", body).await.refused(409, "conflict");
}

#[tokio::test]
async fn a_registration_that_cannot_be_costs_no_try() {
    let app = TestApp::start().await;
    for _ in 0..=EACH {
        app.anonymous()
            .post("/api/auth/register", json!({ "name": "", "email": "", "password": "", "role": "user" }))
            .await
            .expect(422);
    }
    app.register(Role::User, "Asha Rao").await;
}

#[tokio::test]
async fn from_one_address_thirty_links_are_tried_in_a_quarter_hour() {
    let app = TestApp::start().await;
    let (admin, asha) = (app.admin().await, app.register(Role::User, "Asha Rao").await);
    let nobody = app.anonymous();
    nobody.post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    let outbox = admin.get("/api/admin/outbox").await.expect(200);
    let text = outbox.data()[0]["text"].as_str().unwrap();
    let token = text.split("token=").nth(1).unwrap().split_whitespace().next().unwrap();
    let reset = |token: &str| -> Value { json!({ "token": token, "password": NEW_PASSWORD }) };
    for number in 0..EACH {
        nobody.post("/api/auth/password/reset", reset(&format!("guess {number}"))).await.refused(422, "invalid_input");
    }
    nobody.post("/api/auth/password/reset", reset(token)).await.refused(429, "too_many_requests");
    let form = [("token", token), ("password", NEW_PASSWORD)];
    assert_eq!(app.browser().call("accounts/reset_password", &form).await.status, 429, "the form is the same door");
    app.clock.advance(SignedDuration::from_mins(15));
    nobody.post("/api/auth/password/reset", reset(token)).await.expect(204);
    nobody.post("/api/auth/password/reset", reset(token)).await.refused(422, "invalid_input");
}
