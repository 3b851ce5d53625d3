//! What holds for every request: headers, origin, limits, errors, forms without script.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, request::Builder},
};
use leptos::prelude::server;
use serde_json::json;
use trek_tribe::{
    crm::accounts::user::Role,
    server::config::Environment,
    server::{
        mongo::{
            flashes,
            limits::{self, Limit},
        },
        notice::set_notice,
        router,
    },
    shared::error::AppError,
};

use crate::support::{PASSWORD, Reply, TestApp};

const HOST: &str = "127.0.0.1:3000";
const ORIGIN: &str = "http://127.0.0.1:3000";

fn request(method: Method, path: &str) -> Builder {
    Request::builder().method(method).uri(path).header("host", HOST)
}

async fn send_json(app: &TestApp, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
    let mut request = request(Method::POST, path).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(body.into()).unwrap()).await
}

async fn view(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = request(Method::GET, path).header("accept", "text/html,*/*");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn every_kind_of_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    let too_long = format!("/trips?q={}", "a".repeat(9_000));
    for path in
        ["/", "/nowhere", "/api/nowhere", "/healthz", "/api/docs/", "/api/openapi.json", "/api/auth/me", &too_long]
    {
        for accept in ["text/html", "application/json"] {
            let reply = view(&app, path, &[("accept", accept)]).await;
            let policy = header(&reply.headers, "content-security-policy");
            assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
            assert!(
                policy.contains("base-uri 'none'") && policy.contains("frame-ancestors 'none'"),
                "{path}: {policy}"
            );
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("x-frame-options", "DENY"),
                ("x-dns-prefetch-control", "off"),
                ("origin-agent-cluster", "?1"),
                ("x-permitted-cross-domain-policies", "none"),
                ("cache-control", "no-store"),
            ] {
                assert_eq!(header(&reply.headers, name), value, "{path} {name}");
            }
            assert!(header(&reply.headers, "permissions-policy").contains("camera=()"), "{path}");
            assert!(!reply.headers.contains_key("server") && !reply.headers.contains_key("strict-transport-security"));
        }
    }
}

#[tokio::test]
async fn production_asks_browsers_to_stay_on_https() {
    let app = TestApp::start_with(|config| {
        config.environment = Environment::Production;
        config.public_url = "https://trek.example".into();
    })
    .await;
    let reply = view(&app, "/api/nowhere", &[]).await;
    assert_eq!(header(&reply.headers, "strict-transport-security"), "max-age=31536000; includeSubDomains");
    let reply = send_json(&app, "/theme", &[("origin", ORIGIN), ("cookie", "theme=dark")], "{}").await;
    assert_eq!(reply.status, 403, "the host of a request is not believed in production");
}

#[tokio::test]
async fn the_page_of_the_components_is_shown_in_development_alone() {
    let page = view(&TestApp::start().await, "/design", &[]).await;
    assert!(page.status == 200 && page.text.contains("Every part once") && !page.text.contains("<script"));
    let production = TestApp::start_with(|config| config.environment = Environment::Production).await;
    assert_eq!(view(&production, "/design", &[]).await.status, 404);
}

#[tokio::test]
async fn files_are_kept_by_browsers_and_hashed_ones_for_ever() {
    let folder = std::env::temp_dir().join(format!("trek-tribe-site-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("pkg")).unwrap();
    for (name, text) in
        [("pkg/main.1.css", "a{}"), ("pkg/main.1.css.br", "packed"), ("robots.txt", "ok"), (".stamp.json", "{}")]
    {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let site = folder.clone();
    let app = TestApp::start_with(|config| config.site_dir = site).await;
    let reply = view(&app, "/pkg/main.1.css", &[]).await.expect(200);
    assert_eq!(header(&reply.headers, "cache-control"), "public, max-age=31536000, immutable");
    assert!(header(&reply.headers, "content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(reply.text, "a{}");
    let reply = view(&app, "/pkg/main.1.css", &[("accept-encoding", "br, gzip")]).await.expect(200);
    assert_eq!((header(&reply.headers, "content-encoding"), reply.text.as_str()), ("br", "packed"));
    let reply = view(&app, "/robots.txt", &[]).await.expect(200);
    assert_eq!(header(&reply.headers, "cache-control"), "public, max-age=3600");
    assert!(reply.headers.contains_key("last-modified"));
    for hidden in ["/.stamp.json", "/%2estamp.json", "/manifest.json", "/pkg", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        assert_eq!(view(&app, hidden, &[]).await.status, 404, "{hidden}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_public_page_has_no_script_and_allows_none() {
    let app = TestApp::start().await;
    let reply = view(&app, "/", &[]).await.expect(200);
    assert!(!reply.text.contains("<script") && reply.text.ends_with("</html>"), "{}", reply.text);
    assert!(header(&reply.headers, "content-security-policy").contains("script-src 'none'"));
}

#[tokio::test]
async fn a_request_gets_an_id_of_ours() {
    let app = TestApp::start().await;
    let reply = send_json(&app, "/api/nowhere", &[("x-request-id", "mine")], "{}").await.refused(404, "not_found");
    let id = header(&reply.headers, "x-request-id");
    assert_eq!(id.len(), 24);
    assert_eq!(reply.body["requestId"], id);
    assert_eq!(reply.body["success"], false);
}

#[tokio::test]
async fn people_read_errors_as_pages() {
    let app = TestApp::start().await;
    let reply = view(&app, "/nowhere?%3Cscript%3E", &[]).await.expect(404);
    assert!(header(&reply.headers, "content-type").starts_with("text/html"));
    assert!(reply.text.contains("There is nothing here") && !reply.text.contains("<script"), "{}", reply.text);
    view(&app, "/api/nowhere", &[]).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_method_that_a_path_does_not_take_is_named() {
    let app = TestApp::start().await;
    let reply = app.anonymous().get("/api/auth/login").await.refused(405, "method_not_allowed");
    assert_eq!(header(&reply.headers, "allow"), "POST");
}

#[tokio::test]
async fn unsafe_requests_of_other_sites_are_refused() {
    let app = TestApp::start().await;
    let path = "/api/auth/login";
    let body = json!({ "email": "nobody@example.in", "password": PASSWORD }).to_string();
    for headers in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:3000.evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", ORIGIN)],
        &[("cookie", "session=1")],
        &[("authorization", "Basic YTpi"), ("cookie", "session=1")],
    ] {
        send_json(&app, path, headers, body.clone()).await.refused(403, "bad_origin");
    }
    for headers in [
        &[][..],
        &[("origin", ORIGIN), ("cookie", "session=1")],
        &[("sec-fetch-site", "same-origin"), ("cookie", "session=1")],
    ] {
        send_json(&app, path, headers, body.clone()).await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_bearer_token_needs_no_origin() {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let headers = [("origin", "https://app.example"), ("cookie", "theme=dark")];
    asha.send_json(Method::POST, "/api/auth/logout", &json!({}), &headers).await.expect(204);
}

#[tokio::test]
async fn what_is_too_large_is_refused_in_the_order_of_the_contract() {
    let app = TestApp::start().await;
    let long = "a".repeat(9_000);
    let (path, wide) = (format!("/api/auth/login?x={long}"), "b".repeat(17_000));
    let big = "c".repeat(1_100_000);
    let evil = ("origin", "https://evil.example");
    send_json(&app, &path, &[("x-wide", &wide), evil], big.clone()).await.refused(431, "headers_too_large");
    send_json(&app, &path, &[evil], big.clone()).await.refused(414, "uri_too_long");
    send_json(&app, "/api/auth/login", &[evil], big.clone()).await.refused(413, "too_large");
    let text = |body: &str| {
        request(Method::POST, "/api/auth/login")
            .header("content-type", "text/plain")
            .header("origin", "https://evil.example")
            .body(Body::from(body.to_owned()))
            .unwrap()
    };
    app.send(text(&big)).await.refused(413, "too_large");
    app.send(text("{}")).await.refused(415, "unsupported_media_type");
    send_json(&app, "/api/auth/login", &[evil], "{}").await.refused(403, "bad_origin");
    send_json(&app, "/api/auth/login", &[], "{").await.refused(400, "malformed_request");
}

#[tokio::test]
async fn too_many_tries_come_before_a_foreign_origin_and_before_signing_in() {
    let app = TestApp::start().await;
    let quarter = jiff::SignedDuration::from_mins(15);
    for (key, max) in [
        ("sign-in:0.0.0.0", 100),
        ("forgot:0.0.0.0", 30),
        ("enquiry:0.0.0.0", 30),
        ("register:0.0.0.0", 30),
        ("reset:0.0.0.0", 30),
    ] {
        for _ in 0..max {
            limits::count(&app.app, key, Limit { max, window: quarter }).await.unwrap();
        }
    }
    let evil = ("origin", "https://evil.example");
    let login = json!({ "email": "asha@example.in", "password": PASSWORD }).to_string();
    send_json(&app, "/api/auth/login", &[evil], login.clone()).await.refused(429, "too_many_requests");
    send_json(&app, "/api/auth/password/forgot", &[evil], "{}").await.refused(429, "too_many_requests");
    send_json(&app, "/api/auth/password/reset", &[evil], "{}").await.refused(429, "too_many_requests");
    send_json(&app, "/api/auth/register", &[evil], "{}").await.refused(429, "too_many_requests");
    send_json(&app, "/api/crm/leads", &[evil], "{}").await.refused(429, "too_many_requests");
    app.anonymous().put("/api/auth/password", json!({})).await.refused(429, "too_many_requests");
    // What has no limit goes on, and so does everything once the time is over.
    send_json(&app, "/api/auth/refresh", &[evil], "{}").await.refused(403, "bad_origin");
    app.clock.advance(quarter);
    send_json(&app, "/api/auth/login", &[evil], login).await.refused(403, "bad_origin");
}

#[tokio::test]
async fn a_body_of_unknown_length_is_counted() {
    let app = TestApp::start().await;
    let chunks = (0..20).map(|_| Ok::<_, std::io::Error>(vec![b' '; 64 * 1024]));
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    send_json(&app, "/api/auth/login", &[], body).await.refused(413, "too_large");
}

#[tokio::test]
async fn the_theme_is_kept_and_leads_back_only_to_this_site() {
    let app = TestApp::start().await;
    let choose = |body: &'static str| {
        let form = request(Method::POST, "/theme").header("origin", ORIGIN).header("accept", "text/html");
        form.header("content-type", FIELDS).body(Body::from(body)).unwrap()
    };
    let reply = app.send(choose("theme=dark&back=%2Ftrips%3Fq%3Da")).await.expect(303);
    assert_eq!(header(&reply.headers, "location"), "/trips?q=a");
    let cookie = header(&reply.headers, "set-cookie");
    assert!(
        cookie.starts_with("theme=dark;") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(view(&app, "/", &[("cookie", "theme=dark")]).await.text.contains("data-theme=\"dark\""));
    assert!(!view(&app, "/", &[("cookie", "theme=pink")]).await.text.contains("pink"));
    for back in [
        "theme=light&back=https%3A%2F%2Fevil.example",
        "theme=light&back=%2F%2Fevil.example",
        "theme=light&back=%2F%5Cevil.example",
    ] {
        assert_eq!(header(&app.send(choose(back)).await.expect(303).headers, "location"), "/", "{back}");
    }
    app.send(choose("theme=pink")).await.expect(422);
    let by_script = request(Method::POST, "/theme").header("origin", ORIGIN).header("content-type", FIELDS);
    let reply = app.send(by_script.body(Body::from("theme=dark")).unwrap()).await.expect(204);
    assert!(header(&reply.headers, "set-cookie").starts_with("theme=dark;"));
}

#[tokio::test]
async fn in_production_the_theme_belongs_to_this_host_over_https() {
    let app = TestApp::start_with(|config| {
        config.environment = trek_tribe::server::config::Environment::Production;
        config.public_url = "https://trek.example".into();
    })
    .await;
    let form = request(Method::POST, "/theme").header("origin", "https://trek.example");
    let form = form.header("content-type", "application/x-www-form-urlencoded").body(Body::from("theme=dark"));
    let reply = app.send(form.unwrap()).await.expect(204);
    let cookie = header(&reply.headers, "set-cookie");
    assert!(cookie.starts_with("__Host-theme=dark;") && cookie.contains("Secure"), "{cookie}");
    let is_dark =
        async |cookie: &str| view(&app, "/", &[("cookie", cookie)]).await.text.contains("data-theme=\"dark\"");
    assert!(is_dark("__Host-theme=dark").await);
    assert!(!is_dark("theme=dark").await, "what another host may have set");
}

#[tokio::test]
async fn ready_means_that_the_database_answers() {
    let app = TestApp::start().await;
    assert_eq!(app.anonymous().get("/readyz").await.expect(200).body["status"], "ready");
    assert_eq!(app.anonymous().get("/healthz").await.expect(200).body["status"], "up");
}

#[tokio::test]
async fn the_description_of_the_api_is_openapi_3_1() {
    let app = TestApp::start().await;
    let reply = app.anonymous().get("/api/openapi.json").await.expect(200);
    assert_eq!(reply.body["openapi"], "3.1.0");
    assert!(reply.body["paths"]["/api/auth/login"]["post"].is_object());
    let page = app.anonymous().get("/api/docs/").await.expect(200);
    assert!(!page.text.contains("http://") && !page.text.contains("https://"), "{}", page.text);
}

#[server(endpoint = "tests/refuse_form", prefix = "/api/fn")]
async fn refuse_form(email: String, password: String) -> Result<(), AppError> {
    Err(AppError::field("email", format!("{email} is taken, with {} characters of password.", password.len())))
}

#[server(endpoint = "tests/accept_form", prefix = "/api/fn")]
async fn accept_form(name: String) -> Result<(), AppError> {
    set_notice(&format!("“{name}” was moved & kept."));
    Ok(())
}

#[server(endpoint = "tests/ask_sign_in", prefix = "/api/fn")]
async fn ask_sign_in() -> Result<(), AppError> {
    Err(AppError::Unauthenticated)
}

fn form(path: &str, referer: &str, kind: &str, body: &str) -> Request<Body> {
    let request =
        request(Method::POST, path).header("accept", "text/html").header("origin", ORIGIN).header("content-type", kind);
    request.header("referer", referer).body(Body::from(body.to_owned())).unwrap()
}

const FIELDS: &str = "application/x-www-form-urlencoded";
const TYPED: &str = "email=asha%40example.in&password=hunter2hunter2";

/// The ticket in the cookie that a form post left.
fn ticket(reply: &Reply) -> String {
    let cookie = header(&reply.headers, "set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=600"),
        "{cookie}"
    );
    cookie.strip_prefix("flash=").unwrap().split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_but_no_secret() {
    let app = TestApp::start().await;
    let referer = "http://127.0.0.1:3000/trips?q=kedar&__path=old&__err=old";
    let reply = app.send(form("/api/fn/tests/refuse_form", referer, FIELDS, TYPED)).await.expect(303);
    assert_eq!(header(&reply.headers, "location"), "/trips?q=kedar");
    let flash = flashes::take(&app.app.db, &ticket(&reply), app.clock.now()).await.unwrap().unwrap();
    assert_eq!(flash.path, "/api/fn/tests/refuse_form");
    assert_eq!(flash.values.into_iter().collect::<Vec<_>>(), [("email".to_owned(), "asha@example.in".to_owned())]);
    let error = flash.error.unwrap();
    assert_eq!(error.field_messages("email"), ["asha@example.in is taken, with 14 characters of password."]);
}

#[tokio::test]
async fn a_flash_is_shown_once() {
    let app = TestApp::start().await;
    let reply = app.send(form("/api/fn/tests/refuse_form", ORIGIN, FIELDS, TYPED)).await.expect(303);
    let ticket = ticket(&reply);
    let cookie = format!("flash={ticket}");
    let page = view(&app, "/", &[("cookie", &cookie)]).await.expect(200);
    assert!(
        header(&page.headers, "set-cookie").starts_with("flash=; ")
            && header(&page.headers, "set-cookie").contains("Max-Age=0")
    );
    assert_eq!(flashes::take(&app.app.db, &ticket, app.clock.now()).await.unwrap(), None);
}

#[tokio::test]
async fn a_flash_is_forgotten_after_ten_minutes() {
    let app = TestApp::start().await;
    let reply = app.send(form("/api/fn/tests/refuse_form", ORIGIN, FIELDS, TYPED)).await.expect(303);
    app.clock.advance(jiff::SignedDuration::from_mins(10));
    assert_eq!(flashes::take(&app.app.db, &ticket(&reply), app.clock.now()).await.unwrap(), None);
}

#[tokio::test]
async fn a_form_that_went_well_tells_so_on_the_next_page() {
    let app = TestApp::start().await;
    let reply = app.send(form("/api/fn/tests/accept_form", ORIGIN, FIELDS, "name=Asha")).await.expect(303);
    assert_eq!(header(&reply.headers, "location"), "/");
    assert!(!reply.headers.contains_key("x-notice"));
    let flash = flashes::take(&app.app.db, &ticket(&reply), app.clock.now()).await.unwrap().unwrap();
    assert_eq!(flash.notice.as_deref(), Some("“Asha” was moved & kept."));
    assert!(flash.error.is_none() && flash.values.is_empty());
}

#[tokio::test]
async fn a_form_never_leads_to_another_site() {
    let app = TestApp::start().await;
    for referer in ["https://evil.example/trips", "http://127.0.0.1:3000@evil.example/", "//evil.example"] {
        let reply = app.send(form("/api/fn/tests/refuse_form", referer, FIELDS, TYPED)).await.expect(303);
        assert_eq!(header(&reply.headers, "location"), "/", "{referer}");
    }
}

#[tokio::test]
async fn a_form_of_a_signed_in_page_leads_to_the_sign_in_page_and_back() {
    let app = TestApp::start().await;
    let reply = app
        .send(form("/api/fn/tests/ask_sign_in", "http://127.0.0.1:3000/leads?status=new", FIELDS, ""))
        .await
        .expect(303);
    assert_eq!(header(&reply.headers, "location"), "/sign-in?next=/leads%3Fstatus%3Dnew");
}

#[tokio::test]
async fn our_own_script_gets_the_error_with_its_status() {
    let app = TestApp::start().await;
    let send = |origin: &'static str, path: &'static str| {
        let request = request(Method::POST, path).header("accept", "application/json").header("origin", origin);
        app.send(request.header("content-type", FIELDS).body(Body::from(TYPED)).unwrap())
    };
    let path = "/api/fn/tests/refuse_form";
    let reply = send(ORIGIN, path).await.expect(422);
    assert_eq!(header(&reply.headers, "serverfnerror"), path);
    let error: AppError = serde_json::from_str(&reply.text).unwrap();
    assert!(matches!(error, AppError::InvalidInput(_)));
    let reply = send("https://evil.example", path).await.expect(403);
    assert_eq!(serde_json::from_str::<AppError>(&reply.text).unwrap(), AppError::BadOrigin);
    let reply = send(ORIGIN, "/api/fn/tests/nothing").await.expect(404);
    assert_eq!(serde_json::from_str::<AppError>(&reply.text).unwrap(), AppError::NotFound);
}

#[tokio::test]
async fn pages_are_rendered_while_another_application_is_made() {
    let app = TestApp::start().await;
    let is_done = Arc::new(AtomicBool::new(false));
    let maker = std::thread::spawn({
        let (app, is_done) = (app.app.clone(), Arc::clone(&is_done));
        move || {
            while !is_done.load(Ordering::Relaxed) {
                drop(router::build(app.clone()));
            }
        }
    });
    for _ in 0..10 {
        app.send(request(Method::GET, "/trips").body(Body::empty()).unwrap()).await.expect(200);
    }
    is_done.store(true, Ordering::Relaxed);
    maker.join().unwrap();
}
