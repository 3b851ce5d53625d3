//! Who is told that somebody wrote: who is away, each time by the bell and once by mail until they have read it.

use mongodb::bson::doc;
use serde_json::{Value, json};

use crate::support::{
    Client,
    chat::{Stage, stage},
    leads::text,
};

impl Stage {
    /// How many mails wait that tell of messages.
    async fn mails(&self) -> u64 {
        self.app.count("outbox", doc! { "subject": { "$regex": "wrote to you" } }).await
    }

    /// What somebody was told of messages and has not read, the oldest first.
    async fn told(&self, client: &Client) -> Vec<Value> {
        let list = client.get("/api/crm/notifications?unread=true").await.expect(200);
        let rows = list.data().as_array().unwrap().iter().rev();
        rows.filter(|row| row["type"] == "chat").cloned().collect()
    }
}

#[tokio::test]
async fn who_is_away_is_told_by_bell_and_mail() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let told = stage.told(&stage.organizer).await;
    assert_eq!((told.len(), text(&told[0], "title")), (1, "Asha Rao wrote to you about Kedarkantha"));
    assert_eq!(text(&told[0], "body"), "Is it cold?");
    assert_eq!(text(&told[0], "link"), format!("/chat/{}", text(&stage.talk, "id")));
    assert_eq!(told[0]["subject"], json!({ "entity": "conversation", "id": stage.talk["id"] }));
    assert_eq!((stage.mails().await, stage.told(&stage.asha).await.len()), (1, 0));
}

#[tokio::test]
async fn one_mail_is_sent_until_they_have_read_it() {
    let stage = stage().await;
    for body in ["Is it cold?", "And at night?", "Really?"] {
        stage.asha.write(&stage.talk, body).await;
    }
    assert_eq!((stage.told(&stage.organizer).await.len(), stage.mails().await), (3, 1));
    stage.organizer.read_up_to(&stage.talk, 2).await;
    stage.asha.write(&stage.talk, "Hello?").await;
    assert_eq!(stage.mails().await, 1);
    stage.organizer.read_up_to(&stage.talk, 4).await;
    stage.asha.write(&stage.talk, "Are you there?").await;
    assert_eq!(stage.mails().await, 2);
}

#[tokio::test]
async fn reading_a_conversation_reads_what_was_told_of_it() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    stage.organizer.read_up_to(&stage.talk, 1).await;
    assert_eq!(stage.told(&stage.organizer).await.len(), 0);
}

#[tokio::test]
async fn the_answer_is_told_to_who_asked() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    stage.organizer.write(&stage.talk, "Down to −10.").await;
    let told = stage.told(&stage.asha).await;
    assert_eq!(
        told.iter().map(|row| text(row, "title")).collect::<Vec<_>>(),
        ["Deodar Trails wrote to you about Kedarkantha"]
    );
}

#[tokio::test]
async fn of_support_every_admin_who_is_away_is_told() {
    let stage = stage().await;
    let (admin, colleague) = (stage.app.admin().await, stage.app.admin().await);
    let support = stage.asha.ask_support().await;
    stage.asha.write(&support, "I cannot pay.").await;
    for client in [&admin, &colleague] {
        assert_eq!(stage.told(client).await.len(), 1);
    }
    admin.write(&support, "We look into it.").await;
    assert_eq!(stage.told(&colleague).await.len(), 1);
    assert_eq!(text(&stage.told(&stage.asha).await[0], "title"), "Admin wrote to you");
}

#[tokio::test]
async fn who_wants_no_mail_of_messages_gets_none() {
    let stage = stage().await;
    let chat = json!({ "chat": { "inApp": true, "email": false } });
    stage.organizer.put("/api/crm/notifications/preferences", chat).await.expect(200);
    stage.asha.write(&stage.talk, "Is it cold?").await;
    assert_eq!((stage.told(&stage.organizer).await.len(), stage.mails().await), (1, 0));
}

#[tokio::test]
async fn a_new_lead_who_wrote_is_told_by_the_bell_and_one_mail() {
    let stage = stage().await;
    stage.asha.write(&stage.talk, "Is it cold?").await;
    let list = stage.organizer.get("/api/crm/notifications").await.expect(200);
    let mut kinds: Vec<&str> = list.data().as_array().unwrap().iter().map(|row| text(row, "type")).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["chat", "lead"]);
    let to = stage.organizer.email.as_str();
    assert_eq!(stage.app.count("outbox", doc! { "to": to, "kind": "notification" }).await, 1);
}
