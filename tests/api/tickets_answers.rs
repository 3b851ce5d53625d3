//! Canned answers: kept by admins, for admins.

use jiff::SignedDuration;
use mongodb::bson::doc;
use trek_tribe::{
    crm::{
        accounts::user::Role,
        tickets::{
            answer::{CannedAnswer, NewAnswer},
            server::service,
        },
    },
    shared::error::AppError,
};

use crate::support::TestApp;

fn answer(title: &str, text: &str) -> NewAnswer {
    NewAnswer { title: title.into(), text: text.into() }
}

fn titles(answers: &[CannedAnswer]) -> Vec<&str> {
    answers.iter().map(|answer| answer.title.as_str()).collect()
}

#[tokio::test]
async fn admins_keep_change_and_delete_answers() {
    let app = TestApp::start().await;
    let (admin, state) = (app.actor(&app.admin().await).await, &app.app);
    let refund = service::create_answer(state, &admin, &answer(" refund ", "Hello {{name}}")).await.unwrap();
    service::create_answer(state, &admin, &answer("Hello", "We look into {{number}}.")).await.unwrap();
    assert_eq!(titles(&service::list_answers(state, &admin).await.unwrap()), ["Hello", "refund"]);
    app.clock.advance(SignedDuration::from_secs(1));
    let changed =
        service::change_answer(state, &admin, refund.id, &answer("Refund", "Dear {{name}}"), 1).await.unwrap();
    assert_eq!((changed.version, changed.updated_at), (2, app.clock.now()));
    service::delete_answer(state, &admin, refund.id).await.unwrap();
    assert_eq!(service::delete_answer(state, &admin, refund.id).await, Err(AppError::NotFound));
    assert_eq!(titles(&service::list_answers(state, &admin).await.unwrap()), ["Hello"]);
    assert_eq!(app.count("audit", doc! { "entity": "answer" }).await, 4);
}

#[tokio::test]
async fn answers_are_for_admins_alone() {
    let app = TestApp::start().await;
    let (admin, state) = (app.actor(&app.admin().await).await, &app.app);
    let kept = service::create_answer(state, &admin, &answer("Refund", "Hello")).await.unwrap();
    for role in [Role::User, Role::Organizer] {
        let other = app.actor(&app.register(role, "Asha Rao").await).await;
        let forbidden = Err(AppError::Forbidden);
        assert_eq!(service::list_answers(state, &other).await.map(drop), forbidden);
        assert_eq!(service::create_answer(state, &other, &answer("", "")).await.map(drop), forbidden);
        assert_eq!(service::change_answer(state, &other, kept.id, &answer("A", "B"), 1).await.map(drop), forbidden);
        assert_eq!(service::delete_answer(state, &other, kept.id).await, forbidden);
    }
    assert_eq!(service::list_answers(state, &admin).await.unwrap(), [kept]);
}

#[tokio::test]
async fn stale_versions_and_titles_that_are_there_are_refused() {
    let app = TestApp::start().await;
    let (admin, state) = (app.actor(&app.admin().await).await, &app.app);
    let one = service::create_answer(state, &admin, &answer("One", "1")).await.unwrap();
    let two = service::create_answer(state, &admin, &answer("Two", "2")).await.unwrap();
    let change = async |title: &str, version| {
        service::change_answer(state, &admin, one.id, &answer(title, "1"), version).await.unwrap_err()
    };
    assert_eq!(change("One", 2).await, AppError::stale());
    assert_eq!(change("Two", 1).await.code(), "conflict");
    assert_eq!(service::create_answer(state, &admin, &answer("Two", "2")).await.unwrap_err().code(), "conflict");
    assert_eq!(service::list_answers(state, &admin).await.unwrap(), [one.clone(), two]);
}
