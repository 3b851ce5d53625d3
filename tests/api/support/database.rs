//! One `mongod` for the whole run, a database of its own for each test.

use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use mongodb::{Client, bson::doc};
use tokio::sync::OnceCell;
use trek_tribe::server::embedded::{Mongod, MongodOptions, mongod_search_dirs};

static MONGOD: OnceCell<Mongod> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a database that nobody has used.
pub async fn fresh_uri() -> String {
    let mongod = MONGOD.get_or_init(start).await;
    mongod.database_uri(&format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed)))
}

async fn start() -> Mongod {
    let home = env::var_os("HOME").map(|home| std::path::Path::new(&home).join(".cache"));
    let places = mongod_search_dirs(env::var_os("PATH").as_deref(), ".".as_ref(), home.as_deref());
    let mut options = MongodOptions::ephemeral(places);
    options.binary = env::var_os("MONGOD").map(Into::into);
    let mongod = Mongod::start(options).await.expect("the tests need a mongod");
    fit_for_tests(&mongod).await;
    mongod
}

/// The clock of the tests stands in the past: the database, which goes by the real time, would remove what is not over there.
/// And each test leaves a database with a hundred files behind: they are closed soon, or the system has no handles left.
async fn fit_for_tests(mongod: &Mongod) {
    let client = Client::with_uri_str(mongod.database_uri("admin")).await.unwrap();
    let files = "file_manager=(close_handle_minimum=200,close_idle_time=5,close_scan_interval=5)";
    for setting in [doc! { "ttlMonitorEnabled": false }, doc! { "wiredTigerEngineRuntimeConfig": files }] {
        let mut command = doc! { "setParameter": 1 };
        command.extend(setting);
        client.database("admin").run_command(command).await.unwrap();
    }
}
