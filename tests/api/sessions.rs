//! Browsers: the forms of accounts, the session cookie and how long it lasts.

use axum::{
    body::Body,
    http::{
        Request,
        header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE},
    },
};
use jiff::SignedDuration;
use trek_tribe::{crm::accounts::user::Role, server::config::Environment};

use crate::support::{PASSWORD, Reply, TestApp};

/// Posts a form of accounts as a browser without script does.
async fn post_form(app: &TestApp, name: &str, cookie: &str, fields: &[(&str, &str)]) -> Reply {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    let request = Request::post(format!("/api/fn/accounts/{name}"))
        .header("host", "127.0.0.1:3000")
        .header(ORIGIN, app.app.config.public_url.as_str())
        .header(ACCEPT, "text/html")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(COOKIE, cookie)
        .body(Body::from(body.finish()));
    app.send(request.unwrap()).await
}

async fn get_me(app: &TestApp, cookie: &str) -> Reply {
    let request = Request::get("/api/auth/me").header("host", "127.0.0.1:3000").header(COOKIE, cookie);
    app.send(request.body(Body::empty()).unwrap()).await
}

async fn sign_in(app: &TestApp, email: &str) -> Reply {
    post_form(app, "sign_in", "", &[("email", email), ("password", PASSWORD)]).await
}

/// The session cookie that an answer sets, with its attributes.
fn set_cookie(reply: &Reply) -> Option<String> {
    let cookies = reply.headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned());
    cookies.into_iter().find(|cookie| cookie.contains("session="))
}

/// What a browser sends back of it.
fn cookie_of(reply: &Reply) -> String {
    set_cookie(reply).unwrap().split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn signing_in_by_form_gives_a_cookie_and_sends_on_by_role() {
    let app = TestApp::start().await;
    for (role, page) in [(Role::User, "/home"), (Role::Organizer, "/today")] {
        let person = app.register(role, "Asha Rao").await;
        let reply = sign_in(&app, &person.email).await;
        assert_eq!(reply.headers[LOCATION], page, "{}", reply.status);
        let me = get_me(&app, &cookie_of(&reply)).await.expect(200);
        assert_eq!(me.data()["id"], person.user_id);
    }
}

#[tokio::test]
async fn after_signing_in_one_goes_on_within_this_site_only() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    for (next, page) in [
        ("/trips/roopkund?from=2", "/trips/roopkund?from=2"),
        ("https://evil.example/", "/home"),
        ("//evil.example", "/home"),
    ] {
        let fields = [("email", asha.email.as_str()), ("password", PASSWORD), ("next", next)];
        assert_eq!(post_form(&app, "sign_in", "", &fields).await.headers[LOCATION], page);
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let cookie = set_cookie(&sign_in(&app, &asha.email).await).unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn in_production_the_cookie_belongs_to_this_host_over_https() {
    let app = TestApp::start_with(|config| {
        config.environment = Environment::Production;
        config.public_url = "https://trek.example".into();
    })
    .await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let cookie = set_cookie(&sign_in(&app, &asha.email).await).unwrap();
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn signing_in_gives_a_new_cookie_and_ends_the_one_before() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let first = cookie_of(&sign_in(&app, &asha.email).await);
    let fields = [("email", asha.email.as_str()), ("password", PASSWORD)];
    let second = cookie_of(&post_form(&app, "sign_in", &first, &fields).await);
    assert_ne!(first, second);
    get_me(&app, &first).await.refused(401, "unauthenticated");
    get_me(&app, &second).await.expect(200);
}

#[tokio::test]
async fn a_cookie_that_somebody_made_up_is_not_taken_over() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let planted = "session=AAAAAAAAAAAAAAAAAAAAAA";
    let fields = [("email", asha.email.as_str()), ("password", PASSWORD)];
    let cookie = cookie_of(&post_form(&app, "sign_in", planted, &fields).await);
    assert_ne!(cookie, planted);
    get_me(&app, planted).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let cookie = cookie_of(&sign_in(&app, &asha.email).await);
    let reply = post_form(&app, "sign_out", &cookie, &[]).await;
    assert_eq!(reply.headers[LOCATION], "/sign-in");
    assert!(set_cookie(&reply).unwrap().contains("Max-Age=0"));
    get_me(&app, &cookie).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_session_lasts_while_it_is_used_and_thirty_days_more() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let cookie = cookie_of(&sign_in(&app, &asha.email).await);
    for _ in 0..3 {
        app.clock.advance(SignedDuration::from_hours(29 * 24));
        let reply = get_me(&app, &cookie).await.expect(200);
        assert_eq!(cookie_of(&reply), cookie, "the browser gets it for 30 more days");
    }
    assert_eq!(set_cookie(&get_me(&app, &cookie).await), None, "once a day is enough");
    app.clock.advance(SignedDuration::from_hours(30 * 24));
    get_me(&app, &cookie).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn registering_by_form_signs_in() {
    let app = TestApp::start().await;
    let fields = [("name", "Asha Rao"), ("email", "asha@example.in"), ("password", PASSWORD), ("role", "organizer")];
    let reply = post_form(&app, "register", "", &fields).await;
    assert_eq!(reply.headers[LOCATION], "/today");
    assert_eq!(get_me(&app, &cookie_of(&reply)).await.expect(200).data()["role"], "organizer");
}

#[tokio::test]
async fn a_password_changed_by_form_leads_to_signing_in_again() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let cookie = cookie_of(&sign_in(&app, &asha.email).await);
    let fields = [("current", PASSWORD), ("password", "a quite different password")];
    let reply = post_form(&app, "change_password", &cookie, &fields).await;
    assert_eq!(reply.headers[LOCATION], "/sign-in");
    get_me(&app, &cookie).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_wrong_password_by_form_gives_no_cookie() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let fields = [("email", asha.email.as_str()), ("password", "not her password")];
    assert_eq!(set_cookie(&post_form(&app, "sign_in", "", &fields).await), None);
}

#[tokio::test]
async fn a_bad_token_counts_even_with_a_good_cookie() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let cookie = cookie_of(&sign_in(&app, &asha.email).await);
    let request = Request::get("/api/auth/me")
        .header("host", "127.0.0.1:3000")
        .header(COOKIE, cookie)
        .header("authorization", "Bearer x");
    app.send(request.body(Body::empty()).unwrap()).await.refused(401, "unauthenticated");
}
