//! The pages about trips, as browsers without script get and post them.

mod own;
mod public;

use axum::{
    body::Body,
    http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, REFERER, SET_COOKIE},
};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use trek_tribe::crm::{
    trips::{server::service, trip::TripId},
    verifications::verification::VerificationStatus,
};

use crate::support::{Client, Reply, TestApp};

const SITE: &str = "http://127.0.0.1:3000";

fn new_trip(title: &str) -> Value {
    json!({
        "title": title,
        "destination": "Sankri",
        "region": "Uttarakhand",
        "summary": "Six days to a 3,810 m summit.",
        "description": "Forest camps.\n\nA summit morning.",
        "difficulty": "moderate",
        "durationDays": 6,
        "price": { "amount": 945_000, "currency": "INR" },
        "itinerary": [{ "day": 1, "title": "Dehradun to Sankri", "text": "By road." }],
        "safety": { "measures": "Two guides.", "emergencyPlan": "A vehicle waits in Sankri." },
        "inclusions": ["Tents"],
        "exclusions": ["Porter"],
        "photos": ["uttarakhand-winter"],
        "departures": [{ "startsOn": "2026-12-19", "seats": 12 }],
    })
}

async fn create(organizer: &Client, title: &str) -> Value {
    organizer.post("/api/trips", new_trip(title)).await.expect(201).data().clone()
}

async fn create_live(app: &TestApp, organizer: &Client, title: &str) -> Value {
    let trip = create(organizer, title).await;
    let (state, id) = (&app.app, text(&trip, "id").parse::<TripId>().unwrap());
    let stored = state.db.transaction(|mut tx| async move {
        service::follow_verification(&mut tx, state, id, VerificationStatus::Verified).await?;
        tx.commit().await
    });
    stored.await.unwrap();
    let version = organizer.get(&format!("/api/trips/mine/{id}")).await.expect(200).data()["version"].clone();
    let live = json!({ "version": version, "visibility": "live" });
    organizer.put(&format!("/api/trips/{id}"), live).await.expect(200).data().clone()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap()
}

/// A page as a browser asks for it.
async fn open(client: &Client, path: &str) -> Reply {
    open_with(client, path, "").await
}

async fn open_with(client: &Client, path: &str, cookies: &str) -> Reply {
    let request = client.request(axum::http::Method::GET, path).header(ACCEPT, "text/html").header(COOKIE, cookies);
    client.send(request.body(Body::empty()).unwrap()).await
}

/// A form as a browser without script posts it.
async fn post_form(client: &Client, from: &str, function: &str, fields: &[(&str, &str)]) -> Reply {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = client
        .request(axum::http::Method::POST, &format!("/api/fn/{function}"))
        .header(ACCEPT, "text/html")
        .header(ORIGIN, SITE)
        .header(REFERER, format!("{SITE}{from}"))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    client.send(request.body(Body::from(body)).unwrap()).await.expect(303)
}

/// The page that a posted form leads to.
async fn follow(client: &Client, posted: &Reply) -> Reply {
    let cookies: Vec<_> = posted
        .headers
        .get_all(SET_COOKIE)
        .iter()
        .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap())
        .collect();
    open_with(client, location(posted), &cookies.join("; ")).await.expect(200)
}

fn location(reply: &Reply) -> &str {
    reply.headers[LOCATION].to_str().unwrap()
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The words of what a selector finds, each element's on its own.
fn words(page: &Html, selector: &str) -> Vec<String> {
    let joined = |element: scraper::ElementRef| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    select(page, selector).into_iter().map(joined).collect()
}

fn value_of(page: &Html, selector: &str) -> String {
    select(page, selector)[0].attr("value").unwrap_or_default().to_owned()
}

/// Browsers close and move what is nested wrongly: then there are more or fewer elements than were written.
#[track_caller]
fn assert_well_nested(html: &str) {
    let page = Html::parse_document(html);
    for name in [
        "a", "form", "button", "p", "ul", "ol", "li", "dl", "table", "tr", "td", "select", "option", "label", "h1",
        "h2", "h3",
    ] {
        let written = html.matches(&format!("<{name} ")).count() + html.matches(&format!("<{name}>")).count();
        assert_eq!(select(&page, name).len(), written, "<{name}> is nested wrongly");
    }
    assert_eq!(select(&page, "h1").len(), 1);
}
