//! The pages of accounts, as somebody without script uses them.

use axum::http::header::{CACHE_CONTROL, LOCATION};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Browser, PASSWORD, Page, TestApp};

const ENTRANCES: [&str; 7] = [
    "/sign-in",
    "/sign-in?next=/profile",
    "/register?role=organizer",
    "/forgot-password",
    "/reset-password?token=abc",
    "/verify-email",
    "/verify-email?token=abc",
];

async fn sign_in(browser: &mut Browser, email: &str, password: &str) -> Page {
    browser.open("/sign-in").await.expect(200);
    browser.submit("accounts/sign_in", &[("email", email), ("password", password)]).await
}

async fn admin(app: &TestApp) -> (Browser, String) {
    let admin = app.admin().await;
    let mut browser = app.browser();
    sign_in(&mut browser, &admin.email, PASSWORD).await;
    (browser, admin.user_id)
}

#[tokio::test]
async fn somebody_registers_sees_their_profile_and_signs_out() {
    let app = TestApp::start().await;
    let mut asha = app.browser();
    let page = asha.open("/profile").await.expect(200);
    assert_eq!(asha.at, "/sign-in?next=/profile", "{}", page.text());
    let link = page.attribute("a[href^='/register']", "href").unwrap();
    assert_eq!(asha.open(&link).await.attribute("input[name=next]", "value").as_deref(), Some("/profile"));
    let fields = [
        ("name", "Asha Rao"),
        ("email", "asha@example.in"),
        ("password", PASSWORD),
        ("role", "organizer"),
        ("phone", ""),
        ("next", "/profile"),
    ];
    let page = asha.submit("accounts/register", &fields).await.expect(200);
    assert_eq!(asha.at, "/profile");
    assert_eq!(page.attribute("input[name=name]", "value").as_deref(), Some("Asha Rao"));
    let page = asha.submit("accounts/sign_out", &[]).await.expect(200);
    assert_eq!(asha.at, "/sign-in");
    assert!(page.text().contains("You are signed out."), "{}", page.text());
    assert!(!asha.open("/sign-in").await.text().contains("You are signed out."), "it is told once");
    assert_eq!(asha.peek("/profile").await.headers[LOCATION], "/sign-in?next=/profile");
}

#[tokio::test]
async fn a_wrong_password_is_said_at_its_field_and_the_address_stays() {
    let app = TestApp::start().await;
    let person = app.register(Role::User, "Asha Rao").await;
    let mut asha = app.browser();
    let page = sign_in(&mut asha, &person.email, "not her password").await.expect(200);
    assert_eq!(asha.at, "/sign-in");
    assert_eq!(page.attribute("input[name=email]", "value"), Some(person.email));
    assert_eq!(page.attribute("input[name=password]", "aria-invalid").as_deref(), Some("true"));
    assert!(page.text().contains("do not belong together"), "{}", page.text());
    assert!(!page.reply.text.contains("not her password"));
    assert!(!asha.open("/sign-in").await.text().contains("do not belong together"), "a refusal is told once");
}

#[tokio::test]
async fn what_is_wrong_with_a_registration_stands_at_its_fields() {
    let app = TestApp::start().await;
    let mut asha = app.browser();
    asha.open("/register?role=organizer").await.expect(200);
    let fields =
        [("name", ""), ("email", "asha"), ("password", "short"), ("role", "organizer"), ("phone", "12"), ("next", "")];
    let page = asha.submit("accounts/register", &fields).await.expect(200);
    for field in ["name", "email", "password", "phone"] {
        assert_eq!(page.attribute(&format!("input[name={field}]"), "aria-invalid").as_deref(), Some("true"), "{field}");
    }
    assert_eq!(page.attribute("input[name=email]", "value").as_deref(), Some("asha"));
    assert_eq!(page.attribute("input[name=role][checked]", "value").as_deref(), Some("organizer"));
    assert!(!page.reply.text.contains("short"));
}

#[tokio::test]
async fn after_too_many_failures_the_page_says_how_long_to_wait() {
    let app = TestApp::start().await;
    let mut asha = app.browser();
    for _ in 0..10 {
        sign_in(&mut asha, "asha@example.in", "wrong").await;
    }
    let page = sign_in(&mut asha, "asha@example.in", "wrong").await.expect(200);
    assert!(page.text().contains("Too many tries. Wait 15 minutes"), "{}", page.text());
}

#[tokio::test]
async fn signing_in_goes_on_within_this_site_only() {
    let app = TestApp::start().await;
    let person = app.register(Role::User, "Asha Rao").await;
    for (next, place) in [("/profile", "/profile"), ("//evil.example", "/home"), ("https://evil.example/", "/home")] {
        let mut asha = app.browser();
        asha.open(&format!("/sign-in?next={next}")).await.expect(200);
        asha.submit("accounts/sign_in", &[("email", &person.email), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!(asha.at, place);
        let again = asha.peek(&format!("/sign-in?next={next}")).await;
        assert_eq!((again.status, again.headers[LOCATION].to_str().unwrap()), (303, place), "signed in already");
    }
}

#[tokio::test]
async fn signing_in_again_gives_a_new_cookie_and_ends_the_old_session() {
    let app = TestApp::start().await;
    let person = app.register(Role::User, "Asha Rao").await;
    let mut asha = app.browser();
    sign_in(&mut asha, &person.email, PASSWORD).await;
    let first = asha.cookie("session").unwrap().to_owned();
    asha.submit("accounts/sign_in", &[("email", &person.email), ("password", PASSWORD)]).await;
    assert_ne!(asha.cookie("session"), Some(first.as_str()));
    let page = asha.open("/profile").await.expect(200);
    assert_eq!(page.reply.headers[CACHE_CONTROL], "no-store");
    asha.put_cookie("session", &first);
    assert_eq!(asha.peek("/profile").await.status, 303);
}

#[tokio::test]
async fn a_forgotten_password_is_set_by_the_link_that_admins_see_in_development() {
    let app = TestApp::start().await;
    let person = app.register(Role::User, "Asha Rao").await;
    let mut asha = app.browser();
    let mut answers = Vec::new();
    for email in ["nobody@example.in", &person.email] {
        asha.open("/forgot-password").await.expect(200);
        answers.push(asha.submit("accounts/forgot_password", &[("email", email)]).await.expect(200).text());
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].contains("a link is on its way"), "{}", answers[0]);

    let (mut admin, _) = admin(&app).await;
    let list = admin.open("/admin/outbox").await.expect(200);
    let mail = list.attribute("td a[href^='/admin/outbox/']", "href").unwrap();
    let mail = admin.open(&mail).await.expect(200);
    mail.assert_valid("a mail");
    let link = mail.attribute("a[href^='/reset-password?token=']", "href").unwrap();

    let page = asha.open(&link).await.expect(200);
    let token = page.attribute("input[name=token]", "value").unwrap();
    let page = asha.submit("accounts/reset_password", &[("token", &token), ("password", "short")]).await.expect(200);
    assert_eq!((asha.at.as_str(), page.attribute("input[name=token]", "value")), (link.as_str(), Some(token.clone())));
    let page = asha.submit("accounts/reset_password", &[("token", &token), ("password", "a new long password")]).await;
    assert!(page.text().contains("Sign in with it"), "{}", page.text());
    sign_in(&mut asha, &person.email, "a new long password").await;
    assert_eq!(asha.at, "/home");
}

#[tokio::test]
async fn an_address_is_confirmed_by_a_press_and_not_by_opening_the_link() {
    let app = TestApp::start_with(|config| config.verify_email = true).await;
    let mut asha = app.browser();
    asha.open("/register").await.expect(200);
    let fields = [
        ("name", "Asha Rao"),
        ("email", "asha@example.in"),
        ("password", PASSWORD),
        ("role", "user"),
        ("phone", ""),
        ("next", ""),
    ];
    let page = asha.submit("accounts/register", &fields).await.expect(200);
    assert_eq!(asha.at, "/verify-email", "{}", page.text());
    let (mut admin, _) = admin(&app).await;
    let list = admin.open("/admin/outbox").await.expect(200);
    let mail = admin.open(&list.attribute("td a[href^='/admin/outbox/']", "href").unwrap()).await.expect(200);
    let link = mail.attribute("a[href^='/verify-email?token=']", "href").unwrap();
    asha.open(&link).await.expect(200);
    let page = asha.open(&link).await.expect(200);
    let token = page.attribute("input[name=token]", "value").unwrap();
    asha.submit("accounts/verify_email", &[("token", &token)]).await;
    assert_eq!(asha.at, "/home");
}

#[tokio::test]
async fn a_profile_is_saved_and_what_is_wrong_stands_at_its_field() {
    let app = TestApp::start().await;
    let person = app.register(Role::User, "Asha Rao").await;
    let mut asha = app.browser();
    sign_in(&mut asha, &person.email, PASSWORD).await;
    asha.open("/profile").await.expect(200);
    let page = asha
        .submit(
            "accounts/save_profile",
            &[("name", "Asha R."), ("phone", "123"), ("locale", "hi"), ("time_zone", "Europe/Berlin")],
        )
        .await;
    assert_eq!(page.attribute("input[name=phone]", "aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.attribute("input[name=name]", "value").as_deref(), Some("Asha R."));
    let page = asha
        .submit(
            "accounts/save_profile",
            &[("name", "Asha R."), ("phone", ""), ("locale", "hi"), ("time_zone", "Europe/Berlin")],
        )
        .await;
    assert!(page.text().contains("Your profile is saved."), "{}", page.text());
    let page = asha.open("/profile").await;
    assert_eq!(page.attribute("option[selected][value='Europe/Berlin']", "value").as_deref(), Some("Europe/Berlin"));
    page.assert_valid("/profile");
}

#[tokio::test]
async fn another_session_is_ended_and_this_one_is_marked() {
    let app = TestApp::start().await;
    let person = app.register(Role::User, "Asha Rao").await;
    let mut asha = app.browser();
    sign_in(&mut asha, &person.email, PASSWORD).await;
    let page = asha.open("/sessions").await.expect(200);
    page.assert_valid("/sessions");
    assert_eq!(page.count("tbody tr"), 2);
    assert!(page.text().contains("This one"));
    let id = page.attribute("input[name=id]", "value").unwrap();
    let page = asha.submit("accounts/end_session", &[("id", &id)]).await.expect(200);
    assert_eq!(page.count("tbody tr"), 1);
    person.get("/api/auth/me").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn the_pages_of_admins_are_closed_to_others() {
    let app = TestApp::start().await;
    let (mut admin, admin_id) = admin(&app).await;
    let person = format!("/admin/people/{admin_id}");
    let pages = ["/admin/people", "/admin/people/invite", person.as_str(), "/admin/outbox", "/admin/audit"];
    for role in [Role::User, Role::Organizer] {
        let person = app.register(role, "Asha Rao").await;
        let mut browser = app.browser();
        sign_in(&mut browser, &person.email, PASSWORD).await;
        for path in pages {
            assert_eq!(browser.peek(path).await.status, 403, "{path} for {role:?}");
        }
    }
    let mut nobody = app.browser();
    for path in pages {
        let reply = nobody.peek(path).await;
        let sign_in = format!("/sign-in?next={path}");
        assert_eq!((reply.status, reply.headers[LOCATION].to_str().unwrap()), (303, sign_in.as_str()));
        admin.open(path).await.expect(200).assert_valid(path);
    }
    admin.open("/admin/people/ffffffffffffffffffffffff").await.expect(404);
    admin.open("/admin/outbox/nonsense").await.expect(404);
}

#[tokio::test]
async fn people_are_found_by_words_and_filters() {
    let app = TestApp::start().await;
    let (mut admin, _) = admin(&app).await;
    app.register(Role::User, "Asha Rao").await;
    app.register(Role::Organizer, "Peak and Pine").await;
    assert_eq!(admin.open("/admin/people").await.count("tbody tr"), 3);
    for (query, name) in
        [("q=pine", "Peak and Pine"), ("role=user", "Asha Rao"), ("role=user&state=active&q=ash", "Asha Rao")]
    {
        let page = admin.open(&format!("/admin/people?{query}")).await.expect(200);
        assert_eq!(page.count("tbody tr"), 1, "{query}");
        assert!(page.text().contains(name), "{query}");
    }
    let page = admin.open("/admin/people?q=%7B%22%24ne%22%3Anull%7D").await.expect(200);
    assert!(page.text().contains("Nobody fits"));
}

#[tokio::test]
async fn the_last_admin_stays_and_the_page_says_why() {
    let app = TestApp::start().await;
    let (mut admin, id) = admin(&app).await;
    let page = admin.open(&format!("/admin/people/{id}")).await.expect(200);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let page = admin
        .submit("accounts/change_person", &[("id", &id), ("version", &version), ("role", "user"), ("state", "active")])
        .await
        .expect(200);
    assert!(page.text().contains("This is the last active admin."), "{}", page.text());
    assert_eq!(admin.at, format!("/admin/people/{id}"));
}

#[tokio::test]
async fn an_invited_person_is_listed_and_the_trail_tells_who_invited_them() {
    let app = TestApp::start().await;
    let (mut admin, _) = admin(&app).await;
    admin.open("/admin/people/invite").await.expect(200);
    let page = admin
        .submit(
            "accounts/invite_person",
            &[("name", "Peak and Pine"), ("email", "pine@example.in"), ("role", "organizer")],
        )
        .await
        .expect(200);
    assert!(page.text().contains("invited"), "{}", page.text());
    assert!(admin.open("/admin/people?q=pine").await.text().contains("pine@example.in"));
    let trail = admin.open("/admin/audit?entity=user").await.expect(200);
    assert!(trail.text().contains("invite") && trail.text().contains("Admin"), "{}", trail.text());
    let (from, nothing) = ("/admin/audit?from=2026-11-24", "/admin/audit?to=2026-11-23");
    assert!(admin.open(from).await.count("tbody tr") > 0);
    assert_eq!(admin.open(nothing).await.count("tbody tr"), 0);
}

#[tokio::test]
async fn who_comes_in_needs_no_script() {
    let app = TestApp::start().await;
    let mut nobody = app.browser();
    for path in ENTRANCES {
        let page = nobody.open(path).await.expect(200);
        assert!(!page.reply.text.contains("<script"), "{path}");
        assert_eq!(page.reply.headers[CACHE_CONTROL], "no-store");
        page.assert_valid(path);
    }
    let (mut admin, _) = admin(&app).await;
    assert!(admin.open("/profile").await.reply.text.contains("<script"), "signed-in pages wake up");
}
