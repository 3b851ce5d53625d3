//! Where canned answers are stored.

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Document, doc},
    error::Error,
};

use crate::{
    crm::tickets::answer::{AnswerId, CannedAnswer},
    server::mongo::{Db, Tx, is_duplicate},
    shared::error::AppError,
};

pub(super) const ANSWERS: &str = "cannedAnswers";

/// All of them, by title.
pub(in super::super) async fn list_answers(db: &Db) -> Result<Vec<CannedAnswer>, AppError> {
    let mut answers: Vec<CannedAnswer> =
        db.collection(ANSWERS).find(doc! {}).sort(doc! { "title": 1 }).await?.try_collect().await?;
    answers.sort_by_key(|answer| answer.title.to_lowercase());
    Ok(answers)
}

/// How many there are.
pub(in super::super) async fn count_answers(db: &Db) -> Result<u64, AppError> {
    Ok(db.collection::<Document>(ANSWERS).estimated_document_count().await?)
}

/// The answer of an id, read in a transaction.
pub(in super::super) async fn find_answer_in(tx: &mut Tx, id: AnswerId) -> Result<Option<CannedAnswer>, AppError> {
    Ok(tx.collection(ANSWERS).find_one(doc! { "_id": id }).session(tx.session()).await?)
}

/// Stores a new one.
pub(in super::super) async fn insert_answer(tx: &mut Tx, answer: &CannedAnswer) -> Result<(), AppError> {
    let answers = tx.collection::<CannedAnswer>(ANSWERS);
    answers.insert_one(answer).session(tx.session()).await.map(drop).map_err(refuse_title)
}

/// Stores a changed one if it is still at the version before.
pub(in super::super) async fn replace_answer(
    tx: &mut Tx,
    before: &CannedAnswer,
    after: &CannedAnswer,
) -> Result<(), AppError> {
    let same = doc! { "_id": before.id, "version": i64::from(before.version) };
    let answers = tx.collection::<CannedAnswer>(ANSWERS);
    let replaced = answers.replace_one(same, after).session(tx.session()).await.map_err(refuse_title)?;
    if replaced.matched_count == 0 { Err(AppError::stale()) } else { Ok(()) }
}

/// Removes one; whether it was there.
pub(in super::super) async fn delete_answer(tx: &mut Tx, id: AnswerId) -> Result<bool, AppError> {
    let answers = tx.collection::<Document>(ANSWERS);
    Ok(answers.delete_one(doc! { "_id": id }).session(tx.session()).await?.deleted_count == 1)
}

fn refuse_title(error: Error) -> AppError {
    if is_duplicate(&error) {
        return AppError::Conflict("There is an answer of this title already. Choose another one.".into());
    }
    error.into()
}
