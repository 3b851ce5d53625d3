//! Tickets are moved along: each step for each role, assigning, resolving, rating, replying, closing by time, and races.

use axum::http::Method;
use jiff::SignedDuration;
use mongodb::bson::doc;
use serde_json::{Value, json};
use trek_tribe::{
    crm::{
        accounts::user::Role,
        tickets::{server::service::close_resolved, status::TicketStatus},
    },
    shared::lifecycle::{By, Lifecycle},
};

use crate::support::{
    Client, Reply, TestApp,
    leads::text,
    tickets::{TICKETS, ticket_path},
};

async fn stage() -> (TestApp, Client, Client) {
    let app = TestApp::start().await;
    let (asha, admin) = (app.register(Role::User, "Asha Rao").await, app.admin().await);
    (app, asha, admin)
}

fn steps(ticket: &Value) -> Vec<(&str, &str, &str)> {
    let history = ticket["history"].as_array().unwrap();
    history.iter().map(|step| (text(step, "from"), text(step, "to"), text(&step["by"], "side"))).collect()
}

/// How two requests at once end, whichever comes first.
fn outcomes(one: &Reply, other: &Reply) -> [u16; 2] {
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    statuses
}

#[tokio::test]
async fn exactly_the_steps_of_the_table_are_taken_by_those_whose_they_are() {
    let (_app, asha, admin) = stage().await;
    for from in TicketStatus::ALL {
        for to in TicketStatus::ALL {
            for (client, by) in [(&asha, By::Requester), (&admin, By::Admin)] {
                let ticket = admin.move_ticket(&asha.open_ticket().await, from.as_str()).await;
                let before = client.see_ticket(&ticket).await;
                let body = json!({ "status": to.as_str(), "note": "So it is.", "version": before["version"] });
                let reply = client.put(&ticket_path(&ticket, "/status"), body).await;
                match from.check_step(*to, by) {
                    Ok(_) => assert_eq!(text(reply.expect(200).data(), "status"), to.as_str()),
                    Err(refusal) => {
                        let refused = reply.refused(refusal.status(), refusal.code());
                        if refused.status == 409 {
                            assert_eq!(refused.body["allowedNext"], before["allowedNext"], "{from:?} to {to:?}");
                        }
                        assert_eq!(client.see_ticket(&ticket).await, before, "{from:?} to {to:?} for {by:?}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn resolving_needs_a_note_that_the_requester_reads() {
    let (_app, asha, admin) = stage().await;
    let ticket = admin.move_ticket(&asha.open_ticket().await, "in_progress").await;
    let (resolve, status) = (ticket_path(&ticket, "/resolve"), ticket_path(&ticket, "/status"));
    for note in [json!(" "), json!("x".repeat(5_001))] {
        let refused = admin.post(&resolve, json!({ "note": note, "version": 2 })).await.refused(422, "invalid_input");
        assert!(refused.body["fields"]["note"].is_array());
    }
    admin.put(&status, json!({ "status": "resolved", "version": 2 })).await.refused(422, "invalid_input");
    admin.post(&resolve, json!({ "note": "Paid.", "version": 1 })).await.refused(409, "conflict");
    let resolved = admin.post(&resolve, json!({ "note": " Paid. ", "version": 2 })).await.expect(200);
    assert_eq!((text(resolved.data(), "status"), text(resolved.data(), "resolution")), ("resolved", "Paid."));
    let seen = asha.see_ticket(&ticket).await;
    assert_eq!((text(&seen, "resolution"), text(&seen["history"][1], "note")), ("Paid.", "Paid."));
    admin.post(&resolve, json!({ "note": "Again.", "version": 3 })).await.refused(409, "step_refused");
}

#[tokio::test]
async fn assigning_a_ticket_that_nobody_has_begun_begins_it() {
    let (app, asha, admin) = stage().await;
    let colleague = app.admin().await;
    let ticket = admin.assign_ticket(&asha.open_ticket().await, &colleague).await;
    assert_eq!((text(&ticket, "status"), text(&ticket["assignee"], "id")), ("in_progress", colleague.user_id.as_str()));
    assert_eq!(steps(&ticket), [("pending", "in_progress", "admin")]);
    let waiting = admin.take_ticket_to(&ticket, "waiting_customer").await;
    let given = admin.assign_ticket(&waiting, &admin).await;
    assert_eq!((text(&given, "status"), text(&given["assignee"], "id")), ("waiting_customer", admin.user_id.as_str()));
    assert_eq!(admin.assign_ticket(&given, &admin).await, given);
}

#[tokio::test]
async fn only_active_admins_can_be_given_a_ticket() {
    let (app, asha, admin) = stage().await;
    let ticket = asha.open_ticket().await;
    let former = app.admin().await;
    let disable = json!({ "state": "disabled", "version": 0 });
    admin.put(&format!("/api/admin/users/{}", former.user_id), disable).await.expect(200);
    let invitation = json!({ "name": "Ravi Nair", "email": "ravi@example.in", "role": "admin" });
    let invited = admin.post("/api/admin/users", invitation).await.expect(201).data()["id"].clone();
    let nobody = "65f1c0ffee00112233445566";
    for somebody in [asha.user_id.as_str(), &former.user_id, invited.as_str().unwrap(), nobody] {
        let body = json!({ "assigneeId": somebody, "version": 1 });
        let refused = admin.put(&ticket_path(&ticket, "/assign"), body).await.refused(422, "invalid_input");
        assert!(refused.body["fields"]["assigneeId"].is_array());
    }
    for value in [json!({ "$ne": null }), json!(null), json!("me")] {
        let body = json!({ "assigneeId": value, "version": 1 });
        admin.put(&ticket_path(&ticket, "/assign"), body).await.refused(422, "invalid_input");
    }
    assert_eq!(asha.see_ticket(&ticket).await, ticket);
}

#[tokio::test]
async fn of_two_who_take_a_ticket_at_once_one_has_it() {
    let (app, asha, admin) = stage().await;
    let colleague = app.admin().await;
    for _ in 0..5 {
        let ticket = asha.open_ticket().await;
        let path = ticket_path(&ticket, "/assign");
        let take = |client: &Client| json!({ "assigneeId": client.user_id, "version": 1 });
        let (one, other) = tokio::join!(admin.put(&path, take(&admin)), colleague.put(&path, take(&colleague)));
        assert_eq!(outcomes(&one, &other), [200, 409]);
        let winner = if one.status == 200 { &admin } else { &colleague };
        let ticket = admin.see_ticket(&ticket).await;
        assert_eq!((text(&ticket["assignee"], "id"), steps(&ticket).len()), (winner.user_id.as_str(), 1));
    }
}

#[tokio::test]
async fn a_reply_of_the_requester_takes_back_what_waits_or_is_resolved() {
    let (_app, asha, admin) = stage().await;
    for (from, to) in [
        ("pending", "pending"),
        ("in_progress", "in_progress"),
        ("waiting_customer", "in_progress"),
        ("resolved", "in_progress"),
    ] {
        let ticket = admin.move_ticket(&asha.open_ticket().await, from).await;
        let replied = asha.say(&ticket, "It was the third of May.").await;
        assert_eq!((text(&replied, "status"), text(&replied["messages"][0], "text")), (to, "It was the third of May."));
        let moved = steps(&replied).last() == Some(&(from, to, "requester"));
        assert_eq!(moved, from != to, "{from}");
        assert_eq!((&replied["resolvedAt"], &replied["resolution"]), (&json!(null), &json!(null)));
    }
}

#[tokio::test]
async fn an_answer_of_an_admin_moves_nothing() {
    let (_app, asha, admin) = stage().await;
    for from in ["pending", "in_progress", "waiting_customer", "resolved"] {
        let ticket = admin.move_ticket(&asha.open_ticket().await, from).await;
        let answered = admin.say(&ticket, "We look into it.").await;
        assert_eq!((text(&answered, "status"), text(&answered["messages"][0]["by"], "side")), (from, "admin"));
        assert_eq!(answered["lastReply"]["text"], json!("We look into it."));
    }
}

#[tokio::test]
async fn the_first_words_of_an_admin_are_the_first_answer() {
    let (app, asha, admin) = stage().await;
    let answered_at = async |ticket: &Value| asha.see_ticket(ticket).await["clock"]["answeredAt"].clone();
    let ticket = asha.open_ticket().await;
    asha.say(&ticket, "One more thing.").await;
    admin.note(&ticket, "Hm.").await;
    let begun = admin.take_ticket_to(&admin.see_ticket(&ticket).await, "in_progress").await;
    assert_eq!(answered_at(&ticket).await, json!(null));
    app.clock.advance(SignedDuration::from_mins(5));
    let said_at = app.clock.now().to_string();
    admin.say(&begun, "We look into it.").await;
    app.clock.advance(SignedDuration::from_mins(5));
    admin.say(&begun, "Still looking.").await;
    assert_eq!(answered_at(&ticket).await, json!(said_at));
    let resolved = admin.move_ticket(&asha.open_ticket().await, "resolved").await;
    assert_eq!(answered_at(&resolved).await, json!(app.clock.now().to_string()));
}

#[tokio::test]
async fn nothing_but_the_rating_is_written_to_what_is_closed_and_nothing_to_what_is_cancelled() {
    let (app, asha, admin) = stage().await;
    for (status, rated) in [("closed", 200), ("cancelled", 409)] {
        let ticket = admin.move_ticket(&asha.open_ticket().await, status).await;
        let version = &ticket["version"];
        let rows = app.count("audit", doc! {}).await;
        for client in [&asha, &admin] {
            let says = json!({ "text": "One more thing." });
            let refused = client.post(&ticket_path(&ticket, "/messages"), says).await.refused(409, "step_refused");
            assert_eq!(refused.body["allowedNext"], json!([]));
        }
        let notes = json!({ "text": "Hm.", "internal": true });
        admin.post(&ticket_path(&ticket, "/messages"), notes).await.refused(409, "step_refused");
        let assign = json!({ "assigneeId": admin.user_id, "version": version });
        admin.put(&ticket_path(&ticket, "/assign"), assign).await.refused(409, "step_refused");
        let resolve = json!({ "note": "Paid.", "version": version });
        admin.post(&ticket_path(&ticket, "/resolve"), resolve).await.refused(409, "step_refused");
        assert_eq!(admin.see_ticket(&ticket).await, ticket);
        assert_eq!(app.count("audit", doc! {}).await, rows);
        let reply = asha.post(&ticket_path(&ticket, "/rating"), json!({ "score": 4 })).await;
        assert_eq!(reply.status, rated, "{}", reply.text);
    }
}

#[tokio::test]
async fn the_requester_rates_once_what_is_resolved() {
    let (_app, asha, admin) = stage().await;
    let ticket = admin.move_ticket(&asha.open_ticket().await, "in_progress").await;
    let rating = ticket_path(&ticket, "/rating");
    asha.post(&rating, json!({ "score": 5 })).await.refused(409, "conflict");
    admin.take_ticket_to(&ticket, "resolved").await;
    for score in [json!(0), json!(6), json!(-1), json!("5"), json!(4.5), json!({ "$gt": 0 })] {
        let refused = asha.post(&rating, json!({ "score": score })).await.refused(422, "invalid_input");
        assert!(refused.body["fields"]["score"].is_array(), "{score}");
    }
    let long = json!({ "score": 5, "comment": "x".repeat(1_001) });
    asha.post(&rating, long).await.refused(422, "invalid_input");
    admin.post(&rating, json!({ "score": 5 })).await.refused(403, "forbidden");
    let rated = asha.post(&rating, json!({ "score": 4, "comment": " Quick. " })).await.expect(200);
    let given = &rated.data()["rating"];
    assert_eq!((&given["score"], &given["comment"]), (&json!(4), &json!("Quick.")));
    asha.post(&rating, json!({ "score": 1 })).await.refused(409, "conflict");
    assert_eq!(&admin.see_ticket(&ticket).await["rating"], given);
}

#[tokio::test]
async fn a_rating_is_dropped_when_the_ticket_is_reopened() {
    let (_app, asha, admin) = stage().await;
    let ticket = admin.move_ticket(&asha.open_ticket().await, "resolved").await;
    asha.rate(&ticket, 5).await;
    let again = asha.say(&ticket, "It is broken again.").await;
    assert_eq!(again["rating"], json!(null));
    let resolved = admin.take_ticket_to(&again, "resolved").await;
    assert_eq!(asha.rate(&resolved, 2).await["rating"]["score"], json!(2));
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    let (_app, asha, admin) = stage().await;
    let ticket = admin.move_ticket(&asha.open_ticket().await, "in_progress").await;
    let said = asha.say(&ticket, "One more thing.").await;
    let version = &ticket["version"];
    let ask = json!({ "status": "waiting_customer", "version": version });
    admin.put(&ticket_path(&ticket, "/status"), ask).await.refused(409, "conflict");
    let assign = json!({ "assigneeId": admin.user_id, "version": version });
    admin.put(&ticket_path(&ticket, "/assign"), assign).await.refused(409, "conflict");
    let resolve = json!({ "note": "Paid.", "version": version });
    admin.post(&ticket_path(&ticket, "/resolve"), resolve).await.refused(409, "conflict");
    assert_eq!(asha.see_ticket(&ticket).await, said);
}

#[tokio::test]
async fn a_reply_and_a_resolution_at_once_never_lose_the_reply() {
    let (_app, asha, admin) = stage().await;
    for _ in 0..8 {
        let ticket = admin.move_ticket(&asha.open_ticket().await, "in_progress").await;
        let resolve = json!({ "note": "Paid.", "version": ticket["version"] });
        let (resolve_path, say_path) = (ticket_path(&ticket, "/resolve"), ticket_path(&ticket, "/messages"));
        let (resolved, said) =
            tokio::join!(admin.post(&resolve_path, resolve), asha.post(&say_path, json!({ "text": "Not so!" })));
        said.expect(201);
        // Whoever resolves has not seen the reply, or is followed by it: it is never left lying in a resolved ticket.
        assert!(matches!(resolved.status, 200 | 409), "{}", resolved.text);
        let now = admin.see_ticket(&ticket).await;
        assert_eq!((text(&now, "status"), text(&now["messages"][0], "text")), ("in_progress", "Not so!"));
        assert_eq!(steps(&now).len(), if resolved.status == 200 { 3 } else { 1 });
    }
}

#[tokio::test]
async fn what_was_resolved_seven_days_ago_is_closed_by_time() {
    let (app, asha, admin) = stage().await;
    let first = admin.move_ticket(&asha.open_ticket().await, "resolved").await;
    let reopened = admin.move_ticket(&asha.open_ticket().await, "resolved").await;
    asha.say(&reopened, "No.").await;
    app.clock.advance(SignedDuration::from_mins(1));
    let second = admin.move_ticket(&asha.open_ticket().await, "resolved").await;
    app.clock
        .advance(SignedDuration::from_hours(7 * 24) - SignedDuration::from_mins(1) - SignedDuration::from_millis(1));
    assert_eq!(close_resolved(&app.app).await, Ok(0));
    app.clock.advance(SignedDuration::from_millis(1));
    assert_eq!(close_resolved(&app.app).await, Ok(1));
    assert_eq!(close_resolved(&app.app).await, Ok(0));
    let asha = app.sign_in(&asha.email).await;
    let closed = asha.see_ticket(&first).await;
    assert_eq!((text(&closed, "status"), &closed["resolution"]), ("closed", &json!("Paid back.")));
    assert_eq!(steps(&closed).last(), Some(&("resolved", "closed", "system")));
    assert_eq!(text(&asha.see_ticket(&second).await, "status"), "resolved");
    assert_eq!(text(&asha.see_ticket(&reopened).await, "status"), "in_progress");
}

#[tokio::test]
async fn more_tickets_than_a_batch_are_closed_by_two_jobs_at_once_each_once() {
    let (app, asha, admin) = stage().await;
    for _ in 0..103 {
        admin.move_ticket(&asha.open_ticket().await, "resolved").await;
    }
    app.clock.advance(SignedDuration::from_hours(8 * 24));
    let (one, other) = tokio::join!(close_resolved(&app.app), close_resolved(&app.app));
    assert_eq!(one.unwrap() + other.unwrap(), 103);
    assert_eq!(app.count("tickets", doc! { "status": "closed" }).await, 103);
    assert_eq!(app.count("ticketTimeline", doc! { "what.to": "closed" }).await, 103);
}

#[tokio::test]
async fn what_cannot_be_right_is_named_and_changes_nothing() {
    let (app, asha, admin) = stage().await;
    let ticket = admin.move_ticket(&asha.open_ticket().await, "in_progress").await;
    let (ne, id) = (json!({ "$ne": null }), &admin.user_id);
    for (below, body, field) in [
        ("/status", json!({ "status": ne, "version": 2 }), "status"),
        ("/status", json!({ "status": "solved", "version": 2 }), "status"),
        ("/status", json!({ "status": "waiting_customer", "version": ne }), "version"),
        ("/status", json!({ "status": "waiting_customer", "note": ne, "version": 2 }), "note"),
        ("/status", json!({ "status": "waiting_customer", "note": "x".repeat(5_001), "version": 2 }), "note"),
        ("/status", json!({ "status": "waiting_customer" }), "version"),
        ("/assign", json!({ "assigneeId": id, "version": ne }), "version"),
        ("/resolve", json!({ "note": ne, "version": 2 }), "note"),
        ("/messages", json!({ "text": ne }), "text"),
        ("/messages", json!({ "text": "\n " }), "text"),
        ("/messages", json!({ "text": "x".repeat(5_001) }), "text"),
        ("/messages", json!({ "text": "x", "internal": ne }), "internal"),
    ] {
        let send = if matches!(below, "/status" | "/assign") { Method::PUT } else { Method::POST };
        let reply = admin.send_json(send, &ticket_path(&ticket, below), &body, &[]).await.refused(422, "invalid_input");
        assert!(reply.body["fields"][field].is_array(), "{below}: {}", reply.text);
    }
    let more = json!({ "text": "x", "by": "somebody else" });
    asha.post(&ticket_path(&ticket, "/messages"), more).await.refused(422, "unknown_field");
    assert_eq!(admin.see_ticket(&ticket).await, ticket);
    assert_eq!(app.count("ticketTimeline", doc! {}).await, 1);
}

#[tokio::test]
async fn a_step_that_fails_half_way_leaves_nothing() {
    let (app, asha, admin) = stage().await;
    let ticket = asha.open_ticket().await;
    app.refuse_writes("ticketTimeline", doc! { "what.is": "step" }).await;
    let start = json!({ "status": "in_progress", "version": 1 });
    admin.put(&ticket_path(&ticket, "/status"), start).await.expect(500);
    app.allow_writes("ticketTimeline").await;
    app.refuse_writes("notifications", doc! { "kind": "ticket" }).await;
    let start = json!({ "status": "in_progress", "version": 1 });
    admin.put(&ticket_path(&ticket, "/status"), start).await.expect(500);
    asha.post(TICKETS, crate::support::tickets::new_ticket()).await.expect(500);
    app.allow_writes("notifications").await;
    assert_eq!(asha.see_ticket(&ticket).await, ticket);
    assert_eq!(app.count("audit", doc! { "entity": "ticket" }).await, 1);
    assert_eq!(text(&asha.open_ticket().await, "number"), "TKT-000002");
}
