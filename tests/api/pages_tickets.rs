//! The pages of tickets, as a browser without script uses them.

use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Browser, Client, Reply, TestApp, files::PDF, leads::text};

const SECRET: &str = "Chargeback-suspected";

/// A traveller's ticket, and an admin at a browser.
struct Scene {
    app: TestApp,
    asha: Client,
    admin: Client,
    ticket: Value,
}

async fn scene() -> Scene {
    let app = TestApp::start().await;
    let (asha, admin) = (app.register(Role::User, "Asha Rao").await, app.admin().await);
    let ticket = asha.open_ticket().await;
    Scene { app, asha, admin, ticket }
}

impl Scene {
    fn page(&self) -> String {
        format!("/tickets/{}", text(&self.ticket, "id"))
    }

    async fn browser(&self, client: &Client) -> Browser {
        self.app.browser_of(client).await
    }
}

#[tokio::test]
async fn who_asked_reads_no_note_on_any_page() {
    let scene = scene().await;
    scene.admin.note(&scene.ticket, SECRET).await;
    let mut admin = scene.browser(&scene.admin).await;
    assert!(admin.open(&scene.page()).await.expect(200).text().contains(SECRET));
    let mut asha = scene.browser(&scene.asha).await;
    for path in [scene.page().as_str(), "/tickets", "/tickets?q=Chargeback", "/home"] {
        let page = asha.open(path).await.expect(200);
        assert!(!page.reply.text.contains(SECRET), "{path}");
    }
}

#[tokio::test]
async fn the_pages_are_valid_for_each_role() {
    let scene = scene().await;
    let page = scene.page();
    for client in [&scene.asha, &scene.admin] {
        let mut browser = scene.browser(client).await;
        for path in ["/tickets", "/tickets?view=all", "/tickets/new", page.as_str()] {
            browser.open(path).await.expect(200).assert_valid(path);
        }
    }
    let mut admin = scene.browser(&scene.admin).await;
    let fields = [("id", ""), ("title", "Hello"), ("text", "Hello {{name}}")];
    admin.open("/admin/answers").await.expect(200);
    admin.submit("tickets/save_answer", &fields).await.expect(200).assert_valid("/admin/answers");
}

#[tokio::test]
async fn who_is_overtaken_reads_by_whom_and_keeps_what_they_wrote() {
    let scene = scene().await;
    let mut admin = scene.browser(&scene.admin).await;
    admin.open(&scene.page()).await.expect(200);
    scene.asha.say(&scene.ticket, "It was the third of May.").await;
    let (id, version) = (text(&scene.ticket, "id").to_owned(), scene.ticket["version"].to_string());
    let fields = [("id", id.as_str()), ("version", &version), ("text", "When was it?"), ("internal", ""), ("then", "")];
    let page = admin.submit("tickets/add_ticket_message", &fields).await.expect(200);
    assert!(page.text().contains("The customer answered while you were writing."), "{}", page.text());
    assert!(page.text().contains("It was the third of May."));
    assert!(page.reply.text.contains(">When was it?</textarea>"), "{}", page.reply.text);
}

#[tokio::test]
async fn an_answer_that_was_chosen_is_filled_in_and_not_once_more_after_it_was_sent() {
    let scene = scene().await;
    let mut admin = scene.browser(&scene.admin).await;
    admin.open("/admin/answers").await.expect(200);
    let fields = [("id", ""), ("title", "Hello"), ("text", "Hello {{name}}, {{number}} is in good hands.")];
    admin.submit("tickets/save_answer", &fields).await.expect(200);
    let answer =
        admin.open(&scene.page()).await.expect(200).attribute("option[value]:not([value=''])", "value").unwrap();
    let page = admin.open(&format!("{}?answer={answer}", scene.page())).await.expect(200);
    assert!(page.reply.text.contains(">Hello Asha, TKT-000001 is in good hands.</textarea>"), "{}", page.reply.text);

    let (id, version) = (text(&scene.ticket, "id").to_owned(), scene.ticket["version"].to_string());
    let fields = [("id", id.as_str()), ("version", &version), ("text", "Hello Asha."), ("internal", ""), ("then", "")];
    let page = admin.submit("tickets/add_ticket_message", &fields).await.expect(200);
    assert!(page.reply.text.contains("></textarea>"), "{}", page.reply.text);
}

#[tokio::test]
async fn the_queue_says_what_is_due_and_what_is_late() {
    let scene = scene().await;
    let mut admin = scene.browser(&scene.admin).await;
    assert!(admin.open("/tickets").await.expect(200).text().contains("due in 8 h"));
    scene.app.clock.advance(SignedDuration::from_hours(9));
    let page = admin.open("/tickets?view=late").await.expect(200).text();
    assert!(page.contains("Late 1") && page.contains("late by 1 h"), "{page}");
}

#[tokio::test]
async fn a_ticket_is_taken_from_the_queue() {
    let scene = scene().await;
    let mut admin = scene.browser(&scene.admin).await;
    admin.open("/tickets?view=unassigned").await.expect(200);
    let (id, version) = (text(&scene.ticket, "id").to_owned(), scene.ticket["version"].to_string());
    let fields = [("id", id.as_str()), ("version", &version), ("assignee", "me")];
    let page = admin.submit("tickets/assign_ticket", &fields).await.expect(200);
    assert!(page.text().contains("TKT-000001 is yours.") && page.text().contains("Every ticket has somebody"));
    let taken = scene.asha.see_ticket(&scene.ticket).await;
    assert_eq!((text(&taken, "status"), &taken["assignee"]["id"]), ("in_progress", &json!(scene.admin.user_id)));
}

#[tokio::test]
async fn a_form_of_a_new_ticket_tells_everything_that_is_wrong_at_once() {
    let scene = scene().await;
    let mut asha = scene.browser(&scene.asha).await;
    asha.open("/tickets/new").await.expect(200);
    let fields = [("subject", "Payout"), ("description", " "), ("category", ""), ("priority", "medium"), ("trip", "")];
    let page = asha.submit("tickets/create_ticket", &fields).await.expect(200);
    assert_eq!(page.attribute("input[name=subject]", "value").as_deref(), Some("Payout"));
    for field in ["description", "category"] {
        assert_eq!(page.attribute(&format!("[name={field}]"), "aria-invalid").as_deref(), Some("true"), "{field}");
    }
}

#[tokio::test]
async fn homes_tell_of_open_tickets() {
    let scene = scene().await;
    let mut asha = scene.browser(&scene.asha).await;
    assert!(asha.open("/home").await.expect(200).text().contains("Your ticket is being worked on."));
    let mut admin = scene.browser(&scene.admin).await;
    assert!(admin.open("/today").await.expect(200).text().contains("TKT-000001, Refund for Kedarkantha"));
    scene.admin.move_ticket(&scene.ticket, "waiting_customer").await;
    assert!(asha.open("/home").await.expect(200).text().contains("Your ticket waits for your answer."));
}

/// The head of a part of a form, and what it has.
type Part<'a> = (&'a str, &'a [u8]);

const BILL: Part<'_> = ("name=\"attachments\"; filename=\"bill.pdf\"", PDF);
const KEPT: &str = "input[type=checkbox][name=attachments][checked]";
const LINK: &str = "a[href^='/api/files/']";

#[tokio::test]
async fn a_form_brings_files_and_keeps_them_when_it_is_refused() {
    let scene = scene().await;
    let mut asha = scene.browser(&scene.asha).await;
    asha.open("/tickets/new").await.expect(200);
    let subject: Part<'_> = ("name=\"subject\"", b"Paid twice");
    let what: Part<'_> = ("name=\"description\"", b"See the bill.");
    let page = asha.submit_with_files("tickets/create_ticket", &[subject, what, BILL]).await.expect(200);
    assert_eq!((asha.at.as_str(), page.count(KEPT)), ("/tickets/new", 1), "{}", page.text());
    assert_eq!(page.attribute("input[name=subject]", "value").as_deref(), Some("Paid twice"));
    let kept = page.attribute(KEPT, "value").unwrap();
    let category: Part<'_> = ("name=\"category\"", b"payment");
    let line: Part<'_> = ("name=\"attachments\"", kept.as_bytes());
    let parts = [subject, what, category, line, BILL];
    let page = asha.submit_with_files("tickets/create_ticket", &parts).await.expect(200);
    assert_eq!(page.count(LINK), 2, "{}", page.text());
    let file = page.attribute(LINK, "href").unwrap();
    scene.admin.get(&file).await.expect(200);
}

#[tokio::test]
async fn a_file_that_is_not_taken_stands_at_its_field_and_the_reply_is_kept() {
    let scene = scene().await;
    let mut admin = scene.browser(&scene.admin).await;
    admin.open(&scene.page()).await.expect(200);
    let version = scene.ticket["version"].to_string();
    let parts = [
        ("name=\"id\"", text(&scene.ticket, "id").as_bytes()),
        ("name=\"version\"", version.as_bytes()),
        ("name=\"text\"", b"Here it is.".as_slice()),
        BILL,
        ("name=\"attachments\"; filename=\"page.html\"", b"<html>"),
    ];
    let page = admin.submit_with_files("tickets/add_ticket_message", &parts).await.expect(200);
    assert_eq!((admin.at.as_str(), page.count(KEPT)), (scene.page().as_str(), 1));
    let words = page.text();
    assert!(
        words.contains("page.html: This file is none of PDF, PNG, JPEG and WebP.") && words.contains("Here it is.")
    );
    assert_eq!(scene.asha.see_ticket(&scene.ticket).await["messages"], json!([]));
    let page = admin.submit_with_files("tickets/add_ticket_message", &parts[..4]).await.expect(200);
    assert_eq!((page.count(LINK), page.count(KEPT)), (1, 0), "{}", page.text());
}

#[tokio::test]
async fn nothing_is_read_of_the_files_of_strangers() {
    let scene = scene().await;
    let mut stranger = scene.app.browser();
    stranger.at = "/tickets/new".into();
    stranger.submit_with_files("tickets/create_ticket", &[BILL]).await.expect(200);
    assert_eq!(stranger.at, "/sign-in?next=/tickets/new");
    assert_eq!(scene.app.count("files", doc! {}).await, 0);
    let elsewhere = stranger.submit_with_files("accounts/sign_in", &[BILL]).await.expect(200);
    assert_eq!((elsewhere.count(KEPT), scene.app.count("files", doc! {}).await), (0, 0));
}

/// What the page posts, at the version that was seen.
async fn post<'a>(browser: &mut Browser, function: &str, ticket: &'a Value, more: &[(&'a str, &'a str)]) -> Reply {
    let version = ticket["version"].to_string();
    let mut fields = vec![("id", text(ticket, "id")), ("version", version.as_str())];
    fields.extend_from_slice(more);
    browser.call(function, &fields).await
}

#[tokio::test]
async fn a_reply_takes_the_step_that_goes_with_it_and_a_note_none() {
    let scene = scene().await;
    let begun = scene.admin.take_ticket_to(&scene.ticket, "in_progress").await;
    let (mut admin, mut asha) = (scene.browser(&scene.admin).await, scene.browser(&scene.asha).await);
    let say = "tickets/add_ticket_message";
    let resolve = [("text", "Paid back."), ("then", "resolved")];
    post(&mut asha, say, &begun, &resolve).await.expect(403);
    let refused = post(&mut admin, say, &begun, &[("text", "Hm."), ("internal", "true"), ("then", "resolved")]).await;
    refused.expect(422);
    let stale = json!({ "id": begun["id"], "version": 1 });
    post(&mut admin, say, &stale, &resolve).await.expect(409);
    assert_eq!(scene.admin.see_ticket(&begun).await, begun, "what is refused changes nothing");
    post(&mut admin, say, &begun, &resolve).await.expect(200);
    let resolved = scene.asha.see_ticket(&begun).await;
    assert_eq!((text(&resolved, "status"), text(&resolved, "resolution")), ("resolved", "Paid back."));
}

#[tokio::test]
async fn what_is_due_follows_the_priority() {
    let scene = scene().await;
    let (mut admin, mut asha) = (scene.browser(&scene.admin).await, scene.browser(&scene.asha).await);
    let change = "tickets/change_ticket_priority";
    post(&mut asha, change, &scene.ticket, &[("priority", "urgent")]).await.expect(403);
    post(&mut admin, change, &scene.ticket, &[("priority", "soon")]).await.expect(422);
    post(&mut admin, change, &scene.ticket, &[("priority", "urgent")]).await.expect(200);
    let urgent = scene.asha.see_ticket(&scene.ticket).await;
    let hours = |ticket: &Value| {
        let time = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        time(ticket["clock"]["dueAt"].as_str().unwrap()).duration_since(time(text(ticket, "createdAt"))).as_hours()
    };
    assert_eq!((hours(&scene.ticket), hours(&urgent)), (8, 1));
    post(&mut admin, change, &scene.ticket, &[("priority", "low")]).await.expect(409);
}
