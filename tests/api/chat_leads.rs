//! What is said about a trip is a part of the lead: who writes first becomes one, and each message stands in its timeline.

use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::{accounts::user::Role, leads::server::service::check_totals};

use crate::support::{
    chat::{Stage, stage},
    leads::{path, text},
};

impl Stage {
    /// The only lead, in full.
    async fn lead(&self) -> Value {
        let list = self.organizer.get("/api/crm/leads").await.expect(200);
        assert_eq!(list.data().as_array().unwrap().len(), 1);
        self.organizer.get(&path(&list.data()[0])).await.expect(200).data().clone()
    }
}

/// What stands in a lead's timeline: kind, side and text of each.
fn said(lead: &Value) -> Vec<(&str, &str, &str)> {
    let interactions = lead["interactions"].as_array().unwrap().iter();
    interactions.map(|said| (text(said, "type"), text(&said["by"], "side"), text(said, "text"))).collect()
}

#[tokio::test]
async fn opening_a_conversation_makes_no_lead() {
    let stage = stage().await;
    assert_eq!(stage.app.count("leads", doc! {}).await, 0);
}

#[tokio::test]
async fn the_first_message_makes_a_lead() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let lead = stage.lead().await;
    assert_eq!((text(&lead, "source"), text(&lead, "status"), &lead["score"]), ("chat", "new", &json!(65)));
    assert_eq!((text(&lead, "name"), text(&lead, "userId")), ("Asha Rao", stage.asha.user_id.as_str()));
    assert_eq!(said(&lead), [("chat", "traveller", "Is it cold?")]);
    assert_eq!(stage.app.count("activities", doc! { "kind": "lead_created" }).await, 1);
    let enquiries = stage.asha.get("/api/crm/leads/mine").await.expect(200);
    assert_eq!(enquiries.data()[0]["id"], lead["id"]);
}

#[tokio::test]
async fn the_first_message_touches_the_lead_that_is_there() {
    let stage = stage().await;
    stage.asha.post("/api/crm/leads", json!({ "tripId": stage.trip["id"] })).await.expect(201);
    let contacted = stage.organizer.change(&stage.lead().await, json!({ "status": "contacted" })).await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let lead = stage.lead().await;
    assert_eq!((&lead["id"], text(&lead, "status"), text(&lead, "source")), (&contacted["id"], "contacted", "inquiry"));
    assert_eq!(lead["visits"], 2);
}

#[tokio::test]
async fn each_message_stands_in_the_timeline_and_counts() {
    let stage = stage().await;
    for body in ["Is it cold?", "And at night?", "Really?"] {
        stage.app.clock.advance(SignedDuration::from_secs(1));
        stage.asha.write(&stage.talk, body).await;
    }
    stage.app.clock.advance(SignedDuration::from_secs(1));
    stage.organizer.write(&stage.talk, "Down to −10.").await;
    let lead = stage.lead().await;
    let expected = [
        ("chat", "traveller", "Is it cold?"),
        ("chat", "traveller", "And at night?"),
        ("chat", "traveller", "Really?"),
        ("chat", "organizer", "Down to −10."),
    ];
    assert_eq!((said(&lead), &lead["score"]), (expected.to_vec(), &json!(75)));
}

#[tokio::test]
async fn the_first_answer_counts_and_leaves_the_status() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    stage.app.clock.advance(SignedDuration::from_mins(7));
    stage.organizer.write(&stage.talk, "Down to −10.").await;
    stage.app.clock.advance(SignedDuration::from_mins(1));
    stage.organizer.write(&stage.talk, "Bring a warm bag.").await;
    let stored = &stage.app.stored("leads").await[0];
    let (asked, answered) =
        (stored.get_datetime("createdAt").unwrap(), stored.get_datetime("firstResponseAt").unwrap());
    assert_eq!(answered.timestamp_millis() - asked.timestamp_millis(), 7 * 60_000);
    assert_eq!(text(&stage.lead().await, "status"), "new");
    assert_eq!(check_totals(&stage.app.app).await.unwrap(), 0);
}

#[tokio::test]
async fn nobodys_edit_gets_stale_because_two_people_talk() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let seen = stage.lead().await;
    stage.asha.write(&stage.talk, "And at night?").await;
    stage.organizer.write(&stage.talk, "Down to −10.").await;
    stage.organizer.change(&seen, json!({ "notes": "Feels the cold." })).await;
    assert_eq!(stage.app.count("audit", doc! { "entity": "lead" }).await, 2);
}

#[tokio::test]
async fn who_is_written_to_from_their_lead_is_that_lead() {
    let stage = stage().await;
    let bina = stage.app.register(Role::User, "Bina Iyer").await;
    bina.post("/api/crm/leads", json!({ "tripId": stage.trip["id"], "message": "How far is it?" })).await.expect(201);
    let lead = stage.lead().await;
    let talk = stage.organizer.open_chat(json!({ "leadId": lead["id"] })).await;
    stage.organizer.write(&talk, "Four days.").await;
    bina.write(&talk, "Thank you.").await;
    let expected = [
        ("message", "traveller", "How far is it?"),
        ("chat", "organizer", "Four days."),
        ("chat", "traveller", "Thank you."),
    ];
    assert_eq!(said(&stage.lead().await), expected);
}

#[tokio::test]
async fn a_conversation_without_words_becomes_that_of_the_lead_from_which_it_is_opened() {
    let stage = stage().await;
    stage.asha.post("/api/crm/leads", json!({ "tripId": stage.trip["id"] })).await.expect(201);
    let lead = stage.lead().await;
    let talk = stage.organizer.open_chat(json!({ "leadId": lead["id"] })).await;
    assert_eq!(talk["id"], stage.talk["id"]);
    stage.organizer.write(&talk, "Do you still want to come?").await;
    assert_eq!(said(&stage.lead().await), [("chat", "organizer", "Do you still want to come?")]);
}

#[tokio::test]
async fn what_is_said_to_support_concerns_no_lead() {
    let stage = stage().await;
    let support = stage.asha.ask_support().await;
    stage.asha.write(&support, "I cannot pay.").await;
    assert_eq!(stage.app.count("leads", doc! {}).await, 0);
}
