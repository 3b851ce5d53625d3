//! The public pages: the front page, the search, a trip and its enquiry.

use scraper::Html;
use trek_tribe::crm::accounts::user::Role;

use super::{
    assert_well_nested, create, create_live, follow, location, open, post_form, select, text, value_of, words,
};
use crate::support::TestApp;

fn enquiry<'a>(trip: &'a str, email: &'a str, website: &'a str) -> [(&'a str, &'a str); 8] {
    [
        ("enquiry[trip]", trip),
        ("enquiry[departure]", ""),
        ("enquiry[name]", "Rohan Kulkarni"),
        ("enquiry[email]", email),
        ("enquiry[people]", "4"),
        ("enquiry[phone]", ""),
        ("enquiry[question]", "Is it cold?"),
        ("enquiry[website]", website),
    ]
}

#[tokio::test]
async fn public_pages_are_whole_without_any_script() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, "Kedarkantha winter trek").await;
    for path in ["/", "/trips", &format!("/trips/{}", text(&trip, "slug"))] {
        let reply = open(&app.anonymous(), path).await.expect(200);
        assert!(!reply.text.contains("<script"), "{path}");
        assert!(!reply.text.contains(" style="), "{path}");
        assert!(reply.text.contains("Kedarkantha winter trek"), "{path}");
        assert_well_nested(&reply.text);
    }
}

#[tokio::test]
async fn a_trip_page_tells_what_decides() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, "Kedarkantha winter trek").await;
    let page = Html::parse_document(&open(&app.anonymous(), &format!("/trips/{}", text(&trip, "slug"))).await.text);
    assert_eq!(words(&page, "h1"), ["Kedarkantha winter trek"]);
    assert_eq!(words(&page, ".vbadge"), ["Verified by Trek-Tribe"]);
    assert_eq!(words(&page, ".factbar dd"), ["6 days", "Moderate", "Up to 12", "Sat 19 Dec"]);
    assert_eq!(words(&page, ".prose p"), ["Forest camps.", "A summit morning."]);
    assert_eq!(words(&page, ".deps tbody td:nth-child(-n+2)"), ["Sat 19 Dec to Thu 24 Dec", "12 seats left"]);
    assert_eq!(
        words(&page, ".ticks li"),
        ["Tents", "Porter"].map(String::from).into_iter().chain(words(&page, ".vdetail li")).collect::<Vec<_>>()
    );
    assert_eq!(words(&page, ".org h2"), ["Deodar Trails"]);
    assert_eq!(words(&page, ".enq-price strong"), ["₹9,450"]);
    assert!(words(&page, ".orgfacts dt").iter().all(|term| term != "Answers"), "there is no figure yet");
}

#[tokio::test]
async fn a_trip_that_is_not_live_is_not_found() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let draft = create(&organizer, "Kedarkantha winter trek").await;
    for path in [format!("/trips/{}", text(&draft, "slug")), "/trips/nowhere".into()] {
        let reply = open(&app.anonymous(), &path).await.expect(404);
        assert!(!reply.text.contains("<script"));
        assert_eq!(words(&Html::parse_document(&reply.text), "h1"), ["There is nothing here"]);
    }
}

#[tokio::test]
async fn a_search_shows_what_fits_and_keeps_what_was_asked() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    create_live(&app, &organizer, "Kedarkantha winter trek").await;
    create_live(&app, &organizer, "Brahmatal").await;
    let reply =
        open(&app.anonymous(), "/trips?q=brahm&difficulty=moderate&region=Uttarakhand&sort=price").await.expect(200);
    let page = Html::parse_document(&reply.text);
    assert_eq!(words(&page, ".trip-card h3"), ["Brahmatal"]);
    assert_eq!(words(&page, "#found"), ["1 trip"]);
    assert_eq!(value_of(&page, "input[name=q]"), "brahm");
    let chosen: Vec<_> = select(&page, "option[selected]").iter().map(|option| option.attr("value").unwrap()).collect();
    assert_eq!(chosen, ["Uttarakhand", "moderate", "price"]);
    let reply = open(&app.anonymous(), "/trips?q=atlantis").await.expect(200);
    assert_eq!(words(&Html::parse_document(&reply.text), ".empty h2"), ["No trip fits"]);
    assert_well_nested(&reply.text);
    open(&app.anonymous(), "/trips?difficulty=deadly").await.expect(422);
}

#[tokio::test]
async fn pages_of_a_search_lead_on_and_back() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    for number in 10..23 {
        create_live(&app, &organizer, &format!("Trek {number}")).await;
    }
    let first = Html::parse_document(&open(&app.anonymous(), "/trips?sort=title").await.text);
    assert_eq!(words(&first, ".trip-card h3").len(), 12);
    assert_eq!(words(&first, ".pager > span:first-child"), ["1–12 of 13"]);
    let next = select(&first, "a[rel=next]")[0].attr("href").unwrap();
    let second = Html::parse_document(&open(&app.anonymous(), next).await.text);
    assert_eq!(words(&second, ".trip-card h3"), ["Trek 22"]);
    assert_eq!(words(&second, ".pager > span:first-child"), ["13–13 of 13"]);
    assert_eq!(select(&second, "a[rel=prev]")[0].attr("href"), Some("/trips?sort=title"));
}

#[tokio::test]
async fn a_refused_enquiry_comes_back_with_what_was_typed() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, "Kedarkantha winter trek").await;
    let path = format!("/trips/{}", text(&trip, "slug"));
    let fields = enquiry(text(&trip, "id"), "rohan", "");
    let anonymous = app.anonymous();
    let posted = post_form(&anonymous, &path, "leads/create_enquiry", &fields).await;
    assert_eq!(location(&posted), path);
    let reply = follow(&anonymous, &posted).await;
    assert_well_nested(&reply.text);
    let page = Html::parse_document(&reply.text);
    assert_eq!(value_of(&page, "#ask-name"), "Rohan Kulkarni");
    assert_eq!(value_of(&page, "#ask-email"), "rohan");
    assert_eq!(value_of(&page, "#ask-people"), "4");
    assert_eq!(words(&page, "#ask-question"), ["Is it cold?"]);
    assert_eq!(select(&page, "#ask-email")[0].attr("aria-describedby"), Some("ask-email-error"));
    assert_eq!(words(&page, "#ask-email-error"), ["Enter an e-mail address such as name@example.com."]);
}

#[tokio::test]
async fn an_enquiry_is_passed_on_and_thanked_for() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, "Kedarkantha winter trek").await;
    let path = format!("/trips/{}", text(&trip, "slug"));
    let anonymous = app.anonymous();
    let posted =
        post_form(&anonymous, &path, "leads/create_enquiry", &enquiry(text(&trip, "id"), "rohan@example.in", "")).await;
    assert_eq!(location(&posted), format!("{path}?sent=1#enquire"));
    let page = Html::parse_document(&open(&anonymous, &format!("{path}?sent=1")).await.text);
    assert!(words(&page, ".enq .note")[0].contains("We have passed it on to Deodar Trails."));
    let leads = organizer.get("/api/crm/leads").await.expect(200);
    assert_eq!((&leads.data()[0]["name"], &leads.data()[0]["partySize"]), (&"Rohan Kulkarni".into(), &4.into()));
}

#[tokio::test]
async fn a_program_that_fills_in_everything_is_answered_alike_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, "Kedarkantha winter trek").await;
    let path = format!("/trips/{}", text(&trip, "slug"));
    let fields = enquiry(text(&trip, "id"), "rohan@example.in", "https://spam.example");
    let posted = post_form(&app.anonymous(), &path, "leads/create_enquiry", &fields).await;
    assert_eq!(location(&posted), format!("{path}?sent=1#enquire"));
    assert!(organizer.get("/api/crm/leads").await.expect(200).data().as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_chosen_departure_is_chosen_in_the_enquiry() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, "Kedarkantha winter trek").await;
    let page = Html::parse_document(&open(&app.anonymous(), &format!("/trips/{}", text(&trip, "slug"))).await.text);
    assert!(select(&page, "#ask-departure option[selected]").iter().all(|option| option.attr("value") == Some("")));
    let choose = select(&page, ".deps a")[0].attr("href").unwrap().to_owned();
    let path = choose.strip_suffix("#enquire").unwrap();
    let page = Html::parse_document(&open(&app.anonymous(), path).await.text);
    let chosen = select(&page, "#ask-departure option[selected]")[0].attr("value").unwrap();
    assert_eq!(chosen, trip["departures"][0]["id"]);
}
