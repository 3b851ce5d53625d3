//! Trips: what everybody finds, what organizers write, and that no seat is sold twice.

use jiff::SignedDuration;
use serde_json::{Value, json};
use trek_tribe::{
    crm::{
        accounts::user::Role,
        activities::{activity::ActivityKind, server::service as activities},
        trips::{
            server::service,
            trip::{DepartureId, TripId},
        },
        verifications::verification::VerificationStatus,
    },
    shared::error::AppError,
};

use crate::support::{Client, Reply, TestApp};

fn new_trip(title: &str) -> Value {
    json!({
        "title": title,
        "destination": "Sankri",
        "region": "Uttarakhand",
        "summary": "Six days to a 3,810 m summit.",
        "difficulty": "moderate",
        "durationDays": 6,
        "price": { "amount": 945_000, "currency": "INR" },
    })
}

fn with(mut body: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

fn id_of(trip: &Value) -> TripId {
    trip["id"].as_str().unwrap().parse().unwrap()
}

async fn create(organizer: &Client, body: Value) -> Value {
    organizer.post("/api/trips", body).await.expect(201).data().clone()
}

async fn verify(app: &TestApp, id: TripId, status: VerificationStatus) {
    let state = &app.app;
    let stored = state.db.transaction(|mut tx| async move {
        service::follow_verification(&mut tx, state, id, status).await?;
        tx.commit().await
    });
    stored.await.unwrap();
}

async fn put(client: &Client, trip: &Value, changes: Value) -> Reply {
    let current = client.get(&format!("/api/trips/mine/{}", trip["id"].as_str().unwrap())).await.expect(200);
    let body = with(changes, json!({ "version": current.data()["version"] }));
    client.put(&format!("/api/trips/{}", trip["id"].as_str().unwrap()), body).await
}

/// A trip that everybody can see.
async fn create_live(app: &TestApp, organizer: &Client, body: Value) -> Value {
    let trip = create(organizer, body).await;
    verify(app, id_of(&trip), VerificationStatus::Verified).await;
    put(organizer, &trip, json!({ "visibility": "live" })).await.expect(200).data().clone()
}

fn titles(reply: &Reply) -> Vec<&str> {
    reply.data().as_array().unwrap().iter().map(|trip| trip["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_new_trip_is_a_draft_that_waits_for_its_verification() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create(&organizer, new_trip("Kedarkantha winter trek")).await;
    assert_eq!((&trip["visibility"], &trip["verification"]), (&json!("draft"), &json!("pending")));
    assert_eq!(trip["slug"], "kedarkantha-winter-trek");
    assert_eq!(trip["organizer"], organizer.user_id.as_str());
    app.anonymous().get("/api/trips/kedarkantha-winter-trek").await.refused(404, "not_found");
    assert!(app.anonymous().get("/api/trips").await.expect(200).data().as_array().unwrap().is_empty());
}

#[tokio::test]
async fn trips_of_one_title_have_different_slugs() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let made = (0..5).map(|_| create(&organizer, new_trip("Hampta Pass")));
    let mut slugs: Vec<String> =
        futures_util::future::join_all(made).await.iter().map(|trip| trip["slug"].as_str().unwrap().into()).collect();
    slugs.sort();
    assert_eq!(slugs, ["hampta-pass", "hampta-pass-2", "hampta-pass-3", "hampta-pass-4", "hampta-pass-5"]);
}

#[tokio::test]
async fn a_slug_never_hides_another_address() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    assert_eq!(create(&organizer, new_trip("Mine")).await["slug"], "mine-2");
}

#[tokio::test]
async fn a_trip_goes_live_only_when_it_is_verified() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    organizer
        .post("/api/trips", with(new_trip("Goechala"), json!({ "visibility": "live" })))
        .await
        .refused(409, "step_refused");
    let trip = create(&organizer, new_trip("Goechala")).await;
    let refusal = put(&organizer, &trip, json!({ "visibility": "live" })).await.refused(409, "step_refused");
    assert_eq!(refusal.body["allowedNext"], json!([]));
    verify(&app, id_of(&trip), VerificationStatus::Verified).await;
    put(&organizer, &trip, json!({ "visibility": "live" })).await.expect(200);
    app.anonymous().get("/api/trips/goechala").await.expect(200);
}

#[tokio::test]
async fn a_paused_trip_is_hidden_until_it_goes_live_again() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, new_trip("Goechala")).await;
    put(&organizer, &trip, json!({ "visibility": "paused" })).await.expect(200);
    app.anonymous().get("/api/trips/goechala").await.refused(404, "not_found");
    let refusal = put(&organizer, &trip, json!({ "visibility": "draft" })).await.refused(409, "step_refused");
    assert_eq!(refusal.body["allowedNext"], json!(["live"]));
    put(&organizer, &trip, json!({ "visibility": "live" })).await.expect(200);
    app.anonymous().get("/api/trips/goechala").await.expect(200);
}

#[tokio::test]
async fn a_live_trip_that_is_not_accepted_is_paused() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, new_trip("Goechala")).await;
    verify(&app, id_of(&trip), VerificationStatus::Rejected).await;
    app.anonymous().get("/api/trips/goechala").await.refused(404, "not_found");
    put(&organizer, &trip, json!({ "visibility": "live" })).await.refused(409, "step_refused");
}

#[tokio::test]
async fn everybody_sees_seats_left_and_nothing_of_bookings() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let departures = json!([{ "startsOn": "2026-12-19", "seats": 12 }, { "startsOn": "2026-12-12", "seats": 8 }]);
    let trip = create_live(&app, &organizer, with(new_trip("Goechala"), json!({ "departures": departures }))).await;
    book(&app, &trip, 0, 3).await.unwrap();
    let shown = app.anonymous().get("/api/trips/goechala").await.expect(200);
    let departure = &shown.data()["departures"][0];
    assert_eq!(
        (&departure["startsOn"], &departure["endsOn"], &departure["seatsLeft"]),
        (&json!("2026-12-12"), &json!("2026-12-17"), &json!(5))
    );
    assert_eq!(shown.data()["organizer"]["name"], "Deodar Trails");
    assert!(!shown.text.contains("seatsBooked") && !shown.text.contains("version"));
    let card = &app.anonymous().get("/api/trips").await.expect(200).data()[0].clone();
    assert_eq!((&card["nextDeparture"]["seatsLeft"], &card["upcomingDepartures"]), (&json!(5), &json!(2)));
}

#[tokio::test]
async fn a_search_finds_beginnings_of_words_and_keeps_its_filters() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    create_live(&app, &organizer, new_trip("Kedarkantha winter trek")).await;
    create_live(
        &app,
        &organizer,
        with(new_trip("Markha valley trek"), json!({ "region": "Ladakh", "difficulty": "challenging" })),
    )
    .await;
    let found = async |query: &str| {
        let reply = app.anonymous().get(&format!("/api/trips?{query}")).await.expect(200);
        titles(&reply).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("q=kedar+win").await, ["Kedarkantha winter trek"]);
    assert_eq!(found("q=ladakh").await, ["Markha valley trek"]);
    assert_eq!(found("q=antha").await, Vec::<String>::new());
    assert_eq!(found("q=.*").await, Vec::<String>::new());
    assert_eq!(found("difficulty=challenging").await, ["Markha valley trek"]);
    assert_eq!(found("region=Uttarakhand&q=trek").await, ["Kedarkantha winter trek"]);
    assert_eq!(found("region=Uttarakhand&difficulty=extreme").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_list_refuses_what_it_does_not_know() {
    let app = TestApp::start().await;
    let visitor = app.anonymous();
    for query in ["difficulty=hard", "sort=seats", "limit=0", "limit=101", "limit=x"] {
        visitor.get(&format!("/api/trips?{query}")).await.refused(422, "invalid_input");
    }
    visitor.get("/api/trips?visibility=draft").await.refused(422, "unknown_field");
    visitor.get("/api/trips?q[$ne]=x").await.refused(422, "unknown_field");
    visitor.get("/api/trips?cursor=nonsense").await.refused(400, "malformed_request");
}

#[tokio::test]
async fn a_list_is_sorted_as_asked_and_paged_without_gaps() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    for (title, price, starts_on) in
        [("beta", 300, Some("2026-12-12")), ("Alpha", 100, Some("2027-01-09")), ("Gamma", 200, None)]
    {
        let departures: Vec<_> = starts_on.iter().map(|day| json!({ "startsOn": day, "seats": 4 })).collect();
        let body = json!({ "price": { "amount": price, "currency": "INR" }, "departures": departures });
        create_live(&app, &organizer, with(new_trip(title), body)).await;
    }
    for (sort, expected) in [
        ("startsOn", ["beta", "Alpha", "Gamma"]),
        ("-startsOn", ["Alpha", "beta", "Gamma"]),
        ("price", ["Alpha", "Gamma", "beta"]),
        ("-price", ["beta", "Gamma", "Alpha"]),
        ("title", ["Alpha", "beta", "Gamma"]),
        ("-title", ["Gamma", "beta", "Alpha"]),
    ] {
        let first = app.anonymous().get(&format!("/api/trips?sort={sort}&limit=2")).await.expect(200);
        let next = first.body["pagination"]["next"].as_str().unwrap().to_owned();
        let second = app.anonymous().get(&format!("/api/trips?sort={sort}&limit=2&cursor={next}")).await.expect(200);
        assert_eq!([titles(&first), titles(&second)].concat(), expected, "{sort}");
        assert_eq!((&first.body["pagination"]["total"], &second.body["pagination"]["next"]), (&json!(3), &Value::Null));
    }
}

#[tokio::test]
async fn a_trip_moves_back_in_the_list_when_its_departure_has_passed() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let leaving = |days: &[&str]| json!({ "departures": days.iter().map(|day| json!({ "startsOn": day, "seats": 4 })).collect::<Vec<_>>() });
    create_live(&app, &organizer, with(new_trip("Soon over"), leaving(&["2026-11-26"]))).await;
    create_live(&app, &organizer, with(new_trip("Twice"), leaving(&["2026-11-27", "2027-02-01"]))).await;
    create_live(&app, &organizer, with(new_trip("Later"), leaving(&["2026-12-24"]))).await;
    assert_eq!(titles(&app.anonymous().get("/api/trips").await), ["Soon over", "Twice", "Later"]);
    app.clock.advance(SignedDuration::from_hours(4 * 24));
    let later = app.anonymous().get("/api/trips").await.expect(200);
    assert_eq!(titles(&later), ["Later", "Twice", "Soon over"]);
    assert_eq!(later.data()[2]["nextDeparture"], Value::Null);
    app.anonymous().get("/api/trips/soon-over").await.expect(200);
}

#[tokio::test]
async fn views_are_counted_for_who_is_signed_in_and_for_seven_days() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create_live(&app, &organizer, new_trip("Goechala")).await;
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    let views = async || {
        let since = app.clock.now() - SignedDuration::from_hours(7 * 24);
        let user = traveller.user_id.parse().unwrap();
        activities::count_since(&app.app, user, ActivityKind::TripViewed, id_of(&trip), since).await.unwrap()
    };
    app.anonymous().get("/api/trips/goechala").await.expect(200);
    assert_eq!(views().await, 0);
    traveller.get("/api/trips/goechala").await.expect(200);
    app.clock.advance(SignedDuration::from_hours(5));
    assert_eq!(views().await, 1);
    app.clock.advance(SignedDuration::from_hours(7 * 24));
    assert_eq!(views().await, 0);
}

#[tokio::test]
async fn all_problems_of_a_trip_are_told_at_once_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let body = json!({ "title": "x".repeat(121), "durationDays": 0, "departures": [{ "startsOn": "2026-11-01", "seats": 0 }] });
    let refusal = organizer.post("/api/trips", body).await.refused(422, "invalid_input");
    let fields: Vec<_> = refusal.body["fields"].as_object().unwrap().keys().cloned().collect();
    let expected = [
        "departures.0.seats",
        "departures.0.startsOn",
        "destination",
        "difficulty",
        "durationDays",
        "price",
        "region",
        "summary",
        "title",
    ];
    assert_eq!(fields, expected);
    assert!(organizer.get("/api/trips/mine").await.expect(200).data().as_array().unwrap().is_empty());
}

#[tokio::test]
async fn strange_values_are_refused() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    for (changes, status, error) in [
        (json!({ "title": { "$ne": null } }), 422, "invalid_input"),
        (json!({ "price": 9450 }), 422, "invalid_input"),
        (json!({ "price": { "amount": 9450.5, "currency": "INR" } }), 422, "invalid_input"),
        (json!({ "price": { "amount": 9450, "currency": "USD" } }), 422, "invalid_input"),
        (json!({ "difficulty": "hard" }), 422, "invalid_input"),
        (json!({ "departures": [{ "startsOn": "2026-02-30", "seats": 4 }] }), 422, "invalid_input"),
        (json!({ "departures": [{ "startsOn": "2026-12-19", "seats": -1 }] }), 422, "invalid_input"),
        (json!({ "departures": [{ "startsOn": "2026-12-19", "seats": 4, "seatsBooked": 1 }] }), 422, "unknown_field"),
        (json!({ "verification": "verified" }), 422, "unknown_field"),
        (json!({ "slug": "mine" }), 422, "unknown_field"),
        (json!({ "version": 1 }), 422, "unknown_field"),
    ] {
        let reply = organizer.post("/api/trips", with(new_trip("Goechala"), changes.clone())).await;
        assert_eq!((reply.status, reply.error()), (status, error), "{changes}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_stale_change_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = create(&organizer, new_trip("Goechala")).await;
    let path = format!("/api/trips/{}", trip["id"].as_str().unwrap());
    let first = organizer.put(&path, json!({ "version": 1, "title": "Goechala trek" })).await.expect(200);
    assert_eq!((&first.data()["version"], &first.data()["slug"]), (&json!(2), &json!("goechala")));
    organizer.put(&path, json!({ "version": 1, "title": "Other" })).await.refused(409, "conflict");
    organizer.put(&path, json!({ "title": "Other" })).await.refused(422, "invalid_input");
    let now = organizer.get(&format!("/api/trips/mine/{}", trip["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(now.data()["title"], "Goechala trek");
}

#[tokio::test]
async fn a_trip_belongs_to_its_organizer_alone() {
    let app = TestApp::start().await;
    let [organizer, other, traveller] = [
        app.register(Role::Organizer, "Deodar Trails").await,
        app.register(Role::Organizer, "Sahyadri Walks").await,
        app.register(Role::User, "Rohan Kulkarni").await,
    ];
    let trip = create(&organizer, new_trip("Goechala")).await;
    let id = trip["id"].as_str().unwrap();
    let (path, mine) = (format!("/api/trips/{id}"), format!("/api/trips/mine/{id}"));
    other.get(&mine).await.refused(404, "not_found");
    other.put(&path, json!({ "version": 1, "title": "Mine now" })).await.refused(404, "not_found");
    assert!(other.get("/api/trips/mine").await.expect(200).data().as_array().unwrap().is_empty());
    other.get(&format!("/api/trips/mine?organizerId={}", organizer.user_id)).await.refused(422, "invalid_input");
    other
        .post("/api/trips", with(new_trip("Theirs"), json!({ "organizerId": organizer.user_id })))
        .await
        .refused(422, "invalid_input");
    traveller.get("/api/trips/mine").await.refused(403, "forbidden");
    traveller.get(&mine).await.refused(403, "forbidden");
    traveller.post("/api/trips", new_trip("Mine")).await.refused(403, "forbidden");
    traveller.put(&path, json!({ "version": 1 })).await.refused(403, "forbidden");
    app.anonymous().get("/api/trips/mine").await.refused(401, "unauthenticated");
    app.anonymous().post("/api/trips", new_trip("Mine")).await.refused(401, "unauthenticated");
    assert_eq!(organizer.get(&mine).await.expect(200).data()["version"], 1);
}

#[tokio::test]
async fn an_admin_writes_trips_for_organizers() {
    let app = TestApp::start().await;
    let (admin, organizer) = (app.admin().await, app.register(Role::Organizer, "Deodar Trails").await);
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    admin.post("/api/trips", new_trip("Goechala")).await.refused(422, "invalid_input");
    admin
        .post("/api/trips", with(new_trip("Goechala"), json!({ "organizerId": traveller.user_id })))
        .await
        .refused(422, "invalid_input");
    let own = with(new_trip("Goechala"), json!({ "organizerId": admin.user_id }));
    let refused = admin.post("/api/trips", own).await.refused(422, "invalid_input");
    assert!(refused.body["fields"]["organizerId"][0].is_string(), "an admin is no organizer: {}", refused.text);
    let trip = create(&admin, with(new_trip("Goechala"), json!({ "organizerId": organizer.user_id }))).await;
    put(&admin, &trip, json!({ "title": "Goechala trek" })).await.expect(200);
    put(&admin, &trip, json!({ "organizerId": admin.user_id })).await.refused(422, "invalid_input");
    let row = admin.get("/api/trips/mine").await.expect(200).data()[0].clone();
    assert_eq!((&row["title"], &row["organizer"]["name"]), (&json!("Goechala trek"), &json!("Deodar Trails")));
    assert_eq!(titles(&organizer.get("/api/trips/mine").await), ["Goechala trek"]);
}

#[tokio::test]
async fn a_departure_keeps_what_is_booked_on_it() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let departures = json!([{ "startsOn": "2026-12-19", "seats": 12 }]);
    let trip = create(&organizer, with(new_trip("Goechala"), json!({ "departures": departures }))).await;
    book(&app, &trip, 0, 5).await.unwrap();
    let departure = &trip["departures"][0]["id"];
    let fewer =
        put(&organizer, &trip, json!({ "departures": [{ "id": departure, "startsOn": "2026-12-19", "seats": 4 }] }))
            .await;
    assert!(fewer.refused(422, "invalid_input").body["fields"]["departures.0.seats"].is_array());
    put(&organizer, &trip, json!({ "departures": [] })).await.refused(422, "invalid_input");
    let more =
        put(&organizer, &trip, json!({ "departures": [{ "id": departure, "startsOn": "2026-12-20", "seats": 5 }] }))
            .await
            .expect(200);
    assert_eq!(
        more.data()["departures"][0],
        json!({ "id": departure, "startsOn": "2026-12-20", "seats": 5, "seatsBooked": 5 })
    );
}

#[tokio::test]
async fn seats_are_never_oversold() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let departures = json!([{ "startsOn": "2026-12-12", "seats": 40 }, { "startsOn": "2026-12-19", "seats": 7 }]);
    let trip = create(&organizer, with(new_trip("Goechala"), json!({ "departures": departures }))).await;
    let outcomes = futures_util::future::join_all((0..10).map(|_| book(&app, &trip, 1, 2))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    assert!(
        outcomes
            .iter()
            .filter_map(|outcome| outcome.as_ref().err())
            .all(|error| *error == AppError::NoSeatsLeft { left: 1 }),
        "{outcomes:?}"
    );
    let now = organizer.get(&format!("/api/trips/mine/{}", trip["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(
        (&now.data()["departures"][0]["seatsBooked"], &now.data()["departures"][1]["seatsBooked"]),
        (&json!(0), &json!(6))
    );
    assert_eq!(now.data()["version"], 1);
}

#[tokio::test]
async fn a_departure_of_another_trip_cannot_be_booked() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let departures = json!([{ "startsOn": "2026-12-12", "seats": 4 }]);
    let [trip, other] = [
        create(&organizer, with(new_trip("Goechala"), json!({ "departures": departures }))).await,
        create(&organizer, new_trip("Hampta")).await,
    ];
    let mixed = with(other, json!({ "departures": trip["departures"] }));
    assert!(matches!(book(&app, &mixed, 0, 1).await, Err(AppError::InvalidInput(_))));
}

async fn book(app: &TestApp, trip: &Value, index: usize, party: u32) -> Result<(), AppError> {
    let departure: DepartureId = trip["departures"][index]["id"].as_str().unwrap().parse().unwrap();
    let id = id_of(trip);
    app.app
        .db
        .transaction(|mut tx| async move {
            service::book_seats(&mut tx, id, departure, party).await?;
            tx.commit().await
        })
        .await
}
