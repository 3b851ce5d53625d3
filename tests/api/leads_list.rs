//! Leads are found: filters, orders, pages, the board with its totals, and indexes behind all of them.

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    Client, TestApp,
    leads::{enquiry, examined, text},
};

const LEADS: &str = "/api/crm/leads";

async fn stage() -> (TestApp, Client, Value) {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    (app, organizer, trip)
}

/// The addresses, without their domain, of the leads that a query finds.
async fn found(client: &Client, query: &str) -> Vec<String> {
    let reply = client.get(&format!("{LEADS}?{query}")).await.expect(200);
    reply.data().as_array().unwrap().iter().map(|lead| text(lead, "email").replace("@example.in", "")).collect()
}

async fn record(organizer: &Client, trip: &Value, email: &str, source: &str) -> Value {
    let mut body = enquiry(trip, &format!("{email}@example.in"));
    body["source"] = json!(source);
    organizer.post(LEADS, body).await.expect(201).data().clone()
}

#[tokio::test]
async fn every_filter_chooses_and_they_add_up() {
    let (app, organizer, trip) = stage().await;
    let other_trip = app.live_trip(&organizer, "Hampta Pass", &[10]).await;
    let hot = record(&organizer, &trip, "hot", "partial_booking").await;
    record(&organizer, &trip, "warm", "inquiry").await;
    record(&organizer, &other_trip, "cool", "form").await;
    organizer.change(&hot, json!({ "status": "contacted" })).await;
    for (query, expected) in [
        ("", vec!["hot", "warm", "cool"]),
        ("status=new", vec!["warm", "cool"]),
        ("status=new,contacted&tier=hot", vec!["hot"]),
        ("status=new&status=contacted", vec!["hot", "warm", "cool"]),
        ("source=inquiry,form", vec!["warm", "cool"]),
        ("tier=cool", vec!["cool"]),
        ("tier=cold", vec![]),
        (&format!("tripId={}", text(&other_trip, "id")), vec!["cool"]),
        ("due=true", vec![]),
        ("stale=false&tier=warm", vec!["warm"]),
        ("status=lost", vec![]),
    ] {
        assert_eq!(found(&organizer, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn due_and_stale_go_by_the_clock() {
    let (app, organizer, trip) = stage().await;
    let due = record(&organizer, &trip, "due", "form").await;
    let interested = record(&organizer, &trip, "interested", "form").await;
    record(&organizer, &trip, "resting", "form").await;
    organizer.change(&due, json!({ "nextFollowUpAt": "2026-12-02T05:12:00Z" })).await;
    organizer.move_to(&interested, "interested").await;
    app.clock.advance(SignedDuration::from_hours(7 * 24));
    let organizer = app.sign_in(&organizer.email).await;
    assert_eq!(found(&organizer, "stale=true").await, ["resting"]);
    assert_eq!(found(&organizer, "due=true").await, Vec::<String>::new());
    app.clock.advance(SignedDuration::from_hours(24));
    let organizer = app.sign_in(&organizer.email).await;
    assert_eq!(found(&organizer, "due=true").await, ["due"]);
    assert_eq!(found(&organizer, "stale=true&sort=createdAt").await, ["due", "resting"]);
    app.clock.advance(SignedDuration::from_hours(6 * 24));
    let organizer = app.sign_in(&organizer.email).await;
    assert_eq!(found(&organizer, "stale=true&status=interested").await, ["interested"]);
    assert_eq!(found(&organizer, "stale=false").await, Vec::<String>::new());
    for lead in organizer.get(LEADS).await.expect(200).data().as_array().unwrap() {
        assert_eq!(lead["stale"], json!(true), "{lead}");
    }
}

#[tokio::test]
async fn names_addresses_and_numbers_are_searched() {
    let (_app, organizer, trip) = stage().await;
    let lead = record(&organizer, &trip, "meera.joshi", "form").await;
    organizer.change(&lead, json!({ "name": "Meera Joshi", "phone": "+91 98765 43210" })).await;
    record(&organizer, &trip, "other", "form").await;
    for q in ["meera", "MEE", "jos+mee", "meera.joshi@example.in", "98765", "%2B91+98765", "919876543210"] {
        assert_eq!(found(&organizer, &format!("q={q}")).await, ["meera.joshi"], "{q}");
    }
    for q in ["era", "%7B%22%24ne%22%3Anull%7D", ".*", "^m"] {
        assert_eq!(found(&organizer, &format!("q={q}")).await, Vec::<String>::new(), "{q}");
    }
}

#[tokio::test]
async fn pages_follow_each_other_in_every_order() {
    let (app, organizer, trip) = stage().await;
    for number in 0..7 {
        let lead =
            record(&organizer, &trip, &format!("r{number}"), if number % 2 == 0 { "form" } else { "inquiry" }).await;
        if number % 3 == 0 {
            organizer.change(&lead, json!({ "nextFollowUpAt": format!("2026-12-0{}T00:00:00Z", 9 - number) })).await;
        }
        app.clock.advance(SignedDuration::from_secs(1));
    }
    for sort in SORTS {
        let whole = found(&organizer, &format!("sort={sort}")).await;
        let (mut paged, mut next) = (Vec::new(), Some(String::new()));
        while let Some(cursor) = next {
            let reply = organizer.get(&format!("{LEADS}?sort={sort}&limit=2{cursor}")).await.expect(200);
            assert_eq!(reply.body["pagination"]["total"], json!(7));
            paged.extend(
                reply.data().as_array().unwrap().iter().map(|lead| text(lead, "email").replace("@example.in", "")),
            );
            next = reply.body["pagination"]["next"].as_str().map(|next| format!("&cursor={next}"));
        }
        assert_eq!(paged, whole, "{sort}");
    }
    assert_eq!(found(&organizer, "sort=nextFollowUpAt").await[..3], ["r6", "r3", "r0"]);
}

#[tokio::test]
async fn what_a_list_does_not_know_is_refused() {
    let (app, organizer, _trip) = stage().await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    organizer.get(&format!("{LEADS}?page=2")).await.refused(422, "unknown_field");
    for query in [
        "status=won",
        "limit=0",
        "sort=name",
        "tier=1",
        "due=yes",
        "tripId=x",
        &format!("assignedTo={}", other.user_id),
    ] {
        organizer.get(&format!("{LEADS}?{query}")).await.refused(422, "invalid_input");
    }
    organizer.get(&format!("{LEADS}?cursor=abc")).await.refused(400, "malformed_request");
    organizer.get(&format!("{LEADS}/board?limit=3")).await.refused(422, "unknown_field");
    let traveller = app.register(Role::User, "Rohan Kulkarni").await;
    traveller.get(LEADS).await.refused(403, "forbidden");
    traveller.get(&format!("{LEADS}/board")).await.refused(403, "forbidden");
    app.anonymous().get(LEADS).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn organizers_see_their_own_leads_and_admins_all() {
    let (app, organizer, trip) = stage().await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    let other_trip = app.live_trip(&other, "Kumara Parvatha", &[10]).await;
    record(&organizer, &trip, "mine", "inquiry").await;
    record(&other, &other_trip, "theirs", "form").await;
    let admin = app.admin().await;
    assert_eq!(found(&organizer, "").await, ["mine"]);
    assert_eq!(found(&organizer, &format!("tripId={}", text(&other_trip, "id"))).await, Vec::<String>::new());
    assert_eq!(found(&admin, "").await, ["mine", "theirs"]);
    assert_eq!(found(&admin, &format!("assignedTo={}", other.user_id)).await, ["theirs"]);
    let board = other.get(&format!("{LEADS}/board")).await.expect(200);
    assert_eq!(board.data()["columns"][0]["count"], json!(1));
}

#[tokio::test]
async fn a_board_has_a_column_for_each_status_and_goes_on_in_the_list() {
    let (_app, organizer, trip) = stage().await;
    for number in 0..52 {
        record(&organizer, &trip, &format!("r{number}"), "form").await;
    }
    let lost = record(&organizer, &trip, "lost", "form").await;
    organizer.move_to(&lost, "lost").await;
    let board = organizer.get(&format!("{LEADS}/board?sort=createdAt")).await.expect(200);
    let columns = board.data()["columns"].as_array().unwrap();
    let shown: Vec<_> = columns
        .iter()
        .map(|column| {
            (text(column, "status"), column["count"].as_u64().unwrap(), column["value"]["amount"].as_i64().unwrap())
        })
        .collect();
    let expected = [
        ("new", 52, 52_000_000),
        ("contacted", 0, 0),
        ("interested", 0, 0),
        ("converted", 0, 0),
        ("not_interested", 0, 0),
        ("lost", 1, 1_000_000),
    ];
    assert_eq!(shown, expected);
    assert_eq!(columns[0]["cards"].as_array().unwrap().len(), 50);
    let next = text(&columns[0], "next");
    assert_eq!(found(&organizer, &format!("status=new&sort=createdAt&cursor={next}")).await.len(), 2);
    let filtered = organizer.get(&format!("{LEADS}/board?tier=cool&status=new")).await.expect(200);
    assert_eq!(filtered.data()["columns"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&filtered.data()["columns"][0]["count"], &filtered.data()["columns"][0]["value"]["amount"]),
        (&json!(52), &json!(52_000_000))
    );
}

/// Every order of a list, by the index of its key.
const SORTS: [&str; 8] = [
    "createdAt",
    "-createdAt",
    "score",
    "-score",
    "nextFollowUpAt",
    "-nextFollowUpAt",
    "lastActivityAt",
    "-lastActivityAt",
];

/// Whether an index has both what a filter chooses and the order, so that a page costs about its own length. The others are read in
/// their order, by an index too, until the page is full: how far that is depends on how rare the leads are. Of several statuses the
/// database merges a range each, or reads them in their order as well, whichever it finds cheaper.
fn is_served_in_order(filter: &str, sort: &str) -> bool {
    match filter {
        "" | "status=new" => true,
        "source=form" | "tier=hot" | "tier=hot&status=new" => sort.ends_with("score"),
        "due=true" | "due=true&status=contacted" | "due=false" => sort.ends_with("nextFollowUpAt"),
        "status=new,contacted,interested" | "trip" | "source=form&status=new" | "stale=true" => false,
        "trip&status=new" => sort.ends_with("score"),
        unknown => panic!("is {unknown} served in order?"),
    }
}

#[tokio::test]
async fn lists_of_thousands_of_leads_cost_about_their_page_where_an_index_has_their_order() {
    const LIMIT: i64 = 20;
    let (app, organizer, trip) = stage().await;
    let other = app.register(Role::Organizer, "Sahyadri Walks").await;
    let (second, theirs) =
        (app.live_trip(&organizer, "Hampta Pass", &[]).await, app.live_trip(&other, "Rajmachi", &[]).await);
    app.store_leads(&[(&organizer, &trip, 2_000), (&organizer, &second, 1_000), (&other, &theirs, 1_000)]).await;
    watch_reads(&app).await;
    let own_trip = format!("tripId={}", text(&trip, "id"));
    let mut dear = Vec::new();
    for client in [&organizer, &app.admin().await] {
        for filter in FILTERS {
            for sort in SORTS {
                let asked = format!("{LEADS}?{}&sort={sort}&limit={LIMIT}", filter.replace("trip", &own_trip));
                let first = client.get(&asked).await.expect(200);
                let next = first.body["pagination"]["next"].as_str().unwrap_or_else(|| panic!("one page: {asked}"));
                let reads = app.count("system.profile", doc! {}).await;
                client.get(&format!("{asked}&cursor={next}")).await.expect(200);
                let [first, second] = last_reads(&app, reads).await;
                for read in [first, second] {
                    let plan = read.get_str("planSummary").unwrap();
                    assert!(plan.starts_with("IXSCAN"), "{filter} {sort}: {plan}");
                    if is_served_in_order(filter, sort) {
                        let is_sorted = read.get("hasSortStage").is_some();
                        if examined(&read) > 3 * (LIMIT + 1) || is_sorted {
                            dear.push(format!("{filter} {sort}: {} by {plan}, sorted: {is_sorted}", examined(&read)));
                        }
                    }
                }
            }
        }
    }
    assert!(dear.is_empty(), "{}", dear.join("\n"));
}

/// What is chosen from; `trip` stands for a trip.
const FILTERS: [&str; 13] = [
    "",
    "status=new",
    "status=new,contacted,interested",
    "source=form",
    "source=form&status=new",
    "tier=hot",
    "tier=hot&status=new",
    "due=true",
    "due=false",
    "due=true&status=contacted",
    "trip",
    "trip&status=new",
    "stale=true",
];

/// The database writes down from now on how it finds leads for lists.
async fn watch_reads(app: &TestApp) {
    let database = app.app.db.database();
    // Each read is a few hundred bytes; the collection is to hold all of them.
    let profile = doc! { "create": "system.profile", "capped": true, "size": 16 * 1024 * 1024 };
    database.run_command(profile).await.unwrap();
    let reads = doc! { "op": "query", "ns": format!("{}.leads", database.name()) };
    database.run_command(doc! { "profile": 1, "slowms": 0, "filter": reads }).await.unwrap();
}

/// The read that was the last of so many, and the one after it.
async fn last_reads(app: &TestApp, before: u64) -> [Document; 2] {
    let profile = app.app.db.collection::<Document>("system.profile");
    let reads = profile.find(doc! {}).sort(doc! { "$natural": 1 }).skip(before - 1).await.unwrap();
    let reads: Vec<Document> = reads.try_collect().await.unwrap();
    reads.try_into().unwrap_or_else(|reads: Vec<_>| panic!("{} reads instead of two", reads.len()))
}

#[tokio::test]
async fn boards_counts_and_searches_of_thousands_of_leads_are_served_by_indexes() {
    let (app, organizer, trip) = stage().await;
    app.store_leads(&[(&organizer, &trip, 3_000)]).await;
    let admin = app.admin().await;
    app.app.db.database().run_command(doc! { "profile": 2 }).await.unwrap();
    for client in [&organizer, &admin] {
        client.get(&format!("{LEADS}/board")).await.expect(200);
        for filter in [
            "q=rohan12",
            "q=r12&status=new",
            "tier=cool&status=new",
            "stale=true",
            "due=true&status=new&sort=nextFollowUpAt",
            "source=form",
        ] {
            client.get(&format!("{LEADS}?{filter}")).await.expect(200);
            client.get(&format!("{LEADS}/board?{filter}")).await.expect(200);
        }
    }
    assert_no_scan(&app, doc! { "ns": { "$regex": "\\.lead" } }).await;
    // What is counted one by one is counted no further than is told.
    let profile = app.app.db.collection::<Document>("system.profile");
    let counts = doc! { "ns": { "$regex": "\\.leads$" }, "op": "command" };
    let counts: Vec<Document> = profile.find(counts).await.unwrap().try_collect().await.unwrap();
    assert!(counts.len() > 20, "{} counts were seen", counts.len());
    for count in counts {
        assert!(examined(&count) <= 1_001, "{count}");
    }
}

/// Every read was served by an index, counts and sums too.
async fn assert_no_scan(app: &TestApp, which: Document) {
    let profile = app.app.db.collection::<Document>("system.profile");
    let reads: Vec<Document> = profile.find(which).await.unwrap().try_collect().await.unwrap();
    assert!(reads.len() > 50, "{} reads were seen", reads.len());
    for read in reads {
        assert_ne!(read.get_str("planSummary").ok(), Some("COLLSCAN"), "{read}");
    }
}
