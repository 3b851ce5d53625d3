//! Files of tickets: attached by who sent them, read by who sees what they are attached to.

use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp,
    files::{FILES, PDF},
    leads::text,
    tickets::{TICKETS, new_ticket, ticket_path},
};

async fn stage() -> (TestApp, Client, Client) {
    let app = TestApp::start().await;
    let (asha, admin) = (app.register(Role::User, "Asha Rao").await, app.admin().await);
    (app, asha, admin)
}

async fn send(client: &Client) -> Value {
    client.send_file("bill.pdf", PDF).await.expect(201).data()["id"].clone()
}

fn file_path(id: &Value) -> String {
    format!("{FILES}/{}", id.as_str().unwrap())
}

#[tokio::test]
async fn what_is_attached_to_a_ticket_is_read_by_both_sides_and_nobody_else() {
    let (app, asha, admin) = stage().await;
    let other = app.register(Role::User, "Bina Iyer").await;
    let (bill, answer) = (send(&asha).await, send(&admin).await);
    let ticket = asha.open_ticket_of(json!({ "attachments": [bill] })).await;
    assert_eq!((&ticket["attachments"][0]["id"], text(&ticket["attachments"][0], "name")), (&bill, "bill.pdf"));
    let said = json!({ "text": "Here is yours.", "attachments": [answer] });
    let said = admin.post(&ticket_path(&ticket, "/messages"), said).await.expect(201);
    assert_eq!(said.data()["messages"][0]["attachments"][0]["id"], answer);
    for file in [&bill, &answer] {
        for (client, status) in [(&asha, 200), (&admin, 200), (&other, 404), (&app.anonymous(), 401)] {
            client.get(&file_path(file)).await.expect(status);
        }
    }
}

#[tokio::test]
async fn what_is_attached_to_a_note_is_read_by_admins_alone() {
    let (app, asha, admin) = stage().await;
    let (colleague, file) = (app.admin().await, send(&admin).await);
    let ticket = asha.open_ticket().await;
    let note = json!({ "text": "Look.", "internal": true, "attachments": [file] });
    admin.post(&ticket_path(&ticket, "/messages"), note).await.expect(201);
    colleague.get(&file_path(&file)).await.expect(200);
    asha.get(&file_path(&file)).await.refused(404, "not_found");
    assert_eq!(asha.see_ticket(&ticket).await, ticket);
}

#[tokio::test]
async fn only_ones_own_files_are_attached_each_once_and_five_at_most() {
    let (app, asha, admin) = stage().await;
    let (foreign, taken) = (send(&admin).await, send(&asha).await);
    asha.open_ticket_of(json!({ "attachments": [taken] })).await;
    let mut six = Vec::new();
    for _ in 0..6 {
        six.push(send(&asha).await);
    }
    for files in [json!([foreign]), json!([taken]), json!([six[0], six[0]]), json!(six), json!([ABSENT])] {
        let mut ticket = new_ticket();
        ticket["attachments"] = files.clone();
        let refused = asha.post(TICKETS, ticket).await.refused(422, "invalid_input");
        assert!(refused.body["fields"]["attachments"].is_array(), "{files}");
    }
    for operator in [json!({ "$ne": null }), json!([{ "$ne": null }]), json!("x")] {
        let mut ticket = new_ticket();
        ticket["attachments"] = operator;
        asha.post(TICKETS, ticket).await.refused(422, "invalid_input");
    }
    assert_eq!(app.count("tickets", doc! {}).await, 1);
    let five = asha.open_ticket_of(json!({ "attachments": six[..5] })).await;
    assert_eq!((text(&five, "number"), five["attachments"].as_array().unwrap().len()), ("TKT-000002", 5));
}

#[tokio::test]
async fn a_refused_message_attaches_nothing() {
    let (_app, asha, admin) = stage().await;
    let file = send(&asha).await;
    let closed = admin.move_ticket(&asha.open_ticket().await, "cancelled").await;
    let says = json!({ "text": "And?", "attachments": [file] });
    asha.post(&ticket_path(&closed, "/messages"), says).await.refused(409, "step_refused");
    admin.get(&file_path(&file)).await.refused(404, "not_found");
    asha.open_ticket_of(json!({ "attachments": [file] })).await;
}

/// The id of nothing.
const ABSENT: &str = "65f1c0ffee00112233445566";
