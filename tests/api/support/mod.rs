//! What the tests stand on: an application with a database and a clock of its own, and people who use it.

mod browser;
pub mod chance;
pub mod chat;
mod client;
mod database;
pub mod figures;
pub mod files;
pub mod leads;
pub mod live;
mod news;
pub mod party;
mod post;
pub mod process;
mod storage;
pub mod tickets;
mod trips;
pub mod wire;

use std::sync::atomic::{AtomicU32, Ordering};

use axum::{
    Router,
    body::Body,
    extract::FromRequestParts,
    http::{Method, Request},
};
pub use browser::{Browser, Page, attribute, texts};
pub use client::{Client, Reply};
pub use database::fresh_uri;
pub use news::news;
pub use post::{MailServer, Mood};
use serde_json::json;
pub use storage::fresh_bucket;
use tower::ServiceExt;
use trek_tribe::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        subscriptions::server::service::WithheldAccess,
    },
    server::{
        clock::{Clock, Ids},
        config::{Config, Secret},
        mongo::Db,
        router,
        site::Site,
        state::{App, Parts},
        storage::Bucket,
    },
    shared::time::Time,
};

/// What everybody's password is.
pub const PASSWORD: &str = "correct horse battery staple";
/// What the keys of all applications of the tests are derived from.
const SECRET: &str = "a secret of the tests, long enough to pass";
/// Tuesday 24 November 2026, 10:42 in India, in milliseconds.
const TODAY: i64 = 1_795_497_120_000;

/// An application that nobody else uses.
pub struct TestApp {
    /// Its state, for what no request can show.
    pub app: App,
    /// Its clock; it stands still until advanced.
    pub clock: Clock,
    router: Router,
    uri: String,
    people: AtomicU32,
}

impl TestApp {
    /// Starts one with an empty database.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts one whose configuration was changed first.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_on(fresh_uri().await, change).await
    }

    /// Starts one on that database.
    pub async fn start_on(uri: String, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::read(|_| None).unwrap();
        config.data_dir = std::env::temp_dir().join(format!("trek-tribe-test-{}", std::process::id()));
        change(&mut config);
        let bucket = Bucket::open(&config.s3.clone().unwrap_or_else(fresh_bucket));
        let clock = Clock::set_to(Time::from_millis(TODAY));
        let app = App::new(Parts {
            config,
            secret: Secret::new(SECRET),
            db: Db::open(&uri).await.unwrap(),
            bucket,
            ids: Ids::new(clock.clone()),
            withheld_access: WithheldAccess::default(),
            clock: clock.clone(),
            site: Site::default(),
            leptos: router::leptos_options(),
        });
        Self { router: router::build(app.clone()), app, clock, uri, people: AtomicU32::new(0) }
    }

    /// From now on its clock shows this moment, so that its tokens are good at servers that go by the real time.
    pub fn catch_up(&self) {
        self.clock.advance(Clock::System.now().since(self.clock.now()));
    }

    /// The address of its database.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        Reply::read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// The person as services know them.
    pub async fn actor(&self, client: &Client) -> Actor {
        let (mut parts, ()) = client.request(Method::GET, "/").body(()).unwrap().into_parts();
        <Actor as FromRequestParts<App>>::from_request_parts(&mut parts, &self.app).await.unwrap()
    }

    /// Its database, on a connection that is not its own.
    pub async fn database_from_outside(&self) -> mongodb::Database {
        mongodb::Client::with_uri_str(&self.uri).await.unwrap().default_database().unwrap()
    }

    /// All that it serves.
    pub fn router(&self) -> &Router {
        &self.router
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::anonymous(self.router.clone())
    }

    /// Somebody at a browser without script.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// Somebody who has signed in at a browser without script.
    pub async fn browser_of(&self, person: &Client) -> Browser {
        let mut browser = self.browser();
        browser.open("/sign-in").await.expect(200);
        browser.submit("accounts/sign_in", &[("email", &person.email), ("password", PASSWORD), ("next", "")]).await;
        browser
    }

    /// Somebody new, registered and signed in.
    pub async fn register(&self, role: Role, name: &str) -> Client {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let email = format!("{}.{number}@example.in", name.to_lowercase().replace(' ', "."));
        let body = json!({ "name": name, "email": email, "password": PASSWORD, "role": role.as_str() });
        let reply = self.anonymous().post("/api/auth/register", body).await.expect(201);
        self.signed_in(&email, &reply)
    }

    /// An admin, signed in.
    pub async fn admin(&self) -> Client {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let email = format!("admin.{number}@example.in");
        trek_tribe::crm::accounts::server::service::create_admin(&self.app, "Admin", &email, PASSWORD).await.unwrap();
        self.sign_in(&email).await
    }

    /// Signs somebody in who has an account.
    pub async fn sign_in(&self, email: &str) -> Client {
        let body = json!({ "email": email, "password": PASSWORD });
        let reply = self.anonymous().post("/api/auth/login", body).await.expect(200);
        self.signed_in(email, &reply)
    }

    fn signed_in(&self, email: &str, reply: &Reply) -> Client {
        let data = reply.data();
        let text = |pointer: &str| data.pointer(pointer).and_then(|value| value.as_str()).unwrap().to_owned();
        Client::signed_in(self.router.clone(), email.to_owned(), text("/accessToken"), text("/user/id"))
    }
}
