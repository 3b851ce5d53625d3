//! Mails leave through a real SMTP server, a small one that stands in `support/post.rs`.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use trek_tribe::{
    crm::accounts::user::Role,
    server::{
        config::Secret,
        mail::{Transport, deliver_due, run},
    },
};

use crate::support::{Client, MailServer, Mood, TestApp};

struct Stage {
    app: TestApp,
    admin: Client,
    asha: Client,
    post: MailServer,
    transport: Transport,
}

/// Somebody for whom a mail waits.
async fn stage() -> Stage {
    stage_at(|post| format!("smtp://{}", post.address)).await
}

/// The same, where the server is reached by an address of that kind.
async fn stage_at(url: impl FnOnce(&MailServer) -> String) -> Stage {
    let post = MailServer::start().await;
    let url = Secret::new(url(&post));
    let app = TestApp::start_with(|config| config.smtp_url = Some(url)).await;
    let transport = Transport::open(&app.app.config).unwrap();
    let (admin, asha) = (app.admin().await, app.register(Role::User, "Asha Rao").await);
    app.anonymous().post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    Stage { app, admin, asha, post, transport }
}

impl Stage {
    /// The worker as it runs beside the requests.
    fn run(&self, stop: &CancellationToken) -> JoinHandle<()> {
        tokio::spawn(run(self.app.app.clone(), self.transport.clone(), stop.clone()))
    }

    async fn deliver(&self) -> u32 {
        deliver_due(&self.app.app, &self.transport, &CancellationToken::new()).await.unwrap()
    }

    async fn ask_for_link(&self, person: &Client) {
        let forgot = json!({ "email": person.email });
        self.app.anonymous().post("/api/auth/password/forgot", forgot).await.expect(202);
    }

    /// State, tries and problem of the one mail.
    async fn mail(&self) -> (String, u64, String) {
        let mails = self.admin.get("/api/admin/outbox").await.expect(200);
        let mail = &mails.data()[0];
        let text = |name: &str| mail[name].as_str().unwrap_or_default().to_owned();
        (text("state"), mail["tries"].as_u64().unwrap(), text("problem"))
    }
}

#[tokio::test]
async fn a_mail_arrives_whole_and_under_its_own_id() {
    let stage = stage().await;
    assert_eq!(stage.deliver().await, 1);
    let received = stage.post.received();
    let [mail] = received.as_slice() else { panic!("{received:?}") };
    assert!(mail.from.contains("<hello@trek-tribe.example>") && mail.to.contains(&stage.asha.email), "{mail:?}");
    assert!(mail.header("Message-ID:").contains("@127.0.0.1>"), "{}", mail.data);
    assert_eq!(mail.header("Auto-Submitted:"), "Auto-Submitted: auto-generated");
    assert!(mail.data.contains("multipart/alternative") && mail.data.contains("text/html"), "{}", mail.data);
    assert!(mail.data.contains("reset-password"), "{}", mail.data);
    assert_eq!(stage.mail().await.0, "sent");
    assert_eq!(stage.deliver().await, 0, "nothing is sent twice");
}

#[tokio::test]
async fn who_is_told_to_stop_sends_the_mail_under_way_and_no_other() {
    let stage = stage().await;
    stage.ask_for_link(&stage.asha).await;
    let sent = deliver_due(&stage.app.app, &stage.transport, &stage.post.took_one).await.unwrap();
    assert_eq!((sent, stage.post.received().len()), (1, 1));
    assert_eq!(stage.deliver().await, 1, "the other one still waits");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_gets_the_same_mail() {
    let stage = stage().await;
    stage.post.be(Mood::IsBusy);
    assert_eq!(stage.deliver().await, 0);
    let (state, tries, problem) = stage.mail().await;
    assert_eq!((state.as_str(), tries), ("queued", 1));
    assert!(problem.contains("451") || problem.contains("Later"), "{problem}");
    stage.post.be(Mood::Takes);
    assert_eq!(stage.deliver().await, 0, "not before its pause is over");
    stage.app.clock.advance(SignedDuration::from_secs(20));
    assert_eq!(stage.deliver().await, 1);
    assert_eq!((stage.mail().await.0.as_str(), stage.post.received().len()), ("sent", 1));
}

#[tokio::test]
async fn what_a_server_refuses_for_good_is_given_up() {
    let stage = stage().await;
    stage.post.be(Mood::Refuses);
    assert_eq!(stage.deliver().await, 0);
    let (state, tries, problem) = stage.mail().await;
    assert_eq!((state.as_str(), tries), ("failed", 1));
    assert!(problem.contains("550") || problem.contains("Nobody"), "{problem}");
    stage.app.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(stage.deliver().await, 0);
}

#[tokio::test]
async fn what_was_given_up_is_sent_again_when_an_admin_says_so() {
    let stage = stage().await;
    stage.post.be(Mood::Refuses);
    stage.deliver().await;
    let failed = stage.admin.get("/api/admin/outbox?state=failed").await.expect(200);
    let id = failed.data()[0]["id"].as_str().unwrap();
    stage.admin.post(&format!("/api/admin/outbox/{id}/resend"), json!({})).await.expect(200);
    stage.post.be(Mood::Takes);
    assert_eq!(stage.deliver().await, 1);
    let received = stage.post.received();
    assert!(received[0].header("Message-ID:").contains(&format!("<{id}@")), "{}", received[0].data);
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left_after_a_while() {
    let mut stage = stage().await;
    stage.transport = stage.transport.with_patience(Duration::from_millis(100));
    stage.post.be(Mood::HangsFor("asha"));
    assert_eq!(stage.deliver().await, 0);
    let (state, _, problem) = stage.mail().await;
    assert!(state == "queued" && problem.contains("did not finish"), "{state}: {problem}");
    stage.post.wait_until(|seen| seen.hanging == 0).await;
    stage.post.be(Mood::Takes);
    stage.app.clock.advance(SignedDuration::from_secs(20));
    assert_eq!((stage.deliver().await, stage.post.received().len()), (1, 1));
}

#[tokio::test]
async fn a_mail_that_hangs_keeps_no_other() {
    let (stage, stop) = (stage().await, CancellationToken::new());
    stage.post.be(Mood::HangsFor("asha"));
    let worker = stage.run(&stop);
    stage.post.wait_until(|seen| seen.hanging == 1).await;
    let bina = stage.app.register(Role::User, "Bina Iyer").await;
    stage.ask_for_link(&bina).await;
    let seen = stage.post.wait_until(|seen| !seen.received.is_empty()).await;
    assert!(seen.hanging == 1 && seen.received[0].to.contains(&bina.email), "{seen:?}");
    worker.abort();
}

#[tokio::test]
async fn a_request_does_not_wait_for_the_mail_that_it_causes() {
    let (stage, stop) = (stage().await, CancellationToken::new());
    stage.post.be(Mood::HangsFor(""));
    let worker = stage.run(&stop);
    stage.post.wait_until(|seen| seen.hanging == 1).await;
    // It is answered while its mail, and the one before, hang.
    stage.ask_for_link(&stage.asha).await;
    let seen = stage.post.wait_until(|seen| seen.hanging == 2).await;
    assert!(seen.received.is_empty(), "{seen:?}");
    worker.abort();
}

/// The ids under which a mail came, in the order in which it did.
fn ids(post: &MailServer) -> Vec<String> {
    post.received().iter().map(|mail| mail.header("Message-ID:").to_owned()).collect()
}

#[tokio::test]
async fn a_mail_that_may_have_been_taken_is_sent_again_under_the_same_id() {
    let stage = stage().await;
    stage.post.be(Mood::DropsAfterData);
    assert_eq!(stage.deliver().await, 0);
    assert_eq!(stage.mail().await.0, "queued");
    stage.post.be(Mood::Takes);
    stage.app.clock.advance(SignedDuration::from_secs(20));
    assert_eq!(stage.deliver().await, 1);
    let ids = ids(&stage.post);
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
}

#[tokio::test]
async fn a_sender_that_dies_before_it_hears_the_answer_is_replaced_after_its_lease() {
    let stage = stage().await;
    stage.post.be(Mood::HangsAfterData);
    let worker = stage.run(&CancellationToken::new());
    stage.post.wait_until(|seen| seen.hanging == 1).await;
    worker.abort();
    stage.post.be(Mood::Takes);
    assert_eq!(stage.deliver().await, 0, "it is leased");
    stage.app.clock.advance(SignedDuration::from_mins(2));
    assert_eq!(stage.deliver().await, 1);
    let ids = ids(&stage.post);
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
}

#[tokio::test]
async fn who_has_to_log_in_does() {
    let stage = stage_at(|post| format!("smtp://trek:p%40ss@{}", post.address)).await;
    assert_eq!(stage.deliver().await, 1);
    let seen = stage.post.wait_until(|seen| !seen.logins.is_empty()).await;
    // "\0trek\0p@ss", as RFC 4616 has it.
    assert_eq!(seen.logins, ["AUTH PLAIN AHRyZWsAcEBzcw=="]);
}

#[tokio::test]
async fn a_wrong_password_of_ours_costs_no_mail() {
    let stage = stage_at(|post| format!("smtp://trek:wrong@{}", post.address)).await;
    stage.post.be(Mood::RefusesLogin);
    assert_eq!(stage.deliver().await, 0);
    let (state, _, problem) = stage.mail().await;
    assert!(state == "queued" && problem.contains("535"), "{state}: {problem}");
}

#[tokio::test]
async fn where_encryption_is_required_nothing_goes_in_the_clear() {
    let stage = stage_at(|post| format!("smtp://trek:p%40ss@{}?tls=required", post.address)).await;
    assert_eq!(stage.deliver().await, 0);
    let (state, _, problem) = stage.mail().await;
    assert!(state == "queued" && problem.contains("STARTTLS"), "{state}: {problem}");
    let seen = stage.post.wait_until(|_| true).await;
    assert!(seen.logins.is_empty() && seen.received.is_empty(), "{seen:?}");
}

#[tokio::test]
async fn a_server_that_is_away_costs_a_try_and_no_mail() {
    let mut stage = stage().await;
    let mut config = stage.app.app.config.clone();
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    config.smtp_url = Some(Secret::new(format!("smtp://{}", nobody.local_addr().unwrap())));
    drop(nobody);
    stage.transport = Transport::open(&config).unwrap();
    assert_eq!(stage.deliver().await, 0);
    assert_eq!((stage.mail().await.0.as_str(), stage.mail().await.1), ("queued", 1));
}
