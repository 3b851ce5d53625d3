//! The file that the import page's form sends: read, checked or imported, and told as the page shows it.

use axum::extract::{FromRequest, OptionalFromRequestParts, Request};

use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            import::FailedLine,
            import_view::{BadLine, ImportView, KeptFile},
        },
    },
    server::{state::App, upload::Upload},
    shared::error::AppError,
};

/// A larger file is not kept in the page for the second step: it has to be chosen again.
const KEPT: usize = 1024 * 1024;

/// What the form had in it.
struct Form {
    name: String,
    file: Vec<u8>,
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
    match read_form(app, Request::from_parts(parts, body)).await {
        Ok(form) => Some(import(app, &actor, form).await),
        Err(error) => Some(refused(String::new(), error)),
    }
}

async fn import(app: &App, actor: &Actor, form: Form) -> ImportView {
    match service::import_leads(app, actor, &form.file, form.dry_run).await {
        Ok(outcome) => ImportView {
            dry_run: form.dry_run,
            created: outcome.created.into(),
            updated: outcome.updated.into(),
            failed: outcome.failed.into_iter().map(bad_line).collect(),
            kept: if form.dry_run { keep(form.file) } else { KeptFile::No },
            file: form.name,
            error: None,
        },
        Err(error) => refused(form.name, error),
    }
}

fn bad_line(failed: FailedLine) -> BadLine {
    let problem = |(field, messages): (String, Vec<String>)| format!("{field}: {}", messages.join(" "));
    BadLine { line: failed.line, problems: failed.fields.into_iter().map(problem).collect() }
}

/// What the page keeps for the second step. A page is text: bytes that are none would come back as other ones, and lines that were
/// reported as broken would be imported.
fn keep(file: Vec<u8>) -> KeptFile {
    if file.len() > KEPT {
        return KeptFile::TooLarge;
    }
    String::from_utf8(file).map_or(KeptFile::NotText, KeptFile::Here)
}

fn refused(file: String, error: AppError) -> ImportView {
    ImportView { file, error: Some(error), ..ImportView::default() }
}

async fn read_form(app: &App, request: Request) -> Result<Form, AppError> {
    let upload = Upload::from_request(request, app).await?;
    upload.refuse_other_fields(&["dryRun", "name"])?;
    let dry_run = upload.read_switch("dryRun")?;
    if upload.file.is_empty() {
        return Err(AppError::field("file", "Choose a file first."));
    }
    let given = upload.fields.get("name").filter(|name| !name.is_empty());
    let name = upload.file_name.or_else(|| given.cloned()).unwrap_or_else(|| "The file".to_owned());
    Ok(Form { name, file: upload.file, dry_run })
}
