//! The pages of chat, as a browser without script uses them.

use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Browser, Client, PASSWORD, TestApp, attribute, chat::bodies, leads::text, texts};

/// A traveller, an organizer with a live trip, and an admin.
struct Scene {
    app: TestApp,
    asha: Client,
    organizer: Client,
    admin: Client,
    trip: Value,
}

async fn scene() -> Scene {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let admin = app.admin().await;
    let trip = app.live_trip(&organizer, "Kedarkantha", &[10]).await;
    Scene { app, asha, organizer, admin, trip }
}

impl Scene {
    async fn browser(&self, client: &Client) -> Browser {
        self.app.browser_of(client).await
    }

    fn new_chat(&self) -> String {
        format!("/chat/new?trip={}", text(&self.trip, "id"))
    }
}

fn page_of(talk: &Value) -> String {
    format!("/chat/{}", text(talk, "id"))
}

/// The hidden fields and the text of the composer, to be sent.
fn fields_of<'a>(id: &'a str, client_id: &'a str, body: &'a str) -> [(&'a str, &'a str); 3] {
    [("id", id), ("client_id", client_id), ("body", body)]
}

#[tokio::test]
async fn who_is_not_signed_in_comes_to_the_conversation_by_signing_in() {
    let scene = scene().await;
    let mut browser = scene.app.browser();
    let trip = browser.open(&format!("/trips/{}", text(&scene.trip, "slug"))).await.expect(200);
    let href = attribute(&trip.reply, "a[href^='/chat/new']", "href").pop().unwrap();
    assert_eq!(href, scene.new_chat());
    browser.open(&href).await.expect(200);
    assert!(browser.at.starts_with("/sign-in?next=/chat/new%3Ftrip%3D"), "{}", browser.at);
    let next = href.as_str();
    let fields = [("email", scene.asha.email.as_str()), ("password", PASSWORD), ("next", next)];
    let page = browser.submit("accounts/sign_in", &fields).await.expect(200);
    assert_eq!(browser.at, href);
    assert!(page.text().contains("Deodar Trails sees it at once"), "{}", page.text());
    assert_eq!(scene.app.count("conversations", doc! {}).await, 0);
}

#[tokio::test]
async fn the_first_message_opens_the_conversation_and_the_button_leads_there_from_then_on() {
    let scene = scene().await;
    let mut asha = scene.browser(&scene.asha).await;
    let page = asha.open(&scene.new_chat()).await.expect(200);
    let client_id = page.attribute("input[name=client_id]", "value").unwrap();
    let trip = text(&scene.trip, "id");
    let fields = [("trip", trip), ("client_id", client_id.as_str()), ("body", "Is it cold?")];
    let page = asha.submit("chat/begin_conversation", &fields).await.expect(200);
    let talk = scene.asha.chat_about(&scene.trip).await;
    assert_eq!(asha.at, page_of(&talk));
    assert_eq!(texts(&page.reply, ".b.me .bub p"), ["Is it cold?"]);
    asha.open(&scene.new_chat()).await.expect(200);
    assert_eq!(asha.at, page_of(&talk));
    // Sent twice by an impatient press, it is said once.
    asha.submit("chat/begin_conversation", &fields).await.expect(200);
    assert_eq!(scene.asha.read_messages(&talk, "").await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_said_opens_nothing_and_is_kept() {
    let scene = scene().await;
    let mut asha = scene.browser(&scene.asha).await;
    asha.open(&scene.new_chat()).await.expect(200);
    let long = "x".repeat(4_001);
    let fields = [("trip", text(&scene.trip, "id")), ("client_id", "a"), ("body", long.as_str())];
    let page = asha.submit("chat/begin_conversation", &fields).await.expect(200);
    assert_eq!(page.attribute("textarea[name=body]", "aria-invalid").as_deref(), Some("true"));
    assert_eq!(scene.app.count("conversations", doc! {}).await, 0);
}

#[tokio::test]
async fn both_sides_talk_without_script() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    scene.asha.write(&talk, "Is it cold?").await;
    let mut organizer = scene.browser(&scene.organizer).await;
    let page = organizer.open(&page_of(&talk)).await.expect(200);
    let client_id = page.attribute("input[name=client_id]", "value").unwrap();
    let fields = fields_of(text(&talk, "id"), &client_id, "Down to −10.\nBring a warm bag.");
    let page = organizer.submit("chat/send_message", &fields).await.expect(200);
    assert_eq!(texts(&page.reply, ".b .bub p"), ["Is it cold?", "Down to −10. Bring a warm bag."]);
    organizer.submit("chat/send_message", &fields).await.expect(200);
    let messages = scene.asha.read_messages(&talk, "").await;
    assert_eq!(bodies(&messages), ["Is it cold?", "Down to −10.\nBring a warm bag."]);
    let mut asha = scene.browser(&scene.asha).await;
    let page = asha.open(&page_of(&talk)).await.expect(200);
    assert_eq!(texts(&page.reply, ".b.me .bub p"), ["Is it cold?"]);
    assert!(page.text().contains("Look for new messages"));
}

#[tokio::test]
async fn a_page_that_is_sent_again_says_other_words_and_not_the_same_ones() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    let mut asha = scene.browser(&scene.asha).await;
    let page = asha.open(&page_of(&talk)).await.expect(200);
    let client_id = page.attribute("input[name=client_id]", "value").unwrap();
    for words in ["Is it cold?", "Is it cold in May?", "Is it cold in May?", "Is it cold?"] {
        asha.submit("chat/send_message", &fields_of(text(&talk, "id"), &client_id, words)).await.expect(200);
    }
    assert_eq!(bodies(&scene.asha.read_messages(&talk, "").await), ["Is it cold?", "Is it cold in May?"]);
}

#[tokio::test]
async fn files_are_sent_with_the_form() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    let file = scene.asha.send_file("passport.pdf", crate::support::files::PDF).await.expect(201);
    let line = format!("{} passport.pdf", text(file.data(), "id"));
    let mut asha = scene.browser(&scene.asha).await;
    asha.open(&page_of(&talk)).await.expect(200);
    let fields = [("id", text(&talk, "id")), ("client_id", "a"), ("body", ""), ("attachments", line.as_str())];
    let page = asha.submit("chat/send_message", &fields).await.expect(200);
    assert_eq!(texts(&page.reply, ".b .file b"), ["passport.pdf"]);
    assert_eq!(page.attribute("form.composer", "enctype").as_deref(), Some("multipart/form-data"));
}

#[tokio::test]
async fn opening_a_conversation_reads_it_and_shows_what_was_new() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    for body in ["One", "Two"] {
        scene.asha.write(&talk, body).await;
    }
    scene.organizer.read_up_to(&talk, 1).await;
    scene.asha.write(&talk, "Three").await;
    let mut organizer = scene.browser(&scene.organizer).await;
    let list = organizer.open("/chat").await.expect(200);
    assert_eq!(texts(&list.reply, ".convs .count.on"), ["2 unread"]);
    assert_eq!(attribute(&list.reply, ".side a[href='/chat'] .count", "class"), ["count on"]);
    let page = organizer.open(&page_of(&talk)).await.expect(200);
    let order = texts(&page.reply, ".msgs ol > li");
    let at = order.iter().position(|words| words == "New messages").unwrap();
    assert!(order[at + 1].contains("Two"), "{order:?}");
    assert_eq!((page.count(".convs .count.on"), page.count(".side a[href='/chat'] .count")), (0, 0));
    assert_eq!(scene.organizer.see_chat(&talk).await["unread"], 0);
    let again = organizer.open(&page_of(&talk)).await.expect(200);
    assert!(!again.text().contains("New messages"));
    let mut asha = scene.browser(&scene.asha).await;
    let page = asha.open(&page_of(&talk)).await.expect(200);
    assert!(texts(&page.reply, ".b.me .bt").last().unwrap().ends_with("Read"));
}

#[tokio::test]
async fn history_is_read_upward_by_a_link_and_back() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    for number in 1..=60 {
        scene.app.clock.advance(SignedDuration::from_secs(1));
        scene.asha.write(&talk, &format!("Number {number}")).await;
    }
    let mut organizer = scene.browser(&scene.organizer).await;
    let page = organizer.open(&page_of(&talk)).await.expect(200);
    let said = texts(&page.reply, ".b .bub p");
    assert_eq!((said.len(), said[0].as_str()), (50, "Number 11"));
    let earlier = attribute(&page.reply, ".msgs .more a", "href").pop().unwrap();
    let page = organizer.open(&earlier).await.expect(200);
    let said = texts(&page.reply, ".b .bub p");
    assert_eq!((said.len(), said[9].as_str()), (10, "Number 10"));
    let later = attribute(&page.reply, ".msgs .more a", "href").pop().unwrap();
    let page = organizer.open(&later).await.expect(200);
    assert_eq!(texts(&page.reply, ".b .bub p").last().unwrap(), "Number 60");
}

#[tokio::test]
async fn days_part_what_was_said() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    scene.asha.write(&talk, "Is it cold?").await;
    scene.app.clock.advance(SignedDuration::from_hours(24));
    let asha = scene.app.sign_in(&scene.asha.email).await;
    asha.write(&talk, "Hello?").await;
    let mut browser = scene.browser(&asha).await;
    let page = browser.open(&page_of(&talk)).await.expect(200);
    assert_eq!(texts(&page.reply, ".msgs h3"), ["Yesterday", "Today"]);
}

#[tokio::test]
async fn a_search_shows_what_it_found_and_leads_there() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    for body in ["Are microspikes included?", "And gaiters?"] {
        scene.asha.write(&talk, body).await;
    }
    let mut organizer = scene.browser(&scene.organizer).await;
    let page = organizer.open("/chat?q=microspikes").await.expect(200);
    assert_eq!(texts(&page.reply, ".convs .last"), ["Are microspikes included?"]);
    let href = attribute(&page.reply, ".convs li a", "href").pop().unwrap();
    assert!(href.ends_with("#m1"), "{href}");
    let found = organizer.open(href.split('#').next().unwrap()).await.expect(200);
    assert_eq!(found.count("#m1"), 1);
    let nothing = organizer.open("/chat?q=crampons").await.expect(200);
    assert!(nothing.text().contains("No conversation fits"));
}

#[tokio::test]
async fn the_list_shows_what_is_not_read_and_support() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    scene.asha.write(&talk, "Is it cold?").await;
    let support = scene.organizer.ask_support().await;
    scene.organizer.write(&support, "I cannot pay.").await;
    let mut organizer = scene.browser(&scene.organizer).await;
    for (path, names) in [
        ("/chat", vec!["Asha Rao", "Trek-Tribe support"]),
        ("/chat?show=unread", vec!["Asha Rao"]),
        ("/chat?show=support", vec!["Trek-Tribe support"]),
    ] {
        let page = organizer.open(path).await.expect(200);
        let mut shown = texts(&page.reply, ".convs b");
        shown.sort_unstable();
        assert_eq!(shown, names, "{path}");
        assert!(texts(&page.reply, ".convs .seg a").contains(&"Unread 1".to_owned()));
    }
}

#[tokio::test]
async fn an_organizer_chats_from_a_lead_with_an_account() {
    let scene = scene().await;
    scene.asha.post("/api/crm/leads", json!({ "tripId": scene.trip["id"] })).await.expect(201);
    let with_account = scene.organizer.get("/api/crm/leads").await.expect(200).data()[0].clone();
    let without = scene.organizer.record_lead(&scene.trip, "rohan@example.in").await;
    let mut organizer = scene.browser(&scene.organizer).await;
    let page = organizer.open(&format!("/leads/{}", text(&with_account, "id"))).await.expect(200);
    let href = attribute(&page.reply, "a[href^='/chat/new']", "href").pop().unwrap();
    let new = organizer.open(&href).await.expect(200);
    assert!(texts(&new.reply, ".thread h2").contains(&"Asha Rao".to_owned()));
    let none = organizer.open(&format!("/leads/{}", text(&without, "id"))).await.expect(200);
    assert_eq!(none.count("a[href^='/chat/new']"), 0);
    let mut admin = scene.browser(&scene.admin).await;
    let page = admin.open(&format!("/leads/{}", text(&with_account, "id"))).await.expect(200);
    assert_eq!(page.count("a[href^='/chat/new']"), 0);
}

#[tokio::test]
async fn the_pages_are_valid_for_each_role() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    scene.asha.write(&talk, "Is it cold?").await;
    scene.organizer.write(&talk, "<b>Down to −10.</b>").await;
    let support = scene.asha.ask_support().await;
    scene.asha.write(&support, "I cannot pay.").await;
    let (talk, support, new) = (page_of(&talk), page_of(&support), scene.new_chat());
    for (client, paths) in [
        (&scene.asha, vec!["/chat", talk.as_str(), support.as_str(), "/home"]),
        (&scene.organizer, vec!["/chat", talk.as_str(), "/chat/new", "/chat?show=unread"]),
        (&scene.admin, vec!["/chat", support.as_str()]),
    ] {
        let mut browser = scene.browser(client).await;
        for path in paths {
            let page = browser.open(path).await.expect(200);
            page.assert_valid(path);
            assert!(!page.reply.text.contains("<b>Down"), "text is shown as text");
        }
    }
    let bina = scene.app.register(Role::User, "Bina Iyer").await;
    let mut browser = scene.browser(&bina).await;
    browser.open(&new).await.expect(200).assert_valid(&new);
    browser.open("/chat").await.expect(200).assert_valid("/chat");
    for path in [talk.as_str(), support.as_str(), "/chat/65f1c0ffee00112233445566", "/chat/x"] {
        let page = browser.open(path).await.expect(404);
        assert!(!page.text().contains("Down to"), "{path}");
    }
}

#[tokio::test]
async fn homes_tell_of_new_messages() {
    let scene = scene().await;
    let talk = scene.asha.chat_about(&scene.trip).await;
    scene.asha.write(&talk, "Is it cold?").await;
    let mut organizer = scene.browser(&scene.organizer).await;
    assert!(organizer.open("/today").await.expect(200).text().contains("You have a new message."));
    for body in ["Down to −10.", "Bring a warm bag."] {
        scene.organizer.write(&talk, body).await;
    }
    let mut asha = scene.browser(&scene.asha).await;
    let home = asha.open("/home").await.expect(200);
    assert!(home.text().contains("You have 2 new messages in one conversation."), "{}", home.text());
}
