//! Leads are worked: changed, logged, converted. What refuses leaves nothing behind.

use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::{
    crm::{accounts::user::Role, leads::status::LeadStatus},
    shared::lifecycle::Lifecycle,
};

use crate::support::{
    Client, TestApp,
    leads::{path, text},
};

async fn stage() -> (TestApp, Client, Value) {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[4, 1]).await;
    (app, organizer, trip)
}

fn booking(trip: &Value, departure: usize, party: u32) -> Value {
    let amount = json!({ "amount": 950_000 * i64::from(party), "currency": "INR" });
    json!({ "departureId": trip["departures"][departure]["id"], "partySize": party, "amount": amount, "note": "With porters" })
}

async fn seats_booked(organizer: &Client, trip: &Value, departure: usize) -> Value {
    let trip = organizer.get(&format!("/api/trips/mine/{}", text(trip, "id"))).await.expect(200);
    trip.data()["departures"][departure]["seatsBooked"].clone()
}

#[tokio::test]
async fn only_the_steps_of_the_table_can_be_taken_by_a_change() {
    let (_app, organizer, trip) = stage().await;
    for (number, from) in ["new", "contacted", "interested", "not_interested", "lost"].into_iter().enumerate() {
        for (index, to) in LeadStatus::ALL.iter().enumerate() {
            let lead = organizer.record_lead(&trip, &format!("r{number}.{index}@example.in")).await;
            let lead = organizer.move_to(&lead, from).await;
            let allowed = lead["allowedNext"].as_array().unwrap().contains(&json!(to.as_str()));
            let reason = (*to == LeadStatus::Lost).then_some("dates");
            let body = json!({ "version": lead["version"], "status": to.as_str(), "lostReason": reason });
            let reply = organizer.put(&path(&lead), body).await;
            if allowed && *to != LeadStatus::Converted {
                assert_eq!(reply.expect(200).data()["status"], json!(to.as_str()));
            } else {
                let refused = reply.refused(409, "step_refused");
                assert_eq!(refused.body["allowedNext"], lead["allowedNext"], "{from} to {to:?}");
                assert_eq!(organizer.get(&path(&lead)).await.expect(200).data(), &lead);
            }
        }
    }
}

#[tokio::test]
async fn a_change_of_facts_keeps_what_it_does_not_name() {
    let (app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let lead = organizer
        .change(&lead, json!({
            "name": "Rohan K", "phone": "+91 98765 43210", "tags": ["first snow", "group", "First Snow"], "notes": "Knees",
            "partySize": 3, "departureId": trip["departures"][0]["id"], "nextFollowUpAt": "2026-11-25T07:00:00Z",
        }))
        .await;
    assert_eq!(
        (text(&lead, "name"), text(&lead, "phone"), &lead["tags"]),
        ("Rohan K", "+919876543210", &json!(["first snow", "group"]))
    );
    assert_eq!((&lead["score"], &lead["estimatedValue"]["amount"]), (&json!(20), &json!(3_000_000)));
    let lead = organizer.change(&lead, json!({ "phone": null, "departureId": null, "nextFollowUpAt": null })).await;
    assert_eq!(
        (&lead["phone"], &lead["departureId"], &lead["nextFollowUpAt"]),
        (&json!(null), &json!(null), &json!(null))
    );
    assert_eq!((text(&lead, "name"), text(&lead, "notes"), &lead["partySize"]), ("Rohan K", "Knees", &json!(3)));
    assert_eq!(app.count("audit", doc! { "entity": "lead", "action": "change" }).await, 2);
}

#[tokio::test]
async fn a_value_set_by_hand_stays_until_it_is_cleared() {
    let (_app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let lead = organizer.change(&lead, json!({ "estimatedValue": { "amount": 5, "currency": "INR" } })).await;
    let lead = organizer.change(&lead, json!({ "partySize": 2 })).await;
    assert_eq!(lead["estimatedValue"]["amount"], json!(5));
    let lead = organizer.change(&lead, json!({ "estimatedValue": null })).await;
    assert_eq!(lead["estimatedValue"]["amount"], json!(2_000_000));
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    let (_app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let changed = organizer.change(&lead, json!({ "notes": "One" })).await;
    organizer.put(&path(&lead), json!({ "version": 1, "notes": "Two" })).await.refused(409, "conflict");
    assert_eq!(organizer.get(&path(&lead)).await.expect(200).data(), &changed);
}

#[tokio::test]
async fn changes_that_cannot_be_right_are_named() {
    let (_app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    for (changes, field) in [
        (json!({ "name": "" }), "name"),
        (json!({ "name": null }), "name"),
        (json!({ "phone": "1" }), "phone"),
        (json!({ "tags": ["x".repeat(31)] }), "tags"),
        (json!({ "notes": "x".repeat(10_001) }), "notes"),
        (json!({ "partySize": 101 }), "partySize"),
        (json!({ "departureId": trip["id"] }), "departureId"),
        (json!({ "estimatedValue": { "amount": -1, "currency": "INR" } }), "estimatedValue"),
        (json!({ "nextFollowUpAt": "tomorrow" }), "nextFollowUpAt"),
        (json!({ "status": "lost" }), "lostReason"),
        (json!({ "lostReason": "price" }), "lostReason"),
        (json!({ "status": "won" }), "status"),
    ] {
        let mut body = changes.clone();
        body["version"] = json!(1);
        let reply = organizer.put(&path(&lead), body).await.refused(422, "invalid_input");
        assert!(reply.body["fields"][field].is_array(), "{changes}: {}", reply.text);
    }
    organizer.put(&path(&lead), json!({ "version": 1, "score": 100 })).await.refused(422, "unknown_field");
    assert_eq!(organizer.get(&path(&lead)).await.expect(200).data(), &lead);
}

#[tokio::test]
async fn closing_keeps_a_reason_and_winning_back_drops_it() {
    let (_app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let lead = organizer.change(&lead, json!({ "nextFollowUpAt": "2026-11-25T07:00:00Z" })).await;
    let lost = organizer.move_to(&lead, "lost").await;
    assert_eq!((text(&lost, "lostReason"), &lost["nextFollowUpAt"]), ("price", &json!(null)));
    let back = organizer.change(&lost, json!({ "status": "contacted" })).await;
    assert_eq!(back["lostReason"], json!(null));
    let steps: Vec<_> =
        back["history"].as_array().unwrap().iter().map(|step| (text(step, "from"), text(step, "to"))).collect();
    assert_eq!(steps, [("new", "not_interested"), ("not_interested", "lost"), ("lost", "contacted")]);
    assert_eq!(back["history"][1]["note"], json!("Price"));
}

#[tokio::test]
async fn getting_in_touch_makes_a_new_lead_contacted() {
    let (_app, organizer, trip) = stage().await;
    for (kind, status) in [
        ("email", "contacted"),
        ("call", "contacted"),
        ("whatsapp", "contacted"),
        ("meeting", "contacted"),
        ("note", "new"),
        ("message", "new"),
        ("chat", "new"),
    ] {
        let lead = organizer.record_lead(&trip, &format!("{kind}@example.in")).await;
        let reply = organizer
            .post(&format!("{}/interactions", path(&lead)), json!({ "type": kind, "text": "Friendly." }))
            .await
            .expect(201);
        assert_eq!(reply.data()["status"], json!(status), "{kind}");
        assert_eq!(reply.data()["interactions"][0]["by"]["name"], json!("Deodar Trails"));
        assert_eq!(reply.data()["history"].as_array().unwrap().len(), usize::from(status == "contacted"));
    }
}

#[tokio::test]
async fn a_note_is_no_activity_and_a_call_is() {
    let (app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    app.clock.advance(SignedDuration::from_mins(5));
    let interactions = format!("{}/interactions", path(&lead));
    let noted = organizer.post(&interactions, json!({ "type": "note", "text": "Knees" })).await.expect(201);
    assert_eq!(noted.data()["lastActivityAt"], lead["lastActivityAt"]);
    let called = organizer.post(&interactions, json!({ "type": "call", "text": "Spoke" })).await.expect(201);
    assert_ne!(called.data()["lastActivityAt"], lead["lastActivityAt"]);
    for wrong in [
        json!({ "type": "call", "text": " " }),
        json!({ "type": "fax", "text": "x" }),
        json!({ "type": "call", "text": "x", "at": "2027-01-01T00:00:00Z" }),
    ] {
        organizer.post(&interactions, wrong).await.refused(422, "invalid_input");
    }
}

#[tokio::test]
async fn converting_books_the_seats_and_is_final() {
    let (_app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let convert = format!("{}/convert", path(&lead));
    organizer.post(&convert, booking(&trip, 0, 3)).await.refused(409, "step_refused");
    let lead = organizer.move_to(&lead, "interested").await;
    let reply = organizer.post(&convert, booking(&trip, 0, 3)).await.expect(200);
    let converted = reply.data();
    assert_eq!((text(converted, "status"), &converted["allowedNext"]), ("converted", &json!([])));
    assert_eq!(converted["conversion"]["amount"]["amount"], json!(2_850_000));
    assert_eq!(
        (&converted["estimatedValue"]["amount"], &converted["trip"]["seatsLeft"]),
        (&json!(2_850_000), &json!(1))
    );
    assert_eq!(converted["history"].as_array().unwrap().last().unwrap()["note"], json!("With porters"));
    organizer.post(&convert, booking(&trip, 0, 1)).await.refused(409, "step_refused");
    organizer
        .put(&path(&lead), json!({ "version": converted["version"], "status": "contacted" }))
        .await
        .refused(409, "step_refused");
    assert_eq!(seats_booked(&organizer, &trip, 0).await, json!(3));
}

#[tokio::test]
async fn a_conversion_that_finds_no_seats_changes_nothing() {
    let (app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let lead = organizer.move_to(&lead, "interested").await;
    let rows = app.count("audit", doc! {}).await;
    organizer.post(&format!("{}/convert", path(&lead)), booking(&trip, 1, 2)).await.refused(409, "no_seats_left");
    assert_eq!(organizer.get(&path(&lead)).await.expect(200).data(), &lead);
    assert_eq!(seats_booked(&organizer, &trip, 1).await, json!(0));
    assert_eq!(app.count("audit", doc! {}).await, rows);
    let mut elsewhere = booking(&trip, 0, 1);
    elsewhere["departureId"] = trip["id"].clone();
    organizer.post(&format!("{}/convert", path(&lead)), elsewhere).await.refused(422, "invalid_input");
    let without = json!({ "partySize": 2, "amount": { "amount": 0, "currency": "INR" } });
    organizer.post(&format!("{}/convert", path(&lead)), without).await.expect(200);
}

#[tokio::test]
async fn two_conversions_for_the_last_seat_have_one_winner() {
    let (_app, organizer, trip) = stage().await;
    let mut converting = tokio::task::JoinSet::new();
    for number in 0..4 {
        let lead = organizer.record_lead(&trip, &format!("r{number}@example.in")).await;
        organizer.move_to(&lead, "interested").await;
        let (organizer, path, body) = (organizer.clone(), format!("{}/convert", path(&lead)), booking(&trip, 1, 1));
        converting.spawn(async move { organizer.post(&path, body).await });
    }
    let mut outcomes: Vec<_> =
        converting.join_all().await.iter().map(|reply| (reply.status, reply.error().to_owned())).collect();
    outcomes.sort();
    let refused = (409, "no_seats_left".to_owned());
    assert_eq!(outcomes, [(200, String::new()), refused.clone(), refused.clone(), refused]);
    assert_eq!(seats_booked(&organizer, &trip, 1).await, json!(1));
}

#[tokio::test]
async fn one_lead_converted_twice_at_once_books_once() {
    let (_app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    organizer.move_to(&lead, "interested").await;
    let convert = format!("{}/convert", path(&lead));
    let both =
        tokio::join!(organizer.post(&convert, booking(&trip, 0, 1)), organizer.post(&convert, booking(&trip, 0, 1)));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(seats_booked(&organizer, &trip, 0).await, json!(1));
}

#[tokio::test]
async fn what_belongs_to_another_organizer_does_not_exist() {
    let (app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    let (own, convert, interactions) =
        (path(&lead), format!("{}/convert", path(&lead)), format!("{}/interactions", path(&lead)));
    for (client, status, error) in
        [(&other, 404, "not_found"), (&traveller, 403, "forbidden"), (&app.anonymous(), 401, "unauthenticated")]
    {
        client.get(&own).await.refused(status, error);
        client.put(&own, json!({ "version": 1, "notes": "x" })).await.refused(status, error);
        client.post(&interactions, json!({ "type": "note", "text": "x" })).await.refused(status, error);
        client.post(&convert, booking(&trip, 0, 1)).await.refused(status, error);
    }
    organizer.get("/api/crm/leads/kedarkantha").await.refused(404, "not_found");
    assert_eq!(organizer.get(&own).await.expect(200).data(), &lead);
    let admin = app.admin().await;
    assert_eq!(admin.change(&lead, json!({ "notes": "Seen" })).await["notes"], json!("Seen"));
}

async fn set_price(organizer: &Client, trip: &Value, amount: i64) {
    let id = text(trip, "id");
    let now = organizer.get(&format!("/api/trips/mine/{id}")).await.expect(200);
    let price = json!({ "amount": amount, "currency": "INR" });
    let change = json!({ "version": now.data()["version"], "price": price });
    organizer.put(&format!("/api/trips/{id}"), change).await.expect(200);
}

#[tokio::test]
async fn a_new_price_moves_a_value_only_with_party_or_departure() {
    let (app, organizer, trip) = stage().await;
    let lead = organizer.record_lead(&trip, "r@example.in").await;
    let lead = organizer.change(&lead, json!({ "partySize": 2 })).await;
    set_price(&organizer, &trip, 1_500_000).await;
    let value = async || organizer.get(&path(&lead)).await.expect(200).data()["estimatedValue"]["amount"].clone();
    let noted = organizer.change(&lead, json!({ "notes": "Knees." })).await;
    assert_eq!(noted["estimatedValue"]["amount"], json!(2_000_000));
    organizer
        .post(&format!("{}/interactions", path(&lead)), json!({ "type": "call", "text": "Spoke." }))
        .await
        .expect(201);
    let again = json!({ "tripId": trip["id"], "email": "r@example.in", "name": "Rohan", "message": "Still there?" });
    app.anonymous().post("/api/crm/leads", again).await.expect(201);
    assert_eq!(value().await, json!(2_000_000));
    let now = organizer.get(&path(&lead)).await.expect(200).data().clone();
    let more = organizer.change(&now, json!({ "partySize": 3 })).await;
    assert_eq!(more["estimatedValue"]["amount"], json!(4_500_000));
    set_price(&organizer, &trip, 1_000_000).await;
    let anew = organizer.change(&more, json!({ "estimatedValue": null })).await;
    assert_eq!(anew["estimatedValue"]["amount"], json!(3_000_000));
}
