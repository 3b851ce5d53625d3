//! Leads of the list: those that are selected are exported and moved, admins see whose each is, and a lead's page knows its
//! neighbours.

use axum::{
    body::Body,
    http::{
        Method,
        header::{ACCEPT, LOCATION},
    },
};
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, Reply, TestApp, attribute,
    leads::{path, text},
    texts,
};

const EXPORT: &str = "/api/crm/leads/export";

async fn stage() -> (TestApp, Client, Value) {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[2, 10]).await;
    (app, organizer, trip)
}

async fn add(organizer: &Client, trip: &Value, name: &str, source: &str) -> Value {
    let email = format!("{}@example.in", name.to_lowercase().replace(' ', "."));
    let lead = json!({ "tripId": trip["id"], "name": name, "email": email, "source": source });
    organizer.post("/api/crm/leads", lead).await.expect(201).data().clone()
}

async fn open(client: &Client, path: &str) -> Reply {
    client.send(client.request(Method::GET, path).header(ACCEPT, "text/html").body(Body::empty()).unwrap()).await
}

/// Sends a form as the page's script does, and returns what the server function answered.
async fn call(client: &Client, function: &str, fields: &[(&str, &str)]) -> Reply {
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = client
        .request(Method::POST, &format!("/api/fn/leads/{function}"))
        .header(ACCEPT, "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    client.send(request.body(Body::from(form)).unwrap()).await
}

/// The names in a CSV file, in its order.
fn exported(file: &Reply) -> Vec<&str> {
    file.text.lines().skip(1).filter_map(|line| line.split(',').next()).collect()
}

#[tokio::test]
async fn chosen_leads_are_exported_and_no_others() {
    let (app, organizer, trip) = stage().await;
    let meera = add(&organizer, &trip, "Meera Joshi", "inquiry").await;
    add(&organizer, &trip, "Rohan Kulkarni", "inquiry").await;
    let priya = add(&organizer, &trip, "Priya Nair", "form").await;
    let ids = format!("{},{}", text(&meera, "id"), text(&priya, "id"));
    let file = organizer.get(&format!("{EXPORT}?ids={ids}")).await.expect(200);
    assert_eq!(exported(&file), ["Priya Nair", "Meera Joshi"]);
    // What belongs to another organizer is not there for them.
    let other = app.register(Role::Organizer, "Monsoon Walks").await;
    let file = other.get(&format!("{EXPORT}?ids={ids}")).await.expect(200);
    assert_eq!(exported(&file), Vec::<&str>::new());
    assert_eq!(exported(&app.admin().await.get(&format!("{EXPORT}?ids={ids}")).await.expect(200)).len(), 2);
}

#[tokio::test]
async fn a_selection_that_cannot_be_is_refused() {
    let (_app, organizer, trip) = stage().await;
    let meera = add(&organizer, &trip, "Meera Joshi", "inquiry").await;
    organizer.get(&format!("{EXPORT}?ids=")).await.refused(422, "invalid_input");
    organizer.get(&format!("{EXPORT}?ids=meera")).await.refused(422, "invalid_input");
    let both = format!("{EXPORT}?ids={}&tier=hot", text(&meera, "id"));
    organizer.get(&both).await.refused(422, "unknown_field");
    let many = vec![text(&meera, "id").to_owned(); 1_000].join(",");
    organizer.get(&format!("{EXPORT}?ids={}", &many[..25 * 300])).await.expect(200);
}

#[tokio::test]
async fn the_bar_exports_ticked_leads_or_all_that_match() {
    let (_app, organizer, trip) = stage().await;
    let meera = add(&organizer, &trip, "Meera Joshi", "inquiry").await;
    add(&organizer, &trip, "Rohan Kulkarni", "inquiry").await;
    add(&organizer, &trip, "Priya Nair", "form").await;
    let page = open(&organizer, "/leads").await.expect(200);
    let to = attribute(&page, ".bulk button[formaction]", "formaction").remove(0);
    assert_eq!(attribute(&page, ".bulk button[formaction]", "formmethod"), ["get"]);
    let file = async |form: String| {
        let sent_on = open(&organizer, &format!("{to}?{form}")).await.expect(303);
        organizer.get(sent_on.headers[LOCATION].to_str().unwrap()).await.expect(200)
    };
    let ticked = file(format!("query=&ids%5B%5D={}&follow_up=&tag=", text(&meera, "id"))).await;
    assert_eq!(exported(&ticked), ["Meera Joshi"]);
    let whole = file("query=source%3Dinquiry&whole=true&follow_up=&tag=".into()).await;
    assert_eq!(exported(&whole), ["Rohan Kulkarni", "Meera Joshi"]);
}

#[tokio::test]
async fn admins_see_whose_a_lead_is_and_filter_by_organizer() {
    let (app, organizer, trip) = stage().await;
    let other = app.register(Role::Organizer, "Monsoon Walks").await;
    let other_trip = app.live_trip(&other, "Harishchandragad", &[10]).await;
    add(&organizer, &trip, "Meera Joshi", "inquiry").await;
    add(&other, &other_trip, "Rohan Kulkarni", "form").await;
    let admin = app.admin().await;
    let page = open(&admin, "/leads").await.expect(200);
    let rows: Vec<String> = texts(&page, "tbody tr");
    assert!(rows[0].contains("Meera Joshi") && rows[0].contains("Deodar Trails"), "{rows:?}");
    assert!(rows[1].contains("Rohan Kulkarni") && rows[1].contains("Monsoon Walks"), "{rows:?}");
    let organizers = texts(&page, "select.qf[name=assignedTo] option");
    assert_eq!(organizers, ["Any organizer", "Deodar Trails", "Monsoon Walks"]);
    let theirs = open(&admin, &format!("/leads?assignedTo={}", other.user_id)).await.expect(200);
    assert_eq!(texts(&theirs, "tbody .c-name"), ["Rohan Kulkarni"]);
    assert_eq!(texts(&theirs, "select.qf[name=assignedTo] option[selected]"), ["Monsoon Walks"]);
    // Who sees their own leads alone is not asked whose they are.
    let own = open(&organizer, "/leads?columns=name,organizer,stage").await.expect(200);
    assert_eq!(attribute(&own, "select[name=assignedTo]", "name"), Vec::<String>::new());
    assert!(!texts(&own, "thead").concat().contains("Organizer"));
}

#[tokio::test]
async fn a_lead_that_was_opened_from_the_list_knows_its_neighbours() {
    let (_app, organizer, trip) = stage().await;
    for (name, source) in [("Meera Joshi", "partial_booking"), ("Rohan Kulkarni", "inquiry"), ("Priya Nair", "form")] {
        add(&organizer, &trip, name, source).await;
    }
    for (list, link) in [("/leads", "tbody .c-name a"), ("/leads?layout=board&sort=score", ".card a.name")] {
        let page = open(&organizer, list).await.expect(200);
        let middle = open(&organizer, &attribute(&page, link, "href")[1]).await.expect(200);
        assert_eq!(texts(&middle, "h1"), ["Rohan Kulkarni"]);
        assert_eq!(texts(&middle, ".pager .num"), ["2 of 3"], "{list}");
        let (previous, next) =
            (attribute(&middle, ".pager a[rel=prev]", "href"), attribute(&middle, ".pager a[rel=next]", "href"));
        let names = [texts(&page, link)[0].clone(), texts(&page, link)[2].clone()];
        assert_eq!(texts(&open(&organizer, &previous[0]).await.expect(200), "h1"), [names[0].as_str()]);
        let last = open(&organizer, &next[0]).await.expect(200);
        assert_eq!(texts(&last, "h1"), [names[1].as_str()]);
        assert_eq!(attribute(&last, ".pager a[rel=next]", "href"), Vec::<String>::new());
    }
}

#[tokio::test]
async fn each_way_to_move_leads_tells_the_step_that_can_be_undone() {
    let (_app, organizer, trip) = stage().await;
    let meera = add(&organizer, &trip, "Meera Joshi", "inquiry").await;
    let rohan = add(&organizer, &trip, "Rohan Kulkarni", "inquiry").await;
    let fresh = add(&organizer, &trip, "Priya Nair", "inquiry").await;
    let (meera, rohan) = (organizer.move_to(&meera, "contacted").await, organizer.move_to(&rohan, "contacted").await);
    let ids = [("ids[]", text(&meera, "id")), ("ids[]", text(&rohan, "id"))];
    let both = [&ids[..], &[("query", ""), ("action", "move:not_interested")]].concat();
    let moved = call(&organizer, "change_leads", &both).await.expect(200);
    assert_eq!(moved.body["step"], json!(["contacted", "not_interested"]), "{}", moved.text);
    assert_eq!(moved.body["changed"].as_array().unwrap().len(), 2);
    // Back again as the toast does it; then with one that came another way: no single step, so no undo.
    let back = [&ids[..], &[("query", ""), ("action", "move:contacted")]].concat();
    call(&organizer, "change_leads", &back).await.expect(200);
    let mixed = [&both[..], &[("ids[]", text(&fresh, "id"))]].concat();
    let mixed = call(&organizer, "change_leads", &mixed).await.expect(200);
    assert_eq!((&mixed.body["step"], mixed.body["changed"].as_array().unwrap().len()), (&Value::Null, 3));
    let tagged = [&ids[..], &[("query", ""), ("action", "tag"), ("tag", "winter")]].concat();
    assert_eq!(call(&organizer, "change_leads", &tagged).await.expect(200).body["step"], Value::Null);
    // The page of a lead says the same of its own steps.
    let now = organizer.get(&path(&meera)).await.expect(200).data().clone();
    let version = now["version"].to_string();
    let step = [("id", text(&meera, "id")), ("version", version.as_str()), ("to", "contacted")];
    let taken = call(&organizer, "take_step", &step).await.expect(200);
    assert_eq!((&taken.body["from"], &taken.body["to"]), (&json!("not_interested"), &json!("contacted")));
    assert_eq!(taken.body["version"], json!(now["version"].as_u64().unwrap() + 1));
}

#[tokio::test]
async fn every_departure_can_be_chosen_for_a_lead_full_ones_too() {
    let (_app, organizer, trip) = stage().await;
    let lead = add(&organizer, &trip, "Meera Joshi", "inquiry").await;
    let lead = organizer.move_to(&lead, "interested").await;
    let booking = json!({ "departureId": trip["departures"][0]["id"], "partySize": 2,
        "amount": { "amount": 2_000_000, "currency": "INR" } });
    organizer.post(&format!("{}/convert", path(&lead)), booking).await.expect(200);
    let page = open(&organizer, "/leads/new").await.expect(200);
    let choices = texts(&page, "select[name=trip] option");
    assert_eq!(
        choices,
        [
            "Choose a trip",
            "Kedarkantha winter trek, no date yet",
            "Kedarkantha winter trek, 19 Dec 2026 (full)",
            "Kedarkantha winter trek, 20 Dec 2026 (10 seats left)",
        ]
    );
    let full = attribute(&page, "select[name=trip] option", "value").remove(2);
    let fields = [("trip", full.as_str()), ("name", "Rohan Kulkarni"), ("email", "rohan@example.in")];
    call(&organizer, "add_lead", &fields).await.expect(200);
    let added = organizer.get("/api/crm/leads?q=rohan").await.expect(200).data()[0].clone();
    assert_eq!(added["departureId"], trip["departures"][0]["id"]);
    assert_eq!(added["trip"]["seatsLeft"], json!(0));
}
