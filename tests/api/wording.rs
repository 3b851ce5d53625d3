//! Whatever is sent in place of a value, the refusal says in words what to send, and never how we read it.

use axum::http::Method;
use serde_json::{Value, json};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Client, TestApp};

/// What only who wrote the program understands.
const JARGON: [&str; 14] = [
    "invalid type",
    "invalid value",
    "expected",
    "struct",
    "variant",
    "DateBody",
    "Money",
    "Visitor",
    "sequence",
    "u32",
    "i64",
    " map",
    "$numberLong",
    "deserialize",
];
/// In place of a value.
fn shapes() -> [Value; 5] {
    [
        json!({ "$gt": "" }),
        json!({ "$ne": null }),
        json!([{ "$in": [] }]),
        json!({ "$oid": 1 }),
        json!({ "$date": "x" }),
    ]
}

struct Routes {
    api: Value,
}

impl Routes {
    /// Every request with a JSON body: method, path, and the schema of its body.
    fn with_bodies(&self) -> Vec<(Method, String, &Value)> {
        let mut found = Vec::new();
        for (path, operations) in self.api["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
                if !schema.is_null() {
                    found.push((method.to_uppercase().parse().unwrap(), path.clone(), self.resolve(schema)));
                }
            }
        }
        found
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(name) => self.api.pointer(name.trim_start_matches('#')).unwrap(),
            None => schema,
        }
    }

    /// Paths to all fields of a body: `price`, `price/amount`, `departures/0/startsOn`.
    fn fields(&self, schema: &Value) -> Vec<Vec<String>> {
        let schema = self.resolve(schema);
        let alternatives = ["oneOf", "anyOf", "allOf"].iter().filter_map(|word| schema[*word].as_array()).flatten();
        let mut found: Vec<Vec<String>> = alternatives.flat_map(|schema| self.fields(schema)).collect();
        if let Some(properties) = schema["properties"].as_object() {
            for (name, schema) in properties {
                let below = self.fields(schema).into_iter().map(|rest| [vec![name.clone()], rest].concat());
                found.extend(std::iter::once(vec![name.clone()]).chain(below));
            }
        }
        if schema["items"].is_object() {
            let below = self.fields(&schema["items"]).into_iter().map(|rest| [vec!["0".to_owned()], rest].concat());
            found.extend(std::iter::once(vec!["0".to_owned()]).chain(below));
        }
        found
    }
}

/// A body that has nothing but `value` at that place.
fn body_with(path: &[String], value: &Value) -> Value {
    match path.split_first() {
        None => value.clone(),
        Some((name, rest)) if name == "0" => json!([body_with(rest, value)]),
        Some((name, rest)) => json!({ name: body_with(rest, value) }),
    }
}

#[tokio::test]
async fn operator_shaped_values_are_refused_in_words_on_every_route() {
    let app = TestApp::start().await;
    let routes = Routes { api: app.anonymous().get("/api/openapi.json").await.expect(200).body };
    let (admin, organizer, user) = (
        app.admin().await,
        app.register(Role::Organizer, "Deodar Trails").await,
        app.register(Role::User, "Asha").await,
    );
    let bodies = routes.with_bodies();
    assert!(bodies.len() > 15, "{} bodies", bodies.len());
    let (mut asked, mut problems) = (0, Vec::new());
    for (method, path, schema) in bodies {
        let path = path.replace("{id}", "65f1c0ffee00112233445566").replace("{trip}", "65f1c0ffee00112233445566");
        let client: &Client = if path.starts_with("/api/admin") {
            &admin
        } else if path.contains("/me") {
            &user
        } else {
            &organizer
        };
        for field in routes.fields(schema) {
            for value in shapes() {
                let body = body_with(&field, &value);
                let reply = client.send_json(method.clone(), &path, &body, &[]).await;
                asked += 1;
                let fields = reply.body["fields"].to_string();
                let jargon = JARGON.iter().find(|word| fields.contains(**word) && !fields.contains("$"));
                if reply.status != 422 || jargon.is_some() || !fields.contains(&field[0]) && !fields.contains("missing")
                {
                    problems.push(format!("{method} {path} {body}: {} {}", reply.status, reply.text));
                }
            }
        }
    }
    assert!(asked > 300, "{asked} requests");
    assert!(problems.is_empty(), "{} of {asked}:\n{}", problems.len(), problems.join("\n"));
}

#[tokio::test]
async fn what_a_field_wants_is_named() {
    let app = TestApp::start().await;
    let organizer = app.register(Role::Organizer, "Deodar Trails").await;
    let trip = app.live_trip(&organizer, "Kedarkantha winter trek", &[10]).await;
    let lead = organizer.record_lead(&trip, "asha@example.in").await;
    let path = format!("/api/crm/leads/{}", lead["id"].as_str().unwrap());
    for (field, value, sentence) in [
        ("nextFollowUpAt", json!({ "$gt": "" }), "This must be a time such as 2026-11-24T05:12:00Z."),
        ("nextFollowUpAt", json!({ "$date": "x" }), "This must be a time such as 2026-11-24T05:12:00Z."),
        ("nextFollowUpAt", json!("tomorrow"), "This must be a time such as 2026-11-24T05:12:00Z."),
        ("departureId", json!({ "$ne": null }), "This must be an id of 24 hexadecimal digits."),
        ("departureId", json!("kedarkantha"), "An id has 24 hexadecimal digits."),
        ("partySize", json!({ "$gt": 0 }), "This must be a whole number that is not negative."),
        ("partySize", json!(-1), "This must be a whole number that is not negative."),
        ("tags", json!({ "$in": [] }), "This must be a list."),
        ("notes", json!({ "$regex": "." }), "This must be a text."),
        ("estimatedValue", json!("1,000"), "This must be an object with the fields that are described at /api/docs."),
    ] {
        let mut change = json!({ "version": lead["version"] });
        change[field] = value;
        let reply = organizer.put(&path, change).await.refused(422, "invalid_input");
        assert_eq!(reply.body["fields"][field][0], sentence, "{}", reply.text);
    }
    let change = json!({ "version": lead["version"], "estimatedValue": { "amount": { "$gt": 0 }, "currency": "INR" } });
    let reply = organizer.put(&path, change).await.refused(422, "invalid_input");
    assert_eq!(reply.body["fields"]["estimatedValue.amount"][0], "This must be a whole number.");
    let reply = organizer.get("/api/trips?limit=many").await.refused(422, "invalid_input");
    assert_eq!(reply.body["fields"]["limit"][0], "This must be a whole number that is not negative.");
    let reply = app.admin().await.get("/api/admin/audit?from=yesterday").await.refused(422, "invalid_input");
    assert_eq!(reply.body["fields"]["from"][0], "This must be a date such as 2026-12-19.");
}
