//! Files in the forms of server functions. They are kept before the function runs, which gets texts alone: the field `attachments`
//! tells it which files there are, a line for each. So a form that is refused comes back with its files, like everything else in it.

use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Multipart, Request},
    http::{
        HeaderValue,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
        request::Parts,
    },
};

use crate::{
    crm::{
        accounts::server::actor::Actor,
        files::{file::ATTACHMENTS, server::service::store_attachment},
    },
    server::{
        middleware::limits::carries_files,
        state::App,
        upload::{FormWithFiles, SentFile},
    },
    shared::error::AppError,
};

const FIELDS: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// Keeps the files of a form that may carry some. Gives the form without them, and why it is refused: nobody is signed in, or
/// something in it is not taken.
pub async fn keep_files(app: &App, request: Request) -> (Request, Option<AppError>) {
    if !carries_files(&request) {
        return (request, None);
    }
    let (mut parts, body) = request.into_parts();
    let (texts, outcome) = match sign_in_first(app, &mut parts, body).await {
        Ok((actor, form)) => keep(app, &actor, form).await,
        Err(error) => (Vec::new(), Err(error)),
    };
    parts.headers.insert(CONTENT_TYPE, FIELDS);
    parts.headers.remove(CONTENT_LENGTH);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(texts).finish();
    (Request::from_parts(parts, Body::from(body)), outcome.err())
}

/// Nothing is read from strangers.
async fn sign_in_first(app: &App, parts: &mut Parts, body: Body) -> Result<(Actor, Multipart), AppError> {
    let actor = <Actor as FromRequestParts<App>>::from_request_parts(parts, app).await?;
    let form = Multipart::from_request(Request::from_parts(parts.clone(), body), app).await;
    Ok((actor, form.map_err(|_| AppError::UnsupportedMediaType)?))
}

/// The texts of a form, and how it went. What was read and kept until something is refused is among the texts.
async fn keep(app: &App, actor: &Actor, form: Multipart) -> (Vec<(String, String)>, Result<(), AppError>) {
    let (FormWithFiles { texts, files }, read) = FormWithFiles::read(form).await;
    let (lines, mut texts): (Vec<_>, Vec<_>) = texts.into_iter().partition(|(name, _)| name == ATTACHMENTS);
    let mut lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    let outcome = match read {
        Ok(()) => store(app, actor, files, &mut lines).await,
        Err(error) => Err(error),
    };
    texts.push((ATTACHMENTS.to_owned(), lines.join("\n")));
    (texts, outcome)
}

async fn store(app: &App, actor: &Actor, files: Vec<SentFile>, lines: &mut Vec<String>) -> Result<(), AppError> {
    for file in files {
        lines.push(store_attachment(app, actor, file).await?.as_line());
    }
    Ok(())
}
