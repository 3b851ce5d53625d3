//! The file that the import page's form sends: read, checked or imported, and told as the page shows it.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, OptionalFromRequestParts, Request},
};

use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::import_view::{BadLine, ImportView},
    },
    server::state::App,
    shared::error::AppError,
};

/// A larger file is not kept in the page for the second step: it has to be chosen again.
const KEPT: usize = 1024 * 1024;

/// What the form had in it.
#[derive(Default)]
struct Form {
    name: String,
    file: Bytes,
    dry_run: bool,
}

/// What became of the file; none when nobody is signed in, whom the page itself sends to sign in.
pub async fn import_form(app: &App, request: Request) -> Option<ImportView> {
    let (mut parts, body) = request.into_parts();
    let actor = Actor::from_request_parts(&mut parts, app).await;
    let actor = match actor {
        Ok(Some(actor)) => actor,
        Ok(None) => return None,
        Err(error) => return Some(refused(String::new(), error)),
    };
    match read_form(Request::from_parts(parts, body)).await {
        Ok(form) => Some(import(app, &actor, form).await),
        Err(error) => Some(refused(String::new(), error)),
    }
}

async fn import(app: &App, actor: &Actor, form: Form) -> ImportView {
    let outcome = match service::import_leads(app, actor, &form.file, form.dry_run).await {
        Ok(outcome) => outcome,
        Err(error) => return refused(form.name, error),
    };
    let kept = form.dry_run && form.file.len() <= KEPT;
    let failed = outcome.failed.into_iter().map(|failed| BadLine {
        line: failed.line,
        problems: failed
            .fields
            .into_iter()
            .map(|(field, messages)| format!("{field}: {}", messages.join(" ")))
            .collect(),
    });
    ImportView {
        file: form.name,
        dry_run: form.dry_run,
        created: outcome.created.into(),
        updated: outcome.updated.into(),
        failed: failed.collect(),
        csv: kept.then(|| String::from_utf8_lossy(&form.file).into_owned()),
        error: None,
    }
}

fn refused(file: String, error: AppError) -> ImportView {
    ImportView { file, error: Some(error), ..ImportView::default() }
}

async fn read_form(request: Request) -> Result<Form, AppError> {
    let unreadable = |_| AppError::field("file", "The file did not arrive whole. Choose it again.");
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| AppError::UnsupportedMediaType)?;
    let mut form = Form { name: "The file".to_owned(), ..Form::default() };
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        match part.name().unwrap_or_default() {
            "file" => {
                if let Some(name) = part.file_name().filter(|name| !name.is_empty()) {
                    name.clone_into(&mut form.name);
                }
                form.file = part.bytes().await.map_err(unreadable)?;
            }
            "csv" => form.file = part.bytes().await.map_err(unreadable)?,
            "name" => form.name = part.text().await.map_err(unreadable)?,
            "dryRun" => form.dry_run = part.text().await.map_err(unreadable)? == "true",
            _ => {}
        }
    }
    if form.file.is_empty() { Err(AppError::field("file", "Choose a CSV file first.")) } else { Ok(form) }
}
