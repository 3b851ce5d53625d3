//! What a page is made of.

use std::collections::BTreeSet;

use trek_tribe::crm::accounts::user::Role;

use crate::support::{TestApp, attribute};

/// The answers that a page gives the browser along, so that it need not ask for them again: what the page is made of.
fn answers(page: &str) -> Vec<&str> {
    let after = page.split("__RESOLVED_RESOURCES[").skip(1);
    after
        .filter_map(|rest| rest.split_once("] = "))
        .map(|(_, rest)| rest.split(";</script>").next().unwrap().trim_end_matches(';'))
        .collect()
}

#[tokio::test]
async fn each_page_is_loaded_once_and_shows_what_it_tells_the_browser() {
    let app = TestApp::start().await;
    let people = [
        app.register(Role::User, "Asha Rao").await,
        app.register(Role::Organizer, "Deodar Trails").await,
        app.admin().await,
    ];
    let mut looked_at = 0;
    for person in &people {
        let mut browser = app.browser_of(person).await;
        let places = attribute(&browser.peek(&browser.at.clone()).await, ".app a[href^='/']", "href");
        for place in places.into_iter().collect::<BTreeSet<_>>() {
            let page = browser.peek(&place).await.expect(200).text;
            let all: Vec<_> = answers(&page).into_iter().filter(|answer| answer.contains("Ok")).collect();
            if all.is_empty() {
                // Public pages do not wake.
                continue;
            }
            looked_at += 1;
            let distinct: BTreeSet<_> = all.iter().collect();
            assert!(distinct.len() >= 2, "{place}: the frame and the page: {all:?}");
            assert_eq!(all.len(), distinct.len(), "{place}: {all:#?}");
        }
    }
    assert!(looked_at > 20, "{looked_at} pages");
}
