//! Saved views: one's own, fifty at most.

use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{TestApp, leads::text};

const VIEWS: &str = "/api/crm/views";

fn view(name: &str) -> Value {
    json!({ "name": name, "entity": "leads", "layout": "board", "filter": { "status": ["new", "contacted"], "due": true }, "sort": "nextFollowUpAt", "columns": ["name", "score"], "pinned": name == "Pinned" })
}

#[tokio::test]
async fn a_view_is_kept_changed_and_removed_by_its_owner() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    organizer.post(VIEWS, view("A view")).await.expect(201);
    let kept = organizer.post(VIEWS, view("Pinned")).await.expect(201).data().clone();
    assert_eq!(kept["filter"], json!({ "status": "new,contacted", "due": "true" }));
    let names: Vec<_> = organizer
        .get(VIEWS)
        .await
        .expect(200)
        .data()
        .as_array()
        .unwrap()
        .iter()
        .map(|view| text(view, "name").to_owned())
        .collect();
    assert_eq!(names, ["Pinned", "A view"]);
    let path = format!("{VIEWS}/{}", text(&kept, "id"));
    other.put(&path, view("Mine")).await.refused(404, "not_found");
    other.delete(&path).await.refused(404, "not_found");
    assert_eq!(other.get(VIEWS).await.expect(200).data(), &json!([]));
    assert_eq!(organizer.put(&path, view("Renamed")).await.expect(200).data()["name"], json!("Renamed"));
    organizer.delete(&path).await.expect(204);
    organizer.delete(&path).await.refused(404, "not_found");
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    traveller.get(VIEWS).await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_view_that_cannot_be_shown_is_refused() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    for (changes, field) in [
        (json!({ "name": "" }), "name"),
        (json!({ "name": "x".repeat(61) }), "name"),
        (json!({ "filter": { "tier": "boiling" } }), "filter"),
        (json!({ "sort": "name" }), "sort"),
    ] {
        let mut body = view("A view");
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let reply = organizer.post(VIEWS, body).await.refused(422, "invalid_input");
        assert!(reply.body["fields"][field].is_array(), "{}", reply.text);
    }
    organizer.post(VIEWS, json!({ "name": "T", "entity": "tickets" })).await.expect(201);
}

#[tokio::test]
async fn nobody_keeps_more_than_fifty_views() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    for number in 0..49 {
        organizer.post(VIEWS, view(&format!("View {number}"))).await.expect(201);
    }
    let both = tokio::join!(organizer.post(VIEWS, view("One")), organizer.post(VIEWS, view("Two")));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(organizer.get(VIEWS).await.expect(200).data().as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn a_list_of_views_takes_no_parameters() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    for query in ["limit=5", "pinned=true"] {
        organizer.get(&format!("{VIEWS}?{query}")).await.refused(422, "unknown_field");
    }
}
