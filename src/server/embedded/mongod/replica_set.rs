//! Brings the single-node replica set up: initiates it once, follows a changed port, waits for the writable primary.

use std::{path::Path, time::Duration};

use mongodb::{
    Client, Database,
    bson::{Document, doc},
    error::{Error, ErrorKind},
    options::{ClientOptions, ServerAddress},
};
use tokio::{net::TcpStream, time::sleep};

use super::{MongodError, port};

/// The name of the replica set.
pub(super) const NAME: &str = "trek";

const LOOK_AGAIN: Duration = Duration::from_millis(20);
const NOT_YET_INITIALIZED: i32 = 94;

/// Answers of a node that is between two states; the next look will tell more: `AlreadyInitialized` while the
/// configuration is being read, `NotYetInitialized`, `ConfigurationInProgress`, `PrimarySteppedDown`,
/// `NotWritablePrimary`, `NotPrimaryOrSecondary`, `InterruptedDueToReplStateChange`, `CurrentConfigNotCommittedYet`.
const PASSING: [i32; 8] = [23, NOT_YET_INITIALIZED, 109, 189, 10107, 13436, 11602, 308];

/// Returns when the `mongod` on this port is a writable primary. It does not return while the port is silent: the caller
/// sets the limit.
pub(super) async fn await_primary(port: u16, data_dir: &Path) -> Result<(), MongodError> {
    // The driver looks again after half a second only.
    while TcpStream::connect((port::HOST, port)).await.is_err() {
        sleep(LOOK_AGAIN).await;
    }
    let client = connect(port)?;
    let admin = client.database("admin");
    let ready = loop {
        match step_towards_primary(&admin, port, data_dir).await {
            Ok(false) => sleep(LOOK_AGAIN).await,
            Ok(true) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    client.shutdown().immediate(true).await;
    ready
}

fn connect(port: u16) -> Result<Client, MongodError> {
    let address = ServerAddress::Tcp { host: port::HOST.to_owned(), port: Some(port) };
    let options = ClientOptions::builder()
        .hosts(vec![address])
        .direct_connection(true)
        .server_selection_timeout(Duration::from_secs(5))
        .build();
    Ok(Client::with_options(options)?)
}

/// Looks at the node, does what is missing, and tells whether it is a writable primary under its present address.
async fn step_towards_primary(admin: &Database, port: u16, data_dir: &Path) -> Result<bool, MongodError> {
    let Some(arguments) = run(admin, doc! { "getCmdLineOpts": 1 }).await? else {
        return Ok(false);
    };
    if !serves(&arguments, data_dir) {
        return Err(MongodError::PortTaken { port });
    }
    let host = format!("{}:{port}", port::HOST);
    let Some(hello) = run(admin, doc! { "hello": 1 }).await? else {
        return Ok(false);
    };
    if hello.get_bool("isWritablePrimary").unwrap_or(false) && hello.get_str("me").is_ok_and(|me| me == host) {
        return Ok(true);
    }
    match admin.run_command(doc! { "replSetGetConfig": 1 }).await {
        Ok(answer) => follow_port(admin, answer.get_document("config").ok(), &host).await?,
        Err(error) if code_of(&error) == Some(NOT_YET_INITIALIZED) => initiate(admin, &host).await?,
        Err(error) => pass_over(error)?,
    }
    Ok(false)
}

async fn initiate(admin: &Database, host: &str) -> Result<(), MongodError> {
    run(admin, doc! { "replSetInitiate": { "_id": NAME, "members": [{ "_id": 0, "host": host }] } }).await?;
    Ok(())
}

/// Puts the present address into the configuration. A node that does not find itself there cannot be primary, so the
/// change must be forced.
async fn follow_port(admin: &Database, config: Option<&Document>, host: &str) -> Result<(), MongodError> {
    let Some(config) = config else { return Ok(()) };
    let members = config.get_array("members").ok();
    let is_named = members.is_some_and(|members| {
        members
            .iter()
            .filter_map(|member| member.as_document())
            .any(|member| member.get_str("host").is_ok_and(|named| named == host))
    });
    if is_named {
        return Ok(());
    }
    tracing::info!(host, "the port of the embedded database has changed");
    let version = config.get_i32("version").unwrap_or(1);
    let mut changed = config.clone();
    changed.insert("version", version.saturating_add(1));
    changed.insert("members", vec![doc! { "_id": 0, "host": host }]);
    run(admin, doc! { "replSetReconfig": changed, "force": true }).await?;
    Ok(())
}

/// Whether the answering server is the one that was started on our folder, and not a stranger on the same port.
fn serves(arguments: &Document, data_dir: &Path) -> bool {
    let storage = arguments.get_document("parsed").and_then(|parsed| parsed.get_document("storage"));
    storage.and_then(|storage| storage.get_str("dbPath")).is_ok_and(|path| Path::new(path) == data_dir)
}

/// The answer, or nothing if the node is between two states.
async fn run(admin: &Database, command: Document) -> Result<Option<Document>, MongodError> {
    match admin.run_command(command).await {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => pass_over(error).map(|()| None),
    }
}

fn pass_over(error: Error) -> Result<(), MongodError> {
    match code_of(&error) {
        Some(code) if !PASSING.contains(&code) => Err(MongodError::ReplicaSet(error)),
        // What is no answer of the server is a lost connection.
        _ => Ok(()),
    }
}

fn code_of(error: &Error) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Command(command) => Some(command.code),
        _ => None,
    }
}
