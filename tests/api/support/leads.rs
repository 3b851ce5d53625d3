//! Leads for the tests, and the ways to look behind the API at what is stored.

use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use super::{Client, TestApp};

/// The text of a field.
pub fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("{field} is no text in {value}"))
}

/// The path of a lead.
pub fn path(lead: &Value) -> String {
    format!("/api/crm/leads/{}", text(lead, "id"))
}

/// An enquiry about a trip.
pub fn enquiry(trip: &Value, email: &str) -> Value {
    json!({ "tripId": trip["id"], "email": email, "name": "Rohan Kulkarni" })
}

impl Client {
    /// A lead that an organizer records.
    pub async fn record_lead(&self, trip: &Value, email: &str) -> Value {
        self.post("/api/crm/leads", enquiry(trip, email)).await.expect(201).data().clone()
    }

    /// A lead after it was changed at its own version.
    pub async fn change(&self, lead: &Value, mut changes: Value) -> Value {
        changes["version"] = lead["version"].clone();
        self.put(&path(lead), changes).await.expect(200).data().clone()
    }

    /// A lead that has gone all the way to a status by changes.
    pub async fn move_to(&self, lead: &Value, status: &str) -> Value {
        let steps: &[&str] = match status {
            "new" => &[],
            "contacted" => &["contacted"],
            "interested" => &["contacted", "interested"],
            "not_interested" => &["not_interested"],
            "lost" => &["not_interested", "lost"],
            other => panic!("no changes lead to {other}"),
        };
        let mut lead = lead.clone();
        for step in steps {
            let reason = (*step == "lost").then_some("price");
            lead = self.change(&lead, json!({ "status": step, "lostReason": reason })).await;
        }
        lead
    }
}

impl TestApp {
    /// How many documents of a collection match.
    pub async fn count(&self, collection: &str, filter: Document) -> u64 {
        self.app.db.collection::<Document>(collection).count_documents(filter).await.unwrap()
    }

    /// What a collection holds.
    pub async fn stored(&self, collection: &str) -> Vec<Document> {
        let all = self.app.db.collection::<Document>(collection);
        all.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap()
    }

    /// Every lead, as it is stored.
    pub async fn count_leads(&self) -> u64 {
        self.count("leads", doc! {}).await
    }
}
