//! The mail of the morning: at eight by the clock of who gets it, to organizers for whom somebody waits, once a day.

use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::{
    crm::{accounts::user::Role, analytics::server::today::digest::send_digests},
    server::jobs::run_due,
};

use crate::support::{Client, TestApp, fresh_uri, leads::enquiry};

/// An organizer for whom somebody waits.
async fn organizer(app: &TestApp, name: &str) -> Client {
    let organizer = app.register(Role::Organizer, name).await;
    let trip = app.live_trip(&organizer, &format!("A trek by {name}"), &[20]).await;
    app.anonymous().post("/api/crm/leads", enquiry(&trip, "rohan@example.in")).await.expect(201);
    organizer
}

/// Moves the clock, which stands at 10:42 in India at first, and does what is due.
async fn go_on(app: &TestApp, hours: i64, minutes: i64) {
    app.clock.advance(SignedDuration::from_hours(hours) + SignedDuration::from_mins(minutes));
    run_due(&app.app).await.unwrap();
}

/// To whom digests were written, in order.
async fn told(app: &TestApp) -> Vec<String> {
    let mails = app.admin().await.get("/api/admin/outbox?limit=100").await.expect(200);
    let digests = mails.data().as_array().unwrap().iter().rev().filter(|mail| mail["kind"] == "digest");
    digests.map(|mail| mail["to"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn it_is_sent_at_eight_in_the_morning_and_not_again_that_day() {
    let app = TestApp::start().await;
    go_on(&app, 0, 0).await;
    let deodar = organizer(&app, "Deodar Trails").await;
    go_on(&app, 21, 17).await;
    assert_eq!(told(&app).await, [""; 0], "it is 7:59");
    go_on(&app, 0, 1).await;
    assert_eq!(told(&app).await, [deodar.email.as_str()]);
    for _ in 0..8 {
        go_on(&app, 0, 30).await;
    }
    assert_eq!(told(&app).await.len(), 1);
    go_on(&app, 20, 0).await;
    assert_eq!(told(&app).await.len(), 2, "the next morning they still wait");
}

#[tokio::test]
async fn the_morning_is_that_of_who_gets_it() {
    let app = TestApp::start().await;
    go_on(&app, 0, 0).await;
    let (deodar, alps) = (organizer(&app, "Deodar Trails").await, organizer(&app, "Alps Walks").await);
    alps.put("/api/auth/me", json!({ "timeZone": "Europe/Berlin" })).await.expect(200);
    // In Berlin it is eight at 12:30 in India.
    go_on(&app, 1, 48).await;
    assert_eq!(told(&app).await, [alps.email.as_str()]);
    go_on(&app, 19, 30).await;
    assert_eq!(told(&app).await, [alps.email, deodar.email]);
}

#[tokio::test]
async fn who_has_nobody_waiting_gets_none() {
    let app = TestApp::start().await;
    organizer(&app, "Deodar Trails").await;
    let (idle, closed) = (app.register(Role::Organizer, "Idle Hills").await, organizer(&app, "Sahyadri Walks").await);
    let state = json!({ "state": "disabled", "version": 0 });
    app.admin().await.put(&format!("/api/admin/users/{}", closed.user_id), state).await.expect(200);
    go_on(&app, 0, 0).await;
    let told = told(&app).await;
    assert!(told.len() == 1 && told[0] != idle.email && told[0] != closed.email, "{told:?}");
}

#[tokio::test]
async fn it_names_who_waits_and_nobody_of_others() {
    let app = TestApp::start().await;
    let deodar = organizer(&app, "Deodar Trails").await;
    organizer(&app, "Sahyadri Walks").await;
    let lead: Value = deodar.get("/api/crm/leads").await.expect(200).data()[0].clone();
    let late = app.clock.now() - SignedDuration::from_mins(5);
    deodar.change(&lead, json!({ "nextFollowUpAt": late })).await;
    go_on(&app, 0, 0).await;
    let mails = app.admin().await.get("/api/admin/outbox").await.expect(200);
    let mail = mails.data().as_array().unwrap().iter().find(|mail| mail["to"] == deodar.email.as_str()).unwrap();
    assert_eq!(mail["subject"], "One person waits for your answer");
    let text = mail["text"].as_str().unwrap();
    assert!(text.contains("One follow-up is late: Rohan Kulkarni (A trek by Deodar Trails)."), "{text}");
    assert!(text.contains("/today") && !text.contains("Sahyadri"), "{text}");
}

#[tokio::test]
async fn who_wants_no_mails_about_leads_gets_none() {
    let app = TestApp::start().await;
    let deodar = organizer(&app, "Deodar Trails").await;
    let off = json!({ "lead": { "inApp": true, "email": false } });
    deodar.put("/api/crm/notifications/preferences", off).await.expect(200);
    go_on(&app, 0, 0).await;
    assert_eq!(told(&app).await.len(), 0);
}

#[tokio::test]
async fn who_wants_no_mails_about_leads_reads_of_their_tickets_and_the_other_way_round() {
    let app = TestApp::start().await;
    let (admin, words) = (app.admin().await, json!({ "inApp": true, "email": false }));
    let (walks, trails) = (organizer(&app, "Sahyadri Walks").await, organizer(&app, "Deodar Trails").await);
    for (client, off) in [(&walks, "lead"), (&trails, "ticket")] {
        admin.move_ticket(&client.open_ticket().await, "waiting_customer").await;
        client.put("/api/crm/notifications/preferences", json!({ off: words })).await.expect(200);
    }
    go_on(&app, 0, 0).await;
    let mails = admin.get("/api/admin/outbox").await.expect(200);
    let digests: Vec<&Value> =
        mails.data().as_array().unwrap().iter().filter(|mail| mail["kind"] == "digest").collect();
    let subject =
        |client: &Client| &digests.iter().find(|mail| mail["to"] == client.email.as_str()).unwrap()["subject"];
    assert_eq!(*subject(&walks), "One of your tickets waits for your answer");
    assert_eq!(*subject(&trails), "One person waits for your answer");
}

#[tokio::test]
async fn a_ticket_that_waits_for_them_is_something_to_do_too() {
    let app = TestApp::start().await;
    let idle = app.register(Role::Organizer, "Idle Hills").await;
    let admin = app.admin().await;
    admin.move_ticket(&idle.open_ticket().await, "waiting_customer").await;
    go_on(&app, 0, 0).await;
    let mails = admin.get("/api/admin/outbox").await.expect(200);
    let mail = mails.data().as_array().unwrap().iter().find(|mail| mail["kind"] == "digest").unwrap();
    assert_eq!(mail["subject"], "One of your tickets waits for your answer");
}

#[tokio::test]
async fn who_was_away_all_morning_sends_none_any_more() {
    let app = TestApp::start().await;
    organizer(&app, "Deodar Trails").await;
    // It is 12:01.
    go_on(&app, 1, 19).await;
    assert_eq!(told(&app).await.len(), 0);
}

#[tokio::test]
async fn however_often_and_by_however_many_it_is_sent_one_mail_is_written() {
    let uri = fresh_uri().await;
    let (one, other) = (TestApp::start_on(uri.clone(), |_| {}).await, TestApp::start_on(uri, |_| {}).await);
    for name in ["Deodar Trails", "Sahyadri Walks", "Ladakh Loops"] {
        organizer(&one, name).await;
    }
    // As when processes were broken off in the middle, whatever their leases say.
    let send = async |app: &TestApp| send_digests(&app.app, None).await.unwrap();
    let sent = tokio::join!(send(&one), send(&other), send(&one), send(&other));
    assert_eq!(sent.0 + sent.1 + sent.2 + sent.3, 3);
    assert_eq!(one.count("outbox", doc! { "kind": "digest" }).await, 3);
}
