//! Who is told what of a ticket: each side of what the other does, once, and never of what they did themselves.

use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use trek_tribe::crm::{accounts::user::Role, tickets::server::service::close_resolved};

use crate::support::{Client, TestApp, leads::text, tickets::ticket_path};

struct Stage {
    app: TestApp,
    asha: Client,
    admin: Client,
    colleague: Client,
    ticket: Value,
}

async fn stage() -> Stage {
    let app = TestApp::start().await;
    let (asha, admin, colleague) = (app.register(Role::User, "Asha Rao").await, app.admin().await, app.admin().await);
    let ticket = asha.open_ticket_of(json!({ "priority": "high" })).await;
    Stage { app, asha, admin, colleague, ticket }
}

impl Stage {
    /// What was told since the last time, as who was told what; the ticket's own number left out.
    async fn news(&self) -> Vec<(&str, String)> {
        let rows = self.app.stored("notifications").await;
        self.app.app.db.collection::<Document>("notifications").delete_many(doc! {}).await.unwrap();
        let mut news: Vec<(&str, String)> = rows
            .iter()
            .map(|row| {
                let to = row.get_object_id("to").unwrap().to_hex();
                let title = row.get_str("title").unwrap().replace(text(&self.ticket, "number"), "it");
                (self.name_of(&to), title)
            })
            .collect();
        news.sort();
        news
    }

    fn name_of(&self, id: &str) -> &'static str {
        let people = [(&self.asha, "asha"), (&self.admin, "admin"), (&self.colleague, "colleague")];
        people.into_iter().find(|(client, _)| client.user_id == id).map(|(_, name)| name).unwrap()
    }

    async fn now(&self) -> Value {
        self.admin.see_ticket(&self.ticket).await
    }
}

fn told<'a>(news: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    news.iter().map(|(who, title)| (*who, (*title).to_owned())).collect()
}

#[tokio::test]
async fn all_admins_are_told_of_a_new_ticket() {
    let stage = stage().await;
    let rows = stage.app.stored("notifications").await;
    let row = &rows[0];
    assert_eq!(row.get_str("link").unwrap(), format!("/tickets/{}", text(&stage.ticket, "id")));
    assert_eq!((row.get_str("kind").unwrap(), row.get_str("priority").unwrap()), ("ticket", "high"));
    assert_eq!(row.get_str("body").unwrap(), text(&stage.ticket, "subject"));
    let asks = "Asha Rao asks for help: it";
    assert_eq!(stage.news().await, told(&[("admin", asks), ("colleague", asks)]));
}

#[tokio::test]
async fn an_admin_who_asks_is_not_told_of_it() {
    let stage = stage().await;
    stage.news().await;
    stage.admin.open_ticket().await;
    assert_eq!(stage.news().await.iter().map(|(who, _)| *who).collect::<Vec<_>>(), ["colleague"]);
}

#[tokio::test]
async fn the_new_assignee_and_the_requester_are_told_of_an_assignment_and_of_nothing_else() {
    let stage = stage().await;
    stage.news().await;
    let given = stage.admin.assign_ticket(&stage.ticket, &stage.colleague).await;
    assert_eq!(stage.news().await, told(&[("asha", "Admin works on it"), ("colleague", "it is yours")]));
    stage.admin.assign_ticket(&given, &stage.admin).await;
    assert_eq!(stage.news().await, told(&[("asha", "Admin works on it")]));
}

#[tokio::test]
async fn of_a_reply_all_admins_are_told_and_the_assignee_alone_once_there_is_one() {
    let stage = stage().await;
    stage.news().await;
    stage.asha.say(&stage.ticket, "And?").await;
    let replied = "Asha Rao replied in it";
    assert_eq!(stage.news().await, told(&[("admin", replied), ("colleague", replied)]));
    stage.admin.assign_ticket(&stage.now().await, &stage.colleague).await;
    stage.news().await;
    stage.asha.say(&stage.ticket, "And now?").await;
    assert_eq!(stage.news().await, told(&[("colleague", replied)]));
}

#[tokio::test]
async fn when_the_assignee_has_left_all_admins_are_told() {
    let stage = stage().await;
    stage.admin.assign_ticket(&stage.ticket, &stage.colleague).await;
    let disable = json!({ "state": "disabled", "version": 0 });
    stage.admin.put(&format!("/api/admin/users/{}", stage.colleague.user_id), disable).await.expect(200);
    stage.news().await;
    stage.asha.say(&stage.ticket, "And?").await;
    assert_eq!(stage.news().await, told(&[("admin", "Asha Rao replied in it")]));
}

#[tokio::test]
async fn who_is_an_admin_no_longer_is_told_of_no_note() {
    let stage = stage().await;
    stage.admin.assign_ticket(&stage.ticket, &stage.colleague).await;
    stage.news().await;
    stage.admin.note(&stage.ticket, "Look at the bill.").await;
    assert_eq!(stage.news().await, told(&[("colleague", "Admin made a note in it")]));
    let demote = json!({ "role": "user", "version": 0 });
    stage.admin.put(&format!("/api/admin/users/{}", stage.colleague.user_id), demote).await.expect(200);
    stage.news().await;
    stage.admin.note(&stage.ticket, "A chargeback, I think.").await;
    assert_eq!(stage.news().await, told(&[]));
}

#[tokio::test]
async fn the_requester_is_told_of_answers_and_steps() {
    let stage = stage().await;
    stage.news().await;
    stage.admin.say(&stage.ticket, "We look into it.").await;
    assert_eq!(stage.news().await, told(&[("asha", "Admin answered it")]));
    let begun = stage.admin.take_ticket_to(&stage.now().await, "in_progress").await;
    assert_eq!(stage.news().await, told(&[("asha", "Admin works on it")]));
    let asked = stage.admin.take_ticket_to(&begun, "waiting_customer").await;
    assert_eq!(stage.news().await, told(&[("asha", "Admin waits for your answer in it")]));
    stage.admin.take_ticket_to(&asked, "resolved").await;
    assert_eq!(stage.news().await, told(&[("asha", "Admin resolved it")]));
    stage.app.clock.advance(SignedDuration::from_hours(7 * 24));
    close_resolved(&stage.app.app).await.unwrap();
    assert_eq!(stage.news().await, told(&[("asha", "it is closed now")]));
}

#[tokio::test]
async fn nobody_is_told_of_what_the_requester_does_with_their_own_ticket() {
    let stage = stage().await;
    stage.news().await;
    stage.asha.take_ticket_to(&stage.ticket, "cancelled").await;
    assert_eq!(stage.news().await, told(&[]));
}

#[tokio::test]
async fn a_refused_reply_tells_nobody() {
    let stage = stage().await;
    stage.admin.take_ticket_to(&stage.ticket, "cancelled").await;
    stage.news().await;
    let path = ticket_path(&stage.ticket, "/messages");
    stage.asha.post(&path, json!({ "text": "And?" })).await.expect(409);
    stage.asha.post(&path, json!({ "text": "x".repeat(5_001) })).await.expect(422);
    assert_eq!(stage.news().await, told(&[]));
}
