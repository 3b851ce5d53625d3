//! The database: connecting, transactions that are tried again when they collide, and what its errors mean.
//! Repositories and this folder are the only places that name `mongodb`.

pub mod audit;
pub mod bulk;
pub mod filter;
pub mod flashes;
pub mod idempotency;
pub mod indexes;
pub mod jobs;
pub mod keyset;
pub mod limits;
pub mod outbox;
pub mod search;

use std::{collections::BTreeMap, future::Future, mem, sync::Arc, time::Duration};

use mongodb::{
    Client, ClientSession, Collection, Database,
    bson::{self, Bson, Document, RawDocumentBuf, doc},
    error::{
        Error, ErrorKind, RETRYABLE_WRITE_ERROR, TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT,
        WriteFailure,
    },
    options::{Acknowledgment, ClientOptions, ConnectionString, ReadConcern, WriteConcern},
};
use serde::Serialize;
use tokio::{
    sync::{Mutex, Notify},
    time::Instant,
};

use crate::{
    server::clock::random_bytes,
    shared::{error::AppError, id::Id, time::Time},
};

/// How long a request waits for a database that is away before it is answered `503`.
const SELECTION_TIMEOUT: Duration = Duration::from_secs(4);
/// For so long one of those that have collided keeps its turn; then it waits for the next one. So what collides with something that does
/// not end keeps nobody else from their work: a process that was killed leaves its transactions to the database, which gives them up
/// after a while.
const TURN: Duration = Duration::from_millis(250);
/// So many turns one has before it is given up: four seconds of trying.
const TURNS: u32 = 16;
/// For so long a commit whose outcome is unknown is asked about; the last time it is may take [`SELECTION_TIMEOUT`] more.
const UNKNOWN_FOR: Duration = Duration::from_secs(1);
/// The longest pause before another try. Pauses are chosen by chance below a bound that doubles, so that processes do not meet again
/// and again. It is short: one transaction of a process is tried at a time, and one that sleeps for longer than the others work
/// would find them at work each time.
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

/// A handle to the database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    client: Client,
    database: Database,
    /// Transactions of this process that have collided take turns here, in the order in which they came. It holds when one of
    /// them last found the database to be away.
    turns: Arc<Mutex<Option<Instant>>>,
}

impl Db {
    /// Opens the database that the URI names (or `trek_tribe`) and creates what indexes are missing.
    ///
    /// # Errors
    /// When the URI is wrong, or the database cannot be reached.
    pub async fn open(uri: &str) -> Result<Self, Error> {
        let mut options = ClientOptions::parse(uri).await?;
        options.app_name = Some("trek-tribe".into());
        options.server_selection_timeout = Some(SELECTION_TIMEOUT);
        options.connect_timeout = Some(SELECTION_TIMEOUT);
        options.max_pool_size = options.max_pool_size.or(Some(64));
        options.write_concern = Some(WriteConcern::builder().w(Acknowledgment::Majority).journal(true).build());
        options.read_concern = Some(ReadConcern::local());
        let name = options.default_database.clone().unwrap_or_else(|| "trek_tribe".into());
        let client = Client::with_options(options)?;
        let db = Self { database: client.database(&name), client, turns: Arc::default() };
        indexes::create_missing(&db).await?;
        Ok(db)
    }

    /// The collection of that name.
    pub fn collection<T: Send + Sync>(&self, name: &str) -> Collection<T> {
        self.database.collection(name)
    }

    /// The database itself, for commands.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when there is none.
    pub async fn ping(&self) -> Result<(), AppError> {
        self.database.run_command(doc! { "ping": 1 }).await?;
        Ok(())
    }

    /// Runs `work` in a transaction; when it collides with another one, runs it again from the start, then in turn with the
    /// others that have collided: fifty writers of one document would else meet again and again. `work` commits by
    /// [`Tx::commit`] as its last act; when it returns an error, or never commits, nothing of it stays.
    ///
    /// # Errors
    /// What `work` returns; [`AppError::Busy`] when it collided every time; [`AppError::Unavailable`] within five seconds when the
    /// database is away.
    pub async fn transaction<T, W, F>(&self, work: W) -> Result<T, AppError>
    where
        W: Fn(Tx) -> F,
        F: Future<Output = Result<T, AppError>>,
    {
        match work(self.begin().await?).await {
            Err(AppError::Busy) => self.transaction_in_turn(work).await,
            outcome => outcome,
        }
    }

    /// The same for work that collides with its like for certain, because all of it counts on one sequence: it takes its turn from
    /// the start, so that no try is wasted.
    ///
    /// # Errors
    /// As [`Db::transaction`].
    pub async fn transaction_in_turn<T, W, F>(&self, work: W) -> Result<T, AppError>
    where
        W: Fn(Tx) -> F,
        F: Future<Output = Result<T, AppError>>,
    {
        let asked = Instant::now();
        for _ in 0..TURNS {
            match self.take_turn(&work, asked).await {
                Err(AppError::Busy) => {}
                outcome => return outcome,
            }
        }
        Err(AppError::Busy)
    }

    /// Waits for a turn, and runs `work` in it until that is over. [`AppError::Busy`] when it collided every time.
    async fn take_turn<T, W, F>(&self, work: &W, asked: Instant) -> Result<T, AppError>
    where
        W: Fn(Tx) -> F,
        F: Future<Output = Result<T, AppError>>,
    {
        let mut away = self.turns.lock().await;
        // Whoever waited while another one found nobody there does not wait for the same again, one after the other.
        if away.is_some_and(|away| away > asked) {
            return Err(AppError::Unavailable);
        }
        let until = Instant::now() + TURN;
        for attempt in 1.. {
            match work(self.begin().await?).await {
                Err(AppError::Busy) if Instant::now() < until => {
                    tokio::time::sleep(pause_before_retry(attempt)).await;
                }
                Err(AppError::Unavailable) => {
                    *away = Some(Instant::now());
                    return Err(AppError::Unavailable);
                }
                outcome => return outcome,
            }
        }
        Err(AppError::Busy)
    }

    async fn begin(&self) -> Result<Tx, AppError> {
        let mut session = self.client.start_session().await?;
        session.start_transaction().read_concern(ReadConcern::snapshot()).await?;
        Ok(Tx { session, db: self.clone(), appended: BTreeMap::new(), wakes: Vec::new() })
    }
}

fn pause_before_retry(attempt: u32) -> Duration {
    let bound = LONGEST_PAUSE.min(Duration::from_millis(5 << attempt.min(8)));
    bound * u32::from(u8::from_be_bytes(random_bytes())) / u32::from(u8::MAX)
}

/// A transaction under way. Dropped without [`Tx::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Tx {
    session: ClientSession,
    db: Db,
    /// What the commit writes, by collection.
    appended: BTreeMap<&'static str, Vec<RawDocumentBuf>>,
    wakes: Vec<Arc<Notify>>,
}

impl Tx {
    /// The session that every operation of this transaction names.
    pub fn session(&mut self) -> &mut ClientSession {
        &mut self.session
    }

    /// The collection of that name.
    pub fn collection<T: Send + Sync>(&self, name: &str) -> Collection<T> {
        self.db.collection(name)
    }

    /// Leaves a row to the commit, which writes all of a collection at once, in this order. Nothing reads them in the transaction.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it is nothing that can be stored.
    pub fn append<T: Serialize>(&mut self, collection: &'static str, row: &T) -> Result<(), AppError> {
        let row = bson::serialize_to_raw_document_buf(row).map_err(|error| unreadable(&error))?;
        self.appended.entry(collection).or_default().push(row);
        Ok(())
    }

    /// Wakes whoever waits there once the transaction is committed.
    pub fn notify_on_commit(&mut self, notify: Arc<Notify>) {
        self.wakes.push(notify);
    }

    /// Makes all of it last, and marks the request's idempotency key as carried out in the same breath.
    ///
    /// # Errors
    /// [`AppError::Busy`] when it collided with another transaction; [`AppError::Unavailable`] when the database is away, or cannot
    /// say whether it lasts.
    pub async fn commit(mut self) -> Result<(), AppError> {
        idempotency::mark_carried_out(&mut self).await?;
        self.finish().await
    }

    /// Makes all of it last as one of several parts of a request, each of which bears to be repeated. Only the last part, by
    /// [`Tx::commit`], marks the idempotency key: when a part fails, the same key can be sent again until all is done.
    ///
    /// # Errors
    /// As [`Tx::commit`].
    pub async fn commit_part(self) -> Result<(), AppError> {
        idempotency::current_claim()?;
        self.finish().await
    }

    async fn finish(mut self) -> Result<(), AppError> {
        for (collection, rows) in mem::take(&mut self.appended) {
            self.collection::<RawDocumentBuf>(collection).insert_many(rows).session(&mut self.session).await?;
        }
        let until = Instant::now() + UNKNOWN_FOR;
        for attempt in 1.. {
            match self.session.commit_transaction().await {
                Err(error) if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT) => {
                    if Instant::now() > until {
                        tracing::warn!(%error, "whether a transaction was committed is unknown");
                        break;
                    }
                    tokio::time::sleep(pause_before_retry(attempt)).await;
                }
                outcome => {
                    outcome?;
                    self.wakes.iter().for_each(|notify| notify.notify_one());
                    return Ok(());
                }
            }
        }
        Err(AppError::Unavailable)
    }
}

impl From<Error> for AppError {
    /// The one place where a database error becomes an answer; what is not the client's doing is logged here.
    fn from(error: Error) -> Self {
        // First: within a transaction the driver labels these as transient too, but trying again would only wait once more.
        if is_away(&error) {
            tracing::warn!(%error, "the database cannot be reached");
            return Self::Unavailable;
        }
        if error.contains_label(TRANSIENT_TRANSACTION_ERROR) || is_write_conflict(&error) {
            return Self::Busy;
        }
        if is_duplicate(&error) {
            return Self::Conflict("This exists already.".into());
        }
        if error.contains_label(RETRYABLE_WRITE_ERROR) {
            tracing::warn!(%error, "the database is changing its primary");
            return Self::Unavailable;
        }
        tracing::error!(%error, "the database refused an operation");
        Self::Internal
    }
}

/// Whether a text names a database that can be connected to. Why not is not told: it might repeat a password.
pub fn is_uri(text: &str) -> bool {
    ConnectionString::parse(text).is_ok()
}

/// A value as it is stored. `bson::serialize_to_document` would write ids and times as texts, for people.
///
/// # Errors
/// [`AppError::Internal`] when it is nothing that can be stored.
pub fn as_document<T: Serialize>(value: &T) -> Result<Document, AppError> {
    let bytes = bson::serialize_to_vec(value).map_err(|error| unreadable(&error))?;
    bson::deserialize_from_slice(&bytes).map_err(|error| unreadable(&error))
}

/// A stored value that cannot be read, or one that cannot be stored, is a bug.
pub fn unreadable(error: &bson::error::Error) -> AppError {
    tracing::error!(%error, "a document cannot be read or stored");
    AppError::Internal
}

const WRITE_CONFLICT: i32 = 112;
const DUPLICATE_KEY: i32 = 11_000;

fn is_away(error: &Error) -> bool {
    matches!(
        *error.kind,
        ErrorKind::ServerSelection { .. }
            | ErrorKind::Io(_)
            | ErrorKind::ConnectionPoolCleared { .. }
            | ErrorKind::DnsResolve { .. }
            | ErrorKind::Authentication { .. }
    )
}

fn is_write_conflict(error: &Error) -> bool {
    matches!(&*error.kind, ErrorKind::Command(command) if command.code == WRITE_CONFLICT)
}

/// Whether a write was refused because a unique index has that key already.
pub fn is_duplicate(error: &Error) -> bool {
    match &*error.kind {
        ErrorKind::Write(WriteFailure::WriteError(write)) => write.code == DUPLICATE_KEY,
        ErrorKind::Command(command) => command.code == DUPLICATE_KEY,
        ErrorKind::InsertMany(many) => many.write_errors.iter().flatten().any(|write| write.code == DUPLICATE_KEY),
        _ => false,
    }
}

impl<T> From<Id<T>> for Bson {
    fn from(id: Id<T>) -> Self {
        Self::ObjectId(mongodb::bson::oid::ObjectId::from_bytes(id.bytes()))
    }
}

impl From<Time> for Bson {
    fn from(time: Time) -> Self {
        Self::DateTime(mongodb::bson::DateTime::from_millis(time.millis()))
    }
}
