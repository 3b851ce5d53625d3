//! The page of the canned answers, and what its forms send.

use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::listing::Choice,
        tickets::{
            answer::{AnswerId, CannedAnswer, NewAnswer, Variable},
            screens::forms::{AnswerLine, AnswersPage},
        },
    },
    server::{notice::set_notice, state::App, zone::Zone},
    shared::error::AppError,
};

/// The answers, and what their texts can have filled in.
///
/// # Errors
/// [`AppError::Forbidden`] for others than admins.
pub async fn load_answers(app: &App, actor: &Actor) -> Result<AnswersPage, AppError> {
    let answers = service::list_answers(app, actor).await?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let line = |answer: CannedAnswer| AnswerLine {
        id: answer.id.to_string(),
        title: answer.title,
        text: answer.text,
        written: Some(zone.past(answer.updated_at)),
        version: answer.version,
    };
    let variables = Variable::ALL.into_iter().map(|variable| Choice {
        value: format!("{{{{{}}}}}", variable.as_str()),
        label: meaning_of(variable).to_owned(),
    });
    Ok(AnswersPage { answers: answers.into_iter().map(line).collect(), variables: variables.collect() })
}

const fn meaning_of(variable: Variable) -> &'static str {
    match variable {
        Variable::Name => "the customer's first name",
        Variable::Number => "the ticket's number",
        Variable::Subject => "its subject",
        Variable::Trip => "the trip it is about",
        Variable::Admin => "your name",
    }
}

/// Keeps an answer: a new one without an id.
///
/// # Errors
/// Those of [`service::create_answer`] and [`service::change_answer`].
pub async fn save_answer(
    app: &App,
    actor: &Actor,
    (id, version): (&str, u32),
    (title, text): (String, String),
) -> Result<(), AppError> {
    let input = NewAnswer { title, text };
    let answer = if id.is_empty() {
        service::create_answer(app, actor, &input).await?
    } else {
        service::change_answer(app, actor, read_answer_id(id)?, &input, version).await?
    };
    set_notice(&format!("“{}” is saved.", answer.title));
    Ok(())
}

/// Removes an answer.
///
/// # Errors
/// Those of [`service::delete_answer`].
pub async fn delete_answer(app: &App, actor: &Actor, id: &str) -> Result<(), AppError> {
    service::delete_answer(app, actor, read_answer_id(id)?).await?;
    set_notice("The answer is deleted.");
    Ok(())
}

fn read_answer_id(id: &str) -> Result<AnswerId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}
