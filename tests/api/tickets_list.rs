//! Tickets are found: filters, orders, pages, searches, and indexes behind all of them.

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use trek_tribe::{
    crm::{
        accounts::user::Role,
        tickets::{
            levels::ServiceClock,
            message::TicketHistory,
            server::service,
            status::TicketStatus,
            ticket::{Ticket, TicketCategory, TicketNumber, TicketPriority},
        },
    },
    server::seed,
    shared::{error::AppError, lifecycle::Lifecycle},
};

use crate::support::{
    Client, TestApp,
    leads::{examined, text},
    tickets::TICKETS,
};

async fn stage() -> (TestApp, Client, Client) {
    let app = TestApp::start().await;
    let (asha, admin) = (app.register(Role::User, "Asha Rao").await, app.admin().await);
    (app, asha, admin)
}

/// The subjects of the tickets that a query finds.
async fn found(client: &Client, query: &str) -> Vec<String> {
    let reply = client.get(&format!("{TICKETS}?{query}")).await.expect(200);
    reply.data().as_array().unwrap().iter().map(|ticket| text(ticket, "subject").to_owned()).collect()
}

async fn open(client: &Client, subject: &str, category: &str, priority: &str) -> Value {
    client.open_ticket_of(json!({ "subject": subject, "category": category, "priority": priority })).await
}

#[tokio::test]
async fn every_filter_chooses_and_they_add_up() {
    let (app, asha, admin) = stage().await;
    let colleague = app.admin().await;
    let money = open(&asha, "money", "payment", "urgent").await;
    open(&asha, "bug", "technical", "low").await;
    let place = open(&asha, "place", "booking", "high").await;
    admin.assign_ticket(&money, &admin).await;
    admin.assign_ticket(&place, &colleague).await;
    for (query, expected) in [
        ("", vec!["place", "bug", "money"]),
        ("status=pending", vec!["bug"]),
        ("status=pending,in_progress", vec!["place", "bug", "money"]),
        ("status=pending&status=in_progress", vec!["place", "bug", "money"]),
        ("category=payment,booking", vec!["place", "money"]),
        ("priority=high", vec!["place"]),
        ("assignee=me", vec!["money"]),
        ("assignee=none", vec!["bug"]),
        (&format!("assignee={}", colleague.user_id), vec!["place"]),
        ("assignee=me&category=booking", vec![]),
        ("late=true", vec![]),
        ("late=false&priority=urgent,low", vec!["bug", "money"]),
        ("status=closed", vec![]),
    ] {
        assert_eq!(found(&admin, &format!("{query}&sort=-createdAt")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn late_is_what_is_past_its_time_and_never_what_waits_for_an_answered_customer() {
    let (app, asha, admin) = stage().await;
    let urgent = open(&asha, "urgent", "payment", "urgent").await;
    let waiting = open(&asha, "waiting", "payment", "urgent").await;
    open(&asha, "low", "payment", "low").await;
    let waiting = admin.move_ticket(&waiting, "waiting_customer").await;
    app.clock.advance(SignedDuration::from_hours(1));
    let admin = app.sign_in(&admin.email).await;
    assert_eq!(found(&admin, "late=true&sort=createdAt").await, ["urgent", "waiting"]);
    admin.say(&waiting, "Which card was it?").await;
    assert_eq!(found(&admin, "late=true").await, ["urgent"]);
    assert_eq!(found(&admin, "sort=dueAt").await, ["urgent", "low", "waiting"]);
    admin.say(&urgent, "On it.").await;
    assert_eq!(found(&admin, "late=true").await, Vec::<String>::new());
    app.clock.advance(SignedDuration::from_hours(3));
    let admin = app.sign_in(&admin.email).await;
    assert_eq!(found(&admin, "late=true").await, ["urgent"]);
}

#[tokio::test]
async fn what_was_last_talked_in_comes_first() {
    let (app, asha, admin) = stage().await;
    let first = open(&asha, "first", "other", "low").await;
    app.clock.advance(SignedDuration::from_secs(1));
    open(&asha, "second", "other", "low").await;
    app.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(found(&asha, "").await, ["second", "first"]);
    admin.say(&first, "Which day?").await;
    assert_eq!(found(&asha, "").await, ["first", "second"]);
    assert_eq!(found(&asha, "sort=createdAt").await, ["first", "second"]);
}

#[tokio::test]
async fn numbers_subjects_and_people_are_searched() {
    let (app, asha, admin) = stage().await;
    let meera = app.register(Role::User, "Meera Joshi").await;
    let refund = open(&asha, "Refund for Kedarkantha", "payment", "low").await;
    open(&meera, "Lost voucher", "other", "low").await;
    for q in ["TKT-000001", "tkt-1", "1", "refu", "KEDAR", "asha", "rao+refund", &asha.email] {
        assert_eq!(found(&admin, &format!("q={q}")).await, ["Refund for Kedarkantha"], "{q}");
    }
    for q in ["TKT-000009", "fund", ".*", "%3B", "%7B%22%24ne%22%3Anull%7D"] {
        assert_eq!(found(&admin, &format!("q={q}")).await, Vec::<String>::new(), "{q}");
    }
    for q in [text(&refund, "number"), "refund", "asha"] {
        assert_eq!(found(&meera, &format!("q={q}")).await, Vec::<String>::new(), "{q}");
    }
    assert_eq!(found(&meera, "q=tkt-2").await, ["Lost voucher"]);
}

#[tokio::test]
async fn requesters_see_their_own_tickets_and_admins_all() {
    let (app, asha, admin) = stage().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    open(&asha, "hers", "other", "low").await;
    open(&organizer, "theirs", "verification", "low").await;
    assert_eq!((found(&asha, "").await, found(&organizer, "").await), (vec!["hers".into()], vec!["theirs".into()]));
    assert_eq!(found(&admin, "sort=createdAt").await.len(), 2);
}

#[tokio::test]
async fn pages_follow_each_other_in_every_order() {
    let (app, asha, admin) = stage().await;
    for number in 0..7 {
        let ticket = open(&asha, &format!("t{number}"), "other", if number % 2 == 0 { "low" } else { "urgent" }).await;
        if number % 3 == 0 {
            admin.move_ticket(&ticket, "waiting_customer").await;
        }
        app.clock.advance(SignedDuration::from_secs(1));
    }
    for client in [&asha, &admin] {
        for sort in SORTS {
            let whole = found(client, &format!("sort={sort}")).await;
            let (mut paged, mut next) = (Vec::new(), Some(String::new()));
            while let Some(cursor) = next {
                let reply = client.get(&format!("{TICKETS}?sort={sort}&limit=2{cursor}")).await.expect(200);
                assert_eq!(reply.body["pagination"]["total"], json!(7));
                paged.extend(reply.data().as_array().unwrap().iter().map(|ticket| text(ticket, "subject").to_owned()));
                next = reply.body["pagination"]["next"].as_str().map(|next| format!("&cursor={next}"));
            }
            assert_eq!((paged.len(), &paged), (7, &whole), "{sort}");
        }
    }
}

#[tokio::test]
async fn the_queue_is_counted_by_what_waits() {
    let (app, asha, admin) = stage().await;
    let counts = async || service::count_tickets(&app.app, &app.actor(&admin).await).await.unwrap();
    assert_eq!(counts().await.by_category.iter().map(|(_, count)| count).sum::<u32>(), 0);
    let money = open(&asha, "money", "payment", "urgent").await;
    let place = open(&asha, "place", "booking", "low").await;
    let waiting = open(&asha, "waiting", "booking", "urgent").await;
    admin.assign_ticket(&money, &admin).await;
    admin.move_ticket(&place, "resolved").await;
    let answered = admin.say(&waiting, "Which day was it?").await;
    admin.move_ticket(&answered, "waiting_customer").await;
    admin.move_ticket(&open(&asha, "closed", "other", "low").await, "closed").await;
    let now = counts().await;
    assert_eq!((now.mine, now.unassigned, now.late, now.open, now.resolved), (1, 1, 0, 2, 1));
    let kinds: Vec<(&str, u32)> =
        now.by_category.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(kinds, [("booking", 1), ("payment", 1)]);
    let own = service::count_own_tickets(&app.app, &app.actor(&asha).await).await.unwrap();
    assert_eq!((own.open, own.waiting), (2, 1));
    app.clock.advance(SignedDuration::from_mins(61));
    let admin = app.sign_in(&admin.email).await;
    assert_eq!(service::count_tickets(&app.app, &app.actor(&admin).await).await.unwrap().late, 1);
    let asha = app.actor(&app.sign_in(&asha.email).await).await;
    assert_eq!(service::count_tickets(&app.app, &asha).await.map(drop), Err(AppError::Forbidden));
}

#[tokio::test]
async fn what_a_list_does_not_know_is_refused() {
    let (app, asha, _) = stage().await;
    asha.get(&format!("{TICKETS}?page=2")).await.refused(422, "unknown_field");
    for query in ["status=open", "limit=0", "limit=101", "sort=subject", "late=1", "assignee=kavya", "priority=%7B%7D"]
    {
        asha.get(&format!("{TICKETS}?{query}")).await.refused(422, "invalid_input");
    }
    asha.get(&format!("{TICKETS}?q={}", "x".repeat(101))).await.refused(422, "invalid_input");
    asha.get(&format!("{TICKETS}?cursor=abc")).await.refused(400, "malformed_request");
    app.anonymous().get(TICKETS).await.refused(401, "unauthenticated");
}

/// Every order of a list.
const SORTS: [&str; 6] = ["createdAt", "-createdAt", "updatedAt", "-updatedAt", "dueAt", "-dueAt"];

/// What the queue is chosen by, each with whether an index has the order of what is due too.
const FILTERS: [(&str, bool); 9] = [
    ("", true),
    ("status=pending", true),
    ("late=true", true),
    ("late=false", true),
    ("category=payment&status=in_progress", true),
    ("priority=high&status=in_progress", true),
    ("assignee=me&status=in_progress", true),
    ("category=payment", false),
    ("assignee=none", false),
];

#[tokio::test]
async fn lists_of_thousands_of_tickets_are_read_by_an_index_in_their_order() {
    const LIMIT: i64 = 20;
    let (app, asha, admin) = stage().await;
    store_tickets(&app, &asha, &admin, 4_000).await;
    watch(&app).await;
    let mut dear = Vec::new();
    for (filter, has_due) in FILTERS {
        for sort in SORTS {
            let asked = format!("{TICKETS}?{filter}&sort={sort}&limit={LIMIT}");
            let first = admin.get(&asked).await.expect(200);
            let next = first.body["pagination"]["next"].as_str().unwrap_or_else(|| panic!("one page: {asked}"));
            admin.get(&format!("{asked}&cursor={next}")).await.expect(200);
            let cheap = filter.is_empty() || has_due && sort.ends_with("dueAt");
            for read in take_reads(&app, "query").await {
                let plan = read.get_str("planSummary").unwrap();
                assert!(plan.starts_with("IXSCAN"), "{filter} {sort}: {plan}");
                let is_sorted = read.get("hasSortStage").is_some();
                if cheap && (examined(&read) > 3 * (LIMIT + 1) || is_sorted) {
                    dear.push(format!("{filter} {sort}: {} by {plan}, sorted: {is_sorted}", examined(&read)));
                }
            }
        }
    }
    assert!(dear.is_empty(), "{}", dear.join("\n"));
}

#[tokio::test]
async fn counts_and_searches_of_thousands_of_tickets_are_served_by_indexes() {
    let (app, asha, admin) = stage().await;
    store_tickets(&app, &asha, &admin, 3_000).await;
    watch(&app).await;
    for client in [&asha, &admin] {
        for query in ["", "q=refund", "q=asha", "q=tkt-7", "status=closed", "assignee=none&late=true"] {
            client.get(&format!("{TICKETS}?{query}")).await.expect(200);
        }
    }
    let counts = take_reads(&app, "command").await;
    assert!(counts.len() > 12, "{} counts were seen", counts.len());
    for count in counts {
        let command = count.get_document("command").unwrap();
        let everything =
            command.get_array("pipeline").unwrap()[0].as_document().unwrap().get_document("$match").unwrap();
        assert!(everything.is_empty() || count.get_str("planSummary").unwrap().starts_with("IXSCAN"), "{count}");
        assert!(examined(&count) <= 1_001, "{count}");
    }
}

/// The database writes down from now on how it finds tickets.
async fn watch(app: &TestApp) {
    let database = app.app.db.database();
    let profile = doc! { "create": "system.profile", "capped": true, "size": 16 * 1024 * 1024 };
    database.run_command(profile).await.unwrap();
    let reads = doc! { "ns": format!("{}.tickets", database.name()) };
    database.run_command(doc! { "profile": 1, "slowms": 0, "filter": reads }).await.unwrap();
}

/// The reads of a kind that were written down since the last time.
async fn take_reads(app: &TestApp, op: &str) -> Vec<Document> {
    let database = app.app.db.database();
    database.run_command(doc! { "profile": 0 }).await.unwrap();
    let profile = database.collection::<Document>("system.profile");
    let reads = profile.find(doc! { "op": op }).await.unwrap().try_collect().await.unwrap();
    profile.drop().await.unwrap();
    watch(app).await;
    reads
}

/// Stores many tickets at once: every status, category and priority, one after the other over the last two months.
async fn store_tickets(app: &TestApp, asha: &Client, admin: &Client, count: u32) {
    let tickets = (1..=count).map(|number| TicketHistory {
        ticket: make_ticket(app, asha, admin, number),
        requester: ["Asha Rao".into(), asha.email.clone()],
        messages: Vec::new(),
        steps: Vec::new(),
    });
    service::store_histories(&app.app, tickets.collect(), Vec::new()).await.unwrap();
}

fn make_ticket(app: &TestApp, asha: &Client, admin: &Client, number: u32) -> Ticket {
    let index = usize::try_from(number).unwrap();
    let created_at = app.clock.now() - SignedDuration::from_mins(20 * i64::from(number));
    let status = TicketStatus::ALL[index % 6];
    let assignee = (status != TicketStatus::Pending).then(|| admin.user_id.parse().unwrap());
    let mut ticket = Ticket {
        id: app.app.ids.next(),
        number: TicketNumber::new(number),
        subject: format!("Refund number {number}"),
        description: "The trek was called off.".into(),
        attachments: Vec::new(),
        category: TicketCategory::ALL[index / 6 % 7],
        priority: TicketPriority::ALL[index / 5 % 4],
        status: TicketStatus::Pending,
        requester: asha.user_id.parse().unwrap(),
        assignee,
        trip_id: None,
        clock: ServiceClock::start(created_at),
        next_due_at: None,
        resolved_at: None,
        resolution: None,
        rating: None,
        last_reply: None,
        notes: 0,
        created_at,
        updated_at: created_at + SignedDuration::from_mins(i64::from(number * 37 % 1_000)),
        version: 1,
    };
    ticket.enter(status, created_at);
    ticket
}

#[tokio::test]
async fn the_demo_has_tickets_of_every_status_in_numbers_without_a_gap() {
    let app = TestApp::start().await;
    seed::seed(&app.app, 1).await.unwrap();
    let login = json!({ "email": seed::DEMO_ADMIN, "password": seed::DEMO_PASSWORD });
    let reply = app.anonymous().post("/api/auth/login", login).await.expect(200);
    let mut admin = app.anonymous();
    admin.token = Some(text(reply.data(), "accessToken").to_owned());
    let counts = service::count_tickets(&app.app, &app.actor(&admin).await).await.unwrap();
    assert!(counts.mine > 0 && counts.unassigned > 0 && counts.late > 0 && counts.resolved > 0, "{counts:?}");
    assert!(counts.late < counts.open && counts.mine < counts.open, "{counts:?}");
    for status in TicketStatus::ALL {
        assert!(app.count("tickets", doc! { "status": status.as_str() }).await > 0, "{status:?}");
    }
    let (all, last) = (app.count("tickets", doc! {}).await, app.stored("sequences").await);
    assert_eq!((all, last[0].get_i64("last").unwrap()), (160, 160));
    for wrong in
        [doc! { "$expr": { "$gt": ["$createdAt", "$updatedAt"] } }, doc! { "updatedAt": { "$gt": app.clock.now() } }]
    {
        assert_eq!(app.count("tickets", wrong.clone()).await, 0, "{wrong}");
    }
}
