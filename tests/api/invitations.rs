//! People whom an admin invites, and what they are before they have chosen a password.

use serde_json::json;

use crate::support::{Client, PASSWORD, TestApp};

/// Follows the link of the newest mail.
async fn accept_invitation(app: &TestApp, admin: &Client) {
    let outbox = admin.get("/api/admin/outbox").await.expect(200);
    let text = outbox.data()[0]["text"].as_str().unwrap().to_owned();
    let token = text.split("token=").nth(1).unwrap().split_whitespace().next().unwrap();
    let reset = json!({ "token": token, "password": PASSWORD });
    app.anonymous().post("/api/auth/password/reset", reset).await.expect(204);
}

#[tokio::test]
async fn an_invited_person_chooses_a_password() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let invitation = json!({ "name": "Meera Iyer", "email": "Meera@example.in", "role": "admin" });
    admin.post("/api/admin/users", invitation.clone()).await.expect(201);
    admin.post("/api/admin/users", invitation).await.refused(409, "conflict");
    let login = json!({ "email": "meera@example.in", "password": PASSWORD });
    app.anonymous().post("/api/auth/login", login.clone()).await.refused(401, "unauthenticated");
    accept_invitation(&app, &admin).await;
    app.anonymous().post("/api/auth/login", login).await.expect(200);
}

#[tokio::test]
async fn an_admin_who_was_merely_invited_does_not_replace_the_last_one() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let invite = async |name: &str, email: &str| {
        let invitation = json!({ "name": name, "email": email, "role": "admin" });
        admin.post("/api/admin/users", invitation).await.expect(201).data()["id"].as_str().unwrap().to_owned()
    };
    let ravi = invite("Ravi Nair", "ravi@example.in").await;
    let path = format!("/api/admin/users/{}", admin.user_id);
    for change in [json!({ "role": "user", "version": 0 }), json!({ "state": "disabled", "version": 0 })] {
        admin.put(&path, change).await.refused(409, "conflict");
    }
    let withdraw = json!({ "state": "disabled", "version": 0 });
    admin.put(&format!("/api/admin/users/{ravi}"), withdraw.clone()).await.expect(200);
    invite("Meera Iyer", "meera@example.in").await;
    accept_invitation(&app, &admin).await;
    admin.put(&path, withdraw).await.expect(200);
    app.sign_in("meera@example.in").await.get("/api/admin/users").await.expect(200);
}
