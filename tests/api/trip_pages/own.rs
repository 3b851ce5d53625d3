//! The pages of one's own trips: the list, and the form with its rows.

use scraper::Html;
use serde_json::Value;
use trek_tribe::crm::accounts::user::Role;

use super::{
    assert_well_nested, create, create_live, follow, location, new_trip, open, post_form, select, text, value_of, words,
};
use crate::support::{Client, TestApp};

/// The fields of the form as a page shows them, ready to be posted.
fn fields_of(page: &Html) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for field in select(page, "#trip-form input, #trip-form textarea, #trip-form select") {
        let name = field.attr("name").unwrap().to_owned();
        let value = match field.value().name() {
            "textarea" => field.text().collect(),
            "select" => field
                .select(&scraper::Selector::parse("option[selected]").unwrap())
                .next()
                .and_then(|o| o.attr("value"))
                .unwrap_or_default()
                .to_owned(),
            _ => field.attr("value").unwrap_or_default().to_owned(),
        };
        let is_choice = matches!(field.attr("type"), Some("checkbox" | "radio"));
        if !is_choice || field.attr("checked").is_some() {
            fields.push((name, value));
        }
    }
    fields
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|(field, _)| field == name) {
        Some((_, old)) => value.clone_into(old),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

async fn save(client: &Client, from: &str, fields: &[(String, String)]) -> crate::support::Reply {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    post_form(client, from, "trips/save_trip", &fields).await
}

async fn stored(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/trips/mine/{id}")).await.expect(200).data().clone()
}

async fn page(client: &Client, path: &str) -> Html {
    let reply = open(client, path).await.expect(200);
    assert_well_nested(&reply.text);
    Html::parse_document(&reply.text)
}

#[tokio::test]
async fn everybody_is_led_where_they_belong() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let other = app.register(Role::Organizer, "Malabar Whistler").await;
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    let trip = create(&organizer, "Kedarkantha winter trek").await;
    let path = format!("/my-trips/{}", text(&trip, "id"));
    for path in ["/my-trips", "/my-trips/new", &path] {
        let reply = open(&app.anonymous(), path).await.expect(303);
        let (page, query) = location(&reply).split_once('?').unwrap();
        let (name, next) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
        assert_eq!((page, name.as_ref(), next.as_ref()), ("/sign-in", "next", path));
        open(&traveller, path).await.expect(403);
    }
    open(&other, &path).await.expect(404);
    open(&organizer, "/my-trips/nowhere").await.expect(404);
    open(&organizer, &path).await.expect(200);
    open(&app.admin().await, &path).await.expect(200);
}

#[tokio::test]
async fn the_list_shows_ones_own_trips_alone() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let other = app.register(Role::Organizer, "Malabar Whistler").await;
    create(&organizer, "Brahmatal").await;
    create_live(&app, &other, "Kumara Parvatha").await;
    let mine = page(&organizer, "/my-trips").await;
    assert_eq!(words(&mine, "tbody a.cover"), ["Brahmatal"]);
    assert_eq!(words(&mine, "tbody .pill"), ["Draft", "Waiting for review"]);
    let all = page(&app.admin().await, "/my-trips").await;
    assert_eq!(words(&all, "tbody a.cover"), ["Kumara Parvatha", "Brahmatal"]);
    assert_eq!(words(&all, "tbody td:nth-child(2)"), ["Malabar Whistler", "Deodar Trails"]);
    let empty = page(&app.register(Role::Organizer, "New Trails").await, "/my-trips").await;
    assert_eq!(words(&empty, ".empty h2"), ["No trip yet"]);
}

#[tokio::test]
async fn a_form_that_is_saved_as_it_is_changes_nothing() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create(&organizer, "Kedarkantha winter trek").await;
    let path = format!("/my-trips/{}", text(&trip, "id"));
    let posted = save(&organizer, &path, &fields_of(&page(&organizer, &path).await)).await;
    assert_eq!(location(&posted), path);
    assert_eq!(stored(&organizer, text(&trip, "id")).await, trip);
}

#[tokio::test]
async fn a_new_trip_is_made_by_a_plain_form() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let mut fields = fields_of(&page(&organizer, "/my-trips/new").await);
    for (name, value) in [
        ("form[title]", "Brahmatal"),
        ("form[destination]", "Lohajung"),
        ("form[region]", "Uttarakhand"),
        ("form[summary]", "A frozen lake."),
        ("form[difficulty]", "moderate"),
        ("form[duration_days]", "6"),
        ("form[price]", "8,950"),
        ("form[itinerary][0][title]", "To Lohajung"),
        ("form[inclusions]", "Tents\r\nMeals\r\n"),
        ("form[photos][5]", "uttarakhand-winter"),
        ("form[photos][6]", "uttarakhand-winter-2"),
        ("form[cover]", "uttarakhand-winter-2"),
        ("form[departures][0][starts_on]", "2026-12-19"),
        ("form[departures][0][seats]", "12"),
    ] {
        set(&mut fields, name, value);
    }
    let posted = save(&organizer, "/my-trips/new", &fields).await;
    let id = location(&posted).strip_prefix("/my-trips/").unwrap();
    let trip = stored(&organizer, id).await;
    assert_eq!((text(&trip, "title"), text(&trip, "visibility")), ("Brahmatal", "draft"));
    assert_eq!(trip["price"]["amount"], 895_000);
    assert_eq!(trip["itinerary"][0]["day"], 1);
    assert_eq!(trip["inclusions"], serde_json::json!(["Tents", "Meals"]));
    assert_eq!(trip["photos"], serde_json::json!(["uttarakhand-winter-2", "uttarakhand-winter"]));
    assert_eq!(trip["departures"][0]["seats"], 12);
    let shown = follow(&organizer, &posted).await;
    assert_eq!(words(&Html::parse_document(&shown.text), ".toast p"), ["The trip is saved."]);
}

#[tokio::test]
async fn a_refused_form_says_why_beside_each_field_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create(&organizer, "Kedarkantha winter trek").await;
    let path = format!("/my-trips/{}", text(&trip, "id"));
    let mut fields = fields_of(&page(&organizer, &path).await);
    set(&mut fields, "form[title]", "");
    set(&mut fields, "form[departures][0][seats]", "0");
    set(&mut fields, "form[summary]", "Typed anew.");
    let posted = save(&organizer, &path, &fields).await;
    assert_eq!(location(&posted), path);
    let reply = follow(&organizer, &posted).await;
    assert_well_nested(&reply.text);
    let shown = Html::parse_document(&reply.text);
    assert_eq!(words(&shown, "#trip-title-error"), ["The title is missing."]);
    assert_eq!(words(&shown, "#departure-0-seats-error"), ["A departure has 1 to 200 seats."]);
    assert_eq!(value_of(&shown, "#departure-0-seats"), "0");
    assert_eq!(words(&shown, "#trip-summary"), ["Typed anew."]);
    assert_eq!(stored(&organizer, text(&trip, "id")).await, trip);
}

#[tokio::test]
async fn rows_come_and_go_without_a_script_and_nothing_is_saved() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create(&organizer, "Kedarkantha winter trek").await;
    let path = format!("/my-trips/{}", text(&trip, "id"));
    let mut fields = fields_of(&page(&organizer, &path).await);
    set(&mut fields, "form[title]", "Typed anew");
    set(&mut fields, "form[press]", "add_day");
    let posted = save(&organizer, &path, &fields).await;
    let shown = Html::parse_document(&follow(&organizer, &posted).await.text);
    assert_eq!(select(&shown, ".day-row").len(), 2);
    assert_eq!(value_of(&shown, "#day-1-day"), "2");
    assert_eq!(value_of(&shown, "#trip-title"), "Typed anew");
    let mut fields = fields_of(&shown);
    set(&mut fields, "form[press]", "remove_departure.0");
    let posted = save(&organizer, &path, &fields).await;
    let shown = Html::parse_document(&follow(&organizer, &posted).await.text);
    assert!(select(&shown, ".departure-row").is_empty());
    assert_eq!(stored(&organizer, text(&trip, "id")).await, trip);
}

#[tokio::test]
async fn visibility_is_changed_by_a_button_or_says_why_not() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let draft = create(&organizer, "Brahmatal").await;
    let shown = page(&organizer, &format!("/my-trips/{}", text(&draft, "id"))).await;
    assert_eq!(words(&shown, "[aria-describedby=why-live]"), ["Go live"]);
    assert!(words(&shown, "#why-live")[0].contains("once it is verified"));
    let live = create_live(&app, &organizer, "Kedarkantha winter trek").await;
    let (id, version) = (text(&live, "id"), live["version"].to_string());
    let path = format!("/my-trips/{id}");
    assert_eq!(words(&page(&organizer, &path).await, "button[name=to]"), ["Pause"]);
    let fields = [("id", id), ("version", version.as_str()), ("to", "paused")];
    let posted = post_form(&organizer, &path, "trips/set_trip_visibility", &fields).await;
    assert_eq!(location(&posted), path);
    assert_eq!(text(&stored(&organizer, id).await, "visibility"), "paused");
    let posted = post_form(&organizer, &path, "trips/set_trip_visibility", &fields).await;
    let shown = Html::parse_document(&follow(&organizer, &posted).await.text);
    assert!(
        words(&shown, "#visibility ~ * .note, .panel .note")
            .iter()
            .any(|words| words.contains("changed this in the meantime"))
    );
}

#[tokio::test]
async fn an_admin_chooses_whose_trip_a_new_one_is() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let admin = app.admin().await;
    let shown = page(&admin, "/my-trips/new").await;
    assert_eq!(words(&shown, "#trip-organizer option"), ["Choose whose trip it is", "Deodar Trails"]);
    assert!(select(&page(&organizer, "/my-trips/new").await, "#trip-organizer").is_empty());
    let given = new_trip("Brahmatal");
    let mut fields = fields_of(&shown);
    for (name, field) in [
        ("title", "title"),
        ("destination", "destination"),
        ("region", "region"),
        ("summary", "summary"),
        ("difficulty", "difficulty"),
    ] {
        set(&mut fields, &format!("form[{name}]"), text(&given, field));
    }
    set(&mut fields, "form[duration_days]", "6");
    set(&mut fields, "form[price]", "9450");
    set(&mut fields, "form[organizer]", &organizer.user_id);
    let posted = save(&admin, "/my-trips/new", &fields).await;
    let id = location(&posted).strip_prefix("/my-trips/").unwrap();
    assert_eq!(text(&stored(&organizer, id).await, "title"), "Brahmatal");
}
