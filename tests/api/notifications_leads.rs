//! Who is told what of leads: each thing once, to whom it concerns, and never to who did it.

use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::{accounts::user::Role, leads::server::service::tell_due_follow_ups};

use crate::support::{
    Client, TestApp,
    leads::{enquiry, path, text},
};

const LEADS: &str = "/api/crm/leads";
const NOTIFICATIONS: &str = "/api/crm/notifications";
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// An organizer with a live trip, another one, and an admin.
struct Stage {
    app: TestApp,
    organizer: Client,
    rival: Client,
    admin: Client,
    trip: Value,
}

async fn stage() -> Stage {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let rival = app.register(Role::Organizer, "Sahyadri Walks").await;
    let admin = app.admin().await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    Stage { app, organizer, rival, admin, trip }
}

impl Stage {
    /// Lets time pass; whoever was signed in signs in again.
    async fn pass(&mut self, time: SignedDuration) {
        self.app.clock.advance(time);
        for client in [&mut self.organizer, &mut self.rival, &mut self.admin] {
            *client = self.app.sign_in(&client.email).await;
        }
    }

    /// Somebody who is not signed in asks, in these words.
    async fn ask(&self, email: &str, message: Option<&str>) {
        let mut body = enquiry(&self.trip, email);
        if let Some(message) = message {
            body["message"] = json!(message);
        }
        self.app.anonymous().post(LEADS, body).await.expect(201);
    }

    async fn lead(&self) -> Value {
        self.organizer.get(LEADS).await.expect(200).data()[0].clone()
    }

    /// What only others are told of the organizer's leads.
    async fn assert_nobody_else_is_told(&self) {
        assert_eq!(titles(&self.rival).await, Vec::<String>::new());
        assert_eq!(titles(&self.admin).await, Vec::<String>::new());
    }

    async fn count_mails(&self) -> u64 {
        self.app.count("outbox", doc! { "kind": "notification" }).await
    }
}

async fn told(client: &Client) -> Vec<Value> {
    let reply = client.get(&format!("{NOTIFICATIONS}?limit=100")).await.expect(200);
    reply.data().as_array().unwrap().clone()
}

/// The titles of what somebody was told, the newest first.
async fn titles(client: &Client) -> Vec<String> {
    told(client).await.iter().map(|told| text(told, "title").to_owned()).collect()
}

#[tokio::test]
async fn a_question_is_told_to_the_trips_organizer_and_to_nobody_else() {
    let stage = stage().await;
    stage.ask("rohan@example.in", Some("Is this a good\nfirst snow trek?")).await;
    let told = told(&stage.organizer).await;
    let [news] = told.as_slice() else { panic!("{told:?}") };
    let lead = stage.lead().await;
    assert_eq!(text(news, "title"), "Rohan Kulkarni asked about Kedarkantha");
    assert_eq!(text(news, "body"), "Is this a good first snow trek?");
    assert_eq!((text(news, "type"), text(news, "priority")), ("lead", "high"));
    assert_eq!(text(news, "link"), format!("/leads/{}", text(&lead, "id")));
    assert_eq!(news["subject"], json!({ "entity": "lead", "id": lead["id"] }));
    assert_eq!(news["readAt"], Value::Null);
    stage.assert_nobody_else_is_told().await;
}

#[tokio::test]
async fn who_asks_again_is_told_of_each_time() {
    let mut stage = stage().await;
    stage.ask("rohan@example.in", None).await;
    stage.pass(HOUR).await;
    stage.ask("rohan@example.in", Some("Still places?")).await;
    stage.pass(HOUR).await;
    stage.ask("rohan@example.in", None).await;
    let expected = [
        "Rohan Kulkarni asked again about Kedarkantha",
        "Rohan Kulkarni wrote again about Kedarkantha",
        "Rohan Kulkarni asked about Kedarkantha",
    ];
    assert_eq!(titles(&stage.organizer).await, expected);
    assert_eq!(stage.count_mails().await, 3);
    stage.assert_nobody_else_is_told().await;
}

#[tokio::test]
async fn of_visits_one_a_day_rings_the_bell_and_none_sends_a_mail() {
    let mut stage = stage().await;
    let traveller = stage.app.register(Role::User, "Asha Rao").await;
    let slug = text(&stage.trip, "slug").to_owned();
    for (hours, count) in [(1, 0), (1, 1), (1, 2), (1, 2), (24, 3)] {
        stage.pass(SignedDuration::from_hours(hours)).await;
        stage.app.sign_in(&traveller.email).await.get(&format!("/api/trips/{slug}")).await.expect(200);
        assert_eq!(titles(&stage.organizer).await.len(), count, "after {hours} more hours");
    }
    let expected = [
        "Asha Rao looked at Kedarkantha again",
        "Asha Rao looked at Kedarkantha again",
        "Asha Rao keeps looking at Kedarkantha",
    ];
    assert_eq!(titles(&stage.organizer).await, expected);
    assert_eq!(stage.count_mails().await, 0);
}

#[tokio::test]
async fn what_organizers_write_down_themselves_they_are_not_told_of() {
    let stage = stage().await;
    let lead = stage.organizer.record_lead(&stage.trip, "rohan@example.in").await;
    stage.organizer.post(LEADS, enquiry(&stage.trip, "rohan@example.in")).await.expect(200);
    stage.organizer.move_to(&lead, "contacted").await;
    assert_eq!(titles(&stage.organizer).await, Vec::<String>::new());
    stage.admin.record_lead(&stage.trip, "mira@example.in").await;
    stage.admin.post(LEADS, enquiry(&stage.trip, "mira@example.in")).await.expect(200);
    assert_eq!(titles(&stage.organizer).await, ["Admin added Rohan Kulkarni as a lead for Kedarkantha"]);
    stage.assert_nobody_else_is_told().await;
}

/// A traveller's lead that is interested.
async fn interested(stage: &Stage, traveller: &Client) -> Value {
    traveller.post(LEADS, json!({ "tripId": stage.trip["id"] })).await.expect(201);
    stage.organizer.move_to(&stage.lead().await, "interested").await
}

fn booking(stage: &Stage) -> Value {
    json!({ "partySize": 2, "departureId": stage.trip["departures"][0]["id"],
        "amount": { "amount": 2_000_000, "currency": "INR" } })
}

#[tokio::test]
async fn a_booking_is_told_to_the_traveller_and_not_to_the_organizer_who_notes_it() {
    let stage = stage().await;
    let traveller = stage.app.register(Role::User, "Asha Rao").await;
    let lead = interested(&stage, &traveller).await;
    stage.organizer.post(&format!("{}/convert", path(&lead)), booking(&stage)).await.expect(200);
    stage.organizer.post(&format!("{}/convert", path(&lead)), booking(&stage)).await.refused(409, "step_refused");
    let told = told(&traveller).await;
    let [news] = told.as_slice() else { panic!("{told:?}") };
    let link = format!("/home?enquiry={}", text(&lead, "id"));
    assert_eq!((text(news, "title"), text(news, "link")), ("You are booked on Kedarkantha", link.as_str()));
    assert!(text(news, "body").starts_with("Sat 19 Dec 2026, 2 people, ₹20,000."), "{news}");
    assert_eq!(titles(&stage.organizer).await, ["Asha Rao asked about Kedarkantha"]);
    stage.assert_nobody_else_is_told().await;
}

#[tokio::test]
async fn a_booking_that_an_admin_notes_is_told_to_both_sides() {
    let stage = stage().await;
    let traveller = stage.app.register(Role::User, "Asha Rao").await;
    let lead = interested(&stage, &traveller).await;
    stage.admin.post(&format!("{}/convert", path(&lead)), booking(&stage)).await.expect(200);
    assert_eq!(titles(&stage.organizer).await[0], "Asha Rao is booked on Kedarkantha");
    assert_eq!(titles(&traveller).await, ["You are booked on Kedarkantha"]);
    stage.assert_nobody_else_is_told().await;
}

#[tokio::test]
async fn a_booking_that_fails_is_told_to_nobody() {
    let stage = stage().await;
    let traveller = stage.app.register(Role::User, "Asha Rao").await;
    let lead = interested(&stage, &traveller).await;
    let mut too_many = booking(&stage);
    too_many["partySize"] = json!(11);
    stage.admin.post(&format!("{}/convert", path(&lead)), too_many).await.refused(409, "no_seats_left");
    assert_eq!(titles(&traveller).await, Vec::<String>::new());
    assert_eq!(titles(&stage.organizer).await.len(), 1, "the enquiry alone");
}

#[tokio::test]
async fn what_cannot_be_told_does_not_happen_either() {
    let stage = stage().await;
    stage.app.refuse_writes("outbox", doc! { "kind": "notification" }).await;
    let reply = stage.app.anonymous().post(LEADS, enquiry(&stage.trip, "rohan@example.in")).await;
    assert_eq!(reply.status, 500, "{}", reply.text);
    assert_eq!((stage.app.count_leads().await, stage.app.count("notifications", doc! {}).await), (0, 0));
    stage.app.allow_writes("outbox").await;
    stage.ask("rohan@example.in", None).await;
    assert_eq!((titles(&stage.organizer).await.len(), stage.count_mails().await), (1, 1));
}

#[tokio::test]
async fn fifty_same_enquiries_at_once_are_told_fifty_times_and_each_once() {
    let stage = stage().await;
    let traveller = stage.app.register(Role::User, "Asha Rao").await;
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (traveller, body) = (traveller.clone(), json!({ "tripId": stage.trip["id"] }));
        asking.spawn(async move { traveller.post(LEADS, body).await.status });
    }
    let statuses = asking.join_all().await;
    assert!(statuses.iter().all(|status| [200, 201].contains(status)), "{statuses:?}");
    let titles = titles(&stage.organizer).await;
    let first = titles.iter().filter(|title| *title == "Asha Rao asked about Kedarkantha").count();
    let again = titles.iter().filter(|title| *title == "Asha Rao asked again about Kedarkantha").count();
    assert_eq!((first, again), (1, 49));
}

#[tokio::test]
async fn what_is_masked_is_masked_in_what_is_told() {
    let stage = stage().await;
    stage.app.app.withheld_access.withhold_from(stage.organizer.user_id.parse().unwrap());
    stage.ask("rohan@example.in", Some("Call me on 98765 00000 or write to rohan@himpost.in.")).await;
    let told = told(&stage.organizer).await;
    assert_eq!(text(&told[0], "body"), "Call me on ••• or write to •••");
    let mails = stage.app.stored("outbox").await;
    assert!(!format!("{mails:?}").contains("98765"), "{mails:?}");
}

/// A lead with a follow-up in two hours.
async fn with_follow_up(stage: &Stage) -> Value {
    let lead = stage.organizer.record_lead(&stage.trip, "rohan@example.in").await;
    let due = stage.app.clock.now() + HOUR + HOUR;
    stage.organizer.change(&lead, json!({ "nextFollowUpAt": due.to_string() })).await
}

#[tokio::test]
async fn a_follow_up_is_told_once_when_its_time_has_come() {
    let mut stage = stage().await;
    let lead = with_follow_up(&stage).await;
    stage.pass(HOUR).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 0, "not before");
    stage.pass(HOUR).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 1);
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 0, "not twice");
    let told = told(&stage.organizer).await;
    assert_eq!(text(&told[0], "title"), "Get back to Rohan Kulkarni about Kedarkantha");
    assert_eq!(text(&told[0], "link"), format!("/leads/{}", text(&lead, "id")));
    assert_eq!(stage.count_mails().await, 0, "the digest tells by mail");
    stage.assert_nobody_else_is_told().await;
}

#[tokio::test]
async fn being_told_of_a_follow_up_makes_no_edit_stale() {
    let mut stage = stage().await;
    let lead = with_follow_up(&stage).await;
    stage.pass(HOUR + HOUR).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 1);
    stage.organizer.change(&lead, json!({ "notes": "Knees." })).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 0, "an edit of something else tells nothing");
    assert_eq!(titles(&stage.organizer).await.len(), 1);
}

#[tokio::test]
async fn a_follow_up_that_is_moved_is_told_at_its_new_time() {
    let mut stage = stage().await;
    let lead = with_follow_up(&stage).await;
    stage.pass(HOUR).await;
    let later = stage.app.clock.now() + HOUR + HOUR + HOUR;
    let moved = stage.organizer.change(&lead, json!({ "nextFollowUpAt": later.to_string() })).await;
    stage.pass(HOUR + HOUR).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 0);
    stage.pass(HOUR).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 1);
    let next = stage.app.clock.now() + HOUR;
    stage.organizer.change(&moved, json!({ "nextFollowUpAt": next.to_string() })).await;
    stage.pass(HOUR).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 1, "another time is another cause");
}

#[tokio::test]
async fn a_follow_up_that_was_done_with_is_told_no_more() {
    let mut stage = stage().await;
    let lead = with_follow_up(&stage).await;
    stage.organizer.move_to(&lead, "lost").await;
    stage.pass(HOUR + HOUR).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 0);
    assert_eq!(titles(&stage.organizer).await, Vec::<String>::new());
}

#[tokio::test]
async fn two_processes_tell_many_follow_ups_once_each() {
    let mut stage = stage().await;
    stage.app.store_leads(&[(&stage.organizer, &stage.trip, 400)]).await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 0, "what was due before is not told");
    stage.pass(SignedDuration::from_hours(100)).await;
    let due = stage.app.count("leads", doc! { "untoldFollowUp": { "$exists": true } }).await;
    assert!(due > 30, "{due}");
    let (one, other) = tokio::join!(tell_due_follow_ups(&stage.app.app), tell_due_follow_ups(&stage.app.app));
    assert_eq!(u64::from(one.unwrap() + other.unwrap()), due);
    assert_eq!(stage.app.count("notifications", doc! {}).await, due);
}

#[tokio::test]
async fn a_follow_up_that_cannot_be_told_is_told_later() {
    let mut stage = stage().await;
    with_follow_up(&stage).await;
    stage.pass(HOUR + HOUR).await;
    stage.app.refuse_writes("notifications", doc! { "kind": "lead" }).await;
    assert!(tell_due_follow_ups(&stage.app.app).await.is_err());
    stage.app.allow_writes("notifications").await;
    assert_eq!(tell_due_follow_ups(&stage.app.app).await.unwrap(), 1);
}
