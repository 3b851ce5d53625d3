//! Accounts: registering, signing in and out, tokens, passwords, sessions, people.

use serde_json::json;
use trek_tribe::crm::accounts::user::Role;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_new_account_is_signed_in() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    asha.post("/api/auth/logout", json!({})).await.expect(204);
    asha.post("/api/auth/logout", json!({})).await.expect(401);
    let again = app.sign_in(&asha.email).await;
    assert_eq!(again.user_id, asha.user_id);
}

#[tokio::test]
async fn wrong_addresses_and_wrong_passwords_are_refused_alike() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let nobody = app.anonymous();
    let wrong = nobody.post("/api/auth/login", json!({ "email": asha.email, "password": "not her password" })).await.expect(401);
    let unknown = nobody.post("/api/auth/login", json!({ "email": "nobody@example.in", "password": PASSWORD })).await.expect(401);
    assert_eq!(wrong.body["message"], unknown.body["message"]);
}
