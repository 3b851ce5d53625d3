//! The access matrix: every route and event × everybody × own, somebody else's, absent. It fails for a route that is served and not
//! listed, for one that is listed and not served, for any other status, for an answer that is not as described, for a refusal
//! that changes a byte, and for a question to the database that no index serves.

mod described;
mod questions;
mod requests;
mod served;
mod sockets;
mod table;
mod world;

use std::collections::BTreeSet;

use axum::http::Method;
use trek_tribe::server::middleware::idempotency::takes_key;

use self::{
    described::Description,
    served::{Route, served},
    world::{Asker, Target, World, may_be_written_by_a_refusal},
};
use crate::support::{Reply, TestApp};

/// A route and what it answers to whom.
pub struct Row {
    pub method: Method,
    pub path: String,
    expected: Vec<Cell>,
}

/// What a route answers to somebody: one status, or one for each [`Target`].
struct Cell(Vec<u16>);

impl Row {
    fn read(line: &str) -> Self {
        let mut words = line.split_whitespace();
        let method = words.next().unwrap().parse().unwrap();
        let path = words.next().unwrap().to_owned();
        let statuses = |cell: &str| cell.split('/').map(|status| status.parse().unwrap()).collect();
        let expected: Vec<Cell> = words.map(|cell| Cell(statuses(cell))).collect();
        assert_eq!(expected.len(), Asker::ALL.len(), "{line}");
        Self { method, path, expected }
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether programs ask it, with a token in place of a cookie.
    pub fn is_rest(&self) -> bool {
        self.path.starts_with("/api/") && !self.path.starts_with("/api/fn/")
    }

    /// The things that are asked for, each with what is answered to somebody.
    fn cases(&self, asker: Asker) -> Vec<(Target, u16)> {
        let Cell(statuses) = &self.expected[asker as usize];
        let names_a_thing = self.expected.iter().any(|Cell(statuses)| statuses.len() == 3);
        let targets = if names_a_thing { &Target::ALL[..] } else { &Target::ALL[..1] };
        let status = |at: usize| statuses.get(at).or(statuses.first()).copied().unwrap();
        targets.iter().enumerate().map(|(at, target)| (*target, status(at))).collect()
    }
}

fn rows(table: &str) -> Vec<Row> {
    table.trim_start_matches('\n').lines().skip(1).map(Row::read).collect()
}

#[tokio::test]
async fn every_route_that_is_served_is_in_the_matrix_and_no_other() {
    let app = TestApp::start().await;
    let served = served(&app);
    let tables = [table::REST, table::PAGES, table::FUNCTIONS];
    let listed: Vec<Route> = tables.into_iter().flat_map(rows).map(|row| (row.method.to_string(), row.path)).collect();
    let unique: BTreeSet<Route> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), unique.len(), "a route is listed twice");
    let missing: Vec<_> = served.difference(&unique).collect();
    let gone: Vec<_> = unique.difference(&served).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not in the matrix: {missing:#?}\nnot served: {gone:#?}");
}

#[tokio::test]
async fn the_description_of_the_api_has_every_route_and_no_other() {
    let app = TestApp::start().await;
    let description = Description::of(&app).await;
    let described = description.paths().flat_map(|(path, operations)| {
        let methods = operations.as_object().unwrap().keys();
        methods.map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<Route>>()
    });
    let rest = rows(table::REST).into_iter().filter(|row| row.is_rest() && !row.path.starts_with("/api/docs"));
    let listed = rest.filter(|row| row.path != "/api/openapi.json").map(|row| (row.method.to_string(), row.path));
    assert_eq!(described.collect::<BTreeSet<_>>(), listed.collect::<BTreeSet<_>>());
    for row in rows(table::REST).into_iter().filter(|row| description.has(row)) {
        let Cell(anonymous) = &row.expected[Asker::Anonymous as usize];
        assert_eq!(description.asks_for_token(&row), anonymous == &[401], "{}", row.name());
    }
}

#[tokio::test]
async fn the_rest_api_answers_everybody_as_the_matrix_says() {
    check(table::REST).await;
}

#[tokio::test]
async fn pages_answer_everybody_as_the_matrix_says() {
    check(table::PAGES).await;
}

#[tokio::test]
async fn server_functions_answer_everybody_as_the_matrix_says() {
    check(table::FUNCTIONS).await;
}

/// Asks every row as everybody and tells all deviations at once.
async fn check(table: &str) {
    let world = World::make().await;
    let description = Description::of(&world.app).await;
    let mut deviations = Vec::new();
    for row in rows(table) {
        for asker in Asker::ALL {
            let mut not_found = Vec::new();
            for (target, expected) in row.cases(asker) {
                let case = Case { world: &world, description: &description, row: &row, asker, target };
                let reply = case.check(expected, &mut deviations).await;
                if expected == 404 && reply.status == 404 {
                    not_found.push(without_ids(&reply.text));
                }
            }
            not_found.dedup();
            if not_found.len() > 1 {
                deviations
                    .push(format!("{} for {asker:?}: an absent thing answers otherwise than another's", row.name()));
            }
        }
    }
    assert!(deviations.is_empty(), "{} deviations:\n{}", deviations.len(), deviations.join("\n"));
    let slow = questions::unserved(&world.database).await;
    assert!(slow.is_empty(), "no index serves:\n{slow:#?}");
}

/// What a refusal says, without ids: that of the request, and that of the address that was asked for.
fn without_ids(text: &str) -> String {
    let page = text.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>"));
    let words = page.map_or(text, |(main, _)| main).split(|c: char| !c.is_ascii_alphanumeric());
    let is_id = |word: &&str| word.len() == 24 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    words.filter(|word| !is_id(word)).collect::<Vec<_>>().join(" ")
}

/// One request of the matrix.
struct Case<'a> {
    world: &'a World,
    description: &'a Description,
    row: &'a Row,
    asker: Asker,
    target: Target,
}

impl Case<'_> {
    async fn check(&self, expected: u16, deviations: &mut Vec<String>) -> Reply {
        if self.row.is_rest() && takes_key(&self.row.method, &self.row.path) {
            // A key that cannot be one is refused, but not before what the contract refuses first.
            let expected = if expected < 400 { 422 } else { expected };
            let reply = self.ask(&[("idempotency-key", "")]).await;
            self.compare("with a bad key ", &reply, expected, deviations).await;
        }
        let reply = self.ask(&[]).await;
        self.compare("", &reply, expected, deviations).await;
        reply
    }

    async fn ask(&self, headers: &[(&str, &str)]) -> Reply {
        let mut request = requests::request(self.world, self.row, self.asker, self.target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let case = (self.asker, self.target);
        self.world.app.send(requests::complete(self.world, self.row, case, request)).await
    }

    async fn compare(&self, how: &str, reply: &Reply, expected: u16, deviations: &mut Vec<String>) {
        let Self { world, description, row, asker, target } = *self;
        let what = format!("{} {how}for {asker:?}, {target:?}", row.name());
        if reply.status != expected {
            let start: String = reply.text.chars().take(160).collect();
            deviations.push(format!("{what}: {} in place of {expected}: {start}", reply.status));
        }
        if let Some(deviation) = description.deviation(row, reply) {
            deviations.push(format!("{what}: not as described: {deviation}"));
        }
        let changed = world.changed().await;
        let for_good: Vec<&String> = changed.iter().filter(|name| !may_be_written_by_a_refusal(name)).collect();
        if reply.status >= 400 && !for_good.is_empty() {
            deviations.push(format!("{what}: refused with {}, but changed {for_good:?}", reply.status));
        }
        world.restore(&changed).await;
    }
}
