//! Many leads are changed at once: what cannot be done to one leaves the others alone.

use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Browser, Client, PASSWORD, Reply, TestApp,
    leads::{path, text},
};

struct Stage {
    app: TestApp,
    organizer: Client,
    browser: Browser,
    trip: Value,
}

async fn stage() -> Stage {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    let browser = enter(&app, &organizer).await;
    Stage { app, organizer, browser, trip }
}

async fn enter(app: &TestApp, client: &Client) -> Browser {
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &client.email), ("password", PASSWORD)]).await.expect(200);
    browser
}

/// Presses a button of the bar for these leads.
async fn press(browser: &mut Browser, ids: &[&str], action: &str, more: &[(&str, &str)]) -> Reply {
    let names: Vec<String> = (0..ids.len()).map(|at| format!("ids[{at}]")).collect();
    let mut fields = vec![("query", ""), ("action", action)];
    fields.extend(names.iter().map(String::as_str).zip(ids.iter().copied()));
    fields.extend(more);
    browser.call("leads/change_leads", &fields).await
}

/// How many leads were changed.
fn changed(reply: &Reply) -> usize {
    reply.body["changed"].as_array().unwrap().len()
}

/// What is told of the leads that were not changed: their ids and the kind of refusal.
fn refused(reply: &Reply) -> Vec<(String, String)> {
    let kind = |error: &Value| {
        let named = || error.as_object()?.keys().next().map(String::as_str);
        error.as_str().or_else(named).unwrap().to_owned()
    };
    let list = reply.body["refused"].as_array().unwrap();
    list.iter().map(|pair| (pair[0].as_str().unwrap().to_owned(), kind(&pair[1]))).collect()
}

#[tokio::test]
async fn legal_ones_are_changed_and_the_others_are_told_with_their_reason() {
    let Stage { app, organizer, mut browser, trip } = stage().await;
    let rival = app.register(Role::Organizer, "Sahyadri Walks").await;
    let rivals_trip = app.live_trip(&rival, "Rajmachi", &[5]).await;
    let fresh = organizer.record_lead(&trip, "fresh@example.in").await;
    let contacted = organizer.record_lead(&trip, "contacted@example.in").await;
    let contacted = organizer.move_to(&contacted, "contacted").await;
    let interested = organizer.record_lead(&trip, "interested@example.in").await;
    let interested = organizer.move_to(&interested, "interested").await;
    let foreign = rival.record_lead(&rivals_trip, "foreign@example.in").await;
    let absent = "65f1c0ffee00112233445566";
    let ids = [text(&fresh, "id"), text(&contacted, "id"), text(&interested, "id"), text(&foreign, "id"), absent];
    let reply = press(&mut browser, &ids, "move:contacted", &[]).await.expect(200);
    assert_eq!(changed(&reply), 1, "{}", reply.text);
    let mut expected = vec![
        (text(&contacted, "id").to_owned(), "step_refused".to_owned()),
        (text(&interested, "id").to_owned(), "step_refused".to_owned()),
        (text(&foreign, "id").to_owned(), "not_found".to_owned()),
        (absent.to_owned(), "not_found".to_owned()),
    ];
    let mut told = refused(&reply);
    expected.sort();
    told.sort();
    assert_eq!(told, expected);
    assert_eq!(organizer.get(&path(&fresh)).await.expect(200).data()["status"], "contacted");
    for (client, untouched) in [(&organizer, &contacted), (&organizer, &interested), (&rival, &foreign)] {
        let now = client.get(&path(untouched)).await.expect(200);
        assert_eq!((&now.data()["status"], &now.data()["version"]), (&untouched["status"], &untouched["version"]));
    }
    assert_eq!(app.count("audit", doc! { "entity": "lead", "action": "change", "changes.to": "contacted" }).await, 3);
}

#[tokio::test]
async fn somebody_elses_change_in_between_is_kept() {
    let Stage { organizer, mut browser, trip, .. } = stage().await;
    let seen = organizer.record_lead(&trip, "asha@example.in").await;
    // The list was opened; then the lead changes under it, to where the step is no longer possible.
    let closed = organizer.move_to(&seen, "not_interested").await;
    let reply = press(&mut browser, &[text(&seen, "id")], "move:interested", &[]).await.expect(200);
    assert_eq!((changed(&reply), refused(&reply)[0].1.as_str()), (0, "step_refused"));
    let now = organizer.get(&path(&seen)).await.expect(200);
    assert_eq!((&now.data()["status"], &now.data()["version"]), (&json!("not_interested"), &closed["version"]));
    // A tag goes onto what the lead has become meanwhile.
    organizer.change(&closed, json!({ "notes": "Knees." })).await;
    press(&mut browser, &[text(&seen, "id")], "tag", &[("tag", "snow")]).await.expect(200);
    let now = organizer.get(&path(&seen)).await.expect(200);
    assert_eq!((&now.data()["notes"], &now.data()["tags"]), (&json!("Knees."), &json!(["snow"])));
}

#[tokio::test]
async fn all_that_match_are_meant_without_naming_them() {
    let Stage { app, organizer, mut browser, trip } = stage().await;
    for number in 0..3 {
        organizer.record_lead(&trip, &format!("r{number}@example.in")).await;
    }
    let contacted = organizer.record_lead(&trip, "contacted@example.in").await;
    organizer.move_to(&contacted, "contacted").await;
    let fields = [("whole", "on"), ("query", "status=new"), ("action", "move:not_interested")];
    let reply = browser.call("leads/change_leads", &fields).await.expect(200);
    assert_eq!((changed(&reply), refused(&reply).len()), (3, 0));
    assert_eq!(app.count("leads", doc! { "status": "not_interested" }).await, 3);
    assert_eq!(app.count("leads", doc! { "status": "contacted" }).await, 1);
}

#[tokio::test]
async fn the_same_lead_named_twice_is_changed_once() {
    let Stage { organizer, mut browser, trip, .. } = stage().await;
    let lead = organizer.record_lead(&trip, "asha@example.in").await;
    let id = text(&lead, "id");
    let reply = press(&mut browser, &[id, id, id], "move:contacted", &[]).await.expect(200);
    assert_eq!((changed(&reply), refused(&reply).len()), (1, 0));
}

#[tokio::test]
async fn what_is_not_said_or_makes_no_sense_changes_nothing() {
    let Stage { app, organizer, mut browser, trip } = stage().await;
    let lead = organizer.record_lead(&trip, "asha@example.in").await;
    let id = text(&lead, "id");
    press(&mut browser, &[], "move:contacted", &[]).await.expect(422);
    press(&mut browser, &[id], "move:won", &[]).await.expect(422);
    press(&mut browser, &[id], "tag", &[("tag", " ")]).await.expect(422);
    press(&mut browser, &[id], "follow_up", &[("follow_up", "soon")]).await.expect(422);
    press(&mut browser, &["{\"$ne\":null}"], "move:contacted", &[]).await.expect(404);
    let reply = press(&mut browser, &[id], "move:lost:price", &[]).await.expect(200);
    assert_eq!(changed(&reply), 0);
    assert_eq!(app.count("leads", doc! { "status": "new", "version": lead["version"].as_i64().unwrap() }).await, 1);
}

#[tokio::test]
async fn a_tag_is_taken_off_in_any_case() {
    let Stage { organizer, mut browser, trip, .. } = stage().await;
    let lead = organizer.record_lead(&trip, "asha@example.in").await;
    organizer.change(&lead, json!({ "tags": ["First Snow", "group"] })).await;
    press(&mut browser, &[text(&lead, "id")], "untag", &[("tag", "first snow ")]).await.expect(200);
    assert_eq!(organizer.get(&path(&lead)).await.expect(200).data()["tags"], json!(["group"]));
}

#[tokio::test]
async fn those_whose_turn_did_not_come_are_told() {
    let Stage { app, organizer, mut browser, trip } = stage().await;
    let mut leads = Vec::new();
    for number in 0..105 {
        leads.push(organizer.record_lead(&trip, &format!("r{number}@example.in")).await);
    }
    let mut ids: Vec<&str> = leads.iter().map(|lead| text(lead, "id")).collect();
    ids.sort_unstable();
    // The database refuses the second part of the work.
    app.refuse_writes("leads", doc! { "tags": "snow", "email": leads[102]["email"].as_str().unwrap() }).await;
    let reply = press(&mut browser, &ids, "tag", &[("tag", "snow")]).await.expect(200);
    assert_eq!(changed(&reply), 100, "{}", reply.text);
    let told = refused(&reply);
    assert_eq!(told.len(), 5);
    assert!(told.iter().all(|(_, why)| why == "partly_done"), "{told:?}");
    assert_eq!(app.count("leads", doc! { "tags": "snow" }).await, 100);
}

#[tokio::test]
async fn travellers_and_strangers_change_no_lead_at_once() {
    let Stage { app, organizer, trip, .. } = stage().await;
    let lead = organizer.record_lead(&trip, "asha@example.in").await;
    let traveller = app.register(Role::User, "Asha Rao").await;
    let mut travellers = enter(&app, &traveller).await;
    press(&mut travellers, &[text(&lead, "id")], "move:contacted", &[]).await.expect(403);
    press(&mut app.browser(), &[text(&lead, "id")], "move:contacted", &[]).await.expect(401);
    assert_eq!(app.count("leads", doc! { "status": "new" }).await, 1);
}
