//! Taking files, attaching them, giving them out, removing what belongs to nothing.
//!
//! No bytes are ever without a row: the row is written before them and removed after them. A crash in between, or a bucket that is
//! away, therefore leaves at most a row that nobody can see or attach, and that is removed after a day like every file that was
//! attached to nothing. The other way round, bytes would stay for ever that nothing tells of.

use jiff::SignedDuration;

use super::{picture::clean, repository};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        chat::server::service as chat,
        files::file::{ATTACHMENTS, AttachedTo, Attachment, FileId, FileKind, MAX_ATTACHMENTS, StoredFile},
        tickets::server::service as tickets,
    },
    server::{
        mongo::{
            Tx,
            limits::{self, Limit},
        },
        state::App,
        storage::Object,
        upload::SentFile,
    },
    shared::error::AppError,
};

/// The files that one person sends.
const SENDING: Limit = Limit { max: 60, window: SignedDuration::from_hours(1) };
/// What is attached to nothing by then is removed.
const UNATTACHED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// A file that is given out.
#[derive(Debug)]
pub struct Download {
    /// What it is.
    pub file: Attachment,
    /// Its bytes.
    pub object: Object,
}

/// Keeps a file of the actor, who can then attach it to something within a day.
///
/// # Errors
/// [`AppError::TooManyRequests`], [`AppError::InvalidInput`] at `file` for what is of no kind that is taken, damaged, or too large once
/// it is unpacked; [`AppError::Unavailable`] when the bucket is away.
pub async fn store_file(app: &App, actor: &Actor, name: Option<&str>, bytes: Vec<u8>) -> Result<Attachment, AppError> {
    limits::count(app, &format!("files:{}", actor.user()), SENDING).await?;
    if bytes.is_empty() {
        return Err(AppError::field("file", "This file is empty. Choose another one."));
    }
    let kind = FileKind::of(&bytes).ok_or_else(|| {
        AppError::field(
            "file",
            "This file is none of PDF, PNG, JPEG and WebP. Save it as one of these, then send it again.",
        )
    })?;
    let bytes = clean(kind, bytes).await?;
    let now = app.clock.now();
    let file = StoredFile {
        id: app.ids.next(),
        owner: actor.user(),
        name: kind.clean_name(name),
        size: u32::try_from(bytes.len()).map_err(|_| AppError::TooLarge)?,
        kind,
        key: app.ids.secret(),
        stored: false,
        attached_to: None,
        created_at: now,
        remove_at: Some(now + UNATTACHED_FOR),
    };
    begin(app, &file).await?;
    app.bucket.put(&file.key, kind.media_type(), bytes).await?;
    finish(app, file).await
}

/// Keeps a file of a form.
///
/// # Errors
/// As [`store_file`], but at `attachments`.
pub async fn store_attachment(app: &App, actor: &Actor, file: SentFile) -> Result<Attachment, AppError> {
    let SentFile { name, bytes } = file;
    let outcome = store_file(app, actor, name.as_deref(), bytes).await;
    outcome.map_err(|error| at_attachments(error, name.as_deref()))
}

/// Of several files, the refusal names the one that it is about.
fn at_attachments(error: AppError, name: Option<&str>) -> AppError {
    match (error.field_messages("file").into_iter().next(), name) {
        (Some(message), Some(name)) => AppError::field(ATTACHMENTS, format!("{name}: {message}")),
        (Some(message), None) => AppError::field(ATTACHMENTS, message),
        (None, _) => error,
    }
}

/// The row first. It bears to be repeated: what is sent again under the same key becomes another file.
async fn begin(app: &App, file: &StoredFile) -> Result<(), AppError> {
    app.db
        .transaction(|mut tx| async move {
            repository::insert(&mut tx, file).await?;
            tx.commit_part().await
        })
        .await
}

async fn finish(app: &App, file: StoredFile) -> Result<Attachment, AppError> {
    let id = file.id;
    app.db
        .transaction(|mut tx| async move {
            if !repository::mark_stored(&mut tx, id).await? {
                return Err(AppError::Unavailable);
            }
            tx.commit().await
        })
        .await?;
    Ok(file.into())
}

/// Attaches files of the actor, in the transaction of what they are attached to. A file is attached once: of two who try, one is
/// refused.
///
/// # Errors
/// [`AppError::InvalidInput`] at `attachments` for more than five, and for files that are another's, gone, or attached already.
pub async fn attach_files(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    ids: &[FileId],
    to: AttachedTo,
) -> Result<Vec<Attachment>, AppError> {
    if ids.len() > MAX_ATTACHMENTS {
        return Err(AppError::field(ATTACHMENTS, format!("Attach at most {MAX_ATTACHMENTS} files.")));
    }
    let mut attached = Vec::new();
    for id in ids {
        let file = repository::attach(tx, (actor.user(), *id), to, app.clock.now()).await?.ok_or_else(|| {
            AppError::field(
                ATTACHMENTS,
                "One of these files is not there any more, or is attached already. Send it again.",
            )
        })?;
        attached.push(file.into());
    }
    Ok(attached)
}

/// A file, for who sent it and for whoever may see what it is attached to.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else, and when there is none; [`AppError::Unavailable`] when the bucket is away.
pub async fn read_file(app: &App, actor: &Actor, id: FileId) -> Result<Download, AppError> {
    let file = repository::find(&app.db, id).await?.ok_or(AppError::NotFound)?;
    check_may_read(app, actor, &file).await?;
    let object = app.bucket.get(&file.key).await?;
    Ok(Download { file: file.into(), object })
}

async fn check_may_read(app: &App, actor: &Actor, file: &StoredFile) -> Result<(), AppError> {
    match file.attached_to {
        _ if file.owner == actor.user() => Ok(()),
        Some(AttachedTo::Ticket { id, internal }) => tickets::check_may_read_file(app, actor, id, internal).await,
        Some(AttachedTo::Conversation { id }) => chat::check_may_read_file(app, actor, id).await,
        None => Err(AppError::NotFound),
    }
}

/// Removes what was attached to nothing within a day, and tells how much that was.
///
/// # Errors
/// [`AppError::Unavailable`] when the bucket is away; then the rest waits for the next time.
pub async fn remove_unattached(app: &App) -> Result<u32, AppError> {
    let mut removed = 0;
    while let Some(file) = repository::begin_removal(&app.db, app.clock.now()).await? {
        app.bucket.remove(&file.key).await?;
        repository::delete(&app.db, file.id).await?;
        removed += 1;
    }
    Ok(removed)
}

/// Removes the bytes of all files, for who then empties the database.
///
/// # Errors
/// [`AppError::Unavailable`] when the bucket is away.
pub async fn remove_all(app: &App) -> Result<(), AppError> {
    for key in repository::keys(&app.db).await? {
        app.bucket.remove(&key).await?;
    }
    Ok(())
}
