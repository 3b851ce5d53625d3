//! How each route of the matrix is asked: a request that is right in itself, so that whoever may do it succeeds.

use axum::{
    body::Body,
    http::{Method, Request, header::CONTENT_TYPE, request::Builder},
};
use serde_json::{Value, json};

use super::{
    Row,
    world::{Asker, Target, World},
};
use crate::support::{PASSWORD, leads::text, tickets::new_ticket};

const ORIGIN: &str = "http://127.0.0.1:3000";
const FORM: &str = "application/x-www-form-urlencoded";
/// A change of a password needs another one.
pub const NEXT_PASSWORD: &str = "another correct horse battery";

/// The request of a row, by somebody, for a thing.
pub fn request(world: &World, row: &Row, asker: Asker, target: Target) -> Builder {
    let request = Request::builder().method(row.method.as_str()).uri(path(world, row, asker, target));
    let request = request.header("host", "127.0.0.1:3000");
    let person = world.person(asker);
    if row.is_rest() {
        return match person {
            Some(person) => {
                request.header("authorization", format!("Bearer {}", person.client.token.as_ref().unwrap()))
            }
            None => request,
        };
    }
    let accept = if row.path.starts_with("/api/fn/") { "application/json" } else { "text/html" };
    let request =
        request.header("accept", accept).header("origin", ORIGIN).header("referer", format!("{ORIGIN}/leads"));
    match person {
        Some(person) => request.header("cookie", format!("session={}", person.cookie)),
        None => request,
    }
}

/// The request with its body.
pub fn complete(world: &World, row: &Row, (asker, target): (Asker, Target), request: Builder) -> Request<Body> {
    let (kind, body) = match row.path.as_str() {
        "/api/crm/leads/import" => ("multipart/form-data; boundary=line", file(world, asker, "dryRun", "false")),
        "/leads/import" => ("multipart/form-data; boundary=line", file(world, asker, "name", "leads.csv")),
        "/api/files" => ("multipart/form-data; boundary=line", document()),
        "/theme" => (FORM, "theme=dark&back=%2F".to_owned()),
        path if path.starts_with("/api/fn/") => (FORM, form(world, row, asker, target)),
        _ if matches!(row.method, Method::POST | Method::PUT) => match json_body(world, row, asker, target) {
            Value::Null => return request.body(Body::empty()).unwrap(),
            body => ("application/json", body.to_string()),
        },
        _ => return request.body(Body::empty()).unwrap(),
    };
    request.header(CONTENT_TYPE, kind).body(Body::from(body)).unwrap()
}

/// The path with the id of what is meant.
fn path(world: &World, row: &Row, asker: Asker, target: Target) -> String {
    let Some(start) = row.path.find('{') else { return row.path.clone() };
    let thing = match (&row.method, &row.path[..start]) {
        (&Method::GET, "/api/trips/" | "/trips/") => world.slug(asker, target),
        (_, "/api/trips/" | "/api/trips/mine/" | "/my-trips/") => world.trip(asker, target),
        (_, "/api/crm/leads/" | "/leads/") => world.lead(asker, target),
        (_, "/api/crm/views/") => world.view(asker, target),
        (_, "/api/crm/notifications/") => world.notification(asker, target),
        (_, "/api/crm/conversations/" | "/chat/") => world.conversation(asker, target),
        (_, "/api/crm/tickets/") if row.path.ends_with("/rating") => world.resolved_ticket(asker, target),
        (_, "/api/crm/tickets/" | "/tickets/") => world.ticket(asker, target),
        (_, "/api/auth/sessions/") => world.session(asker, target),
        (_, "/api/admin/users/" | "/admin/people/") => world.user(asker, target),
        (_, "/api/admin/outbox/" | "/admin/outbox/") => world.mail(target),
        (_, "/admin/outbox/templates/") => kind_of_mail(target).to_owned(),
        (_, "/api/files/") => world.file(asker, target),
        (_, "/api/docs/") => "swagger-ui.css".to_owned(),
        (_, "/") => "robots.txt".to_owned(),
        (method, path) => panic!("what does {method} {path} name?"),
    };
    let end = row.path.find('}').unwrap();
    format!("{}{thing}{}", &row.path[..start], &row.path[end + 1..])
}

/// A kind of mail; nobody has one of their own.
const fn kind_of_mail(target: Target) -> &'static str {
    match target {
        Target::Own => "invitation",
        Target::Foreign => "digest",
        Target::Absent => "advertisement",
    }
}

fn file(world: &World, asker: Asker, field: &str, value: &str) -> String {
    let slug = world.slug(asker, Target::Own);
    let csv = format!("name,email,trip\r\nMira Sen,mira.sen@example.in,{slug}\r\n");
    format!(
        "--line\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n\
         --line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"leads.csv\"\r\n\r\n{csv}\r\n--line--\r\n"
    )
}

fn document() -> String {
    let head = "--line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"bill.pdf\"\r\n\r\n";
    format!("{head}%PDF-1.7\r\n--line--\r\n")
}

/// The JSON body; `null` where there is none.
pub fn json_body(world: &World, row: &Row, asker: Asker, target: Target) -> Value {
    let business = world.business(asker, target);
    let (trip, lead) = (&business.trip, &business.lead);
    match row.name().as_str() {
        "POST /api/auth/register" => {
            json!({ "name": "Mira Sen", "email": "mira@example.in", "password": PASSWORD, "role": "user" })
        }
        "POST /api/auth/verify-email" => json!({ "token": "no such link" }),
        "POST /api/auth/login" => {
            json!({ "email": world.other(Asker::UserA, Target::Own).client.email, "password": PASSWORD })
        }
        "POST /api/auth/refresh" => {
            json!({ "refreshToken": world.other(Asker::UserA, Target::Own).refresh_token })
        }
        "PUT /api/auth/me" => json!({ "name": "Mira Sen" }),
        "PUT /api/auth/password" => json!({ "current": PASSWORD, "password": NEXT_PASSWORD }),
        "POST /api/auth/password/forgot" => json!({ "email": "nobody@example.in" }),
        "POST /api/auth/password/reset" => json!({ "token": "no such link", "password": NEXT_PASSWORD }),
        "POST /api/trips" => new_trip(world, asker),
        "PUT /api/trips/{trip}" => json!({ "version": trip["version"], "summary": "Snow, oaks, a summit." }),
        "POST /api/crm/leads" => {
            let person = json!({ "tripId": world.trip(asker, target), "email": "mira@example.in", "name": "Mira Sen" });
            if matches!(asker, Asker::UserA | Asker::UserB) { json!({ "tripId": person["tripId"] }) } else { person }
        }
        "PUT /api/crm/leads/{id}" => json!({ "version": lead["version"], "notes": "Wants a window seat." }),
        "POST /api/crm/leads/{id}/interactions" => json!({ "type": "call", "text": "They will think about it." }),
        "POST /api/crm/leads/{id}/convert" => {
            json!({ "partySize": 2, "amount": { "amount": 2_000_000, "currency": "INR" } })
        }
        "POST /api/crm/conversations" => match asker {
            Asker::UserA | Asker::UserB => json!({ "tripId": world.trip(asker, target) }),
            Asker::Anonymous | Asker::Admin => json!({ "support": true }),
            _ => json!({ "leadId": world.lead(asker, target) }),
        },
        "POST /api/crm/conversations/{id}/messages" => json!({ "clientId": "matrix", "body": "Is it cold?" }),
        "PUT /api/crm/conversations/{id}/read" => json!({ "seq": 1 }),
        "POST /api/crm/views" | "PUT /api/crm/views/{id}" => json!({ "name": "Due ones", "entity": "leads" }),
        "POST /api/crm/tickets" => new_ticket(),
        "PUT /api/crm/tickets/{id}/status" => {
            json!({ "status": "cancelled", "version": world.ticket_version(asker, target) })
        }
        "POST /api/crm/tickets/{id}/messages" => json!({ "text": "It was the third of May." }),
        "PUT /api/crm/tickets/{id}/assign" => {
            let admin = &world.other(Asker::Admin, Target::Own).client.user_id;
            json!({ "assigneeId": admin, "version": world.ticket_version(asker, target) })
        }
        "POST /api/crm/tickets/{id}/resolve" => {
            json!({ "note": "Paid back.", "version": world.ticket_version(asker, target) })
        }
        "POST /api/crm/tickets/{id}/rating" => json!({ "score": 5 }),
        "POST /api/admin/users" => json!({ "name": "Mira Sen", "email": "mira@example.in", "role": "organizer" }),
        "PUT /api/admin/users/{id}" => {
            let version = 0;
            // Admins do not close their own account here: the last one cannot.
            let state = if (asker, target) == (Asker::Admin, Target::Own) { "active" } else { "disabled" };
            json!({ "state": state, "version": version })
        }
        "PUT /api/crm/notifications/preferences" => json!({ "lead": { "inApp": true, "email": false } }),
        "POST /api/auth/logout"
        | "POST /api/admin/outbox/{id}/resend"
        | "PUT /api/crm/notifications/{id}/read"
        | "PUT /api/crm/notifications/read-all" => Value::Null,
        name => panic!("what does {name} send?"),
    }
}

fn new_trip(world: &World, asker: Asker) -> Value {
    let mut trip = json!({
        "title": "Hampta pass", "destination": "Manali", "region": "Himachal Pradesh", "summary": "Two valleys.",
        "difficulty": "moderate", "durationDays": 5, "price": { "amount": 1_200_000, "currency": "INR" },
    });
    if asker == Asker::Admin {
        trip["organizerId"] = json!(world.other(Asker::OrganizerA, Target::Own).client.user_id);
    }
    trip
}

/// The form of a server function.
fn form(world: &World, row: &Row, asker: Asker, target: Target) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields(world, row, asker, target) {
        form.append_pair(name, &value);
    }
    form.finish()
}

fn fields(world: &World, row: &Row, asker: Asker, target: Target) -> Vec<(&'static str, String)> {
    let business = world.business(asker, target);
    let version = |thing: &Value| thing["version"].to_string();
    let (lead, user) = (|| world.lead(asker, target), || world.user(asker, target));
    let pairs =
        |pairs: &[(&'static str, &str)]| pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let with = |name: &'static str, id: String, others: &[(&'static str, &str)]| {
        std::iter::once((name, id)).chain(pairs(others) as Vec<_>).collect()
    };
    let email = &world.other(Asker::UserA, Target::Own).client.email;
    match row.path.trim_start_matches("/api/fn/") {
        "accounts/register" => {
            pairs(&[("name", "Mira"), ("email", "mira@example.in"), ("password", PASSWORD), ("role", "user")])
        }
        "accounts/verify_email" => pairs(&[("token", "no such link")]),
        "accounts/sign_in" => pairs(&[("email", email), ("password", PASSWORD)]),
        "accounts/forgot_password" => pairs(&[("email", "nobody@example.in")]),
        "accounts/reset_password" => pairs(&[("token", "no such link"), ("password", NEXT_PASSWORD)]),
        "accounts/save_profile" => pairs(&[("name", "Mira"), ("locale", "hi"), ("time_zone", "Asia/Kolkata")]),
        "accounts/change_password" => pairs(&[("current", PASSWORD), ("password", NEXT_PASSWORD)]),
        name if name.starts_with("accounts/list_") || name == "notifications/load_notifications" => {
            pairs(&[("page[limit]", "20")])
        }
        "notifications/mark_notification_read" => with("id", world.notification(asker, target), &[]),
        "notifications/save_preferences" => pairs(&[("on[0]", "lead.inApp")]),
        "accounts/end_session" => with("id", world.session(asker, target), &[]),
        "accounts/load_person" | "accounts/end_sessions_of" => with("id", user(), &[]),
        "accounts/invite_person" => pairs(&[("name", "Mira"), ("email", "mira@example.in"), ("role", "organizer")]),
        "accounts/change_person" => {
            let state = if (asker, target) == (Asker::Admin, Target::Own) { "active" } else { "disabled" };
            with("id", user(), &[("state", state), ("version", "0")])
        }
        "accounts/load_mail" | "accounts/resend_mail" => with("id", world.mail(target), &[]),
        "accounts/load_sample" => pairs(&[("kind", kind_of_mail(target))]),
        "trips/load_trip" => with("slug", world.slug(asker, target), &[]),
        "trips/load_trip_editor" => with("id", world.trip(asker, target), &[]),
        "trips/save_trip" => trip_fields(world, asker, target),
        "trips/set_trip_visibility" => {
            with("id", world.trip(asker, target), &[("version", &version(&business.trip)), ("to", "paused")])
        }
        "leads/create_enquiry" => with(
            "enquiry[trip]",
            world.trip(asker, target),
            &[("enquiry[name]", "Mira Sen"), ("enquiry[email]", "mira@example.in")],
        ),
        "leads/load_leads" | "leads/load_board" => pairs(&[("address[status]", "all")]),
        "leads/load_column" => {
            pairs(&[("address[status]", "all"), ("status", "interested"), ("cursor", &world.cursor)])
        }
        "leads/load_lead" => with("id", lead(), &[]),
        "leads/add_lead" => {
            with("trip", world.trip(asker, target), &[("name", "Mira Sen"), ("email", "mira@example.in")])
        }
        "leads/move_lead" => {
            with("id", lead(), &[("to", "move:not_interested"), ("version", &version(&business.lead))])
        }
        "leads/take_step" => with("id", lead(), &[("to", "not_interested"), ("version", &version(&business.lead))]),
        "leads/log_interaction" => with("id", lead(), &[("kind", "call"), ("text", "They will think about it.")]),
        "leads/change_fact" => {
            with("id", lead(), &[("fact", "party"), ("value", "4"), ("version", &version(&business.lead))])
        }
        "leads/convert_lead" => with("id", lead(), &[("party_size", "2"), ("amount", "20,000")]),
        "leads/change_leads" => {
            with("ids[0]", world.lead(asker, Target::Own), &[("query", ""), ("action", "move:not_interested")])
        }
        name if name.starts_with("chat/") => chat_fields(world, name, asker, target),
        name if name.starts_with("tickets/") => ticket_fields(world, name, asker, target),
        "leads/save_view" => with("id", world.view(asker, target), &[("name", "Due ones"), ("query", "due=true")]),
        "leads/delete_view" => with("id", world.view(asker, target), &[]),
        _ => Vec::new(),
    }
}

fn chat_fields(world: &World, name: &str, asker: Asker, target: Target) -> Vec<(&'static str, String)> {
    let message = [("client_id", "matrix".to_owned()), ("body", "Is it cold?".to_owned())];
    match name {
        "chat/load_pane" => vec![("place", world.conversation(asker, target))],
        "chat/send_message" => [("id", world.conversation(asker, target))].into_iter().chain(message).collect(),
        "chat/begin_conversation" => {
            let about = match asker {
                Asker::UserA | Asker::UserB => Some(("trip", world.trip(asker, target))),
                Asker::Anonymous | Asker::Admin => None,
                _ => Some(("lead", world.lead(asker, target))),
            };
            about.into_iter().chain(message).collect()
        }
        _ => Vec::new(),
    }
}

fn ticket_fields(world: &World, name: &str, asker: Asker, target: Target) -> Vec<(&'static str, String)> {
    let given = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    let ticket = |pairs: &[(&'static str, &str)]| {
        let version = ("version", world.ticket_version(asker, target).to_string());
        [("id", world.ticket(asker, target)), version].into_iter().chain(given(pairs)).collect()
    };
    match name {
        "tickets/create_ticket" => {
            given(&[("subject", "Refund"), ("description", "It was called off."), ("category", "payment")])
        }
        "tickets/load_ticket" => vec![("id", world.ticket(asker, target))],
        "tickets/take_step" => ticket(&[("to", "cancelled")]),
        "tickets/add_ticket_message" => ticket(&[("text", "It was the third of May.")]),
        "tickets/assign_ticket" => {
            let admin = world.other(Asker::Admin, Target::Own).client.user_id.clone();
            ticket(&[("assignee", &admin)])
        }
        "tickets/change_ticket_priority" => ticket(&[("priority", "urgent")]),
        "tickets/rate_ticket" => vec![("id", world.resolved_ticket(asker, target)), ("score", "5".to_owned())],
        "tickets/save_answer" => given(&[("title", "Refund"), ("text", "Hello {{name}}")]),
        "tickets/delete_answer" => given(&[("id", "0123456789abcdef01234567")]),
        _ => Vec::new(),
    }
}

fn trip_fields(world: &World, asker: Asker, target: Target) -> Vec<(&'static str, String)> {
    let trip = &world.business(asker, target).trip;
    vec![
        ("form[id]", world.trip(asker, target)),
        ("form[version]", trip["version"].to_string()),
        ("form[title]", text(trip, "title").to_owned()),
        ("form[destination]", text(trip, "destination").to_owned()),
        ("form[region]", text(trip, "region").to_owned()),
        ("form[summary]", "Snow, oaks, a summit.".to_owned()),
        ("form[difficulty]", text(trip, "difficulty").to_owned()),
        ("form[duration_days]", "6".to_owned()),
        ("form[price]", "10,000".to_owned()),
    ]
}
