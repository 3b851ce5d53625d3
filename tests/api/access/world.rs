//! The world of the matrix: everybody who can ask, what belongs to them, and the way back to that state.

use std::{collections::BTreeMap, fmt};

use futures_util::TryStreamExt;
use mongodb::{
    Database,
    bson::{Document, RawDocumentBuf, doc},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use trek_tribe::{
    crm::accounts::user::Role,
    server::mail::{Transport, deliver_due},
};

use super::questions;
use crate::support::{
    Client, PASSWORD, TestApp,
    files::PDF,
    leads::{path, text},
};

/// The id of nothing.
pub const ABSENT: &str = "65f1c0ffee00112233445566";
/// What the database says of a collection without documents.
const EMPTY: &str = "d41d8cd98f00b204e9800998ecf8427e";

/// How often somebody tried is the one thing that a refusal may write.
pub fn may_be_written_by_a_refusal(collection: &str) -> bool {
    collection == "limits"
}

/// Who asks, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asker {
    Anonymous,
    UserA,
    UserB,
    OrganizerA,
    OrganizerB,
    NoAccess,
    Admin,
}

impl Asker {
    pub const ALL: [Self; 7] =
        [Self::Anonymous, Self::UserA, Self::UserB, Self::OrganizerA, Self::OrganizerB, Self::NoAccess, Self::Admin];
}

/// Whose thing the route names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Own,
    Foreign,
    Absent,
}

impl Target {
    pub const ALL: [Self; 3] = [Self::Own, Self::Foreign, Self::Absent];
}

/// Somebody who is signed in, with a program and with a browser.
pub struct Person {
    pub client: Client,
    pub refresh_token: String,
    pub cookie: String,
    other_session: String,
    file: String,
}

/// What an organizer works with.
pub struct Business {
    pub trip: Value,
    pub lead: Value,
    view: String,
}

/// Somebody's tickets.
struct Help {
    /// In this one they were asked something.
    waiting: Value,
    resolved: Value,
}

/// The state that every request of the matrix finds.
pub struct World {
    pub app: TestApp,
    people: BTreeMap<Asker, Person>,
    businesses: BTreeMap<Asker, Business>,
    help: BTreeMap<Asker, Help>,
    conversations: BTreeMap<Asker, Value>,
    admins_view: String,
    notifications: BTreeMap<Asker, String>,
    mail: String,
    /// Where the second page of the leads begins.
    pub cursor: String,
    pub database: Database,
    stored: BTreeMap<String, Vec<RawDocumentBuf>>,
    digest: Digest,
}

/// What the database holds, in a form that can be compared.
#[derive(PartialEq, Eq, Clone)]
pub struct Digest(BTreeMap<String, String>);

impl Digest {
    async fn of(database: &Database) -> Self {
        let answer = database.run_command(doc! { "dbHash": 1 }).await.unwrap();
        let collections = answer.get_document("collections").unwrap();
        let hashes = collections.iter().map(|(name, hash)| (name.clone(), hash.as_str().unwrap().to_owned()));
        Self(hashes.filter(|(_, hash)| hash != EMPTY).collect())
    }

    fn changed_from(&self, before: &Self) -> Vec<String> {
        let names = self.0.keys().chain(before.0.keys());
        let mut changed: Vec<String> = names.filter(|name| self.0.get(*name) != before.0.get(*name)).cloned().collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}

impl World {
    /// Makes it: three organizers with a trip, a lead and a view each, one of whom has lost CRM access; two travellers; an admin; and
    /// tickets of all but the admin.
    pub async fn make() -> Self {
        let app = site_app().await;
        let mut people = BTreeMap::new();
        for (asker, role, name) in [
            (Asker::UserA, Role::User, "Asha Rao"),
            (Asker::UserB, Role::User, "Bina Iyer"),
            (Asker::OrganizerA, Role::Organizer, "Deodar Trails"),
            (Asker::OrganizerB, Role::Organizer, "Sahyadri Walks"),
            (Asker::NoAccess, Role::Organizer, "Ladakh Loops"),
        ] {
            let client = app.register(role, name).await;
            people.insert(asker, come_in(&app, client).await);
        }
        people.insert(Asker::Admin, come_in(&app, app.admin().await).await);
        let client = |asker: Asker| people[&asker].client.clone();
        // A lead that arrives while there is access would stay readable.
        let mut businesses = BTreeMap::new();
        for (asker, title, traveller) in [
            (Asker::OrganizerA, "Kedarkantha winter trek", client(Asker::UserA)),
            (Asker::OrganizerB, "Rajmachi monsoon walk", client(Asker::UserB)),
            (Asker::NoAccess, "Markha valley", app.anonymous()),
        ] {
            businesses.insert(asker, open_business(&app, &client(asker), title, &traveller).await);
        }
        let mut help = BTreeMap::new();
        for asker in Asker::ALL.into_iter().filter(|asker| !matches!(asker, Asker::Anonymous | Asker::Admin)) {
            help.insert(asker, ask_for_help(&client(asker), &client(Asker::Admin)).await);
        }
        let conversations = talk(&people, &mut businesses).await;
        let admins_view = keep_view(&client(Asker::Admin)).await;
        let notifications = tell_everybody(&app, &people).await;
        app.anonymous()
            .post("/api/auth/password/forgot", json!({ "email": client(Asker::UserA).email }))
            .await
            .expect(202);
        deliver_due(&app.app, &Transport::open(&app.app.config).unwrap(), &CancellationToken::new()).await.unwrap();
        let mails = client(Asker::Admin).get("/api/admin/outbox").await.expect(200);
        let mail = text(&mails.data()[0], "id").to_owned();
        let page = client(Asker::Admin).get("/api/crm/leads?limit=1").await.expect(200);
        let cursor = text(&page.body["pagination"], "next").to_owned();
        app.app.withheld_access.withhold_from(client(Asker::NoAccess).user_id.parse().unwrap());
        let database = app.database_from_outside().await;
        let (stored, digest) = (read_all(&database).await, Digest::of(&database).await);
        questions::watch(&database).await;
        Self {
            app,
            people,
            businesses,
            help,
            conversations,
            admins_view,
            notifications,
            mail,
            cursor,
            database,
            stored,
            digest,
        }
    }

    /// Somebody who is signed in; nobody for who is not.
    pub fn person(&self, asker: Asker) -> Option<&Person> {
        self.people.get(&asker)
    }

    /// The organizer to whom a thing of that kind belongs.
    fn owner(asker: Asker, target: Target) -> Asker {
        let own = match asker {
            Asker::OrganizerB | Asker::UserB => Asker::OrganizerB,
            Asker::NoAccess => Asker::NoAccess,
            _ => Asker::OrganizerA,
        };
        match target {
            Target::Own => own,
            _ if own == Asker::OrganizerA => Asker::OrganizerB,
            _ => Asker::OrganizerA,
        }
    }

    /// The trip and the lead that are meant; of who is not there, those of somebody.
    pub fn business(&self, asker: Asker, target: Target) -> &Business {
        &self.businesses[&Self::owner(asker, target)]
    }

    /// The person who is meant.
    pub fn other(&self, asker: Asker, target: Target) -> &Person {
        &self.people[&Self::other_asker(asker, target)]
    }

    fn other_asker(asker: Asker, target: Target) -> Asker {
        match (asker, target) {
            (Asker::Anonymous, Target::Own) => Asker::UserA,
            (own, Target::Own) => own,
            (Asker::UserA, _) => Asker::UserB,
            (Asker::OrganizerA, _) => Asker::OrganizerB,
            (Asker::OrganizerB | Asker::NoAccess, _) => Asker::OrganizerA,
            _ => Asker::UserA,
        }
    }

    pub fn trip(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, text(&self.business(asker, target).trip, "id"))
    }

    pub fn slug(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, text(&self.business(asker, target).trip, "slug"))
    }

    pub fn lead(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, text(&self.business(asker, target).lead, "id"))
    }

    pub fn view(&self, asker: Asker, target: Target) -> String {
        let is_own = target == Target::Own;
        let view = if asker == Asker::Admin && is_own { &self.admins_view } else { &self.business(asker, target).view };
        self.unless_absent(target, view)
    }

    pub fn ticket(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, text(&self.help(asker, target).waiting, "id"))
    }

    pub fn ticket_version(&self, asker: Asker, target: Target) -> &Value {
        &self.help(asker, target).waiting["version"]
    }

    pub fn resolved_ticket(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, text(&self.help(asker, target).resolved, "id"))
    }

    /// The tickets that are meant; of who is not there and of admins, those of somebody.
    fn help(&self, asker: Asker, target: Target) -> &Help {
        let own = if self.help.contains_key(&asker) { asker } else { Asker::UserA };
        let other = if own == Asker::UserA { Asker::UserB } else { Asker::UserA };
        &self.help[if target == Target::Own { &own } else { &other }]
    }

    pub fn conversation(&self, asker: Asker, target: Target) -> String {
        let own = if asker == Asker::Anonymous { Asker::UserA } else { asker };
        let others = match own {
            Asker::UserA | Asker::OrganizerA => Asker::UserB,
            _ => Asker::UserA,
        };
        let whose = if target == Target::Own { own } else { others };
        self.unless_absent(target, text(&self.conversations[&whose], "id"))
    }

    pub fn user(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, &self.other(asker, target).client.user_id)
    }

    pub fn session(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, &self.other(asker, target).other_session)
    }

    pub fn notification(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, &self.notifications[&Self::other_asker(asker, target)])
    }

    pub fn file(&self, asker: Asker, target: Target) -> String {
        self.unless_absent(target, &self.other(asker, target).file)
    }

    pub fn mail(&self, target: Target) -> String {
        self.unless_absent(target, &self.mail)
    }

    fn unless_absent(&self, target: Target, id: &str) -> String {
        if target == Target::Absent { ABSENT.to_owned() } else { id.to_owned() }
    }

    /// The collections that are not as they were.
    pub async fn changed(&self) -> Vec<String> {
        Digest::of(&self.database).await.changed_from(&self.digest)
    }

    /// From now on what is stored now is how it was.
    pub async fn settle(&mut self) {
        self.digest = Digest::of(&self.database).await;
    }

    /// Makes these collections as they were.
    pub async fn restore(&self, changed: &[String]) {
        for name in changed {
            let collection = self.database.collection::<RawDocumentBuf>(name);
            collection.delete_many(doc! {}).await.unwrap();
            if let Some(documents) = self.stored.get(name).filter(|documents| !documents.is_empty()) {
                collection.insert_many(documents).await.unwrap();
            }
        }
    }
}

/// Tells each of them the same, in the way of all contexts; the ids of what they are told.
async fn tell_everybody(app: &TestApp, people: &BTreeMap<Asker, Person>) -> BTreeMap<Asker, String> {
    let to: Vec<_> = people.values().map(|person| person.client.user_id.parse().unwrap()).collect();
    app.tell(&to, "The service rests on Sunday night.").await;
    let mut told = BTreeMap::new();
    for (asker, person) in people {
        let notifications = person.client.get("/api/crm/notifications").await.expect(200);
        told.insert(*asker, text(&notifications.data()[0], "id").to_owned());
    }
    told
}

/// An application with a site that has one file.
async fn site_app() -> TestApp {
    let folder = std::env::temp_dir().join(format!("trek-tribe-matrix-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("robots.txt"), "User-agent: *\n").unwrap();
    TestApp::start_with(|config| config.site_dir = folder).await
}

async fn come_in(app: &TestApp, client: Client) -> Person {
    let login = json!({ "email": client.email, "password": PASSWORD });
    let again = app.anonymous().post("/api/auth/login", login).await.expect(200);
    let sessions = client.get("/api/auth/sessions").await.expect(200);
    let other = sessions.data().as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
    let mut browser = app.browser();
    browser.submit("accounts/sign_in", &[("email", &client.email), ("password", PASSWORD)]).await;
    Person {
        refresh_token: text(again.data(), "refreshToken").to_owned(),
        cookie: browser.cookie("session").unwrap().to_owned(),
        other_session: text(other, "id").to_owned(),
        file: text(client.send_file("bill.pdf", PDF).await.expect(201).data(), "id").to_owned(),
        client,
    }
}

/// A trip, a lead that is interested in it, and a view.
async fn open_business(app: &TestApp, organizer: &Client, title: &str, traveller: &Client) -> Business {
    let trip = app.live_trip(organizer, title, &[20]).await;
    let enquiry = json!({ "tripId": trip["id"], "email": "rohan@example.in", "name": "Rohan Kulkarni" });
    let enquiry = if traveller.token.is_some() { json!({ "tripId": trip["id"] }) } else { enquiry };
    traveller.post("/api/crm/leads", enquiry).await.expect(201);
    let lead = organizer.get("/api/crm/leads").await.expect(200).data()[0].clone();
    let lead = organizer.move_to(&lead, "interested").await;
    Business { trip, lead, view: keep_view(organizer).await }
}

/// Two tickets, one of which waits for who asked, while the other is resolved.
async fn ask_for_help(client: &Client, admin: &Client) -> Help {
    let waiting = admin.move_ticket(&client.open_ticket().await, "waiting_customer").await;
    let resolved = admin.move_ticket(&client.open_ticket().await, "resolved").await;
    Help { waiting, resolved }
}

/// A conversation of each: travellers talk with organizers about their trips, and who has lost access with the admins.
/// What travellers write changes their leads.
async fn talk(people: &BTreeMap<Asker, Person>, businesses: &mut BTreeMap<Asker, Business>) -> BTreeMap<Asker, Value> {
    let client = |asker: Asker| &people[&asker].client;
    let mut conversations = BTreeMap::new();
    for (traveller, organizer) in [(Asker::UserA, Asker::OrganizerA), (Asker::UserB, Asker::OrganizerB)] {
        let business = businesses.get_mut(&organizer).unwrap();
        let talk = client(traveller).chat_about(&business.trip).await;
        client(traveller).write(&talk, "Is it cold?").await;
        business.lead = client(organizer).get(&path(&business.lead)).await.expect(200).data().clone();
        conversations.extend([(traveller, talk.clone()), (organizer, talk)]);
    }
    let support = client(Asker::NoAccess).ask_support().await;
    client(Asker::NoAccess).write(&support, "How do I get access?").await;
    conversations.extend([(Asker::NoAccess, support.clone()), (Asker::Admin, support)]);
    conversations
}

async fn keep_view(client: &Client) -> String {
    let view = json!({ "name": "Hot ones", "entity": "leads", "filter": { "tier": "hot" } });
    text(client.post("/api/crm/views", view).await.expect(201).data(), "id").to_owned()
}

async fn read_all(database: &Database) -> BTreeMap<String, Vec<RawDocumentBuf>> {
    let mut stored = BTreeMap::new();
    for name in database.list_collection_names().await.unwrap() {
        let documents = database.collection::<RawDocumentBuf>(&name).find(Document::new()).await.unwrap();
        stored.insert(name, documents.try_collect().await.unwrap());
    }
    stored
}
