//! A flood of what nobody understands, at either door of a process of its own: it ends the connections that it comes over, at the
//! latest when its clients have had enough, and harms nobody else.

use std::time::Instant;

use serde_json::json;
use trek_tribe::crm::accounts::user::Role;

use crate::support::{
    TestApp, figures,
    process::Server,
    wire::{Door, Wire},
};

/// So many malformed frames are sent, over connections that are ended for it again and again.
const FLOOD: usize = 100_000;
/// So many over one connection: a page's is ended after 1,200 in ten seconds, of which it was told of 1,000 that they are too many.
const EACH: usize = 1_250;

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_send_nonsense_lose_their_connections_and_harm_nobody() {
    flood(Door::Pages, &["{", "nonsense", r#"{"typing:start":1}"#, "0{}"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_send_nonsense_harm_nobody() {
    flood(
        Door::Programs,
        &[r#"42["no such event",{}]"#, r#"421["typing:start",1]"#, r#"42["message:send",{"body":{"$ne":null}}]"#],
    )
    .await;
}

async fn flood(door: Door, nonsense: &[&str]) {
    let app = TestApp::start().await;
    let [mira, ravi] = [app.register(Role::User, "Mira Sen").await, app.register(Role::User, "Ravi").await];
    app.catch_up();
    let (mira, ravi) = (app.sign_in(&mira.email).await, app.sign_in(&ravi.email).await);
    let mut server = Server::start_beside(&app);
    let mut his = Wire::counted(door, server.address, ravi.token.as_ref().unwrap()).await;
    let (before, begun) = (server.memory(), Instant::now());
    let nothing = json!({ "conversationId": ravi.user_id });
    let (mut sent, mut connections) = (0, 0);
    while sent < FLOOD {
        let hers = Wire::open(door, server.address, mira.token.as_deref()).await.unwrap();
        sent += hers.flood(nonsense.iter().copied().cycle().take(EACH)).await;
        connections += 1;
        assert_eq!(
            his.ask("leave:conversation", nothing.clone()).await,
            Some(json!({})),
            "the others are served as before"
        );
    }
    figures::tell(&format!(
        "{door:?}: {sent} malformed frames over {connections} connections in {:.1} s; {before} KiB before, {} KiB after",
        begun.elapsed().as_secs_f64(),
        server.memory()
    ));
    assert!(server.child.try_wait().unwrap().is_none() && server.errors().is_empty(), "{:?}", server.errors());
}
