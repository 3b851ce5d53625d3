//! Totals that are kept equal a recount of the leads, whatever was done in whatever order.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use jiff::SignedDuration;
use mongodb::bson::{Document, doc, oid::ObjectId};
use serde_json::{Value, json};
use trek_tribe::{
    crm::{
        accounts::user::{Role, UserId},
        analytics::{
            range::Window,
            server::service::{LeadFigures, compare_leads, recount_leads},
        },
        leads::server::service as leads,
    },
    server::{
        seed,
        zone::{INDIA, Zone},
    },
};

use crate::support::{
    Client, TestApp,
    leads::{enquiry, examined, path},
};

const LEADS: &str = "/api/crm/leads";

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn pick(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.pick(all.len() as u64)).unwrap()]
    }
}

/// A marketplace in which much happens at random.
struct Walk {
    app: TestApp,
    organizer: Client,
    traveller: Client,
    trips: Vec<Value>,
    leads: Vec<String>,
    chance: Chance,
}

impl Walk {
    async fn start(seed: u64) -> Self {
        let app = TestApp::start().await;
        let organizer = app.register(Role::Organizer, "Deodar Trails").await;
        let trips = vec![
            app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await,
            app.live_trip(&organizer, "Hampta Pass", &[50]).await,
        ];
        let traveller = app.register(Role::User, "Asha Rao").await;
        Self { app, organizer, traveller, trips, leads: Vec::new(), chance: Chance(seed) }
    }

    /// One thing happens; what the rules refuse changes nothing.
    async fn step(&mut self, number: u64) {
        match self.chance.pick(14) {
            0 | 1 if self.leads.len() < 15 => self.arrive(number).await,
            2 => self.come_back().await,
            3 => self.app.clock.advance(SignedDuration::from_mins(i64::try_from(self.chance.pick(3_000)).unwrap())),
            _ if self.leads.is_empty() => self.arrive(number).await,
            4 => self.log().await,
            5 => self.change().await,
            6 => self.look().await,
            7 => self.ask().await,
            _ => self.take_step().await,
        }
        self.sign_in_again().await;
    }

    async fn sign_in_again(&mut self) {
        self.organizer = self.app.sign_in(&self.organizer.email).await;
        self.traveller = self.app.sign_in(&self.traveller.email).await;
    }

    /// The traveller looks at a trip: the second time makes a lead that has not asked.
    async fn look(&mut self) {
        let slug = self.chance.of(&self.trips)["slug"].as_str().unwrap().to_owned();
        self.traveller.get(&format!("/api/trips/{slug}")).await.expect(200);
    }

    /// The traveller asks about a trip, which they may have looked at long before.
    async fn ask(&mut self) {
        let trip = self.chance.of(&self.trips)["id"].clone();
        let reply = self.traveller.post(LEADS, json!({ "tripId": trip, "message": "Is it cold?" })).await;
        assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
    }

    async fn arrive(&mut self, number: u64) {
        let mut body = enquiry(self.chance.of(&self.trips), &format!("r{number}@example.in"));
        body["source"] = json!(self.chance.of(&["inquiry", "form", "other", "trip_view", "partial_booking"]));
        let lead = self.organizer.post(LEADS, body).await;
        // Some of them have asked before by themselves.
        assert!(matches!(lead.status, 200 | 201), "{}", lead.text);
        self.leads.push(path(lead.data()));
    }

    /// Somebody asks again, by a source that may weigh more: what had not asked may ask now.
    async fn come_back(&mut self) {
        let again = format!("r{}@example.in", self.chance.pick(40));
        let mut body = enquiry(self.chance.of(&self.trips), &again);
        body["message"] = json!("Is there still a place?");
        self.app.anonymous().post(LEADS, body).await.expect(201);
    }

    async fn log(&mut self) {
        let kind = *self.chance.of(&["call", "note", "email", "message"]);
        let lead = self.chance.of(&self.leads).clone();
        let ago = SignedDuration::from_mins(i64::try_from(self.chance.pick(3_000)).unwrap());
        let said = json!({ "type": kind, "text": "Said.", "at": (self.app.clock.now() - ago).to_string() });
        self.organizer.post(&format!("{lead}/interactions"), said).await.expect(201);
    }

    async fn change(&mut self) {
        let lead = self.chance.of(&self.leads).clone();
        let version = self.organizer.get(&lead).await.expect(200).data()["version"].clone();
        let changes = json!({ "version": version, "partySize": 1 + self.chance.pick(9) });
        self.organizer.put(&lead, changes).await.expect(200);
    }

    async fn take_step(&mut self) {
        let lead = self.chance.of(&self.leads).clone();
        let now = self.organizer.get(&lead).await.expect(200).data().clone();
        let Some(to) = now["allowedNext"].get(usize::try_from(self.chance.pick(2)).unwrap()) else { return };
        if to == "converted" {
            let amount = json!({ "amount": self.chance.pick(9_000_000), "currency": "INR" });
            let booking = json!({ "partySize": 2, "amount": amount });
            self.organizer.post(&format!("{lead}/convert"), booking).await.expect(200);
        } else {
            let reason = (to == "lost").then_some("price");
            let step = json!({ "version": now["version"], "status": to, "lostReason": reason });
            self.organizer.put(&lead, step).await.expect(200);
        }
    }

    /// The totals of the pipeline beside what the database itself counts.
    async fn assert_pipeline_is_right(&self) {
        let app = &self.app;
        let stored = app.app.db.collection::<Document>("leads");
        let recount = stored.aggregate([doc! { "$group": {
            "_id": { "trip": "$tripId", "status": "$status" }, "count": { "$sum": 1_i64 }, "value": { "$sum": "$estimatedValue.amount" },
        } }]);
        let recount: Vec<Document> = recount.await.unwrap().try_collect().await.unwrap();
        let recount = recount.iter().map(|row| {
            let id = row.get_document("_id").unwrap();
            let key = (id.get_object_id("trip").unwrap(), id.get_str("status").unwrap().to_owned());
            (key, (row.get_i64("count").unwrap(), row.get_i64("value").unwrap()))
        });
        let recount: BTreeMap<(ObjectId, String), (i64, i64)> = recount.collect();
        let totals = app.app.db.collection::<Document>("leadTotals");
        let kept: Vec<Document> =
            totals.find(doc! { "count": { "$ne": 0 } }).await.unwrap().try_collect().await.unwrap();
        let kept = kept.iter().map(|row| {
            let key = (row.get_object_id("tripId").unwrap(), row.get_str("status").unwrap().to_owned());
            (key, (row.get_i64("count").unwrap(), row.get_i64("value").unwrap()))
        });
        assert_eq!(kept.collect::<BTreeMap<_, _>>(), recount);
        assert_eq!(app.count("leadTotals", doc! { "count": 0, "value": { "$ne": 0 } }).await, 0);
    }

    /// The figures from days beside those from the leads, for each window and for both whose leads they are.
    async fn assert_days_are_right(&self) {
        let app = &self.app.app;
        let zone = Zone::new(INDIA, self.app.clock.now());
        let organizer: UserId = self.organizer.user_id.parse().unwrap();
        for whose in [Some(organizer), None] {
            for window in Window::ALL {
                let range = window.until(zone.today());
                let kept = compare_leads(app, &zone, whose, range).await.unwrap();
                assert_eq!(kept, recount_leads(app, &zone, whose, range).await.unwrap(), "{window:?}");
            }
        }
    }
}

#[tokio::test]
async fn kept_totals_equal_a_recount_after_any_walk() {
    for seed in [20_261_124, 7] {
        let mut walk = Walk::start(seed).await;
        for number in 0..140 {
            walk.step(number).await;
        }
        assert!(walk.app.count("leads", doc! { "status": "converted" }).await > 0, "seed {seed} books nothing");
        walk.assert_pipeline_is_right().await;
        walk.assert_days_are_right().await;
        assert_eq!(leads::check_totals(&walk.app.app).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_recount_puts_totals_right() {
    let mut walk = Walk::start(3).await;
    for number in 0..30 {
        walk.step(number).await;
    }
    let days = walk.app.app.db.collection::<Document>("leadDays");
    days.update_one(doc! {}, doc! { "$inc": { "created": 1_i64 } }).await.unwrap();
    walk.app.app.db.collection::<Document>("leadTotals").delete_one(doc! { "count": { "$gt": 0 } }).await.unwrap();
    assert_eq!(leads::check_totals(&walk.app.app).await.unwrap(), 2);
    assert_eq!(leads::recount_leads(&walk.app.app).await.unwrap(), 2);
    assert_eq!(leads::check_totals(&walk.app.app).await.unwrap(), 0);
    walk.assert_pipeline_is_right().await;
    walk.assert_days_are_right().await;
}

#[tokio::test]
async fn demo_data_comes_with_right_totals() {
    let app = TestApp::start().await;
    seed::seed(&app.app, 1).await.unwrap();
    assert_eq!(app.count_leads().await, 600);
    assert_eq!(leads::check_totals(&app.app).await.unwrap(), 0);
    let zone = Zone::new(INDIA, app.clock.now());
    let range = Window::Quarter.until(zone.today());
    let kept = compare_leads(&app.app, &zone, None, range).await.unwrap();
    assert_eq!(kept, recount_leads(&app.app, &zone, None, range).await.unwrap());
    assert!(kept.now.total.converted > 0 && kept.before.is_some());
    seed::clear(&app.app).await.unwrap();
    assert_eq!(app.count_leads().await, 0);
    seed::seed(&app.app, 1).await.unwrap();
    assert_eq!(app.count_leads().await, 600);
}

#[tokio::test]
async fn figures_of_a_viewer_elsewhere_go_by_their_own_days() {
    let mut walk = Walk::start(11).await;
    for number in 0..40 {
        walk.step(number).await;
    }
    let zone = Zone::new("America/New_York", walk.app.clock.now());
    let range = Window::Month.until(zone.today());
    let figures = compare_leads(&walk.app.app, &zone, None, range).await.unwrap();
    assert_eq!(figures, recount_leads(&walk.app.app, &zone, None, range).await.unwrap());
    assert_eq!(figures.now.total.created, walk.app.count_leads().await);
}

/// The figures of the last month, which equal those that are counted from the leads.
async fn month_of(app: &TestApp) -> LeadFigures {
    let zone = Zone::new(INDIA, app.clock.now());
    let range = Window::Month.until(zone.today());
    let kept = compare_leads(&app.app, &zone, None, range).await.unwrap();
    assert_eq!(kept, recount_leads(&app.app, &zone, None, range).await.unwrap());
    assert_eq!(leads::check_totals(&app.app).await.unwrap(), 0);
    kept.now
}

#[tokio::test]
async fn a_wait_begins_with_the_question_and_not_with_a_view() {
    let Walk { app, organizer, traveller, trips, .. } = Walk::start(1).await;
    let slug = trips[0]["slug"].as_str().unwrap();
    for _ in 0..2 {
        app.clock.advance(SignedDuration::from_hours(1));
        app.sign_in(&traveller.email).await.get(&format!("/api/trips/{slug}")).await.expect(200);
    }
    let organizer = app.sign_in(&organizer.email).await;
    let lead = organizer.get(LEADS).await.expect(200).data()[0].clone();
    let log = format!("{}/interactions", path(&lead));
    // Somebody calls before there is a question: that answers none.
    organizer.post(&log, json!({ "type": "call", "text": "Spoke." })).await.expect(201);
    app.clock.advance(SignedDuration::from_hours(50));
    let (organizer, traveller) = (app.sign_in(&organizer.email).await, app.sign_in(&traveller.email).await);
    traveller.post(LEADS, json!({ "tripId": trips[0]["id"], "message": "Is it cold?" })).await.expect(200);
    let figures = month_of(&app).await;
    assert_eq!((figures.total.asked, figures.total.answered_in_a_day), (1, 0));
    app.clock.advance(SignedDuration::from_mins(60));
    let organizer = app.sign_in(&organizer.email).await;
    organizer.post(&log, json!({ "type": "email", "text": "Answered." })).await.expect(201);
    let figures = month_of(&app).await;
    assert_eq!((figures.total.asked, figures.total.answered_in_a_day), (1, 1));
    assert_eq!(figures.responses.median(), Some(60));
    let said = median_first_response_of(&app, &organizer).await;
    assert_eq!(said, None, "of one answer nothing is told");
}

async fn median_first_response_of(app: &TestApp, organizer: &Client) -> Option<SignedDuration> {
    leads::median_first_response(&app.app, organizer.user_id.parse().unwrap()).await.unwrap()
}

#[tokio::test]
async fn the_time_to_an_answer_that_trips_promise_begins_with_the_question() {
    let Walk { app, organizer, trips, .. } = Walk::start(1).await;
    let mut bodies = Vec::new();
    for number in 0..5 {
        let mut body = enquiry(&trips[0], &format!("r{number}@example.in"));
        body["source"] = json!("trip_view");
        organizer.post(LEADS, body.clone()).await.expect(201);
        bodies.push(body);
    }
    app.clock.advance(SignedDuration::from_hours(50));
    for mut body in bodies {
        body["source"] = json!("form");
        app.anonymous().post(LEADS, body).await.expect(201);
    }
    app.clock.advance(SignedDuration::from_hours(2));
    let organizer = app.sign_in(&organizer.email).await;
    for lead in organizer.get(LEADS).await.expect(200).data().as_array().unwrap() {
        organizer.change(lead, json!({ "status": "contacted" })).await;
    }
    assert_eq!(median_first_response_of(&app, &organizer).await, Some(SignedDuration::from_hours(2)));
}

#[tokio::test]
async fn an_earlier_answer_that_is_logged_later_counts() {
    let Walk { app, organizer, trips, .. } = Walk::start(1).await;
    app.anonymous().post(LEADS, enquiry(&trips[0], "asha@example.in")).await.expect(201);
    let asked = app.clock.now();
    let lead = organizer.get(LEADS).await.expect(200).data()[0].clone();
    app.clock.advance(SignedDuration::from_hours(30));
    let organizer = app.sign_in(&organizer.email).await;
    organizer.change(&lead, json!({ "status": "contacted" })).await;
    assert_eq!(month_of(&app).await.total.answered_in_a_day, 0);
    let earlier =
        json!({ "type": "call", "text": "Spoke.", "at": (asked + SignedDuration::from_mins(45)).to_string() });
    organizer.post(&format!("{}/interactions", path(&lead)), earlier).await.expect(201);
    let figures = month_of(&app).await;
    assert_eq!((figures.total.answered_in_a_day, figures.responses.median()), (1, Some(45)));
}

#[tokio::test]
async fn an_organizer_who_corrects_how_somebody_came_has_still_answered_them() {
    let Walk { app, organizer, trips, .. } = Walk::start(1).await;
    let lead = organizer.record_lead(&trips[0], "asha@example.in").await;
    app.clock.advance(SignedDuration::from_mins(10));
    organizer.change(&lead, json!({ "status": "contacted" })).await;
    let mut body = enquiry(&trips[0], "asha@example.in");
    body["source"] = json!("inquiry");
    organizer.post(LEADS, body).await.expect(200);
    let figures = month_of(&app).await;
    assert_eq!((figures.total.asked, figures.responses.median()), (1, Some(10)));
}

#[tokio::test]
async fn figures_of_a_viewer_elsewhere_read_what_was_booked_then() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    app.store_leads(&[(&organizer, &trip, 3_000)]).await;
    let booked = app.count("leads", doc! { "status": "converted" }).await;
    let database = app.app.db.database();
    database.run_command(doc! { "profile": 2 }).await.unwrap();
    let zone = Zone::new("America/New_York", app.clock.now());
    let range = Window::Week.until(zone.today());
    for whose in [Some(organizer.user_id.parse().unwrap()), None] {
        assert!(compare_leads(&app.app, &zone, whose, range).await.unwrap().now.won.amount > 0);
    }
    let profile = app.app.db.collection::<Document>("system.profile");
    let reads = doc! { "planSummary": { "$regex": "conversion\\.at" } };
    let reads: Vec<Document> = profile.find(reads).await.unwrap().try_collect().await.unwrap();
    let mut plans: Vec<&str> = reads.iter().map(|read| read.get_str("planSummary").unwrap()).collect();
    plans.sort_unstable();
    let (own, all) = ("IXSCAN { assignedTo: 1, conversion.at: 1 }", "IXSCAN { conversion.at: 1 }");
    assert_eq!(plans, [own, own, all, all]);
    for read in &reads {
        let count = u64::try_from(examined(read)).unwrap();
        assert!(count * 4 < booked, "{count} of {booked}");
    }
}
