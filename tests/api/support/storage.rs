//! One file storage for the whole run, a bucket of its own for each test.

use std::{
    future::pending,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
};

use tokio::runtime::Builder;
use trek_tribe::server::{
    config::{S3Settings, Secret},
    embedded::S3Server,
};

static SERVER: LazyLock<S3Server> = LazyLock::new(start);
static BUCKETS: AtomicU32 = AtomicU32::new(0);

/// The settings of a bucket that nobody has used.
pub fn fresh_bucket() -> S3Settings {
    SERVER.bucket(&format!("test-{}", BUCKETS.fetch_add(1, Ordering::Relaxed))).unwrap()
}

/// Every test has a runtime that ends with it; the server has one that stays.
fn start() -> S3Server {
    let (send, started) = mpsc::channel();
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = std::env::temp_dir().join(format!("trek-tribe-test-{}", std::process::id())).join("files");
            let secret = Secret::new("a secret of the tests, long enough to pass");
            send.send(S3Server::start(folder, &secret).await.expect("the tests need a file storage")).unwrap();
            pending::<()>().await;
        });
    });
    started.recv().unwrap()
}
