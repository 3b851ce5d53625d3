//! The bell, the list and the choices, as a browser without script uses them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use trek_tribe::crm::{
    accounts::user::{Role, UserId},
    notifications::notification::NotificationKind,
};

use crate::support::{
    Browser, Client, PASSWORD, TestApp, attribute,
    leads::{enquiry, text},
    news, texts,
};

const BELL: &str = ".top a.bell .sr";

async fn enter(app: &TestApp, client: &Client) -> Browser {
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &client.email), ("password", PASSWORD)]).await.expect(200);
    browser
}

async fn stage() -> (TestApp, Client, Browser) {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let browser = enter(&app, &asha).await;
    (app, asha, browser)
}

fn id_of(client: &Client) -> UserId {
    client.user_id.parse().unwrap()
}

/// What the bell of a page says to who cannot see it, and what it shows.
async fn bell(browser: &mut Browser, path: &str) -> (String, Option<String>) {
    let page = browser.open(path).await.expect(200);
    let name = texts(&page.reply, BELL).pop().unwrap();
    (name, texts(&page.reply, ".top a.bell .count").pop())
}

#[tokio::test]
async fn every_page_has_a_bell_that_counts_exactly_and_shows_little() {
    let (app, asha, mut browser) = stage().await;
    assert_eq!(bell(&mut browser, "/home").await, ("Notifications, 0 unread".into(), None));
    for number in 1..=12 {
        app.tell(&[id_of(&asha)], &format!("News {number}")).await;
        let shown = if number > 9 { "9+".to_owned() } else { number.to_string() };
        assert_eq!(bell(&mut browser, "/home").await, (format!("Notifications, {number} unread"), Some(shown)));
    }
    for path in ["/sessions", "/notifications", "/account/notifications"] {
        assert_eq!(bell(&mut browser, path).await.0, "Notifications, 12 unread", "{path}");
    }
    let page = browser.open("/sessions").await;
    assert_eq!(attribute(&page.reply, ".top a.bell", "href"), ["/notifications"]);
}

#[tokio::test]
async fn opening_the_thing_marks_what_is_told_of_it_and_its_own_bell_knows() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    for (email, times) in [("rohan@example.in", 2), ("mira@example.in", 1)] {
        for _ in 0..times {
            app.anonymous().post("/api/crm/leads", enquiry(&trip, email)).await.expect(201);
        }
    }
    let leads = organizer.get("/api/crm/leads?q=rohan%40").await.expect(200);
    let id = text(&leads.data()[0], "id").to_owned();
    let mut browser = enter(&app, &organizer).await;
    organizer.get(&format!("/api/crm/leads/{id}")).await.expect(200);
    assert_eq!(bell(&mut browser, "/leads").await.0, "Notifications, 3 unread", "programs and lists mark nothing");
    assert_eq!(bell(&mut browser, &format!("/leads/{id}?from=status")).await.0, "Notifications, 1 unread");
    assert_eq!(bell(&mut browser, "/leads").await.0, "Notifications, 1 unread");
}

#[tokio::test]
async fn a_refused_page_marks_nothing() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let traveller = app.register(Role::User, "Asha Rao").await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    traveller.post("/api/crm/leads", json!({ "tripId": trip["id"] })).await.expect(201);
    let lead = organizer.get("/api/crm/leads").await.expect(200).data()[0].clone();
    let lead = organizer.move_to(&lead, "interested").await;
    let booking = json!({ "partySize": 1, "amount": { "amount": 1, "currency": "INR" } });
    let path = format!("/leads/{}", text(&lead, "id"));
    organizer.post(&format!("/api/crm{path}/convert"), booking).await.expect(200);
    let mut browser = enter(&app, &traveller).await;
    browser.open(&path).await.expect(403);
    let unread = traveller.get("/api/crm/notifications").await.expect(200).body["unreadCount"].clone();
    assert_eq!(unread, json!(1));
    assert_eq!(bell(&mut browser, "/home").await.0, "Notifications, 1 unread", "their home shows all enquiries");
    let link = format!("/home?enquiry={}", text(&lead, "id"));
    assert_eq!(bell(&mut browser, &link).await.0, "Notifications, 0 unread", "this is where it leads");
}

#[tokio::test]
async fn the_list_is_parted_by_the_days_of_who_looks() {
    let (app, asha, _) = stage().await;
    // It is 10:42 in India, and 21:12 of the day before in California.
    asha.put("/api/auth/me", json!({ "timeZone": "America/Los_Angeles" })).await.expect(200);
    app.tell(&[id_of(&asha)], "Before midnight").await;
    app.clock.advance(SignedDuration::from_hours(3));
    app.tell(&[id_of(&asha)], "After midnight").await;
    let mut browser = enter(&app, &asha).await;
    let page = browser.open("/notifications").await.expect(200);
    page.assert_valid("the list");
    assert_eq!(texts(&page.reply, ".told-day h2"), ["Today", "Yesterday"]);
    assert_eq!(texts(&page.reply, ".told-day a"), ["After midnight", "Before midnight"]);
    assert_eq!(texts(&page.reply, ".told-day time"), ["00:12", "21:12"]);
}

#[tokio::test]
async fn what_is_unread_is_told_by_words_too() {
    let (app, asha, mut browser) = stage().await;
    for title in ["One", "Two"] {
        app.tell(&[id_of(&asha)], title).await;
    }
    let told = asha.get("/api/crm/notifications").await.expect(200).data().clone();
    asha.put(&format!("/api/crm/notifications/{}/read", text(&told[1], "id")), Value::Null).await.expect(200);
    let page = browser.open("/notifications").await.expect(200);
    assert_eq!(texts(&page.reply, ".told > li .what p:first-child"), ["Unread: Two", "One"]);
    let unread = browser.open("/notifications?unread=true").await.expect(200);
    assert_eq!(texts(&unread.reply, ".told > li .what p:first-child"), ["Unread: Two"]);
    browser.open("/notifications?unread=maybe").await.expect(422);
}

#[tokio::test]
async fn one_is_marked_by_its_button() {
    let (app, asha, mut browser) = stage().await;
    for title in ["One", "Two"] {
        app.tell(&[id_of(&asha)], title).await;
    }
    let page = browser.open("/notifications").await.expect(200);
    let id = attribute(&page.reply, ".told input[name=id]", "value").remove(0);
    assert_eq!(attribute(&page.reply, ".told button", "aria-label"), ["Mark read: Two", "Mark read: One"]);
    let page = browser.submit("notifications/mark_notification_read", &[("id", &id)]).await.expect(200);
    assert_eq!(browser.at, "/notifications");
    assert_eq!(texts(&page.reply, BELL), ["Notifications, 1 unread"]);
    assert_eq!(attribute(&page.reply, ".told button", "aria-label"), ["Mark read: One"]);
}

#[tokio::test]
async fn all_are_marked_by_one_button() {
    let (app, asha, mut browser) = stage().await;
    for title in ["One", "Two"] {
        app.tell(&[id_of(&asha)], title).await;
    }
    browser.open("/notifications").await.expect(200);
    let page = browser.submit("notifications/mark_all_read", &[]).await.expect(200);
    assert!(page.text().contains("All your notifications are read."), "{}", page.text());
    assert_eq!(texts(&page.reply, BELL), ["Notifications, 0 unread"]);
    assert!(!page.text().contains("Mark all read"));
    let empty = browser.open("/notifications?unread=true").await.expect(200);
    assert!(empty.text().contains("Nothing is unread"), "{}", empty.text());
}

#[tokio::test]
async fn somebody_elses_cannot_be_marked_by_the_form() {
    let (app, _, mut browser) = stage().await;
    let bina = app.register(Role::User, "Bina Iyer").await;
    app.tell(&[id_of(&bina)], "Hers").await;
    let hers = bina.get("/api/crm/notifications").await.expect(200).data()[0].clone();
    browser.open("/notifications").await.expect(200);
    let page = browser.submit("notifications/mark_notification_read", &[("id", text(&hers, "id"))]).await.expect(200);
    assert!(page.text().contains("There is nothing here."), "{}", page.text());
    let unread = bina.get("/api/crm/notifications").await.expect(200).body["unreadCount"].clone();
    assert_eq!(unread, json!(1));
}

#[tokio::test]
async fn choices_are_boxes_and_the_locked_ones_say_why() {
    let (app, asha, mut browser) = stage().await;
    let page = browser.open("/account/notifications").await.expect(200);
    page.assert_valid("the choices");
    let ticked = attribute(&page.reply, "input[name='on[]'][checked]", "value");
    let kinds = ["lead", "ticket", "chat", "system"];
    let all: Vec<String> = kinds.iter().flat_map(|kind| [format!("{kind}.inApp"), format!("{kind}.email")]).collect();
    assert_eq!(ticked, all);
    assert_eq!(attribute(&page.reply, "input[disabled]", "value"), ["system.inApp", "system.email"]);
    assert!(page.text().contains("the safety of your account you are always told"), "{}", page.text());
    let page =
        browser.submit("notifications/save_preferences", &[("on[]", "lead.inApp"), ("on[]", "ticket.email")]).await;
    assert!(page.text().contains("Your choice is saved."), "{}", page.text());
    let ticked = attribute(&page.reply, "input[name='on[]'][checked]", "value");
    assert_eq!(ticked, ["lead.inApp", "ticket.email", "system.inApp", "system.email"]);
    app.tell_news(None, &[id_of(&asha)], &news(NotificationKind::Ticket, "Answered")).await;
    assert_eq!(bell(&mut browser, "/home").await.0, "Notifications, 0 unread");
}

#[tokio::test]
async fn with_no_box_ticked_all_is_off_but_what_is_locked() {
    let (_app, asha, mut browser) = stage().await;
    browser.open("/account/notifications").await.expect(200);
    let page = browser.submit("notifications/save_preferences", &[]).await.expect(200);
    let ticked = attribute(&page.reply, "input[name='on[]'][checked]", "value");
    assert_eq!(ticked, ["system.inApp", "system.email"]);
    let preferences = asha.get("/api/crm/notifications/preferences").await.expect(200).data().clone();
    assert_eq!(
        preferences["verification"],
        json!({ "inApp": true, "email": true }),
        "what the page does not show stays"
    );
}
