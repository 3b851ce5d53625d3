//! The pages of leads without script: list, board, saved views, adding somebody. Each page is fetched through the router.

use axum::{
    body::Body,
    http::{
        Method,
        header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, REFERER, SET_COOKIE},
    },
};
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Client, Reply, TestApp, attribute, texts};

/// The head of a file in a form.
const FILE: &str = "name=\"file\"; filename=\"fair.csv\"\r\nContent-Type: text/csv";

/// An organizer with a trip.
struct Organizer {
    client: Client,
    trip: String,
}

impl Organizer {
    async fn new(app: &TestApp, name: &str, title: &str) -> Self {
        let client = app.register(Role::Organizer, name).await;
        let trip = json!({
            "title": title,
            "destination": "Sankri",
            "region": "Uttarakhand",
            "summary": "Six days to a 3,810 m summit.",
            "difficulty": "moderate",
            "durationDays": 6,
            "price": { "amount": 945_000, "currency": "INR" },
        });
        let trip = client.post("/api/trips", trip).await.expect(201).data()["id"].as_str().unwrap().to_owned();
        Self { client, trip }
    }

    async fn add(&self, name: &str, source: &str) -> Value {
        let email = format!("{}@example.in", name.to_lowercase().replace(' ', "."));
        let lead = json!({ "tripId": self.trip, "name": name, "email": email, "source": source, "partySize": 2 });
        self.client.post("/api/crm/leads", lead).await.expect(201).data().clone()
    }
}

async fn open(client: &Client, path: &str) -> Reply {
    open_with(client, path, None).await
}

async fn open_with(client: &Client, path: &str, cookie: Option<&str>) -> Reply {
    let request = client.request(Method::GET, path).header(ACCEPT, "text/html");
    let request = match cookie {
        Some(cookie) => request.header(COOKIE, cookie),
        None => request,
    };
    client.send(request.body(Body::empty()).unwrap()).await
}

/// Posts a form as a browser without script does, from the page at `from`.
async fn post(client: &Client, path: &str, from: &str, form: &str) -> Reply {
    let request = client
        .request(Method::POST, path)
        .header(ACCEPT, "text/html")
        .header(REFERER, format!("http://127.0.0.1:3000{from}"))
        .header("origin", "http://127.0.0.1:3000")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    client.send(request.body(Body::from(form.to_owned())).unwrap()).await
}

/// The page that a redirect leads to, with what the post left for it.
async fn follow(client: &Client, reply: Reply) -> Reply {
    let reply = reply.expect(303);
    let cookie =
        reply.headers.get(SET_COOKIE).map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
    let location = reply.headers[LOCATION].to_str().unwrap().to_owned();
    open_with(client, &location, cookie.as_deref()).await
}

fn names(page: &Reply) -> Vec<String> {
    texts(page, "tbody .c-name")
}

#[tokio::test]
async fn an_organizer_sees_their_own_leads_and_no_others() {
    let app = TestApp::start().await;
    let (deodar, monsoon) = (
        Organizer::new(&app, "Deodar Trails", "Kedarkantha").await,
        Organizer::new(&app, "Monsoon Walks", "Harishchandragad").await,
    );
    deodar.add("Meera Joshi", "inquiry").await;
    monsoon.add("Rohan Kulkarni", "inquiry").await;
    let page = open(&deodar.client, "/leads").await.expect(200);
    assert_eq!(names(&page), ["Meera Joshi"]);
    assert!(!page.text.contains("Rohan Kulkarni") && !page.text.contains("Harishchandragad"));
    let admin = app.admin().await;
    let mut all = names(&open(&admin, "/leads").await.expect(200));
    all.sort();
    assert_eq!(all, ["Meera Joshi", "Rohan Kulkarni"]);
}

#[tokio::test]
async fn the_address_filters_and_sorts_the_list() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    for (name, source) in [("Meera Joshi", "partial_booking"), ("Rohan Kulkarni", "inquiry"), ("Priya Nair", "import")]
    {
        deodar.add(name, source).await;
    }
    let shown = async |query: &str| names(&open(&deodar.client, &format!("/leads{query}")).await.expect(200));
    assert_eq!(shown("").await, ["Meera Joshi", "Rohan Kulkarni", "Priya Nair"]);
    assert_eq!(shown("?sort=score").await, ["Priya Nair", "Rohan Kulkarni", "Meera Joshi"]);
    assert_eq!(shown("?tier=hot").await, ["Meera Joshi"]);
    assert_eq!(shown("?q=rohan&status=all").await, ["Rohan Kulkarni"]);
    assert_eq!(shown("?status=lost").await, Vec::<String>::new());
    let page = open(&deodar.client, "/leads?sort=score").await;
    assert_eq!(attribute(&page, "th[aria-sort]", "aria-sort"), ["ascending"]);
}

#[tokio::test]
async fn a_filter_that_cannot_be_is_refused_in_words() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    open(&deodar.client, "/leads?tier=boiling").await.expect(422);
}

#[tokio::test]
async fn leads_that_are_ticked_move_without_script() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let (meera, rohan) = (deodar.add("Meera Joshi", "inquiry").await, deodar.add("Rohan Kulkarni", "form").await);
    let list = open(&deodar.client, "/leads?sort=-score").await.expect(200);
    let action = attribute(&list, "form#bulk", "action").remove(0);
    let form = format!(
        "ids%5B%5D={}&ids%5B%5D={}&query=&action=move%3Acontacted&follow_up=&tag=",
        meera["id"].as_str().unwrap(),
        rohan["id"].as_str().unwrap()
    );
    let reply = post(&deodar.client, &action, "/leads?sort=-score", &form).await;
    assert_eq!(reply.headers[LOCATION], "/leads?sort=-score");
    let page = follow(&deodar.client, reply).await.expect(200);
    assert_eq!(texts(&page, "tbody .c-stage"), ["Contacted", "Contacted"]);
    assert_eq!(texts(&page, ".toast p"), ["2 leads changed."]);
}

#[tokio::test]
async fn one_press_reaches_all_that_match() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    for (name, source) in [("Meera Joshi", "inquiry"), ("Rohan Kulkarni", "inquiry"), ("Priya Nair", "import")] {
        deodar.add(name, source).await;
    }
    let form = "whole=true&query=source%3Dinquiry&action=tag&tag=winter";
    post(&deodar.client, "/api/fn/leads/change_leads", "/leads", form).await.expect(303);
    let page = open(&deodar.client, "/leads?columns=name,tags&sort=-createdAt").await.expect(200);
    assert_eq!(texts(&page, "tbody .tag"), ["winter", "winter"]);
}

#[tokio::test]
async fn pressing_with_nothing_ticked_says_what_to_do() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    deodar.add("Meera Joshi", "inquiry").await;
    let reply = post(&deodar.client, "/api/fn/leads/change_leads", "/leads", "query=&action=move%3Acontacted").await;
    let page = follow(&deodar.client, reply).await.expect(200);
    assert_eq!(texts(&page, ".note[role=alert]"), ["Tick at least one lead first."]);
    assert_eq!(texts(&page, "tbody .c-stage"), ["New"]);
}

#[tokio::test]
async fn phones_import_and_export_from_the_menu_of_the_page() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    for layout in ["", "&layout=board"] {
        let page = open(&deodar.client, &format!("/leads?tier=hot{layout}")).await.expect(200);
        let links = attribute(&page, ".top .only-phone a", "href");
        assert_eq!(links.len(), 2, "{links:?}");
        assert_eq!(links[0], "/leads/import");
        assert_eq!(links[1], attribute(&page, ".top > .acts > a[download]", "href")[0]);
    }
}

#[tokio::test]
async fn another_organizers_lead_is_not_there_for_the_bar() {
    let app = TestApp::start().await;
    let (deodar, monsoon) = (
        Organizer::new(&app, "Deodar Trails", "Kedarkantha").await,
        Organizer::new(&app, "Monsoon Walks", "Rajmachi").await,
    );
    let foreign = monsoon.add("Rohan Kulkarni", "inquiry").await;
    let form = format!("ids%5B%5D={}&query=&action=move%3Acontacted", foreign["id"].as_str().unwrap());
    post(&deodar.client, "/api/fn/leads/change_leads", "/leads", &form).await.expect(303);
    assert_eq!(texts(&open(&monsoon.client, "/leads").await, "tbody .c-stage"), ["New"]);
}

#[tokio::test]
async fn a_card_moves_by_its_menu_without_script() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let meera = deodar.add("Meera Joshi", "inquiry").await;
    let board = open(&deodar.client, "/leads?layout=board").await.expect(200);
    assert_eq!(texts(&board, ".col h2"), ["New", "Contacted", "Interested", "Converted", "Not interested", "Lost"]);
    assert_eq!(texts(&board, "[aria-labelledby=col-new] .card .name"), ["Meera Joshi"]);
    let sheet = open(&deodar.client, &attribute(&board, ".card .move", "href")[0]).await.expect(200);
    assert_eq!(texts(&sheet, "[autofocus]"), ["Contacted"], "the focus starts at the first choice");
    let form = format!("id={}&version={}&to=move%3Acontacted", meera["id"].as_str().unwrap(), meera["version"]);
    let reply = post(&deodar.client, "/api/fn/leads/move_lead", "/leads?layout=board", &form).await;
    let board = follow(&deodar.client, reply).await.expect(200);
    assert_eq!(texts(&board, "[aria-labelledby=col-contacted] .card .name"), ["Meera Joshi"]);
    assert_eq!(texts(&board, "[aria-labelledby=col-new] .card .name"), Vec::<String>::new());
    // The same form once more: the card has moved on since.
    let reply = post(&deodar.client, "/api/fn/leads/move_lead", "/leads?layout=board", &form).await;
    let board = follow(&deodar.client, reply).await.expect(200);
    assert_eq!(texts(&board, ".note[role=alert]").len(), 1);
}

#[tokio::test]
async fn a_view_is_kept_pinned_and_deleted_without_script() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    deodar.add("Meera Joshi", "partial_booking").await;
    deodar.add("Priya Nair", "import").await;
    let form = "id=&query=tier%3Dhot%26sort%3D-createdAt%26columns%3Dname%2Csource&name=Hot+ones&pinned=true";
    let page = follow(&deodar.client, post(&deodar.client, "/api/fn/leads/save_view", "/leads?tier=hot", form).await)
        .await
        .expect(200);
    assert_eq!(texts(&page, ".viewbar .tab[aria-current=page]"), ["Hot ones 1"]);
    assert_eq!(texts(&page, ".side .pins a"), ["Hot ones 1"]);
    assert_eq!(names(&page), ["Meera Joshi"]);
    assert_eq!(texts(&page, "thead th[scope=col]").len(), 3, "box, name, source");
    let id = attribute(&page, ".view-menu form [name=id]", "value").remove(0);
    let reply = post(&deodar.client, "/api/fn/leads/delete_view", "/leads", &format!("id={id}")).await;
    let page = follow(&deodar.client, reply).await.expect(200);
    assert_eq!(texts(&page, ".side .pins a"), Vec::<String>::new());
}

#[tokio::test]
async fn a_view_without_a_name_is_asked_for_one() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let reply = post(&deodar.client, "/api/fn/leads/save_view", "/leads", "id=&query=&name=").await;
    let page = follow(&deodar.client, reply).await.expect(200);
    assert_eq!(texts(&page, ".view-menu .error"), ["The name is missing."]);
}

#[tokio::test]
async fn adding_somebody_says_what_is_missing_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let form = format!("trip={}&name=Meera+Joshi&email=meera&phone=&source=other&party_size=3&message=", deodar.trip);
    let page = follow(&deodar.client, post(&deodar.client, "/api/fn/leads/add_lead", "/leads/new", &form).await)
        .await
        .expect(200);
    assert_eq!(texts(&page, ".field .error"), ["Enter an e-mail address such as name@example.com."]);
    assert_eq!(attribute(&page, "input[name=name]", "value"), ["Meera Joshi"]);
    let form = form.replace("email=meera&", "email=meera%40example.in&");
    let reply = post(&deodar.client, "/api/fn/leads/add_lead", "/leads/new", &form).await.expect(303);
    assert!(reply.headers[LOCATION].to_str().unwrap().starts_with("/leads/"));
    assert_eq!(names(&open(&deodar.client, "/leads").await), ["Meera Joshi"]);
}

/// Posts a file as the import page's form does without script.
async fn post_file(client: &Client, fields: &[(&str, &str)]) -> Reply {
    let fields: Vec<(&str, &[u8])> = fields.iter().map(|(head, content)| (*head, content.as_bytes())).collect();
    post_bytes(client, &fields).await
}

async fn post_bytes(client: &Client, fields: &[(&str, &[u8])]) -> Reply {
    let mut body = Vec::new();
    for (head, content) in fields {
        body.extend(format!("--line\r\nContent-Disposition: form-data; {head}\r\n\r\n").into_bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--line--\r\n");
    let request = client
        .request(Method::POST, "/leads/import")
        .header(ACCEPT, "text/html")
        .header("origin", "http://127.0.0.1:3000")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=line");
    client.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_file_is_checked_first_and_then_imported_without_script() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let csv = "name,email,trip\nMeera Joshi,meera@example.in,Kedarkantha\nRohan,rohan,Kedarkantha\n";
    let page = post_file(&deodar.client, &[("name=\"dryRun\"", "true"), (FILE, csv)]).await.expect(200);
    assert!(texts(&page, ".note").concat().contains("fair.csv checked. 1 new, 0 already there. 1 line is left out"));
    assert_eq!(texts(&page, "#import-failed + * td, table td")[0], "3");
    assert_eq!(names(&open(&deodar.client, "/leads").await), Vec::<String>::new(), "a check writes nothing");
    let kept = attribute(&page, "textarea[name=file]", "name").len();
    assert_eq!(kept, 1);
    assert_eq!(texts(&page, "details.another summary"), ["Choose another file"], "what comes next is the import");
    let page = post_file(&deodar.client, &[("name=\"name\"", "fair.csv"), ("name=\"file\"", csv)]).await.expect(200);
    assert!(texts(&page, ".note").concat().contains("fair.csv imported. 1 added, 0 updated."));
    assert_eq!(names(&open(&deodar.client, "/leads").await), ["Meera Joshi"]);
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_in_words() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let page = post_file(&deodar.client, &[("name=\"dryRun\"", "true")]).await.expect(422);
    assert_eq!(texts(&page, ".note[role=alert]"), ["The file was not imported. Choose a file first."]);
    assert_eq!(texts(&page, "section.panel h2")[0], "Choose a file");
}

#[tokio::test]
async fn a_file_that_is_not_all_text_is_chosen_again_for_the_import() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let csv = b"name,email,trip\nMeera Joshi,meera@example.in,Kedarkantha\nRoh\xe4n,rohan@example.in,Kedarkantha\n";
    let page = post_bytes(&deodar.client, &[("name=\"dryRun\"", b"true"), (FILE, csv)]).await.expect(200);
    assert!(texts(&page, ".note").concat().contains("1 new, 0 already there. 1 line is left out"));
    assert_eq!(attribute(&page, "textarea[name=file]", "name").len(), 0);
    assert!(texts(&page, ".hint").concat().contains("It is not all text in UTF-8"), "{}", page.text);
    post_bytes(&deodar.client, &[("name=\"name\"", b"fair.csv"), (FILE, csv)]).await.expect(200);
    assert_eq!(names(&open(&deodar.client, "/leads").await), ["Meera Joshi"]);
}

#[tokio::test]
async fn the_import_page_takes_what_the_api_takes() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    let too_large = vec![b'a'; 10 * 1024 * 1024 + 1];
    post_bytes(&deodar.client, &[("name=\"dryRun\"", b"true"), (FILE, &too_large)]).await.expect(413);
    let csv = b"name,email,trip\nMeera Joshi,meera@example.in,Kedarkantha\n";
    for field in ["name=\"csv\"", "name=\"mode\""] {
        post_bytes(&deodar.client, &[(field, b"x"), (FILE, csv)]).await.expect(422);
    }
    post_bytes(&deodar.client, &[("name=\"dryRun\"", b"maybe"), (FILE, csv)]).await.expect(422);
    assert_eq!(names(&open(&deodar.client, "/leads").await), Vec::<String>::new());
}

#[tokio::test]
async fn a_list_goes_on_page_by_page_and_back() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    for number in 0..23 {
        deodar.add(&format!("Traveller {number}"), "inquiry").await;
    }
    let first = open(&deodar.client, "/leads").await.expect(200);
    assert!(
        texts(&first, ".list-foot .pager > span")[0].starts_with("1–20 of 23, ₹"),
        "{:?}",
        texts(&first, ".pager > span")
    );
    let second = open(&deodar.client, &attribute(&first, ".pager a[rel=next]", "href")[0]).await.expect(200);
    assert_eq!(names(&second).len(), 3);
    assert!(texts(&second, ".list-foot .pager > span")[0].starts_with("21–23 of 23"));
    let back = open(&deodar.client, &attribute(&second, ".pager a[rel=prev]", "href")[0]).await.expect(200);
    assert_eq!(names(&back), names(&first));
}

#[tokio::test]
async fn who_is_not_signed_in_comes_back_after_signing_in() {
    let app = TestApp::start().await;
    let reply = open(&app.anonymous(), "/leads?tier=hot").await.expect(303);
    assert_eq!(reply.headers[LOCATION], "/sign-in?next=/leads%3Ftier%3Dhot");
}

#[tokio::test]
async fn travellers_have_no_list_of_leads() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    for path in ["/leads", "/leads?layout=board", "/leads/new"] {
        open(&asha, path).await.expect(403);
    }
}

#[tokio::test]
async fn the_pages_are_valid_html() {
    let app = TestApp::start().await;
    let deodar = Organizer::new(&app, "Deodar Trails", "Kedarkantha").await;
    deodar.add("Meera Joshi", "inquiry").await;
    for path in ["/leads", "/leads?status=lost", "/leads?layout=board", "/leads/new", "/leads/import"] {
        let page = open(&deodar.client, path).await.expect(200);
        // A parser drops or splits what is nested wrongly: forms and buttons in each other, links in links, blocks in paragraphs.
        for tag in ["form", "a", "button", "p", "li", "td", "tr", "select", "label", "h2"] {
            let written =
                page.text.matches(&format!("<{tag}>")).count() + page.text.matches(&format!("<{tag} ")).count();
            assert_eq!(texts(&page, tag).len(), written, "{path}: <{tag}>");
        }
        assert_eq!(texts(&page, "h1").len(), 1, "{path}");
        let mut ids = attribute(&page, "[id]", "id");
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path} has an id twice");
    }
}
