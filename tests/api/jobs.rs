//! What is done by itself: by one process at a time, again after a crash, and each effect once.

use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use mongodb::bson::doc;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use trek_tribe::{
    server::{
        jobs::{Job, LEASE, do_due, run_due},
        mail::{self, Letter},
        mongo::bulk,
        state::App,
    },
    shared::{error::AppError, mail::MailKind, time::Time},
};

use crate::support::{PASSWORD, TestApp, fresh_uri};

const QUARTER: SignedDuration = SignedDuration::from_mins(15);

/// A job whose every run leaves a mail.
const COUNTS: Job = Job { name: "counts", every: QUARTER, work: |app, _| write(app, &[None]) };
/// A job that leaves two mails, each once.
const TELLS: Job = Job { name: "tells", every: QUARTER, work: |app, _| write(app, &[Some("first"), Some("second")]) };
const FAILS: Job =
    Job { name: "morning digests", every: QUARTER, work: |_, _| Box::pin(async { Err(AppError::Internal) }) };
const PANICS: Job = Job { name: "panics", every: QUARTER, work: |_, _| Box::pin(async { panic!("out of reach") }) };

/// Writes a mail for each cause; without one, always.
fn write(app: App, causes: &'static [Option<&'static str>]) -> BoxFuture<'static, Result<u32, AppError>> {
    Box::pin(async move {
        for cause in causes {
            write_one(&app, *cause).await?;
        }
        Ok(0)
    })
}

async fn write_one(app: &App, cause: Option<&str>) -> Result<(), AppError> {
    let letter = Letter {
        subject: cause.unwrap_or("one more").to_owned(),
        name: "Asha".into(),
        paragraphs: Vec::new(),
        link: None,
        note: String::new(),
    };
    let mail = &letter.to(&"asha@example.in".parse().unwrap(), MailKind::Test);
    app.db
        .transaction(|mut tx| async move {
            match cause {
                Some(cause) => drop(mail::enqueue_once(&mut tx, app, cause, mail).await?),
                None => mail::enqueue(&mut tx, app, mail).await?,
            }
            tx.commit().await
        })
        .await
}

/// Does what is due of these jobs.
async fn do_jobs(app: &TestApp, jobs: &[Job]) {
    do_due(&app.app, jobs, &CancellationToken::new()).await.unwrap();
}

/// How many mails there are.
async fn count_mails(app: &TestApp) -> u64 {
    app.count("outbox", doc! {}).await
}

#[tokio::test]
async fn a_job_is_done_once_in_each_of_its_times() {
    let app = TestApp::start().await;
    do_jobs(&app, &[COUNTS]).await;
    do_jobs(&app, &[COUNTS]).await;
    assert_eq!(count_mails(&app).await, 1);
    // It is 10:42: the next quarter begins in three minutes.
    app.clock.advance(SignedDuration::from_secs(179));
    do_jobs(&app, &[COUNTS]).await;
    assert_eq!(count_mails(&app).await, 1);
    app.clock.advance(SignedDuration::from_secs(1));
    do_jobs(&app, &[COUNTS]).await;
    assert_eq!(count_mails(&app).await, 2);
}

#[tokio::test]
async fn of_two_processes_one_does_a_job() {
    let uri = fresh_uri().await;
    let (one, other) = (TestApp::start_on(uri.clone(), |_| {}).await, TestApp::start_on(uri, |_| {}).await);
    for round in 1..=8 {
        tokio::join!(do_jobs(&one, &[COUNTS]), do_jobs(&other, &[COUNTS]));
        assert_eq!(count_mails(&one).await, round);
        one.clock.advance(QUARTER);
        other.clock.advance(QUARTER);
    }
}

/// Somebody stands still in the middle of a job.
static STANDS: Notify = Notify::const_new();

/// It writes the first mail, and where the time is an even one goes no further; else it goes on to the second.
const STOPS: Job = Job {
    name: "stops",
    every: QUARTER,
    work: |app, last_done_at| {
        Box::pin(async move {
            write_one(&app, Some("first")).await?;
            if app.clock.now().millis() % 2 == 0 {
                STANDS.notify_one();
                std::future::pending::<()>().await;
            }
            assert_eq!(last_done_at, None, "it was not done");
            write_one(&app, Some("second")).await?;
            Ok(2)
        })
    },
};

#[tokio::test]
async fn what_a_process_that_dies_leaves_is_done_by_another_after_its_lease() {
    let uri = fresh_uri().await;
    let (one, other) = (TestApp::start_on(uri.clone(), |_| {}).await, TestApp::start_on(uri, |_| {}).await);
    let app = one.app.clone();
    let doomed = tokio::spawn(async move { do_due(&app, &[STOPS], &CancellationToken::new()).await });
    STANDS.notified().await;
    doomed.abort();
    assert!(doomed.await.unwrap_err().is_cancelled());
    other.clock.advance(SignedDuration::from_millis(1));
    do_jobs(&other, &[STOPS]).await;
    assert_eq!(count_mails(&other).await, 1, "it is leased");
    other.clock.advance(LEASE);
    do_jobs(&other, &[STOPS]).await;
    for cause in ["first", "second"] {
        assert_eq!(other.count("outbox", doc! { "cause": cause }).await, 1, "{cause}");
    }
    do_jobs(&other, &[STOPS]).await;
    assert_eq!(count_mails(&other).await, 2);
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_leads_to_one_run() {
    let app = TestApp::start().await;
    do_jobs(&app, &[COUNTS]).await;
    app.clock.advance(SignedDuration::from_hours(10 * 24));
    do_jobs(&app, &[COUNTS]).await;
    do_jobs(&app, &[COUNTS]).await;
    assert_eq!(count_mails(&app).await, 2);
}

#[tokio::test]
async fn a_clock_that_is_put_back_keeps_no_job_waiting_and_repeats_no_effect() {
    let app = TestApp::start().await;
    do_jobs(&app, &[COUNTS, TELLS]).await;
    app.clock.advance(SignedDuration::from_hours(-48));
    do_jobs(&app, &[COUNTS, TELLS]).await;
    assert_eq!(app.count("outbox", doc! { "cause": null }).await, 2, "it was done again");
    assert_eq!(app.count("outbox", doc! { "cause": { "$ne": null } }).await, 2, "what has a cause happened once");
}

#[tokio::test]
async fn what_goes_wrong_keeps_no_other_job_and_is_tried_again_after_a_pause() {
    let app = TestApp::start().await;
    do_jobs(&app, &[FAILS, PANICS, COUNTS]).await;
    assert_eq!(count_mails(&app).await, 1);
    let works = Job { work: COUNTS.work, ..FAILS };
    do_jobs(&app, &[works]).await;
    assert_eq!(count_mails(&app).await, 1, "not before the pause is over");
    app.clock.advance(SignedDuration::from_mins(1));
    do_jobs(&app, &[works]).await;
    assert_eq!(count_mails(&app).await, 2);
}

#[tokio::test]
async fn admins_see_which_job_did_not_work_until_it_does() {
    let app = TestApp::start().await;
    let (admin, mut browser) = (app.admin().await, app.browser());
    browser.submit("accounts/sign_in", &[("email", &admin.email), ("password", PASSWORD)]).await;
    do_jobs(&app, &[FAILS]).await;
    app.clock.advance(SignedDuration::from_mins(5));
    let page = browser.open("/admin/outbox").await.expect(200).text();
    assert!(page.contains("The job “morning digests”, 5 min ago: "), "{page}");
    do_jobs(&app, &[Job { work: COUNTS.work, ..FAILS }]).await;
    let page = browser.open("/admin/outbox").await.expect(200).text();
    assert!(!page.contains("The job “morning digests”"), "{page}");
}

#[tokio::test]
async fn a_database_in_which_nothing_but_jobs_was_done_is_empty() {
    let app = TestApp::start().await;
    run_due(&app.app).await.unwrap();
    assert!(app.count("jobs", doc! {}).await > 0);
    assert!(bulk::is_empty(&app.app.db).await.unwrap());
    do_jobs(&app, &[COUNTS]).await;
    assert!(!bulk::is_empty(&app.app.db).await.unwrap());
}

#[tokio::test]
async fn who_is_told_to_stop_begins_no_job() {
    let (app, stop) = (TestApp::start().await, CancellationToken::new());
    stop.cancel();
    do_due(&app.app, &[COUNTS], &stop).await.unwrap();
    assert_eq!(count_mails(&app).await, 0);
}

#[tokio::test]
async fn a_job_hears_when_it_was_last_done() {
    static HEARD: std::sync::Mutex<Vec<Option<Time>>> = std::sync::Mutex::new(Vec::new());
    let hears: Job = Job {
        name: "hears",
        every: QUARTER,
        work: |_, last_done_at| {
            HEARD.lock().unwrap().push(last_done_at);
            Box::pin(async { Ok(0) })
        },
    };
    let app = TestApp::start().await;
    let first = app.clock.now();
    do_jobs(&app, &[hears]).await;
    app.clock.advance(QUARTER);
    do_jobs(&app, &[hears]).await;
    assert_eq!(*HEARD.lock().unwrap(), [None, Some(first)]);
}
