//! Trips for the tests of what people do with them.

use serde_json::{Value, json};
use trek_tribe::server::state::App;

use super::{Client, Reply, TestApp};

impl TestApp {
    /// A live trip of an organizer for ₹10,000 a person, with a departure of so many seats each.
    pub async fn live_trip(&self, organizer: &Client, title: &str, seats: &[u32]) -> Reply {
        let departures: Vec<Value> = seats
            .iter()
            .enumerate()
            .map(|(index, seats)| json!({ "startsOn": format!("2026-12-{:02}", 19 + index), "seats": seats }))
            .collect();
        let body = json!({
            "title": title,
            "destination": "Sankri",
            "region": "Uttarakhand",
            "summary": "A winter summit over oak forests.",
            "difficulty": "moderate",
            "durationDays": 6,
            "price": { "amount": 1_000_000, "currency": "INR" },
            "departures": departures,
        });
        let draft = organizer.post("/api/trips", body).await.expect(201);
        let id = draft.data()["id"].as_str().unwrap().to_owned();
        verify(&self.app, &id).await;
        organizer.put(&format!("/api/trips/{id}"), json!({ "version": 1, "visibility": "live" })).await.expect(200)
    }
}

/// Marks a trip as verified, as a review would.
async fn verify(app: &App, id: &str) {
    use mongodb::bson::{Document, doc, oid::ObjectId};
    let trips = app.db.collection::<Document>("trips");
    let trip = doc! { "_id": ObjectId::parse_str(id).unwrap() };
    trips.update_one(trip, doc! { "$set": { "verification": "verified" } }).await.unwrap();
}
