//! The answers that admins write once and send often.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        tickets::{
            answer::{AnswerId, CannedAnswer, MAX_ANSWERS, NewAnswer},
            server::repository,
        },
    },
    server::{
        mongo::{
            Tx,
            audit::{self, Changes},
        },
        state::App,
    },
    shared::{audit::AuditEntity, error::AppError},
};

/// The answers, by title.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
pub async fn list_answers(app: &App, actor: &Actor) -> Result<Vec<CannedAnswer>, AppError> {
    actor.require_role(&[Role::Admin])?;
    repository::list_answers(&app.db).await
}

/// Keeps an answer.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins, [`AppError::InvalidInput`] with everything that is wrong, [`AppError::Conflict`] when
/// there is one of that title, or there are too many.
pub async fn create_answer(app: &App, actor: &Actor, input: &NewAnswer) -> Result<CannedAnswer, AppError> {
    actor.require_role(&[Role::Admin])?;
    let NewAnswer { title, text } = input.check()?;
    if repository::count_answers(&app.db).await? >= MAX_ANSWERS {
        return Err(AppError::Conflict(format!("There are {MAX_ANSWERS} answers. Delete one before you add another.")));
    }
    let answer = &CannedAnswer { id: app.ids.next(), title, text, updated_at: app.clock.now(), version: 1 };
    app.db
        .transaction(|mut tx| async move {
            repository::insert_answer(&mut tx, answer).await?;
            record(&mut tx, app, actor, answer.id, ("create", Changes::new())).await?;
            tx.commit().await
        })
        .await?;
    Ok(answer.clone())
}

/// Writes an answer anew.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins, [`AppError::NotFound`], [`AppError::InvalidInput`] with everything that is wrong,
/// [`AppError::Conflict`] for a stale version, or when there is another one of that title.
pub async fn change_answer(
    app: &App,
    actor: &Actor,
    id: AnswerId,
    input: &NewAnswer,
    version: u32,
) -> Result<CannedAnswer, AppError> {
    actor.require_role(&[Role::Admin])?;
    app.db
        .transaction(|mut tx| async move {
            let before = repository::find_answer_in(&mut tx, id).await?.ok_or(AppError::NotFound)?;
            let NewAnswer { title, text } = input.check()?;
            if before.version != version {
                return Err(AppError::stale());
            }
            let after = CannedAnswer { id, title, text, updated_at: app.clock.now(), version: version + 1 };
            repository::replace_answer(&mut tx, &before, &after).await?;
            let changes =
                Changes::new().field("title", &before.title, &after.title).field("text", &before.text, &after.text);
            record(&mut tx, app, actor, id, ("change", changes)).await?;
            tx.commit().await?;
            Ok(after)
        })
        .await
}

/// Removes an answer.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins, [`AppError::NotFound`].
pub async fn delete_answer(app: &App, actor: &Actor, id: AnswerId) -> Result<(), AppError> {
    actor.require_role(&[Role::Admin])?;
    app.db
        .transaction(|mut tx| async move {
            if !repository::delete_answer(&mut tx, id).await? {
                return Err(AppError::NotFound);
            }
            record(&mut tx, app, actor, id, ("delete", Changes::new())).await?;
            tx.commit().await
        })
        .await
}

async fn record(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    id: AnswerId,
    (action, changes): (&str, Changes),
) -> Result<(), AppError> {
    audit::record(tx, app, Some(actor.user()), (AuditEntity::Answer, id), action, changes).await
}
