//! Conversations for the tests.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use trek_tribe::crm::accounts::user::Role;

use super::{Client, TestApp, leads::text};

/// Where conversations are.
pub const CONVERSATIONS: &str = "/api/crm/conversations";

static DEVICES: AtomicU32 = AtomicU32::new(0);

/// An id that no device has given to a message.
pub fn client_id() -> String {
    format!("device-{}", DEVICES.fetch_add(1, Ordering::Relaxed))
}

/// A message as it is sent.
pub fn new_message(body: &str) -> Value {
    json!({ "clientId": client_id(), "body": body })
}

/// The path of something below a conversation.
pub fn chat_path(conversation: &Value, below: &str) -> String {
    format!("{CONVERSATIONS}/{}{below}", text(conversation, "id"))
}

/// A traveller and an organizer, and their conversation about a trip, in which nothing was said yet.
pub struct Stage {
    /// The server.
    pub app: TestApp,
    /// The traveller.
    pub asha: Client,
    /// The organizer.
    pub organizer: Client,
    /// The trip.
    pub trip: Value,
    /// The conversation.
    pub talk: Value,
}

/// Opens a conversation between two new people.
pub async fn stage() -> Stage {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    let talk = asha.chat_about(&trip).await;
    Stage { app, asha, organizer, trip, talk }
}

impl Client {
    /// The conversation of a traveller about a trip.
    pub async fn chat_about(&self, trip: &Value) -> Value {
        self.open_chat(json!({ "tripId": trip["id"] })).await
    }

    /// Their conversation with the admins.
    pub async fn ask_support(&self) -> Value {
        self.open_chat(json!({ "support": true })).await
    }

    /// A conversation that they open, or that is there.
    pub async fn open_chat(&self, from: Value) -> Value {
        let reply = self.post(CONVERSATIONS, from).await;
        assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
        reply.data().clone()
    }

    /// The message that they send.
    pub async fn write(&self, conversation: &Value, body: &str) -> Value {
        self.post(&chat_path(conversation, "/messages"), new_message(body)).await.expect(201).data().clone()
    }

    /// The messages that a query names.
    pub async fn read_messages(&self, conversation: &Value, query: &str) -> Vec<Value> {
        let path = chat_path(conversation, &format!("/messages{query}"));
        self.get(&path).await.expect(200).data().as_array().unwrap().clone()
    }

    /// How far they have read once they have read up to that message.
    pub async fn read_up_to(&self, conversation: &Value, seq: u64) -> Value {
        self.put(&chat_path(conversation, "/read"), json!({ "seq": seq })).await.expect(200).data().clone()
    }

    /// Their conversations that a query names.
    pub async fn list_chats(&self, query: &str) -> Vec<Value> {
        self.get(&format!("{CONVERSATIONS}{query}")).await.expect(200).data().as_array().unwrap().clone()
    }

    /// A conversation as they see it in their list.
    pub async fn see_chat(&self, conversation: &Value) -> Value {
        let list = self.list_chats("?limit=100").await;
        list.into_iter().find(|row| row["id"] == conversation["id"]).unwrap()
    }
}

/// What was said, in its order.
pub fn bodies(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| text(message, "body")).collect()
}
