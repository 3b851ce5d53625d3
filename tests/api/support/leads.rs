//! Leads for the tests, and the ways to look behind the API at what is stored.

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::bson::{Bson, Document, doc};
use serde_json::{Value, json};
use trek_tribe::{
    crm::leads::{
        lead::{Conversion, Lead, LeadSource},
        server::service::{self, Totals},
        status::LeadStatus,
        timeline::LeadHistory,
    },
    shared::{lifecycle::Lifecycle, money::Money},
};

use super::{Client, TestApp};

/// The text of a field.
pub fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("{field} is no text in {value}"))
}

/// How many documents the database looked at for a read that it wrote down.
pub fn examined(read: &Document) -> i64 {
    match read.get("docsExamined") {
        Some(Bson::Int32(count)) => i64::from(*count),
        Some(Bson::Int64(count)) => *count,
        other => panic!("{other:?} documents in {read}"),
    }
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
    /// Stores many leads of some trips at once, so many of each, in place of all others: every status, source and score, one after
    /// the other over the last two months.
    pub async fn store_leads(&self, trips: &[(&Client, &Value, u32)]) {
        let leads = trips.iter().flat_map(|(organizer, trip, count)| {
            (0..*count).map(|number| self.make_lead(organizer, trip, number)).collect::<Vec<_>>()
        });
        let (mut totals, mut histories) = (Totals::default(), Vec::new());
        for lead in leads {
            totals.add(&lead);
            histories.push(LeadHistory { lead, interactions: Vec::new(), steps: Vec::new() });
        }
        service::store_histories(&self.app, histories).await.unwrap();
        service::store_totals(&self.app, &totals).await.unwrap();
    }

    fn make_lead(&self, organizer: &Client, trip: &Value, number: u32) -> Lead {
        let index = usize::try_from(number).unwrap();
        let status = LeadStatus::ALL[index % LeadStatus::ALL.len()];
        let now = self.clock.now();
        let came = now - SignedDuration::from_mins(30 * i64::from(number) + 1);
        let followed = status.is_open() && number % 5 < 3;
        let amount = Money::rupees(10_000);
        let booking = Conversion {
            departure_id: None,
            party_size: 1,
            amount,
            note: None,
            at: came + SignedDuration::from_secs(30),
            by: organizer.user_id.parse().unwrap(),
        };
        let mut lead = Lead {
            id: self.app.ids.next(),
            trip_id: text(trip, "id").parse().unwrap(),
            assigned_to: organizer.user_id.parse().unwrap(),
            user_id: None,
            name: format!("Rohan{number} Kulkarni"),
            email: format!("r{number}@example.in").parse().unwrap(),
            phone: None,
            source: LeadSource::ALL[index / 6 % LeadSource::ALL.len()],
            status,
            score: 0,
            score_reasons: Vec::new(),
            visits: 1 + number % 3,
            messages: number / 7 % 5,
            tags: Vec::new(),
            notes: String::new(),
            party_size: None,
            departure_id: None,
            estimated_value: amount,
            value_is_set: false,
            next_follow_up_at: followed.then(|| now + SignedDuration::from_hours(i64::from(number % 97) - 40)),
            last_activity_at: came + SignedDuration::from_mins(i64::from(number * 37 % 1_000)),
            asked_at: None,
            first_response_at: None,
            lost_reason: None,
            conversion: (status == LeadStatus::Converted).then_some(booking),
            arrived_with_access: true,
            created_at: came,
            version: 1,
        };
        lead.recompute(amount);
        lead
    }

    /// From now on the database fails to write what matches into a collection, as if it had broken.
    pub async fn refuse_writes(&self, collection: &str, matching: Document) {
        let command = doc! { "collMod": collection, "validator": { "$nor": [matching] } };
        self.app.db.database().run_command(command).await.unwrap();
    }

    /// The database writes everything again.
    pub async fn allow_writes(&self, collection: &str) {
        self.app.db.database().run_command(doc! { "collMod": collection, "validator": {} }).await.unwrap();
    }

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
