//! The page of a lead, the page of the day and a traveller's home, as a browser without script uses them.

use axum::{
    body::Body,
    http::{
        Method,
        header::{ACCEPT, CONTENT_TYPE, LOCATION, REFERER},
    },
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Client, Reply, TestApp, attribute, texts};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// An organizer with a live trip, and somebody who has asked about it.
struct Scene {
    app: TestApp,
    organizer: Client,
    trip: Value,
    lead: Value,
}

async fn scene() -> Scene {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[4, 12]).await;
    let enquiry = json!({ "tripId": trip["id"], "name": "Rohan Kulkarni", "email": "rohan@example.in", "phone": "9876500000",
        "message": "Is this a good first snow trek?", "partySize": 2, "departureId": trip["departures"][0]["id"] });
    app.anonymous().post("/api/crm/leads", enquiry).await.expect(201);
    let lead = organizer.get("/api/crm/leads").await.expect(200).data()[0].clone();
    Scene { app, organizer, trip, lead }
}

impl Scene {
    fn id(&self) -> String {
        text(&self.lead, "id")
    }

    /// The lead as the API shows it now.
    async fn now(&self) -> Value {
        self.organizer.get(&format!("/api/crm/leads/{}", self.id())).await.expect(200).data().clone()
    }

    /// What the page of the lead says, without its tags.
    async fn page(&self) -> String {
        let reply = view(&self.organizer, &format!("/leads/{}", self.id())).await.expect(200);
        words(&reply.text)
    }

    /// Sends a form of the page; the browser is sent on.
    async fn submit(&self, form: &str, fields: &[(&str, &str)]) -> Reply {
        let id = self.id();
        let fields: Vec<_> = [("id", id.as_str())].into_iter().chain(fields.iter().copied()).collect();
        submit(&self.organizer, form, &format!("/leads/{id}"), &fields).await
    }
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("{field} is no text in {value}")).to_owned()
}

async fn view(client: &Client, path: &str) -> Reply {
    client.send(client.request(Method::GET, path).header(ACCEPT, "text/html").body(Body::empty()).unwrap()).await
}

async fn submit(client: &Client, form: &str, page: &str, fields: &[(&str, &str)]) -> Reply {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = client
        .request(Method::POST, &format!("/api/fn/{form}"))
        .header(ACCEPT, "text/html")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(REFERER, format!("http://127.0.0.1:3000{page}"));
    let reply = client.send(request.body(Body::from(body)).unwrap()).await.expect(303);
    assert_eq!(reply.headers[LOCATION], page);
    reply
}

/// The text of a page: its tags and comments are taken out, spaces count once.
fn words(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let body = body.split("<script").next().unwrap_or(body);
    let mut shown = String::new();
    for part in body.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        // What stands in the middle of a sentence does not part its words; comments are how texts are told apart.
        if !tag.starts_with('!') {
            shown.push(' ');
        }
        shown.push_str(text);
    }
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_says(page: &str, sentence: &str) {
    assert!(page.contains(sentence), "“{sentence}” is not in: {page}");
}

#[tokio::test]
async fn a_name_is_text_in_the_title_of_its_page_too() {
    let scene = scene().await;
    let enquiry = json!({ "tripId": scene.trip["id"], "name": "</title><b>R&B", "email": "rb@example.in", "message": "Is it cold?" });
    scene.app.anonymous().post("/api/crm/leads", enquiry).await.expect(201);
    let leads = scene.organizer.get("/api/crm/leads?q=rb@example.in").await.expect(200);
    let page = view(&scene.organizer, &format!("/leads/{}", text(&leads.data()[0], "id"))).await.expect(200).text;
    assert!(page.contains("<title>&lt;/title>&lt;b>R&amp;B · Trek-Tribe</title>"), "{page}");
    assert!(!page.contains("<b>R"), "{page}");
}

#[tokio::test]
async fn a_foreign_lead_is_not_found() {
    let scene = scene().await;
    let other = scene.app.register(Role::Organizer, "Himgiri Treks").await;
    view(&other, &format!("/leads/{}", scene.id())).await.expect(404);
    view(&scene.organizer, "/leads/000000000000000000000000").await.expect(404);
    view(&scene.organizer, "/leads/not-an-id").await.expect(404);
}

#[tokio::test]
async fn the_page_is_complete_without_script() {
    let scene = scene().await;
    let page = scene.page().await;
    for sentence in [
        "Rohan Kulkarni",
        "Is this a good first snow trek?",
        "Mark contacted",
        "+91 98765 00000",
        "+60 asked a question",
        "₹20,000",
    ] {
        assert_says(&page, sentence);
    }
    let html = view(&scene.organizer, &format!("/leads/{}", scene.id())).await.text;
    assert!(
        html.contains("tel:+919876500000")
            && html.contains("https://wa.me/919876500000")
            && html.contains("mailto:rohan@example.in")
    );
}

#[tokio::test]
async fn a_form_moves_the_lead_along() {
    let scene = scene().await;
    let version = scene.lead["version"].to_string();
    scene.submit("leads/take_step", &[("version", &version), ("to", "contacted")]).await;
    assert_eq!(scene.now().await["status"], "contacted");
    // The version is stale by now: nothing moves.
    scene.submit("leads/take_step", &[("version", &version), ("to", "interested")]).await;
    assert_eq!(scene.now().await["status"], "contacted");
}

#[tokio::test]
async fn closing_as_lost_needs_a_reason() {
    let scene = scene().await;
    let version = scene.lead["version"].to_string();
    scene
        .submit("leads/take_step", &[("version", &version), ("to", "not_interested"), ("note", "Knee trouble.")])
        .await;
    let lead = scene.now().await;
    assert_eq!(lead["status"], "not_interested");
    assert!(
        lead["interactions"]
            .as_array()
            .unwrap()
            .iter()
            .any(|said| said["text"] == "Knee trouble." && said["type"] == "note")
    );
    let version = lead["version"].to_string();
    scene.submit("leads/take_step", &[("version", &version), ("to", "lost"), ("reason", "")]).await;
    assert_eq!(scene.now().await["status"], "not_interested");
    scene.submit("leads/take_step", &[("version", &version), ("to", "lost"), ("reason", "fitness")]).await;
    assert_eq!(scene.now().await["lostReason"], "fitness");
}

#[tokio::test]
async fn a_form_logs_a_call_and_sets_a_follow_up() {
    let scene = scene().await;
    scene
        .submit("leads/log_interaction", &[("kind", "call"), ("text", "Wants porters."), ("follow_up", "in:2d")])
        .await;
    let lead = scene.now().await;
    assert_eq!(
        (lead["status"].as_str(), lead["interactions"][1]["text"].as_str()),
        (Some("contacted"), Some("Wants porters."))
    );
    assert_eq!(lead["nextFollowUpAt"], "2026-11-26T03:30:00.000Z");
    assert_says(&scene.page().await, "You called");
}

#[tokio::test]
async fn a_form_changes_one_fact_and_clears_it_again() {
    let scene = scene().await;
    let change = async |fact: &str, value: &str| {
        let version = scene.now().await["version"].to_string();
        scene.submit("leads/change_fact", &[("version", &version), ("fact", fact), ("value", value)]).await;
        scene.now().await
    };
    assert_eq!(change("follow_up", "2026-11-25T18:30").await["nextFollowUpAt"], "2026-11-25T13:00:00.000Z");
    assert_eq!(change("follow_up", "").await["nextFollowUpAt"], Value::Null);
    assert_eq!(change("party", "4").await["estimatedValue"]["amount"], 4_000_000);
    assert_eq!(change("party", "four").await["partySize"], 4);
    assert_eq!(change("tags", "first snow, group").await["tags"], json!(["first snow", "group"]));
    assert_says(&scene.page().await, "You changed the party from 2 to 4");
}

#[tokio::test]
async fn converting_books_the_seats_or_says_that_there_are_too_few() {
    let scene = scene().await;
    for to in ["contacted", "interested"] {
        let version = scene.now().await["version"].to_string();
        scene.submit("leads/take_step", &[("version", &version), ("to", to)]).await;
    }
    let departure = text(&scene.trip["departures"][0], "id");
    let book = async |party: &str| {
        let fields = [
            ("departure_id", departure.as_str()),
            ("party_size", party),
            ("amount", "42,000"),
            ("note", "With porters."),
        ];
        scene.submit("leads/convert_lead", &fields).await;
        scene.now().await
    };
    assert_eq!(book("5").await["status"], "interested");
    let lead = book("4").await;
    assert_eq!(
        (lead["status"].as_str(), lead["conversion"]["amount"]["amount"].as_i64()),
        (Some("converted"), Some(4_200_000))
    );
    assert_says(&scene.page().await, "4 people, departure Sat 19 Dec, ₹42,000");
}

#[tokio::test]
async fn the_list_that_somebody_came_from_has_neighbours() {
    let scene = scene().await;
    for (name, email) in [("Meera Joshi", "meera@example.in"), ("Farhan Qureshi", "farhan@example.in")] {
        let enquiry = json!({ "tripId": scene.trip["id"], "name": name, "email": email, "source": "other" });
        scene.organizer.post("/api/crm/leads", enquiry).await.expect(201);
    }
    let page =
        view(&scene.organizer, &format!("/leads/{}?from=status%3Dopen%26sort%3D-score", scene.id())).await.expect(200);
    assert_says(&words(&page.text), "1 of 3");
    assert!(page.text.contains("Next lead, ") && !page.text.contains("Previous lead, "), "{}", page.text);
}

/// Somebody after a while: their token has run out, so they sign in again.
async fn later(app: &TestApp, somebody: &Client, by: SignedDuration) -> Client {
    app.clock.advance(by);
    app.sign_in(&somebody.email).await
}

/// Three leads of the last week with different answers, and one of a month ago.
async fn busy_week() -> Scene {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[4, 12]).await;
    let ask = async |organizer: &Client, name: &str| {
        let email = format!("{}@example.in", name.to_lowercase());
        let enquiry = json!({ "tripId": trip["id"], "name": name, "email": email, "message": "When does it start?" });
        app.anonymous().post("/api/crm/leads", enquiry).await.expect(201);
        let found = organizer.get(&format!("/api/crm/leads?q={email}")).await.expect(200);
        text(&found.data()[0], "id")
    };
    let call = async |organizer: &Client, id: &str| {
        organizer
            .post(&format!("/api/crm/leads/{id}/interactions"), json!({ "type": "call", "text": "Spoke." }))
            .await
            .expect(201);
    };
    let old = ask(&organizer, "Old").await;
    let organizer = later(&app, &organizer, HOUR * 24 * 20).await;
    let first = ask(&organizer, "Rohan").await;
    let organizer = later(&app, &organizer, HOUR).await;
    call(&organizer, &first).await;
    let second = ask(&organizer, "Meera").await;
    let organizer = later(&app, &organizer, HOUR * 30).await;
    call(&organizer, &second).await;
    let version = organizer.get(&format!("/api/crm/leads/{first}")).await.data()["version"].clone();
    organizer
        .put(&format!("/api/crm/leads/{first}"), json!({ "version": version, "status": "interested" }))
        .await
        .expect(200);
    let booking = json!({ "departureId": trip["departures"][1]["id"], "partySize": 3, "amount": { "amount": 3_000_000, "currency": "INR" } });
    organizer.post(&format!("/api/crm/leads/{first}/convert"), booking).await.expect(200);
    let lead = ask(&organizer, "Farhan").await;
    let lead = organizer.get(&format!("/api/crm/leads/{lead}")).await.data().clone();
    assert_ne!(old, text(&lead, "id"));
    Scene { app, organizer, trip, lead }
}

#[tokio::test]
async fn the_figures_of_the_day_equal_a_recount() {
    let scene = busy_week().await;
    let page = words(&view(&scene.organizer, "/today?days=7").await.expect(200).text);
    // Three came; of three who asked one was answered within a day, two at all: after 60 and 1800 minutes.
    assert_says(&page, "New leads 3");
    assert_says(&page, "Answered in 24 h 33 %");
    assert_says(&page, "Median first answer 15 h 30 min");
    assert_says(&page, "9 of 10 within 1 day 6 h");
    assert_says(&page, "Conversion 33.3 %");
    assert_says(&page, "1 of 3");
    assert_says(&page, "Won ₹30,000");
    let board = scene.organizer.get("/api/crm/leads/board").await.expect(200);
    let open = |column: &&Value| ["new", "contacted", "interested"].contains(&column["status"].as_str().unwrap());
    let columns: Vec<&Value> = board.data()["columns"].as_array().unwrap().iter().filter(open).collect();
    let count: i64 = columns.iter().map(|column| column["count"].as_i64().unwrap()).sum();
    let value: i64 = columns.iter().map(|column| column["value"]["amount"].as_i64().unwrap()).sum();
    assert_eq!((count, value), (3, 3_000_000));
    assert_says(&page, "Open pipeline ₹30,000 3 leads at this moment");
}

#[tokio::test]
async fn the_day_says_who_waits_and_how_trips_fill() {
    let scene = busy_week().await;
    let page = words(&view(&scene.organizer, "/today").await.expect(200).text);
    // Old and Farhan have not been answered; Meera was.
    assert_says(&page, "Two people wait for your answer");
    assert_says(&page, "New enquiry: When does it start?");
    assert_says(&page, "3 of 16 seats are booked.");
    let version = scene.lead["version"].to_string();
    scene.submit("leads/change_fact", &[("version", &version), ("fact", "follow_up"), ("value", "in:1h")]).await;
    let organizer = later(&scene.app, &scene.organizer, HOUR * 2).await;
    let page = words(&view(&organizer, "/today").await.expect(200).text);
    assert_says(&page, "One is late.");
    assert_says(&page, "late by 1 h");
}

#[tokio::test]
async fn without_earlier_data_the_day_says_so() {
    let scene = scene().await;
    let page = words(&view(&scene.organizer, "/today").await.expect(200).text);
    assert_says(&page, "New leads 1 no earlier data");
    assert!(!page.contains("0 % from"), "{page}");
}

#[tokio::test]
async fn another_organizer_sees_nothing_of_it() {
    let scene = busy_week().await;
    let other = scene.app.register(Role::Organizer, "Himgiri Treks").await;
    let page = words(&view(&other, "/today").await.expect(200).text);
    assert_says(&page, "Nobody waits for your answer");
    assert_says(&page, "New leads 0");
    assert!(!page.contains("Farhan"), "{page}");
}

#[tokio::test]
async fn an_admin_sees_what_waits_over_all_organizers() {
    let scene = busy_week().await;
    let admin = scene.app.admin().await;
    let page = words(&view(&admin, "/today").await.expect(200).text);
    // Old has waited since the first day; Farhan has just asked.
    assert_says(&page, "One lead has waited for more than a day");
    assert_says(&page, "Old, Kedarkantha winter trek, Deodar Trails");
}

#[tokio::test]
async fn a_traveller_sees_where_each_enquiry_stands() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[4]).await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let empty = words(&view(&asha, "/home").await.expect(200).text);
    assert_says(&empty, "You have not asked about a trip yet");
    asha.post("/api/crm/leads", json!({ "tripId": trip["id"], "message": "Is there room?" })).await.expect(201);
    let page = words(&view(&asha, "/home").await.expect(200).text);
    assert_says(&page, "Your enquiry has arrived and waits for its answer");
    assert_says(&page, "Deodar Trails");
    let sent_on = view(&asha, "/today").await;
    assert_eq!((sent_on.status / 100, sent_on.headers[LOCATION].to_str().unwrap()), (3, "/home"));
}

/// The same person, who has moved to a place whose day begins later.
async fn move_to_los_angeles(somebody: &Client) {
    somebody.put("/api/auth/me", json!({ "timeZone": "America/Los_Angeles" })).await.expect(200);
}

#[tokio::test]
async fn a_departure_is_past_by_indias_day_wherever_one_looks() {
    let scene = scene().await;
    let asha = scene.app.register(Role::User, "Asha Rao").await;
    asha.post("/api/crm/leads", json!({ "tripId": scene.trip["id"], "message": "Is there room?" })).await.expect(201);
    let lead = scene.organizer.get("/api/crm/leads?q=asha").await.expect(200).data()[0].clone();
    let lead = scene.organizer.move_to(&lead, "interested").await;
    let booking = json!({ "departureId": scene.trip["departures"][0]["id"], "partySize": 1, "amount": { "amount": 900_000, "currency": "INR" } });
    scene.organizer.post(&format!("/api/crm/leads/{}/convert", text(&lead, "id")), booking).await.expect(200);
    let other = json!({ "tripId": scene.trip["id"], "name": "Meera", "email": "meera@example.in", "source": "other" });
    let other = scene.organizer.post("/api/crm/leads", other).await.expect(201).data().clone();
    let other = scene.organizer.move_to(&other, "interested").await;
    move_to_los_angeles(&scene.organizer).await;
    move_to_los_angeles(&asha).await;
    // Half past midnight of 20 December in India; 19 December, eleven in the morning, where the viewers are.
    let organizer = later(&scene.app, &scene.organizer, HOUR * 24 * 25 + SignedDuration::from_mins(13 * 60 + 48)).await;
    let asha = scene.app.sign_in(&asha.email).await;
    let today = words(&view(&organizer, "/today").await.expect(200).text);
    assert!(!today.contains("Sat 19 Dec") && today.contains("Sun 20 Dec"), "{today}");
    let home = words(&view(&asha, "/home").await.expect(200).text);
    assert!(!home.contains("starts today") && !home.contains("Your departure is on"), "{home}");
    let page = view(&organizer, &format!("/leads/{}", text(&other, "id"))).await.expect(200);
    let choices = texts(&page, "select option").concat();
    assert!(choices.contains("Sun 20 Dec") && !choices.contains("Sat 19 Dec"), "{choices}");
}

#[tokio::test]
async fn each_figure_of_the_day_leads_to_what_it_counts() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[4]).await;
    for number in 0..12 {
        let lead = organizer.record_lead(&trip, &format!("r{number}@example.in")).await;
        let hours = match number {
            0..2 => -1,
            2..4 => 3,
            4 => 48,
            _ => continue,
        };
        let at = app.clock.now() + HOUR * hours;
        organizer.change(&lead, json!({ "nextFollowUpAt": at.to_string() })).await;
    }
    let page = view(&organizer, "/today").await.expect(200);
    // Six of eleven are listed: two late, two of today, two of the seven new ones.
    assert_eq!(texts(&page, ".todo footer"), ["5 more new leads"]);
    let links = attribute(&page, ".todo footer a", "href");
    assert_eq!(links, ["/leads?status=new&sort=-nextFollowUpAt"]);
    let listed = organizer.get(&format!("/api/crm{}&limit=7", links[0])).await.expect(200);
    assert!(listed.data().as_array().unwrap().iter().all(|lead| lead["nextFollowUpAt"].is_null()));
    let admin = app.admin().await;
    let page = view(&admin, "/today").await.expect(200);
    assert_says(&words(&page.text), "Follow-ups that are due 2 2");
    let link = "/leads?due=true&sort=nextFollowUpAt";
    let links = attribute(&page, "#queues a, [aria-labelledby=queues] a", "href");
    assert!(links.iter().any(|href| href == link), "{links:?}");
    assert_eq!(admin.get(&format!("/api/crm{link}")).await.expect(200).body["pagination"]["total"], json!(2));
}
