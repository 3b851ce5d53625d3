//! Leads come from files and go into files.

use axum::{body::Body, http::Method};
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, Reply, TestApp,
    leads::{enquiry, path, text},
};

const IMPORT: &str = "/api/crm/leads/import";
const EXPORT: &str = "/api/crm/leads/export";

async fn stage() -> (TestApp, Client, Value) {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    (app, organizer, trip)
}

async fn send(client: &Client, parts: &[(&str, &[u8])]) -> Reply {
    send_under(client, parts, None).await
}

/// Sends a form under an idempotency key.
async fn send_under(client: &Client, parts: &[(&str, &[u8])], key: Option<&str>) -> Reply {
    let mut body = Vec::new();
    for (name, content) in parts {
        let file = if *name == "file" { "; filename=\"leads.csv\"" } else { "" };
        body.extend(format!("--line\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--line--\r\n");
    let request = client.request(Method::POST, IMPORT).header("content-type", "multipart/form-data; boundary=line");
    let request = key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
    client.send(request.body(Body::from(body)).unwrap()).await
}

async fn import(client: &Client, csv: &str) -> Value {
    send(client, &[("file", csv.as_bytes())]).await.expect(200).data().clone()
}

#[tokio::test]
async fn good_lines_arrive_and_broken_ones_are_reported() {
    let (_app, organizer, trip) = stage().await;
    let csv = format!(
        "\u{feff}trip,name,email,phone,source,message,party_size,notes\r\n\
         {slug},Asha Rao,asha@example.in,'+919876543210,,Is it cold?,2,From the fair\r\n\
         kedarkantha WINTER trek,Ravi,ravi@example.in,,form,,,\r\n\
         nowhere,Mira,mira,12,post,,many,\r\n\
         {slug},Short\r\n\
         {slug},Asha Again,ASHA@example.in,,,,3,\r\n",
        slug = text(&trip, "slug"),
    );
    let outcome = import(&organizer, &csv).await;
    assert_eq!((&outcome["created"], &outcome["updated"]), (&json!(2), &json!(1)));
    let failed = outcome["failed"].as_array().unwrap();
    assert_eq!((&failed[0]["line"], &failed[1]["line"]), (&json!(4), &json!(5)));
    let fields: Vec<_> = failed[0]["fields"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["email", "party_size", "phone", "source", "trip"]);
    assert!(failed[1]["fields"]["line"].is_array());
    let asha = organizer.get("/api/crm/leads?q=asha").await.expect(200).data()[0].clone();
    assert_eq!(
        (text(&asha, "name"), text(&asha, "phone"), text(&asha, "notes")),
        ("Asha Rao", "+919876543210", "From the fair")
    );
    assert_eq!(
        (text(&asha, "source"), &asha["score"], &asha["partySize"], &asha["visits"]),
        ("import", &json!(25), &json!(3), &json!(1))
    );
}

#[tokio::test]
async fn a_dry_run_tells_what_would_happen_and_changes_nothing() {
    let (app, organizer, trip) = stage().await;
    organizer.record_lead(&trip, "known@example.in").await;
    let slug = text(&trip, "slug");
    let csv = format!(
        "name,email,trip\nA,known@example.in,{slug}\nB,b@example.in,{slug}\nB,b@example.in,{slug}\nC,c,{slug}\n"
    );
    let dry = send(&organizer, &[("dryRun", b"true"), ("file", csv.as_bytes())]).await.expect(200).data().clone();
    assert_eq!(app.count_leads().await, 1);
    let real = import(&organizer, &csv).await;
    assert_eq!(dry, real);
    assert_eq!((&real["created"], &real["updated"]), (&json!(1), &json!(2)));
}

#[tokio::test]
async fn a_file_imported_twice_repeats_no_message() {
    let (_app, organizer, trip) = stage().await;
    let csv = format!("name,email,trip,message\nA,a@example.in,{},Is it cold?\n", text(&trip, "slug"));
    import(&organizer, &csv).await;
    let before = organizer.get("/api/crm/leads").await.expect(200).data()[0].clone();
    assert_eq!(import(&organizer, &csv).await["updated"], json!(1));
    let after = organizer.get(&path(&before)).await.expect(200);
    assert_eq!(after.data()["interactions"].as_array().unwrap().len(), 1);
    assert_eq!(after.data()["version"], before["version"]);
}

#[tokio::test]
async fn a_file_that_fails_in_the_middle_is_completed_by_the_same_key() {
    let (app, organizer, trip) = stage().await;
    let slug = text(&trip, "slug");
    let lines: Vec<String> =
        (0..250).map(|number| format!("R,r{number}@example.in,{slug},Is it cold in {number}?,2\n")).collect();
    let csv = format!("name,email,trip,message,party_size\n{}", lines.concat());
    let parts: &[(&str, &[u8])] = &[("file", csv.as_bytes())];
    app.refuse_writes("leads", doc! { "email": "r230@example.in" }).await;
    let broken = send_under(&organizer, parts, Some("fair")).await.refused(503, "unavailable");
    let told = broken.body["message"].as_str().unwrap();
    assert!(told.starts_with("The first 200 of 250 good lines are imported"), "{told}");
    assert_eq!(app.count_leads().await, 200);
    app.allow_writes("leads").await;
    let done = send_under(&organizer, parts, Some("fair")).await.expect(200);
    assert_eq!(done.data(), &json!({ "created": 50, "updated": 200, "failed": [] }));
    assert_eq!(app.count_leads().await, 250);
    assert_eq!(app.count("leads", doc! { "version": 1, "visits": 1, "messages": 1 }).await, 250);
    assert_eq!(app.count("leadTimeline", doc! {}).await, 250);
    let again = send_under(&organizer, parts, Some("fair")).await.expect(200);
    assert_eq!(again.text, done.text);
    assert_eq!(again.headers["idempotent-replayed"], "true");
}

#[tokio::test]
async fn a_file_that_fails_at_once_changes_nothing_and_may_come_again() {
    let (app, organizer, trip) = stage().await;
    let csv = format!("name,email,trip\nA,a@example.in,{}\n", text(&trip, "slug"));
    let parts: &[(&str, &[u8])] = &[("file", csv.as_bytes())];
    app.refuse_writes("leads", doc! { "email": "a@example.in" }).await;
    let broken = send_under(&organizer, parts, Some("fair")).await.expect(500);
    assert!(broken.body["message"].as_str().unwrap().contains("Nothing was changed"), "{}", broken.text);
    app.allow_writes("leads").await;
    assert_eq!(send_under(&organizer, parts, Some("fair")).await.expect(200).data()["created"], json!(1));
}

#[tokio::test]
async fn a_bad_key_imports_nothing_however_long_the_file_is() {
    let (app, organizer, trip) = stage().await;
    let slug = text(&trip, "slug");
    let lines: Vec<String> = (0..150).map(|number| format!("R,r{number}@example.in,{slug}\n")).collect();
    let csv = format!("name,email,trip\n{}", lines.concat());
    send_under(&organizer, &[("file", csv.as_bytes())], Some("tab\tkey")).await.refused(422, "invalid_input");
    assert_eq!(app.count_leads().await, 0);
}

#[tokio::test]
async fn who_imports_for_others_tells_each_of_them_once_and_themselves_nothing() {
    let (app, organizer, trip) = stage().await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    let others = app.live_trip(&other, "Rajmachi", &[10]).await;
    let lines = |trip: &Value, count: usize| {
        let slug = text(trip, "slug");
        (0..count).map(|number| format!("{slug},Asha,a{number}@example.in\r\n")).collect::<String>()
    };
    let file = format!("trip,name,email\r\n{}{}", lines(&trip, 240), lines(&others, 1));
    import(&app.admin().await, &file).await;
    import(&organizer, &format!("trip,name,email\r\n{}", lines(&trip, 250))).await;
    for (client, title) in [(&organizer, "Admin imported 240 leads for you"), (&other, "Admin imported a lead for you")]
    {
        let told = client.get("/api/crm/notifications").await.expect(200);
        let titles: Vec<_> = told.data().as_array().unwrap().iter().map(|told| text(told, "title")).collect();
        assert_eq!(titles, [title]);
    }
}

#[tokio::test]
async fn files_that_are_none_are_refused() {
    let (app, organizer, trip) = stage().await;
    let slug = text(&trip, "slug");
    for csv in ["", "name,email\nA,a@example.in\n", "name,email,trip,colour\n"] {
        let reply = send(&organizer, &[("file", csv.as_bytes())]).await.refused(422, "invalid_input");
        assert!(reply.body["fields"]["file"].is_array(), "{}", reply.text);
    }
    send(&organizer, &[]).await.refused(422, "invalid_input");
    send(&organizer, &[("file", b"name,email,trip\n"), ("mode", b"x")]).await.refused(422, "unknown_field");
    send(&organizer, &[("file", b"name,email,trip\n"), ("dryRun", b"maybe")]).await.refused(422, "invalid_input");
    let long = format!("name,email,trip\n{}", format!("A,a@example.in,{slug}\n").repeat(5_001));
    send(&organizer, &[("file", long.as_bytes())]).await.refused(413, "too_large");
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    send(&organizer, &[("file", &large)]).await.refused(413, "too_large");
    organizer.post(IMPORT, json!({})).await.refused(415, "unsupported_media_type");
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    send(&traveller, &[("file", b"name,email,trip\n")]).await.refused(403, "forbidden");
    traveller.get(EXPORT).await.refused(403, "forbidden");
    assert_eq!(app.count_leads().await, 0);
}

#[tokio::test]
async fn another_organizers_trip_is_no_trip_of_an_import() {
    let (app, _organizer, trip) = stage().await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    let outcome = import(&other, &format!("name,email,trip\nA,a@example.in,{}\n", text(&trip, "slug"))).await;
    assert!(outcome["failed"][0]["fields"]["trip"].is_array());
    assert_eq!(app.count_leads().await, 0);
}

#[tokio::test]
async fn an_export_has_the_leads_that_match_and_no_formulas() {
    let (app, organizer, trip) = stage().await;
    let mut body = enquiry(&trip, "formula@example.in");
    body["name"] = json!("=HYPERLINK(\"http://x\")");
    body["phone"] = json!("+919876543210");
    body["departureId"] = trip["departures"][0]["id"].clone();
    organizer.post("/api/crm/leads", body).await.expect(201);
    let lost = organizer.record_lead(&trip, "lost@example.in").await;
    organizer.move_to(&lost, "lost").await;
    let reply = organizer.get(&format!("{EXPORT}?status=new")).await.expect(200);
    assert_eq!(reply.headers["content-type"], "text/csv; charset=utf-8");
    assert!(reply.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let lines: Vec<_> = reply.text.split("\r\n").collect();
    assert_eq!(lines.len(), 3, "{}", reply.text);
    assert!(lines[0].starts_with("name,email,phone,trip,source"));
    let start =
        format!("\"'=HYPERLINK(\"\"http://x\"\")\",formula@example.in,'+919876543210,{},other,", text(&trip, "slug"));
    assert!(lines[1].starts_with(&start), "{}", lines[1]);
    assert!(lines[1].contains("2026-12-19"));
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    assert_eq!(other.get(EXPORT).await.expect(200).text.lines().count(), 1);
    organizer.get(&format!("{EXPORT}?cursor=x")).await.refused(422, "unknown_field");
}

#[tokio::test]
async fn what_was_exported_can_be_imported() {
    let (_app, organizer, trip) = stage().await;
    for number in 0..3 {
        organizer.record_lead(&trip, &format!("r{number}@example.in")).await;
    }
    let file = organizer.get(EXPORT).await.expect(200).text;
    let outcome = import(&organizer, &file).await;
    assert_eq!(outcome, json!({ "created": 0, "updated": 3, "failed": [] }));
}
