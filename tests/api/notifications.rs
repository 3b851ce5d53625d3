//! One bell for everybody, right to the number; what is told by mail; and what people choose of it.

use axum::http::Method;
use jiff::SignedDuration;
use mongodb::bson::{Document, doc, oid::ObjectId};
use serde_json::{Value, json};
use trek_tribe::{
    crm::{
        accounts::user::{Role, UserId},
        notifications::{
            notification::{NotificationKind, Subject},
            server::service,
        },
    },
    shared::{error::AppError, id::Id},
};

use crate::support::{Client, PASSWORD, TestApp, leads::text, news};

const LIST: &str = "/api/crm/notifications";
const ALL: &str = "/api/crm/notifications/read-all";
const PREFERENCES: &str = "/api/crm/notifications/preferences";

async fn stage() -> (TestApp, Client, Client) {
    let app = TestApp::start().await;
    let (asha, bina) = (app.register(Role::User, "Asha Rao").await, app.register(Role::User, "Bina Iyer").await);
    (app, asha, bina)
}

fn id_of(client: &Client) -> UserId {
    client.user_id.parse().unwrap()
}

async fn told(client: &Client) -> Vec<Value> {
    client.get(&format!("{LIST}?limit=100")).await.expect(200).data().as_array().unwrap().clone()
}

async fn unread(client: &Client) -> u64 {
    client.get(LIST).await.expect(200).body["unreadCount"].as_u64().unwrap()
}

async fn mark(client: &Client, notification: &Value) {
    client.put(&format!("{LIST}/{}/read", text(notification, "id")), Value::Null).await.expect(200);
}

async fn mails_to(app: &TestApp, client: &Client) -> Vec<Document> {
    let mails = app.stored("outbox").await;
    mails.into_iter().filter(|mail| mail.get_str("to").unwrap() == client.email).collect()
}

#[tokio::test]
async fn who_did_it_is_not_told() {
    let (app, asha, bina) = stage().await;
    app.tell_news(Some(id_of(&asha)), &[id_of(&asha), id_of(&bina)], &news(NotificationKind::Ticket, "Answered")).await;
    assert_eq!((told(&asha).await.len(), told(&bina).await.len()), (0, 1));
}

#[tokio::test]
async fn nobody_is_told_twice_of_one_cause() {
    let (app, asha, _) = stage().await;
    let told_at_once = news(NotificationKind::Ticket, "Answered");
    let (again, to) = (&told_at_once, &[id_of(&asha), id_of(&asha)]);
    for _ in 0..3 {
        app.tell_news(None, to, again).await;
    }
    assert_eq!((told(&asha).await.len(), mails_to(&app, &asha).await.len()), (1, 1));
}

#[tokio::test]
async fn twenty_who_tell_of_one_cause_at_once_tell_it_once() {
    let (app, asha, _) = stage().await;
    let person = id_of(&asha);
    let mut telling = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let app = app.app.clone();
        telling.spawn(async move {
            let (app, news) = (&app, &news(NotificationKind::Ticket, "Answered"));
            app.db
                .transaction(|mut tx| async move {
                    service::notify(&mut tx, app, None, &[person], news).await?;
                    tx.commit().await
                })
                .await
        });
    }
    assert!(telling.join_all().await.iter().all(Result::is_ok));
    assert_eq!((told(&asha).await.len(), mails_to(&app, &asha).await.len()), (1, 1));
}

#[tokio::test]
async fn a_transaction_that_fails_tells_nobody() {
    let (app, asha, _) = stage().await;
    let (state, person) = (&app.app, id_of(&asha));
    let refused: Result<(), AppError> = state
        .db
        .transaction(|mut tx| async move {
            service::notify(&mut tx, state, None, &[person], &news(NotificationKind::Ticket, "Answered")).await?;
            Err(AppError::Forbidden)
        })
        .await;
    assert_eq!(refused, Err(AppError::Forbidden));
    assert_eq!((told(&asha).await.len(), mails_to(&app, &asha).await.len()), (0, 0));
}

#[tokio::test]
async fn all_admins_are_told_but_who_did_it() {
    let (app, asha, _) = stage().await;
    let (kavya, meera) = (app.admin().await, app.admin().await);
    let (state, by) = (&app.app, id_of(&kavya));
    let done = state.db.transaction(|mut tx| async move {
        service::notify_admins(&mut tx, state, Some(by), &news(NotificationKind::Ticket, "Asked")).await?;
        tx.commit().await
    });
    done.await.unwrap();
    assert_eq!((told(&kavya).await.len(), told(&meera).await.len(), told(&asha).await.len()), (0, 1, 0));
}

#[tokio::test]
async fn a_mail_says_the_same_and_where_to_choose_otherwise() {
    let (app, asha, _) = stage().await;
    app.tell_news(None, &[id_of(&asha)], &news(NotificationKind::Ticket, "Your ticket is answered")).await;
    let mails = mails_to(&app, &asha).await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    let words = mail.get_str("text").unwrap();
    assert_eq!(
        (mail.get_str("subject").unwrap(), mail.get_str("kind").unwrap()),
        ("Your ticket is answered", "notification")
    );
    for part in ["Hello Asha Rao", "Nothing is lost.", "http://127.0.0.1:3000/profile", "/account/notifications"] {
        assert!(words.contains(part), "{part}: {words}");
    }
}

#[tokio::test]
async fn who_cannot_sign_in_gets_no_mail() {
    let (app, asha, _) = stage().await;
    let users = app.app.db.collection::<Document>("users");
    users.update_one(doc! { "email": &asha.email }, doc! { "$set": { "state": "disabled" } }).await.unwrap();
    app.tell_news(None, &[id_of(&asha)], &news(NotificationKind::Ticket, "Answered")).await;
    assert_eq!((mails_to(&app, &asha).await.len(), app.count("notifications", doc! {}).await), (0, 1));
}

#[tokio::test]
async fn an_unproven_address_gets_no_mail_where_addresses_are_verified() {
    let app = TestApp::start_with(|config| config.verify_email = true).await;
    let admin = app.admin().await;
    let users = app.app.db.collection::<Document>("users");
    for (is_verified, mails) in [(false, 0), (true, 1)] {
        let change = doc! { "$set": { "emailVerified": is_verified } };
        users.update_one(doc! { "email": &admin.email }, change).await.unwrap();
        let title = format!("Answered {is_verified}");
        app.tell_news(None, &[id_of(&admin)], &news(NotificationKind::Ticket, &title)).await;
        assert_eq!(mails_to(&app, &admin).await.len(), mails, "{is_verified}");
    }
}

#[tokio::test]
async fn everything_is_on_at_first_and_some_of_it_locked() {
    let (_app, asha, _) = stage().await;
    let preferences = asha.get(PREFERENCES).await.expect(200).data().clone();
    let on = json!({ "inApp": true, "email": true });
    let locked = json!({ "inApp": true, "email": true, "locked": true });
    let expected = json!({ "lead": on, "ticket": on, "chat": on, "verification": on, "payment": locked,
        "subscription": on, "system": locked });
    assert_eq!(preferences, expected);
    assert_eq!(asha.put(PREFERENCES, preferences).await.expect(200).data(), &expected, "it can be sent back");
}

#[tokio::test]
async fn what_somebody_chose_is_obeyed_way_by_way() {
    let (app, asha, bina) = stage().await;
    for (in_app, email) in [(true, true), (true, false), (false, true), (false, false)] {
        let choice = json!({ "ticket": { "inApp": in_app, "email": email } });
        let chosen = asha.put(PREFERENCES, choice.clone()).await.expect(200);
        assert_eq!(chosen.data()["ticket"], choice["ticket"]);
        let title = format!("Answered {in_app} {email}");
        app.tell_news(None, &[id_of(&asha), id_of(&bina)], &news(NotificationKind::Ticket, &title)).await;
        let has = |notifications: &[Value]| notifications.iter().any(|told| told["title"] == title);
        let is_mailed = mails_to(&app, &asha).await.iter().any(|mail| mail.get_str("subject").unwrap() == title);
        assert_eq!((has(&told(&asha).await), is_mailed), (in_app, email), "{title}");
        assert!(has(&told(&bina).await), "another's choice is not theirs");
    }
    assert_eq!((unread(&asha).await, unread(&bina).await), (2, 4));
}

#[tokio::test]
async fn what_was_told_by_mail_alone_is_not_told_again_by_the_bell() {
    let (app, asha, _) = stage().await;
    let answered = news(NotificationKind::Ticket, "Answered");
    asha.put(PREFERENCES, json!({ "ticket": { "inApp": false, "email": true } })).await.expect(200);
    app.tell_news(None, &[id_of(&asha)], &answered).await;
    asha.put(PREFERENCES, json!({ "ticket": { "inApp": true, "email": true } })).await.expect(200);
    app.tell_news(None, &[id_of(&asha)], &answered).await;
    assert_eq!((told(&asha).await.len(), mails_to(&app, &asha).await.len()), (0, 1));
}

#[tokio::test]
async fn a_kind_that_is_not_named_stays_as_it_was_chosen() {
    let (_app, asha, _) = stage().await;
    asha.put(PREFERENCES, json!({ "ticket": { "inApp": false, "email": true } })).await.expect(200);
    asha.put(PREFERENCES, json!({ "lead": { "inApp": true, "email": false } })).await.expect(200);
    let preferences = asha.get(PREFERENCES).await.expect(200).data().clone();
    assert_eq!(preferences["ticket"], json!({ "inApp": false, "email": true }));
    assert_eq!(preferences["lead"], json!({ "inApp": true, "email": false }));
}

#[tokio::test]
async fn what_is_locked_stays_on() {
    let (app, asha, _) = stage().await;
    for kind in ["system", "payment"] {
        for choice in [json!({ "inApp": true, "email": false }), json!({ "inApp": false, "email": true })] {
            let reply =
                asha.put(PREFERENCES, json!({ kind: choice, "lead": { "inApp": false, "email": false } })).await;
            assert!(reply.refused(422, "invalid_input").body["fields"][kind].is_array(), "{kind}");
        }
    }
    assert_eq!(app.count("notificationPreferences", doc! {}).await, 0, "nothing half-done");
}

#[tokio::test]
async fn choosing_leaves_a_row_in_the_audit_trail_and_choosing_the_same_none() {
    let (app, asha, _) = stage().await;
    for _ in 0..2 {
        asha.put(PREFERENCES, json!({ "ticket": { "inApp": true, "email": false } })).await.expect(200);
    }
    assert_eq!(app.count("audit", doc! { "action": "change_notifications" }).await, 1);
}

#[tokio::test]
async fn values_that_cannot_be_right_change_nothing() {
    let (app, asha, _) = stage().await;
    for (wrong, error) in [
        (json!({ "lead": { "$ne": null } }), "unknown_field"),
        (json!({ "lead": null }), "invalid_input"),
        (json!({ "lead": { "inApp": { "$gt": "" }, "email": true } }), "invalid_input"),
        (json!({ "lead": { "inApp": true } }), "invalid_input"),
        (json!({ "weather": { "inApp": true, "email": true } }), "unknown_field"),
    ] {
        asha.put(PREFERENCES, wrong).await.refused(422, error);
    }
    for (query, error) in [
        ("unread[$ne]=true", "unknown_field"),
        ("unread=maybe", "invalid_input"),
        ("limit=0", "invalid_input"),
        ("to=65f1c0ffee00112233445566", "unknown_field"),
    ] {
        asha.get(&format!("{LIST}?{query}")).await.refused(422, error);
    }
    asha.put(&format!("{LIST}/%7B%22$ne%22:null%7D/read"), Value::Null).await.refused(404, "not_found");
    assert_eq!(app.count("notificationPreferences", doc! {}).await, 0);
}

#[tokio::test]
async fn one_is_marked_as_read_and_stays_read_since_then() {
    let (app, asha, _) = stage().await;
    for title in ["One", "Two"] {
        app.tell(&[id_of(&asha)], title).await;
    }
    let [two, one] = <[Value; 2]>::try_from(told(&asha).await).unwrap();
    let path = format!("{LIST}/{}/read", text(&one, "id"));
    let read = asha.put(&path, Value::Null).await.expect(200).data().clone();
    assert_eq!((text(&read, "title"), &read["readAt"]), ("One", &json!(app.clock.now().to_string())));
    app.clock.advance(SignedDuration::from_mins(5));
    assert_eq!(asha.put(&path, Value::Null).await.expect(200).data()["readAt"], read["readAt"]);
    assert_eq!(unread(&asha).await, 1);
    let left = asha.get(&format!("{LIST}?unread=true")).await.expect(200);
    assert_eq!((left.data()[0]["id"].clone(), left.data().as_array().unwrap().len()), (two["id"].clone(), 1));
}

#[tokio::test]
async fn what_is_somebody_elses_or_not_shown_cannot_be_marked() {
    let (app, asha, bina) = stage().await;
    app.tell(&[id_of(&bina)], "Hers").await;
    let hers = told(&bina).await[0].clone();
    asha.put(&format!("{LIST}/{}/read", text(&hers, "id")), Value::Null).await.refused(404, "not_found");
    asha.put(PREFERENCES, json!({ "ticket": { "inApp": false, "email": false } })).await.expect(200);
    app.tell_news(None, &[id_of(&asha)], &news(NotificationKind::Ticket, "Hidden")).await;
    let hidden = app.stored("notifications").await.pop().unwrap().get_object_id("_id").unwrap().to_hex();
    asha.put(&format!("{LIST}/{hidden}/read"), Value::Null).await.refused(404, "not_found");
    assert_eq!(app.count("notifications", doc! { "readAt": { "$ne": null } }).await, 0);
}

#[tokio::test]
async fn marking_all_marks_ones_own_alone() {
    let (app, asha, bina) = stage().await;
    for title in ["One", "Two", "Three"] {
        app.tell(&[id_of(&asha), id_of(&bina)], title).await;
    }
    let reply = asha.put(ALL, Value::Null).await.expect(200);
    assert_eq!(reply.data(), &json!({ "unreadCount": 0 }));
    assert_eq!((unread(&asha).await, unread(&bina).await), (0, 3));
}

#[tokio::test]
async fn the_same_key_marks_all_once() {
    let (app, asha, _) = stage().await;
    let key = [("idempotency-key", "all")];
    app.tell(&[id_of(&asha)], "One").await;
    asha.send_json(Method::PUT, ALL, &json!({}), &key).await.expect(200);
    app.tell(&[id_of(&asha)], "Two").await;
    asha.send_json(Method::PUT, ALL, &json!({}), &key).await.expect(200);
    assert_eq!(unread(&asha).await, 1, "what came since is still to be read");
}

#[tokio::test]
async fn pages_follow_one_another_while_more_is_told() {
    let (app, asha, _) = stage().await;
    for number in 0..45 {
        app.tell(&[id_of(&asha)], &format!("News {number}")).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = asha.get(&format!("{LIST}?limit=20{cursor}")).await.expect(200);
        seen.extend(page.data().as_array().unwrap().iter().map(|told| text(told, "title").to_owned()));
        app.tell(&[id_of(&asha)], &format!("Later {}", seen.len())).await;
        match page.body["pagination"]["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let expected: Vec<String> = (0..45).rev().map(|number| format!("News {number}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn beyond_a_thousand_the_count_says_so() {
    let (app, asha, _) = stage().await;
    let to = asha.user_id.parse::<ObjectId>().unwrap();
    let rows = (0..1_001).map(|number| {
        doc! { "_id": ObjectId::new(), "to": to, "cause": format!("test:{number}"), "kind": "system", "priority": "normal",
            "title": "News", "body": "", "link": "/profile", "page": "/profile", "inApp": true, "readAt": null,
            "at": mongodb::bson::DateTime::now(), "subject": { "entity": "ticket", "id": to } }
    });
    app.app.db.collection::<Document>("notifications").insert_many(rows).await.unwrap();
    let list = asha.get(LIST).await.expect(200);
    assert_eq!((&list.body["unreadCount"], &list.body["unreadCountCapped"]), (&json!(1_000), &json!(true)));
    asha.put(ALL, Value::Null).await.expect(200);
    assert_eq!(unread(&asha).await, 0);
}

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn pick(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

#[tokio::test]
async fn the_count_equals_a_recount_whatever_was_done_in_whatever_order() {
    let (app, asha, bina) = stage().await;
    let people = [&asha, &bina];
    let mut browsers = [app.browser(), app.browser()];
    for (browser, person) in browsers.iter_mut().zip(people) {
        browser.submit("accounts/sign_in", &[("email", &person.email), ("password", PASSWORD)]).await.expect(200);
    }
    let mut chance = Chance(7);
    for step in 0..150 {
        let person = people[chance.pick(2)];
        let all = told(person).await;
        match chance.pick(9) {
            0..=3 => {
                let kind = [NotificationKind::Lead, NotificationKind::Ticket, NotificationKind::System][chance.pick(3)];
                let mut told = news(kind, &format!("News {}", chance.pick(60)));
                told.subject = Subject::Lead(Id::from_bytes([1; 12]));
                let by = people.get(chance.pick(3)).map(|person| id_of(person));
                app.tell_news(by, &people.map(id_of), &told).await;
            }
            4 | 5 if !all.is_empty() => mark(person, &all[chance.pick(all.len())]).await,
            6 if chance.pick(4) == 0 => drop(person.put(ALL, Value::Null).await.expect(200)),
            7 => {
                let choice = json!({ "inApp": chance.pick(2) == 0, "email": chance.pick(2) == 0 });
                person.put(PREFERENCES, json!({ "lead": choice })).await.expect(200);
            }
            8 => drop(
                browsers[usize::from(person.email == bina.email)]
                    .call("frame/load_frame", &[("address", "/profile")])
                    .await,
            ),
            _ => {}
        }
        for person in people {
            let of_list = told(person).await.iter().filter(|told| told["readAt"].is_null()).count();
            let own = person.user_id.parse::<ObjectId>().unwrap();
            let of_rows = app.count("notifications", doc! { "to": own, "inApp": true, "readAt": null }).await;
            assert_eq!((unread(person).await, of_list as u64), (of_rows, of_rows), "after step {step}");
        }
    }
}
