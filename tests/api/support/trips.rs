//! Trips for the tests of what people do with them.

use serde_json::{Value, json};
use trek_tribe::crm::{trips::server::service, verifications::verification::VerificationStatus};

use super::{Client, TestApp};

impl TestApp {
    /// A live trip of an organizer for ₹10,000 a person, with a departure from 19 December on for each number of seats.
    pub async fn live_trip(&self, organizer: &Client, title: &str, seats: &[u32]) -> Value {
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
        let id = draft.data()["id"].as_str().unwrap();
        self.verify_trip(id).await;
        let verified = organizer.get(&format!("/api/trips/mine/{id}")).await.expect(200);
        let live = json!({ "version": verified.data()["version"], "visibility": "live" });
        organizer.put(&format!("/api/trips/{id}"), live).await.expect(200).data().clone()
    }

    /// Verifies a trip, as a review does.
    async fn verify_trip(&self, id: &str) {
        let (app, id) = (&self.app, id.parse().unwrap());
        let stored = app.db.transaction(|mut tx| async move {
            service::follow_verification(&mut tx, app, id, VerificationStatus::Verified).await?;
            tx.commit().await
        });
        stored.await.unwrap();
    }
}
