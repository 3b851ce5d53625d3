//! The admins' pages about mails, by a browser without script: the samples of every kind, and the test mail.

use axum::http::HeaderMap;
use trek_tribe::shared::mail::MailKind;

use crate::support::{Browser, PASSWORD, TestApp, texts};

/// An admin at a browser.
async fn admin(app: &TestApp) -> (Browser, String) {
    let (email, mut browser) = (app.admin().await.email, app.browser());
    browser.submit("accounts/sign_in", &[("email", &email), ("password", PASSWORD)]).await;
    (browser, email)
}

#[tokio::test]
async fn every_kind_of_mail_can_be_looked_at() {
    let app = TestApp::start().await;
    let (mut admin, _) = admin(&app).await;
    let list = admin.open("/admin/outbox/templates").await.expect(200);
    list.assert_valid("the list of templates");
    for kind in MailKind::ALL {
        let href = format!("/admin/outbox/templates/{}", kind.as_str());
        assert_eq!(list.count(&format!("td a[href='{href}']")), 1, "{href}");
        let page = admin.open(&href).await.expect(200);
        page.assert_valid(&href);
        let frame = page.attribute("iframe", "src").unwrap();
        assert_eq!(
            (frame.as_str(), page.attribute("iframe", "sandbox").as_deref()),
            (format!("{href}/html").as_str(), Some(""))
        );
        let (subject, html) = (texts(&page.reply, "h1"), admin.peek(&frame).await.expect(200));
        assert_eq!(texts(&html, "title"), subject, "{href}");
        for paragraph in texts(&html, "body > p:not([style]):nth-child(-n + 2)") {
            assert!(page.text().contains(&paragraph), "{href}: {paragraph}");
        }
    }
    admin.open("/admin/outbox/templates/advertisement").await.expect(404);
}

#[tokio::test]
async fn nothing_runs_or_is_fetched_in_a_sample_and_only_we_frame_it() {
    let app = TestApp::start().await;
    let (mut admin, _) = admin(&app).await;
    let header = |headers: &HeaderMap, name: &str| headers[name].to_str().unwrap().to_owned();
    let sample = admin.peek("/admin/outbox/templates/digest/html").await.expect(200).headers;
    let policy = header(&sample, "content-security-policy");
    for part in ["default-src 'none'", "sandbox", "frame-ancestors 'self'", "form-action 'none'"] {
        assert!(policy.contains(part) && !policy.contains("script"), "{policy}");
    }
    assert_eq!(header(&sample, "x-frame-options"), "SAMEORIGIN");
    assert_eq!(header(&sample, "cache-control"), "no-store");
    let page = admin.peek("/admin/outbox/templates/digest").await.expect(200).headers;
    assert_eq!(header(&page, "x-frame-options"), "DENY");
}

#[tokio::test]
async fn an_admin_sends_themselves_a_test_mail_but_not_all_day() {
    let app = TestApp::start().await;
    let (mut admin, email) = admin(&app).await;
    admin.open("/admin/outbox").await.expect(200);
    for _ in 0..5 {
        let page = admin.submit("accounts/send_test_mail", &[]).await.expect(200).text();
        assert!(page.contains(&format!("A test mail to {email} is queued.")), "{page}");
    }
    let page = admin.submit("accounts/send_test_mail", &[]).await;
    assert_eq!(texts(&page.reply, "[role=alert]").len(), 1, "{}", page.text());
    let mails = admin.open("/admin/outbox").await.expect(200);
    assert_eq!(mails.count("td a[href^='/admin/outbox/']"), 5);
    let mail = mails.attribute("td a[href^='/admin/outbox/']", "href").unwrap();
    let mail = admin.open(&mail).await.expect(200).text();
    assert!(mail.contains("Test mail") && mail.contains("leave the server and arrive"), "{mail}");
}
