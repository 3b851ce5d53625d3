//! The rows of `outbox`. `dueAt` says when a queued mail is to be tried next; leasing it moves that on, so that a process that
//! dies while sending loses nothing. A row with a `cause` is the only one of that cause.

use mongodb::{
    bson::{Bson, Document, doc},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

use crate::{
    server::{
        mail::Mail,
        mongo::{Db, Tx, as_document, keyset},
        state::App,
    },
    shared::{
        contact::Email,
        error::AppError,
        mail::{MailId, MailKind, MailState, OutboxMail},
        page::{Page, PageRequest},
        time::Time,
    },
};

const COLLECTION: &str = "outbox";

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(rename = "_id")]
    id: MailId,
    to: Email,
    kind: MailKind,
    subject: String,
    /// Text and HTML; `None` once a mail that carries a key has gone out.
    text: Option<String>,
    html: Option<String>,
    state: MailState,
    tries: u32,
    problem: Option<String>,
    created_at: Time,
    due_at: Time,
    sent_at: Option<Time>,
}

impl Row {
    /// A mail to be sent at once.
    fn new(app: &App, mail: &Mail) -> Self {
        let now = app.clock.now();
        Self {
            id: app.ids.next(),
            to: mail.to.clone(),
            kind: mail.kind,
            subject: mail.subject.clone(),
            text: Some(mail.text.clone()),
            html: Some(mail.html.clone()),
            state: MailState::Queued,
            tries: 0,
            problem: None,
            created_at: now,
            due_at: now,
            sent_at: None,
        }
    }
}

impl From<Row> for OutboxMail {
    fn from(row: Row) -> Self {
        let Row { id, to, kind, subject, text, state, tries, problem, created_at, sent_at, .. } = row;
        Self { id, to: to.into(), kind, subject, text, state, tries, problem, created_at, sent_at }
    }
}

/// A mail that this process is to send now.
#[derive(Debug)]
pub struct Leased {
    /// The id.
    pub id: MailId,
    /// The mail.
    pub mail: Mail,
    /// The how many-eth try it is.
    pub tries: u32,
}

/// Stores a mail, to be sent at once.
///
/// # Errors
/// When the database is away.
pub async fn insert(tx: &mut Tx, app: &App, mail: &Mail) -> Result<(), AppError> {
    tx.collection::<Row>(COLLECTION).insert_one(Row::new(app, mail)).session(tx.session()).await?;
    Ok(())
}

/// Stores a mail, to be sent at once, unless there is one of that cause; whether it was stored.
///
/// # Errors
/// When the database is away.
pub async fn insert_once(tx: &mut Tx, app: &App, cause: &str, mail: &Mail) -> Result<bool, AppError> {
    let fields = as_document(&Row::new(app, mail))?;
    let rows = tx.collection::<Document>(COLLECTION);
    let stored = rows.update_one(doc! { "cause": cause }, doc! { "$setOnInsert": fields }).upsert(true);
    Ok(stored.session(tx.session()).await?.upserted_id.is_some())
}

/// Takes the mail that is due longest, until `until`.
///
/// # Errors
/// When the database is away.
pub async fn lease(db: &Db, now: Time, until: Time) -> Result<Option<Leased>, AppError> {
    let due = doc! { "state": "queued", "dueAt": { "$lte": now } };
    let take = doc! { "$set": { "dueAt": until }, "$inc": { "tries": 1 } };
    let rows = db.collection::<Row>(COLLECTION);
    let row =
        rows.find_one_and_update(due, take).sort(doc! { "dueAt": 1 }).return_document(ReturnDocument::After).await?;
    Ok(row.map(|row| {
        let Row { id, to, kind, subject, text, html, tries, .. } = row;
        let mail = Mail { to, kind, subject, text: text.unwrap_or_default(), html: html.unwrap_or_default() };
        Leased { id, mail, tries }
    }))
}

/// Notes that a mail has gone out; its contents are dropped unless they may be kept.
///
/// # Errors
/// When the database is away.
pub async fn mark_sent(db: &Db, leased: &Leased, now: Time, keep_text: bool) -> Result<(), AppError> {
    let mut set = doc! { "state": "sent", "sentAt": now, "problem": Bson::Null };
    if !keep_text {
        set.extend(doc! { "text": Bson::Null, "html": Bson::Null });
    }
    change_leased(db, leased, set).await
}

/// Notes that a mail was not taken, and when to try again (`None`: no more).
///
/// # Errors
/// When the database is away.
pub async fn mark_not_sent(db: &Db, leased: &Leased, problem: &str, next: Option<Time>) -> Result<(), AppError> {
    let mut set = doc! { "problem": problem };
    match next {
        Some(next) => set.insert("dueAt", next),
        None => set.insert("state", "failed"),
    };
    change_leased(db, leased, set).await
}

/// Only the process that tried last may say how it went.
async fn change_leased(db: &Db, leased: &Leased, set: Document) -> Result<(), AppError> {
    let same = doc! { "_id": leased.id, "state": "queued", "tries": leased.tries };
    db.collection::<Document>(COLLECTION).update_one(same, doc! { "$set": set }).await?;
    Ok(())
}

/// Queues a mail that was sent or given up once more, under the same Message-ID.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Conflict`] when it is queued, or its contents are gone.
pub async fn requeue(tx: &mut Tx, id: MailId, now: Time) -> Result<OutboxMail, AppError> {
    let rows = tx.collection::<Row>(COLLECTION);
    let row = rows.find_one(doc! { "_id": id }).session(tx.session()).await?.ok_or(AppError::NotFound)?;
    if row.state == MailState::Queued {
        return Err(AppError::Conflict("This mail is queued already; it goes out by itself.".into()));
    }
    if row.text.is_none() {
        return Err(AppError::Conflict(
            "This mail carried a key and was not kept. Let the person ask for a new one.".into(),
        ));
    }
    let set = doc! { "$set": { "state": "queued", "dueAt": now, "tries": 0, "problem": Bson::Null } };
    let queued =
        rows.find_one_and_update(doc! { "_id": id }, set).return_document(ReturnDocument::After).session(tx.session());
    Ok(queued.await?.ok_or(AppError::NotFound)?.into())
}

/// A mail of the outbox.
///
/// # Errors
/// [`AppError::NotFound`] when there is none of that id.
pub async fn require(db: &Db, id: MailId) -> Result<OutboxMail, AppError> {
    let row = db.collection::<Row>(COLLECTION).find_one(doc! { "_id": id }).await?;
    Ok(row.ok_or(AppError::NotFound)?.into())
}

/// The mails of the outbox, the newest first.
///
/// # Errors
/// [`AppError::MalformedRequest`] when the cursor is not one of this list.
pub async fn page(db: &Db, state: Option<MailState>, request: &PageRequest) -> Result<Page<OutboxMail>, AppError> {
    let filter = state.map(|state| doc! { "state": state.as_str() }).unwrap_or_default();
    Ok(keyset::find_page(&db.collection::<Row>(COLLECTION), filter, keyset::Order::NEWEST, request)
        .await?
        .map(OutboxMail::from))
}
