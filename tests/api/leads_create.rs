//! Leads arrive: through every door, once for each address and trip, under any race.

use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp,
    leads::{enquiry, path, text},
};

const LEADS: &str = "/api/crm/leads";
const MINE: &str = "/api/crm/leads/mine";

async fn stage() -> (TestApp, Client, Value) {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    (app, organizer, trip)
}

async fn only_lead(organizer: &Client) -> Value {
    let leads = organizer.get(LEADS).await.expect(200);
    assert_eq!(leads.data().as_array().unwrap().len(), 1, "{}", leads.text);
    let lead = &leads.data()[0];
    organizer.get(&path(lead)).await.expect(200).data().clone()
}

#[tokio::test]
async fn a_stranger_becomes_a_lead_of_the_trips_organizer() {
    let (app, organizer, trip) = stage().await;
    let departure = &trip["departures"][0]["id"];
    let mut body = enquiry(&trip, "Rohan.K@Example.in");
    body["message"] = json!("Is this a good first snow trek?");
    body["phone"] = json!("98765 43210");
    body["partySize"] = json!(4);
    body["departureId"] = departure.clone();
    let reply = app.anonymous().post(LEADS, body).await.expect(201);
    assert_eq!(reply.data(), &json!({ "received": true }));
    let lead = only_lead(&organizer).await;
    assert_eq!(lead["assignedTo"], json!(organizer.user_id));
    assert_eq!((text(&lead, "email"), text(&lead, "phone")), ("rohan.k@example.in", "+919876543210"));
    assert_eq!((text(&lead, "status"), text(&lead, "source"), text(&lead, "tier")), ("new", "inquiry", "hot"));
    assert_eq!(lead["score"], json!(85));
    assert_eq!(lead["estimatedValue"]["amount"], json!(4_000_000));
    assert_eq!(lead["trip"]["startsOn"], json!("2026-12-19"));
    assert_eq!(lead["interactions"][0]["type"], json!("message"));
    assert_eq!(lead["allowedNext"], json!(["contacted", "not_interested"]));
}

#[tokio::test]
async fn asking_again_touches_the_lead_and_keeps_its_status() {
    let (app, organizer, trip) = stage().await;
    let stranger = app.anonymous();
    let mut first = enquiry(&trip, "rohan@example.in");
    first["source"] = json!("form");
    stranger.post(LEADS, first).await.expect(201);
    let lead = only_lead(&organizer).await;
    assert_eq!(lead["score"], json!(40));
    organizer.move_to(&lead, "interested").await;
    app.clock.advance(SignedDuration::from_hours(3));
    let organizer = app.sign_in(&organizer.email).await;
    let mut again = enquiry(&trip, "rohan@example.in");
    again["message"] = json!("Still places on the 19th?");
    again["partySize"] = json!(2);
    let reply = stranger.post(LEADS, again).await.expect(201);
    assert_eq!(reply.data(), &json!({ "received": true }));
    let after = only_lead(&organizer).await;
    assert_eq!((text(&after, "status"), text(&after, "source")), ("interested", "inquiry"));
    assert_eq!((&after["visits"], &after["partySize"]), (&json!(2), &json!(2)));
    let reasons: Vec<_> = after["scoreReasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| (reason["points"].clone(), text(reason, "text")))
        .collect();
    assert_eq!(
        reasons,
        [(json!(60), "asked a question"), (json!(10), "came back once"), (json!(15), "wrote a message")]
    );
    assert_ne!(after["lastActivityAt"], lead["lastActivityAt"]);
    assert_eq!(after["estimatedValue"]["amount"], json!(2_000_000));
}

#[tokio::test]
async fn a_number_that_is_there_is_not_replaced_by_who_asks_again() {
    let (app, organizer, trip) = stage().await;
    for phone in ["+919876543210", "+911111111111"] {
        let mut body = enquiry(&trip, "rohan@example.in");
        body["phone"] = json!(phone);
        app.anonymous().post(LEADS, body).await.expect(201);
    }
    assert_eq!(text(&only_lead(&organizer).await, "phone"), "+919876543210");
}

#[tokio::test]
async fn fifty_same_enquiries_at_once_make_one_lead() {
    let (app, organizer, trip) = stage().await;
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    let mut asking = tokio::task::JoinSet::new();
    for number in 0..50 {
        let (traveller, body) =
            (traveller.clone(), json!({ "tripId": trip["id"], "message": format!("Question {number}") }));
        asking.spawn(async move { traveller.post(LEADS, body).await.status });
    }
    let statuses = asking.join_all().await;
    assert_eq!(statuses.iter().filter(|&&status| status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|&&status| status == 200).count(), 49, "{statuses:?}");
    let lead = only_lead(&organizer).await;
    assert_eq!(lead["visits"], json!(50));
    assert_eq!(lead["interactions"].as_array().unwrap().len(), 50);
    let total = app
        .app
        .db
        .collection::<mongodb::bson::Document>("leadTotals")
        .find_one(doc! { "status": "new" })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(total.get_i64("count").unwrap(), 1);
}

#[tokio::test]
async fn the_same_idempotency_key_in_parallel_counts_once() {
    let (app, organizer, trip) = stage().await;
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    let body = json!({ "tripId": trip["id"], "message": "One question" });
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (traveller, body) = (traveller.clone(), body.clone());
        asking.spawn(async move {
            traveller.send_json(axum::http::Method::POST, LEADS, &body, &[("idempotency-key", "abc")]).await.status
        });
    }
    let statuses = asking.join_all().await;
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    assert_eq!(only_lead(&organizer).await["visits"], json!(1));
}

#[tokio::test]
async fn a_program_that_fills_in_the_hidden_field_leaves_nothing() {
    let (app, _, trip) = stage().await;
    let mut body = enquiry(&trip, "bot@example.in");
    body["website"] = json!("https://spam.example");
    let reply = app.anonymous().post(LEADS, body).await.expect(201);
    assert_eq!(reply.data(), &json!({ "received": true }));
    assert_eq!(app.count_leads().await, 0);
}

#[tokio::test]
async fn strangers_cannot_enquire_without_end() {
    let (app, _, trip) = stage().await;
    let mut statuses = Vec::new();
    for number in 0..31 {
        let body = enquiry(&trip, &format!("r{number}@example.in"));
        statuses.push(app.anonymous().post(LEADS, body).await.status);
    }
    assert_eq!(statuses[29..], [201, 429]);
    assert_eq!(app.count_leads().await, 30);
    app.clock.advance(SignedDuration::from_mins(10));
    app.anonymous().post(LEADS, enquiry(&trip, "later@example.in")).await.expect(201);
}

#[tokio::test]
async fn what_cannot_be_right_is_named_and_nothing_is_stored() {
    let (app, _, trip) = stage().await;
    let stranger = app.anonymous();
    let mut body = enquiry(&trip, "not an address");
    body["phone"] = json!("12");
    body["source"] = json!("chat");
    body["partySize"] = json!(0);
    body["name"] = json!(" ");
    body["departureId"] = trip["id"].clone();
    let reply = stranger.post(LEADS, body).await.refused(422, "invalid_input");
    let fields: Vec<_> = reply.body["fields"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["departureId", "email", "name", "partySize", "phone", "source"]);
    let absent = json!({ "tripId": "000000000000000000000000", "email": "r@example.in", "name": "R" });
    assert!(stranger.post(LEADS, absent).await.refused(422, "invalid_input").body["fields"]["tripId"].is_array());
    for (wrong, error) in [
        (json!({ "tripId": { "$ne": null }, "email": "r@example.in", "name": "R" }), "invalid_input"),
        (json!({ "tripId": trip["id"], "email": { "$gt": "" }, "name": "R" }), "invalid_input"),
        (json!({ "tripId": trip["id"], "email": "r@example.in", "name": "R", "status": "converted" }), "unknown_field"),
    ] {
        stranger.post(LEADS, wrong).await.refused(422, error);
    }
    assert_eq!(app.count_leads().await, 0);
}

#[tokio::test]
async fn a_trip_that_is_not_live_takes_no_enquiries() {
    let (app, organizer, trip) = stage().await;
    let pause = json!({ "version": trip["version"], "visibility": "paused" });
    organizer.put(&format!("/api/trips/{}", text(&trip, "id")), pause).await.expect(200);
    app.anonymous().post(LEADS, enquiry(&trip, "r@example.in")).await.refused(422, "invalid_input");
    organizer.post(LEADS, enquiry(&trip, "r@example.in")).await.expect(201);
}

#[tokio::test]
async fn a_traveller_asks_in_their_own_name_and_sees_where_it_stands() {
    let (app, organizer, trip) = stage().await;
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    let mine = traveller.post(LEADS, json!({ "tripId": trip["id"], "source": "partial_booking" })).await.expect(201);
    assert_eq!(mine.data()["stage"], json!("received"));
    assert!(mine.data().get("score").is_none() && mine.data().get("notes").is_none());
    let lead = only_lead(&organizer).await;
    assert_eq!((text(&lead, "email"), &lead["userId"]), (traveller.email.as_str(), &json!(traveller.user_id)));
    for (status, stage) in [("contacted", "in_conversation"), ("interested", "choosing"), ("not_interested", "closed")]
    {
        let current = only_lead(&organizer).await;
        organizer.change(&current, json!({ "status": status })).await;
        let enquiries = traveller.get("/api/crm/leads/mine").await.expect(200);
        assert_eq!(enquiries.data()[0]["stage"], json!(stage));
        assert_eq!(enquiries.data()[0]["organizer"], json!("Deodar Trails"));
    }
    organizer.get("/api/crm/leads/mine").await.refused(403, "forbidden");
}

#[tokio::test]
async fn knowing_an_address_does_not_open_its_owners_enquiry() {
    let (app, organizer, trip) = stage().await;
    let owner = app.register(Role::User, "Rohan Kulkarni").await;
    app.anonymous().post(LEADS, enquiry(&trip, &owner.email)).await.expect(201);
    let other = app.register(Role::User, "Somebody Else").await;
    let reply = other.post(LEADS, enquiry(&trip, &owner.email)).await.expect(201);
    assert_eq!(reply.data(), &json!({ "received": true }));
    assert_eq!(other.get("/api/crm/leads/mine").await.expect(200).data(), &json!([]));
    owner.post(LEADS, json!({ "tripId": trip["id"] })).await.expect(200);
    assert_eq!(only_lead(&organizer).await["userId"], json!(owner.user_id));
}

#[tokio::test]
async fn asking_under_anothers_address_first_does_not_make_their_enquiry_ones_own() {
    let (app, organizer, trip) = stage().await;
    let owner = app.register(Role::User, "Rohan Kulkarni").await;
    let other = app.register(Role::User, "Somebody Else").await;
    let reply = other.post(LEADS, enquiry(&trip, &owner.email)).await.expect(201);
    assert_eq!(reply.data(), &json!({ "received": true }));
    assert_eq!(other.get(MINE).await.expect(200).data(), &json!([]));
    assert_eq!(only_lead(&organizer).await["userId"], json!(null));
    owner.post(LEADS, json!({ "tripId": trip["id"], "message": "Is it cold?" })).await.expect(200);
    assert_eq!(other.get(MINE).await.expect(200).data(), &json!([]));
    assert_eq!(owner.get(MINE).await.expect(200).data().as_array().unwrap().len(), 1);
    assert_eq!(only_lead(&organizer).await["userId"], json!(owner.user_id));
}

#[tokio::test]
async fn where_addresses_are_verified_an_unproven_one_owns_no_enquiry() {
    let app = TestApp::start_with(|config| config.verify_email = true).await;
    let organizer = account_of(&app, Role::Organizer).await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    let traveller = account_of(&app, Role::User).await;
    let users = app.app.db.collection::<Document>("users");
    for (is_verified, own) in [(false, 0), (true, 1)] {
        let change = doc! { "$set": { "emailVerified": is_verified } };
        users.update_one(doc! { "email": &traveller.email }, change).await.unwrap();
        let reply = traveller.post(LEADS, json!({ "tripId": trip["id"] })).await;
        assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
        assert_eq!(traveller.get(MINE).await.expect(200).data().as_array().unwrap().len(), own, "{is_verified}");
    }
}

/// Somebody of a role whose account is there already, whatever registering asks for.
async fn account_of(app: &TestApp, role: Role) -> Client {
    let admin = app.admin().await;
    let users = app.app.db.collection::<Document>("users");
    let change = doc! { "$set": { "role": role.as_str() } };
    users.update_one(doc! { "email": &admin.email }, change).await.unwrap();
    app.sign_in(&admin.email).await
}

#[tokio::test]
async fn who_asks_again_replaces_neither_party_nor_departure_but_their_wish_is_told() {
    let (app, organizer, _) = stage().await;
    let trip = app.live_trip(&organizer, "Hampta Pass", &[10, 10]).await;
    let departures = [&trip["departures"][0]["id"], &trip["departures"][1]["id"]];
    let mut first = enquiry(&trip, "rohan@example.in");
    first["partySize"] = json!(2);
    app.anonymous().post(LEADS, first).await.expect(201);
    let lead = only_lead(&organizer).await;
    let lead = organizer.change(&lead, json!({ "partySize": 3, "departureId": departures[0] })).await;
    let mut again = enquiry(&trip, "rohan@example.in");
    again["partySize"] = json!(9);
    again["departureId"] = departures[1].clone();
    again["message"] = json!("More of us come.");
    app.anonymous().post(LEADS, again.clone()).await.expect(201);
    let asked = only_lead(&organizer).await;
    assert_eq!((&asked["partySize"], &asked["departureId"]), (&json!(3), departures[0]));
    assert_eq!(asked["estimatedValue"], lead["estimatedValue"]);
    assert_eq!(asked["interactions"][0]["text"], "More of us come.\n\nAsked for 9 people, Sun 20 Dec 2026.");
    let interested = organizer.move_to(&asked, "interested").await;
    let booking = json!({ "partySize": 3, "amount": { "amount": 2_700_000, "currency": "INR" } });
    organizer.post(&format!("{}/convert", path(&interested)), booking).await.expect(200);
    let booked = only_lead(&organizer).await;
    app.anonymous().post(LEADS, again).await.expect(201);
    let after = only_lead(&organizer).await;
    for fact in ["partySize", "departureId", "estimatedValue", "conversion", "status"] {
        assert_eq!(after[fact], booked[fact], "{fact}");
    }
    assert_eq!(after["interactions"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_booking_without_a_departure_gets_none_from_who_asks_again() {
    let (app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "rohan@example.in").await;
    let lead = organizer.move_to(&lead, "interested").await;
    let booking = json!({ "partySize": 3, "amount": { "amount": 2_700_000, "currency": "INR" } });
    organizer.post(&format!("{}/convert", path(&lead)), booking).await.expect(200);
    let mut again = enquiry(&trip, "rohan@example.in");
    again["departureId"] = trip["departures"][0]["id"].clone();
    app.anonymous().post(LEADS, again.clone()).await.expect(201);
    again["partySize"] = json!(1);
    organizer.post(LEADS, again).await.expect(200);
    let after = only_lead(&organizer).await;
    assert_eq!((&after["departureId"], &after["partySize"]), (&json!(null), &json!(3)));
    assert_eq!(after["interactions"][0]["text"], "Asked for Sat 19 Dec 2026.");
}

#[tokio::test]
async fn an_organizer_records_leads_of_their_own_trips_only() {
    let (app, organizer, trip) = stage().await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    other.post(LEADS, enquiry(&trip, "r@example.in")).await.refused(404, "not_found");
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    assert_eq!((text(&lead, "source"), &lead["score"]), ("other", &json!(10)));
    organizer.post(LEADS, enquiry(&trip, "r@example.in")).await.expect(200);
    let admin = app.admin().await;
    assert_eq!(admin.record_lead(&trip, "s@example.in").await["assignedTo"], json!(organizer.user_id));
    assert_eq!(app.count_leads().await, 2);
}

#[tokio::test]
async fn the_second_view_within_a_week_makes_a_lead() {
    let (app, organizer, trip) = stage().await;
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    visit(&app, &traveller, &trip).await;
    app.clock.advance(SignedDuration::from_hours(8 * 24));
    visit(&app, &traveller, &trip).await;
    assert_eq!(app.count_leads().await, 0);
    app.clock.advance(SignedDuration::from_hours(24));
    visit(&app, &traveller, &trip).await;
    let traveller = app.sign_in(&traveller.email).await;
    view(&traveller, &trip).await;
    let organizer = app.sign_in(&organizer.email).await;
    let lead = only_lead(&organizer).await;
    assert_eq!((text(&lead, "source"), &lead["visits"], &lead["score"]), ("trip_view", &json!(2), &json!(30)));
    visit(&app, &traveller, &trip).await;
    let organizer = app.sign_in(&organizer.email).await;
    assert_eq!(only_lead(&organizer).await["visits"], json!(3), "a reload is no visit");
}

#[tokio::test]
async fn a_view_makes_no_edit_stale_and_leaves_no_audit_row() {
    let Returning { app, organizer, traveller, trip } = Returning::start().await;
    let seen = only_lead(&organizer).await;
    let rows = app.count("audit", doc! { "entity": "lead" }).await;
    visit(&app, &traveller, &trip).await;
    let organizer = app.sign_in(&organizer.email).await;
    assert_eq!(app.count("audit", doc! { "entity": "lead" }).await, rows);
    let changed = organizer.change(&seen, json!({ "notes": "Knees." })).await;
    assert_eq!((&changed["visits"], &changed["notes"]), (&json!(3), &json!("Knees.")));
    assert_ne!(changed["lastActivityAt"], seen["lastActivityAt"]);
    organizer.put(&path(&seen), json!({ "version": seen["version"], "notes": "Two" })).await.refused(409, "conflict");
}

#[tokio::test]
async fn who_only_looked_at_a_trip_has_not_enquired() {
    let Returning { app: _app, organizer, traveller, trip } = Returning::start().await;
    let lead = only_lead(&organizer).await;
    assert_eq!(lead["userId"], json!(traveller.user_id));
    let mine = traveller.get(MINE).await.expect(200);
    assert_eq!((mine.data(), &mine.body["pagination"]["total"]), (&json!([]), &json!(0)));
    traveller.post(LEADS, json!({ "tripId": trip["id"] })).await.expect(200);
    assert_eq!(traveller.get(MINE).await.expect(200).data()[0]["id"], lead["id"]);
}

#[tokio::test]
async fn who_looked_and_booked_elsewhere_sees_the_booking() {
    let Returning { app: _app, organizer, traveller, .. } = Returning::start().await;
    let lead = organizer.move_to(&only_lead(&organizer).await, "interested").await;
    let booking = json!({ "partySize": 1, "amount": { "amount": 900_000, "currency": "INR" } });
    organizer.post(&format!("{}/convert", path(&lead)), booking).await.expect(200);
    assert_eq!(traveller.get(MINE).await.expect(200).data()[0]["stage"], "booked");
}

#[tokio::test]
async fn an_organizer_who_views_trips_is_no_lead() {
    let (app, organizer, trip) = stage().await;
    for _ in 0..3 {
        view(&organizer, &trip).await;
    }
    assert_eq!(app.count_leads().await, 0);
}

/// A traveller who has come back to a trip of an organizer once; both are signed in.
struct Returning {
    app: TestApp,
    organizer: Client,
    traveller: Client,
    trip: Value,
}

impl Returning {
    async fn start() -> Self {
        let (app, organizer, trip) = stage().await;
        let traveller = app.register(Role::User, "Rohan Kulkarni").await;
        visit(&app, &traveller, &trip).await;
        visit(&app, &traveller, &trip).await;
        let (organizer, traveller) = (app.sign_in(&organizer.email).await, app.sign_in(&traveller.email).await);
        Self { app, organizer, traveller, trip }
    }
}

/// Comes back an hour later and looks at a trip.
async fn visit(app: &TestApp, traveller: &Client, trip: &Value) {
    app.clock.advance(SignedDuration::from_hours(1));
    view(&app.sign_in(&traveller.email).await, trip).await;
}

async fn view(client: &Client, trip: &Value) {
    client.get(&format!("/api/trips/{}", text(trip, "slug"))).await.expect(200);
}

#[tokio::test]
async fn every_write_leaves_a_row_in_the_audit_trail() {
    let (app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    organizer.change(&lead, json!({ "status": "contacted" })).await;
    let rows = app.count("audit", doc! { "entity": "lead", "action": { "$in": ["create", "change"] } }).await;
    assert_eq!(rows, 2);
    assert_eq!(app.count("activities", doc! { "kind": { "$in": ["lead_created", "lead_status_changed"] } }).await, 2);
}
