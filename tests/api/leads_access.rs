//! CRM access runs out: leads keep arriving, contact details are masked, every write is refused with the way on.

use axum::{body::Body, http::Method};
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Browser, Client, PASSWORD, TestApp,
    leads::{path, text},
};

const ADDRESS: &str = "rohan.kulkarni@himpost.in";
const NUMBER: &str = "+919876500000";
/// What must not be seen of somebody, in any form.
const SECRETS: [&str; 5] = ["rohan.kulkarni", "himpost", "98765 00000", "9876500000", "98765"];

struct Stage {
    app: TestApp,
    organizer: Client,
    trip: Value,
    /// Came while there was access.
    before: Value,
    /// Came after it had run out.
    after: Value,
}

/// An organizer with a lead from before and one from after their access ran out.
async fn stage() -> Stage {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    enquire(&app, &trip, "mira@example.com", "Mira Sen", None).await;
    app.app.withheld_access.withhold_from(organizer.user_id.parse().unwrap());
    enquire(&app, &trip, ADDRESS, "Rohan Kulkarni", Some(NUMBER)).await;
    let leads = organizer.get("/api/crm/leads?sort=createdAt").await.expect(200);
    let find = |name: &str| leads.data().as_array().unwrap().iter().find(|lead| lead["name"] == name).unwrap().clone();
    Stage { before: find("Mira Sen"), after: find("Rohan Kulkarni"), app, organizer, trip }
}

async fn enquire(app: &TestApp, trip: &Value, email: &str, name: &str, phone: Option<&str>) {
    let message = format!("Call me on {} or write to {email}.", phone.unwrap_or("+918888800000"));
    let enquiry = json!({ "tripId": trip["id"], "email": email, "name": name, "phone": phone, "message": message });
    app.anonymous().post("/api/crm/leads", enquiry).await.expect(201);
}

async fn enter(app: &TestApp, client: &Client) -> Browser {
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &client.email), ("password", PASSWORD)]).await.expect(200);
    browser
}

#[track_caller]
fn assert_hidden(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

#[tokio::test]
async fn leads_keep_arriving_with_their_contact_details_masked() {
    let Stage { organizer, after, .. } = stage().await;
    assert_eq!(after["contactMasked"], true);
    assert_eq!((text(&after, "email"), text(&after, "phone")), ("r••••@h••••.in", "+91 ••••••••••"));
    assert_eq!((text(&after, "name"), text(&after, "status")), ("Rohan Kulkarni", "new"));
    let detail = organizer.get(&path(&after)).await.expect(200);
    assert_hidden("the lead", &detail.text);
    assert_eq!(detail.data()["interactions"][0]["text"], "Call me on ••• or write to •••");
    assert_hidden("the board", &organizer.get("/api/crm/leads/board?q=rohan").await.expect(200).text);
}

#[tokio::test]
async fn leads_that_came_while_there_was_access_stay_readable() {
    let Stage { organizer, before, .. } = stage().await;
    assert_eq!((&before["contactMasked"], text(&before, "email")), (&json!(false), "mira@example.com"));
    let detail = organizer.get(&path(&before)).await.expect(200);
    assert!(text(&detail.data()["interactions"][0], "text").contains("+918888800000"));
}

#[tokio::test]
async fn what_is_masked_cannot_be_searched_for() {
    let Stage { organizer, .. } = stage().await;
    let found = async |q: &str| {
        let reply = organizer.get(&format!("/api/crm/leads?q={q}")).await.expect(200);
        reply.data().as_array().unwrap().len()
    };
    assert_eq!(found("rohan").await, 1, "by the name");
    assert_eq!(found("rohan.kulkarni").await + found("9876500000").await + found("rohan.k").await, 0);
    assert_eq!(found("mira%40example").await, 1, "a readable one by its address");
}

#[tokio::test]
async fn every_write_is_refused_with_the_way_on_and_changes_nothing() {
    let Stage { app, organizer, trip, before, after } = stage().await;
    let stored = app.stored("leads").await;
    for lead in [&before, &after] {
        let change = json!({ "version": lead["version"], "notes": "Knees." });
        let call = json!({ "type": "call", "text": "They will think." });
        let booking = json!({ "partySize": 1, "amount": { "amount": 1, "currency": "INR" } });
        organizer.put(&path(lead), change).await.refused(402, "crm_access_required");
        organizer.post(&format!("{}/interactions", path(lead)), call).await.refused(402, "crm_access_required");
        organizer.post(&format!("{}/convert", path(lead)), booking).await.refused(402, "crm_access_required");
    }
    let person = json!({ "tripId": trip["id"], "email": "new@example.in", "name": "New" });
    let reply = organizer.post("/api/crm/leads", person).await.refused(402, "crm_access_required");
    assert!(text(&reply.body, "message").contains("CRM bundle"), "{}", reply.text);
    organizer.get("/api/crm/leads/export").await.refused(402, "crm_access_required");
    let body = "--x\r\ncontent-disposition: form-data; name=\"dryRun\"\r\n\r\ntrue\r\n--x\r\ncontent-disposition: form-data; \
                name=\"file\"; filename=\"a.csv\"\r\n\r\nname,email,trip\r\n--x--\r\n";
    let file = organizer.request(Method::POST, "/api/crm/leads/import");
    let file = file.header("content-type", "multipart/form-data; boundary=x").body(Body::from(body)).unwrap();
    organizer.send(file).await.refused(402, "crm_access_required");
    assert_eq!(app.stored("leads").await, stored);
    assert_eq!(
        app.count(
            "audit",
            doc! { "actor": organizer.user_id.parse::<mongodb::bson::oid::ObjectId>().unwrap(), "entity": "lead" }
        )
        .await,
        0
    );
}

#[tokio::test]
async fn what_is_not_theirs_is_absent_also_without_access() {
    let Stage { app, organizer, .. } = stage().await;
    let rival = app.register(Role::Organizer, "Sahyadri Walks").await;
    let trip = app.live_trip(&rival, "Rajmachi", &[5]).await;
    let lead = rival.record_lead(&trip, "asha@example.in").await;
    organizer.put(&path(&lead), json!({ "version": 1, "notes": "x" })).await.refused(404, "not_found");
    let person = json!({ "tripId": trip["id"], "email": "new@example.in", "name": "New" });
    organizer.post("/api/crm/leads", person).await.refused(404, "not_found");
}

#[tokio::test]
async fn views_trips_and_the_account_need_no_access() {
    let Stage { organizer, trip, .. } = stage().await;
    organizer.post("/api/crm/views", json!({ "name": "Due", "entity": "leads" })).await.expect(201);
    let change = json!({ "version": trip["version"], "summary": "Oaks and a summit." });
    organizer.put(&format!("/api/trips/{}", text(&trip, "id")), change).await.expect(200);
    assert_eq!(organizer.get("/api/auth/me").await.expect(200).data()["capabilities"]["crmAccess"], false);
}

#[tokio::test]
async fn pages_show_what_is_masked_and_offer_no_way_to_reach_or_change_it() {
    let Stage { app, organizer, after, before, .. } = stage().await;
    let mut browser = enter(&app, &organizer).await;
    let lead = format!("/leads/{}", text(&after, "id"));
    let columns = "/leads?status=all&columns=name,contact";
    for address in ["/today", columns, "/leads?status=all&layout=board", &lead] {
        let page = browser.open(address).await.expect(200);
        assert!(page.text().contains("Rohan"), "{address}: {}", page.text());
        assert_hidden(address, &page.reply.text);
    }
    let page = browser.open(&lead).await.expect(200);
    assert_eq!(page.count("a[href^='mailto:'], a[href^='tel:'], a[href*='wa.me']"), 0);
    assert_eq!(page.count("form[action^='/api/fn/leads/']"), 0, "{}", page.reply.text);
    assert!(page.text().contains("contact details are masked"), "{}", page.text());
    let page = browser.open(&format!("/leads/{}", text(&before, "id"))).await.expect(200);
    assert!(page.reply.text.contains("mailto:mira@example.com"), "{}", page.reply.text);
}

#[tokio::test]
async fn a_changed_number_is_not_told_by_the_timeline() {
    let Stage { app, organizer, after, .. } = stage().await;
    let admin = app.admin().await;
    admin.change(&after, json!({ "phone": "+919876511111" })).await;
    let mut browser = enter(&app, &organizer).await;
    let page = browser.open(&format!("/leads/{}", text(&after, "id"))).await.expect(200);
    assert!(page.text().contains("phone number"), "{}", page.text());
    assert!(!page.reply.text.contains("11111"), "{}", page.reply.text);
    assert_hidden("the timeline", &page.reply.text);
}

#[tokio::test]
async fn admins_see_and_change_every_lead() {
    let Stage { app, after, .. } = stage().await;
    let admin = app.admin().await;
    let seen = admin.get(&path(&after)).await.expect(200);
    assert_eq!(text(seen.data(), "email"), ADDRESS);
    admin.change(&after, json!({ "notes": "Seen to." })).await;
}

#[tokio::test]
async fn access_that_is_back_shows_everything_again() {
    let Stage { app, organizer, after, .. } = stage().await;
    app.app.withheld_access.give_back_to(organizer.user_id.parse().unwrap());
    let seen = organizer.get(&path(&after)).await.expect(200);
    assert_eq!((text(seen.data(), "email"), text(seen.data(), "phone")), (ADDRESS, NUMBER));
    organizer.change(&after, json!({ "notes": "Back." })).await;
    assert_eq!(organizer.get("/api/auth/me").await.expect(200).data()["capabilities"]["crmAccess"], true);
}
