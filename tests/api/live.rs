//! What people hear while their pages are open, and what they do not.

use serde_json::{Value, json};
use trek_tribe::crm::{accounts::user::Role, leads::server::service::import_leads};

use crate::support::{
    Client, TestApp,
    leads::{enquiry, text},
    live::Tab,
    tickets::ticket_path,
};

fn changed(kind: &str, thing: &Value) -> Value {
    json!({ "event": "changed", "payload": { "kind": kind, "id": thing["id"] } })
}

#[tokio::test]
async fn an_organizer_hears_of_their_own_leads_alone() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (asha, ravi) = (app.register(Role::Organizer, "Asha Rao").await, app.register(Role::Organizer, "Ravi").await);
    let (hers, his) = (app.live_trip(&asha, "Kedarkantha", &[]).await, app.live_trip(&ravi, "Roopkund", &[]).await);
    let (mut her_tab, mut his_tab) = (Tab::open(&at, &asha).await, Tab::open(&at, &ravi).await);
    let first = asha.record_lead(&hers, "one@example.in").await;
    let second = ravi.record_lead(&his, "two@example.in").await;
    assert_eq!(her_tab.next().await, changed("lead", &first));
    assert_eq!(his_tab.next().await, changed("lead", &second), "nothing of hers came before");
}

#[tokio::test]
async fn admins_hear_of_every_lead() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (asha, admin) = (app.register(Role::Organizer, "Asha Rao").await, app.admin().await);
    let trip = app.live_trip(&asha, "Kedarkantha", &[]).await;
    let mut tab = Tab::open(&at, &admin).await;
    let lead = asha.record_lead(&trip, "one@example.in").await;
    assert_eq!(tab.next().await, changed("lead", &lead));
}

#[tokio::test]
async fn a_traveller_hears_that_an_enquiry_moved_and_not_of_the_lead() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (asha, mira) = (app.register(Role::Organizer, "Asha Rao").await, app.register(Role::User, "Mira Sen").await);
    let trip = app.live_trip(&asha, "Kedarkantha", &[]).await;
    let mut tab = Tab::open(&at, &mira).await;
    mira.post("/api/crm/leads", json!({ "tripId": trip["id"] })).await.expect(201);
    assert_eq!(tab.next().await, json!({ "event": "changed", "payload": { "kind": "dashboard" } }));
}

#[tokio::test]
async fn many_leads_at_once_are_told_once() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let asha = app.register(Role::Organizer, "Asha Rao").await;
    let trip = app.live_trip(&asha, "Kedarkantha", &[]).await;
    let mut tab = Tab::open(&at, &asha).await;
    let slug = text(&trip, "slug");
    let csv = format!("name,email,trip\r\nMira,mira@example.in,{slug}\r\nRohan,rohan@example.in,{slug}\r\n");
    import_leads(&app.app, &app.actor(&asha).await, csv.as_bytes(), false).await.unwrap();
    assert_eq!(tab.hear("changed").await, json!({ "kind": "lead" }));
    let third = asha.record_lead(&trip, "three@example.in").await;
    assert_eq!(tab.hear("changed").await["id"], third["id"], "no other change was told in between");
}

#[tokio::test]
async fn a_requester_hears_nothing_of_internal_notes() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (mira, admin) = (app.register(Role::User, "Mira Sen").await, app.admin().await);
    let ticket = mira.open_ticket().await;
    let (mut hers, mut admins) = (Tab::open(&at, &mira).await, Tab::open(&at, &admin).await);
    admin.note(&ticket, "She has paid twice.").await;
    assert_eq!(admins.next().await, changed("ticket", &ticket));
    let other = mira.open_ticket().await;
    assert_eq!(hers.next().await, changed("ticket", &other), "the note came before, and was not told");
}

#[tokio::test]
async fn a_notification_comes_with_how_much_is_unread() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let asha = app.register(Role::Organizer, "Asha Rao").await;
    let trip = app.live_trip(&asha, "Kedarkantha", &[]).await;
    let mut tab = Tab::open(&at, &asha).await;
    for (count, email) in [(1, "one@example.in"), (2, "two@example.in")] {
        app.anonymous().post("/api/crm/leads", enquiry(&trip, email)).await.expect(201);
        let told = tab.hear("notification:new").await;
        assert_eq!((&told["unreadCount"], &told["notification"]["kind"]), (&json!(count), &json!("lead")), "{told}");
    }
    asha.put("/api/crm/notifications/read-all", json!({})).await.expect(200);
    assert_eq!(tab.next().await, json!({ "event": "changed", "payload": { "kind": "bell" } }));
}

#[tokio::test]
async fn what_is_refused_is_not_told() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (mira, ravi) = (app.register(Role::User, "Mira Sen").await, app.register(Role::User, "Ravi").await);
    let mut tab = Tab::open(&at, &mira).await;
    let ticket = mira.open_ticket().await;
    assert_eq!(tab.next().await, changed("ticket", &ticket));
    ravi.post(&ticket_path(&ticket, "/messages"), json!({ "text": "Hello" })).await.refused(404, "not_found");
    mira.post(&ticket_path(&ticket, "/messages"), json!({ "text": "" })).await.refused(422, "invalid_input");
    let other = mira.open_ticket().await;
    assert_eq!(tab.next().await, changed("ticket", &other));
}

/// What somebody is answered who says that they look at a ticket.
async fn look(tab: &mut Tab, ticket: &Value, doing: &str) -> Value {
    tab.ask("ticket:view", json!({ "ticketId": ticket["id"], "doing": doing })).await
}

#[tokio::test]
async fn admins_hear_who_else_is_at_a_ticket() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (mira, one, other) = (app.register(Role::User, "Mira Sen").await, app.admin().await, app.admin().await);
    let ticket = mira.open_ticket().await;
    let mut tabs = [Tab::open(&at, &mira).await, Tab::open(&at, &one).await, Tab::open(&at, &other).await];
    let viewer = |person: &Client, doing: &str| json!([ticket["id"], person.user_id, doing]);
    let heard = |told: Value| json!([told["ticketId"], told["userId"], told["doing"]]);
    assert_eq!(look(&mut tabs[1], &ticket, "looking").await, json!({}));
    for (tab, person, doing) in [(2, &other, "looking"), (0, &mira, "typing"), (2, &other, "gone")] {
        assert_eq!(look(&mut tabs[tab], &ticket, doing).await, json!({}));
        let told = loop {
            let told = heard(tabs[1].hear("ticket:viewer").await);
            if told[1] != json!(one.user_id) {
                break told;
            }
        };
        assert_eq!(told, viewer(person, doing));
    }
    // The requester is seen, and sees nobody.
    let next = mira.open_ticket().await;
    assert_eq!(tabs[0].next().await, changed("ticket", &next));
}

#[tokio::test]
async fn nobody_is_at_a_ticket_that_is_not_theirs() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    let (mira, admin) = (app.register(Role::User, "Mira Sen").await, app.admin().await);
    let ticket = mira.open_ticket().await;
    let absent = json!({ "id": mira.user_id });
    for person in [app.register(Role::User, "Ravi").await, app.register(Role::Organizer, "Asha Rao").await] {
        let mut tab = Tab::open(&at, &person).await;
        let (foreign, absent) = (look(&mut tab, &ticket, "looking").await, look(&mut tab, &absent, "looking").await);
        assert_eq!((&foreign["error"], &foreign), (&json!("not_found"), &absent));
    }
    let mut tab = Tab::open(&at, &admin).await;
    assert_eq!(look(&mut tab, &absent, "looking").await["error"], "not_found");
}

#[tokio::test]
async fn nobody_joins_a_conversation_that_is_not_there() {
    let app = TestApp::start().await;
    let at = app.listen().await;
    for person in
        [app.register(Role::User, "Mira").await, app.register(Role::Organizer, "Asha").await, app.admin().await]
    {
        let mut tab = Tab::open(&at, &person).await;
        let conversation = json!({ "conversationId": "65f1c0ffee00112233445566" });
        assert_eq!(tab.ask("join:conversation", conversation).await["error"], "not_found");
    }
}
