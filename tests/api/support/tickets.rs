//! Tickets for the tests.

use serde_json::{Value, json};

use super::{Client, leads::text};

/// Where tickets are.
pub const TICKETS: &str = "/api/crm/tickets";

/// A ticket as it is sent.
pub fn new_ticket() -> Value {
    json!({ "subject": "Refund for Kedarkantha", "description": "The trek was called off.", "category": "payment" })
}

/// The path of a ticket, or of something below it.
pub fn ticket_path(ticket: &Value, below: &str) -> String {
    format!("{TICKETS}/{}{below}", text(ticket, "id"))
}

impl Client {
    /// A ticket that they open.
    pub async fn open_ticket(&self) -> Value {
        self.open_ticket_of(json!({})).await
    }

    /// A ticket that they open, with these fields otherwise than usual.
    pub async fn open_ticket_of(&self, fields: Value) -> Value {
        let mut ticket = new_ticket();
        for (name, value) in fields.as_object().unwrap() {
            ticket[name] = value.clone();
        }
        self.post(TICKETS, ticket).await.expect(201).data().clone()
    }

    /// The ticket as they see it now.
    pub async fn see_ticket(&self, ticket: &Value) -> Value {
        self.get(&ticket_path(ticket, "")).await.expect(200).data().clone()
    }

    /// The ticket after a step at its own version.
    pub async fn take_ticket_to(&self, ticket: &Value, status: &str) -> Value {
        let note = (status == "resolved").then_some("Paid back.");
        let body = json!({ "status": status, "note": note, "version": ticket["version"] });
        self.put(&ticket_path(ticket, "/status"), body).await.expect(200).data().clone()
    }

    /// A pending ticket that an admin takes all the way to a status.
    pub async fn move_ticket(&self, ticket: &Value, status: &str) -> Value {
        let steps: &[&str] = match status {
            "pending" => &[],
            "in_progress" => &["in_progress"],
            "waiting_customer" => &["in_progress", "waiting_customer"],
            "resolved" => &["in_progress", "resolved"],
            "closed" => &["in_progress", "resolved", "closed"],
            "cancelled" => &["cancelled"],
            other => panic!("no steps lead to {other}"),
        };
        let mut ticket = ticket.clone();
        for step in steps {
            ticket = self.take_ticket_to(&ticket, step).await;
        }
        ticket
    }

    /// The ticket after they have given it to an admin.
    pub async fn assign_ticket(&self, ticket: &Value, admin: &Client) -> Value {
        let body = json!({ "assigneeId": admin.user_id, "version": ticket["version"] });
        self.put(&ticket_path(ticket, "/assign"), body).await.expect(200).data().clone()
    }

    /// The ticket after they have said something.
    pub async fn say(&self, ticket: &Value, words: &str) -> Value {
        self.post(&ticket_path(ticket, "/messages"), json!({ "text": words })).await.expect(201).data().clone()
    }

    /// The ticket after they have noted something for admins alone.
    pub async fn note(&self, ticket: &Value, words: &str) -> Value {
        let body = json!({ "text": words, "internal": true });
        self.post(&ticket_path(ticket, "/messages"), body).await.expect(201).data().clone()
    }

    /// The ticket after they have rated it.
    pub async fn rate(&self, ticket: &Value, score: u8) -> Value {
        self.post(&ticket_path(ticket, "/rating"), json!({ "score": score })).await.expect(200).data().clone()
    }
}
