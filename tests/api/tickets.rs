//! Tickets are opened and seen: what is checked, what becomes of it, and for whom it exists.

use axum::http::Method;
use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp,
    leads::text,
    tickets::{TICKETS, new_ticket, ticket_path},
};

async fn stage() -> (TestApp, Client, Client) {
    let app = TestApp::start().await;
    let (asha, admin) = (app.register(Role::User, "Asha Rao").await, app.admin().await);
    (app, asha, admin)
}

/// The fields of a new ticket that are refused with this one of them.
async fn refused_fields(client: &Client, field: &str, value: Value) -> Vec<String> {
    let mut ticket = new_ticket();
    ticket[field] = value;
    let reply = client.post(TICKETS, ticket).await;
    assert_eq!(reply.status, 422, "{}", reply.text);
    reply.body["fields"].as_object().unwrap().keys().cloned().collect()
}

#[tokio::test]
async fn a_ticket_is_opened_with_a_number_and_waits() {
    let (app, asha, _) = stage().await;
    let ticket = asha.open_ticket_of(json!({ "subject": "  Refund  ", "priority": "high" })).await;
    assert_eq!((text(&ticket, "number"), text(&ticket, "subject")), ("TKT-000001", "Refund"));
    assert_eq!((text(&ticket, "status"), text(&ticket, "priority")), ("pending", "high"));
    assert_eq!(ticket["requester"], json!({ "id": asha.user_id, "name": "Asha Rao", "role": "user" }));
    assert_eq!((&ticket["assignee"], &ticket["trip"], &ticket["rating"]), (&json!(null), &json!(null), &json!(null)));
    assert_eq!((&ticket["messages"], &ticket["history"]), (&json!([]), &json!([])));
    assert_eq!(ticket["allowedNext"], json!(["cancelled"]));
    assert_eq!(asha.see_ticket(&ticket).await, ticket);
    assert_eq!(app.count("audit", doc! { "entity": "ticket", "action": "create" }).await, 1);
    assert_eq!(app.count("activities", doc! { "kind": "ticket_created" }).await, 1);
}

#[tokio::test]
async fn a_ticket_is_of_medium_priority_unless_said_otherwise() {
    let (_app, asha, _) = stage().await;
    assert_eq!(text(&asha.open_ticket().await, "priority"), "medium");
}

#[tokio::test]
async fn travellers_organizers_and_admins_open_tickets() {
    let (app, asha, admin) = stage().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    for (client, next) in [
        (&asha, json!(["cancelled"])),
        (&organizer, json!(["cancelled"])),
        (&admin, json!(["in_progress", "cancelled"])),
    ] {
        assert_eq!(client.open_ticket().await["allowedNext"], next);
    }
    app.anonymous().post(TICKETS, new_ticket()).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn what_is_wrong_with_a_ticket_is_said_at_the_field() {
    let (app, asha, _) = stage().await;
    for (field, value) in [
        ("subject", json!(" ")),
        ("subject", json!("x".repeat(201))),
        ("subject", json!("One\nTwo")),
        ("description", json!("")),
        ("description", json!("x".repeat(5_001))),
        ("description", json!("\u{0}")),
        ("category", json!("refund")),
        ("priority", json!("now")),
        ("tripId", json!("65f1c0ffee00112233445566")),
    ] {
        assert_eq!(refused_fields(&asha, field, value.clone()).await, [field], "{value}");
    }
    assert_eq!(app.count("tickets", doc! {}).await, 0);
    assert_eq!(text(&asha.open_ticket_of(json!({ "description": "ॐ".repeat(5_000) })).await, "number"), "TKT-000001");
}

#[tokio::test]
async fn operators_and_unknown_fields_are_refused() {
    let (app, asha, _) = stage().await;
    for field in ["subject", "description", "category", "priority", "tripId"] {
        for value in [json!({ "$ne": null }), json!(["x"]), json!(7)] {
            assert_eq!(refused_fields(&asha, field, value.clone()).await, [field], "{value}");
        }
    }
    for field in ["status", "number", "assignee", "requester", "$where"] {
        let mut ticket = new_ticket();
        ticket[field] = json!("x");
        asha.post(TICKETS, ticket).await.refused(422, "unknown_field");
    }
    assert_eq!(app.count("tickets", doc! {}).await, 0);
}

#[tokio::test]
async fn a_ticket_is_about_a_trip_that_is_there_for_who_asks() {
    let (app, asha, admin) = stage().await;
    let (deodar, sahyadri) =
        (app.register(Role::Organizer, "Deodar Trails").await, app.register(Role::Organizer, "Sahyadri Walks").await);
    let live = app.live_trip(&deodar, "Kedarkantha winter trek", &[10]).await;
    let paused = app.live_trip(&deodar, "Hampta Pass", &[10]).await;
    let pause = json!({ "version": paused["version"], "visibility": "paused" });
    deodar.put(&format!("/api/trips/{}", text(&paused, "id")), pause).await.expect(200);
    let about = |trip: &Value| json!({ "tripId": trip["id"] });
    for client in [&asha, &deodar, &sahyadri, &admin] {
        let ticket = client.open_ticket_of(about(&live)).await;
        let expected = json!({ "id": live["id"], "slug": live["slug"], "title": "Kedarkantha winter trek" });
        assert_eq!(ticket["trip"], expected);
    }
    for client in [&deodar, &admin] {
        client.open_ticket_of(about(&paused)).await;
    }
    for client in [&asha, &sahyadri] {
        assert_eq!(refused_fields(client, "tripId", paused["id"].clone()).await, ["tripId"]);
    }
}

#[tokio::test]
async fn a_traveller_asks_about_a_paused_trip_that_they_have_enquired_about() {
    let (app, asha, _) = stage().await;
    let deodar = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&deodar, "Kedarkantha winter trek", &[10]).await;
    asha.post("/api/crm/leads", json!({ "tripId": trip["id"] })).await.expect(201);
    let pause = json!({ "version": trip["version"], "visibility": "paused" });
    deodar.put(&format!("/api/trips/{}", text(&trip, "id")), pause).await.expect(200);
    assert_eq!(asha.open_ticket_of(json!({ "tripId": trip["id"] })).await["trip"]["slug"], trip["slug"]);
}

#[tokio::test]
async fn what_belongs_to_somebody_else_does_not_exist() {
    let (app, asha, admin) = stage().await;
    let ticket = asha.open_ticket().await;
    let ticket = admin.move_ticket(&ticket, "waiting_customer").await;
    let others = [app.register(Role::User, "Bina Iyer").await, app.register(Role::Organizer, "Deodar Trails").await];
    let version = &ticket["version"];
    for other in &others {
        other.get(&ticket_path(&ticket, "")).await.refused(404, "not_found");
        let cancel = json!({ "status": "cancelled", "version": version });
        other.put(&ticket_path(&ticket, "/status"), cancel).await.refused(404, "not_found");
        other.post(&ticket_path(&ticket, "/messages"), json!({ "text": "Me too" })).await.refused(404, "not_found");
        other.post(&ticket_path(&ticket, "/rating"), json!({ "score": 1 })).await.refused(404, "not_found");
        assert_eq!(other.get(TICKETS).await.expect(200).data(), &json!([]));
    }
    asha.get(&format!("{TICKETS}/TKT-000001")).await.refused(404, "not_found");
    assert_eq!(admin.see_ticket(&ticket).await, ticket);
}

#[tokio::test]
async fn only_admins_assign_resolve_and_note() {
    let (_app, asha, admin) = stage().await;
    let ticket = admin.move_ticket(&asha.open_ticket().await, "in_progress").await;
    let assign = json!({ "assigneeId": admin.user_id, "version": ticket["version"] });
    asha.put(&ticket_path(&ticket, "/assign"), assign).await.refused(403, "forbidden");
    let resolve = json!({ "note": "Paid.", "version": ticket["version"] });
    asha.post(&ticket_path(&ticket, "/resolve"), resolve).await.refused(403, "forbidden");
    let note = json!({ "text": "Hm", "internal": true });
    asha.post(&ticket_path(&ticket, "/messages"), note).await.refused(403, "forbidden");
    assert_eq!(admin.see_ticket(&ticket).await, ticket);
}

#[tokio::test]
async fn an_idempotency_key_opens_one_ticket() {
    let (app, asha, _) = stage().await;
    let key = [("idempotency-key", "help-1")];
    let first = asha.send_json(Method::POST, TICKETS, &new_ticket(), &key).await.expect(201);
    let second = asha.send_json(Method::POST, TICKETS, &new_ticket(), &key).await.expect(201);
    assert_eq!(first.data(), second.data());
    assert_eq!(app.count("tickets", doc! {}).await, 1);
}

#[tokio::test]
async fn the_clock_of_the_service_level_is_shown() {
    let (app, asha, admin) = stage().await;
    let ticket = asha.open_ticket_of(json!({ "priority": "urgent" })).await;
    let clock = async |minutes: i64| {
        app.clock.advance(SignedDuration::from_mins(minutes));
        let again = app.sign_in(&asha.email).await;
        let clock = again.see_ticket(&ticket).await["clock"].clone();
        (clock["due"].clone(), clock["dueAt"].clone(), clock["late"] == json!(true), clock["paused"] == json!(true))
    };
    assert_eq!(clock(59).await, (json!("answer"), json!("2026-11-24T06:12:00.000Z"), false, false));
    assert_eq!(clock(1).await, (json!("answer"), json!("2026-11-24T06:12:00.000Z"), true, false));
    let admin = app.sign_in(&admin.email).await;
    admin.say(&ticket, "We are on it.").await;
    assert_eq!(clock(0).await, (json!("resolution"), json!("2026-11-24T09:12:00.000Z"), false, false));
    let waiting = admin.move_ticket(&admin.see_ticket(&ticket).await, "waiting_customer").await;
    assert_eq!(clock(9_000).await, (json!(null), json!(null), false, true));
    app.sign_in(&asha.email).await.say(&waiting, "Here it is.").await;
    let late_by_13 = 3 * 60 + 13;
    assert_eq!(clock(late_by_13).await, (json!("resolution"), json!("2026-11-30T15:12:00.000Z"), true, false));
}
