//! What happens while the database cannot be reached: a soon answer for everybody, and no restart afterwards.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use mongodb::bson::{Document, doc};
use serde_json::json;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;
use trek_tribe::shared::error::AppError;

use crate::support::{PASSWORD, TestApp, fresh_uri};

/// The database is given up after four seconds; the rest is room for a slow machine.
const SOON: Duration = Duration::from_secs(6);

/// The line to a database, which can be cut.
struct Line {
    database: String,
    here: String,
    name: String,
    cut: CancellationToken,
}

impl Line {
    async fn open(uri: &str) -> Self {
        let (database, name) = uri.strip_prefix("mongodb://").unwrap().split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let line = Self {
            database: database.to_owned(),
            here: listener.local_addr().unwrap().to_string(),
            name: name.split('?').next().unwrap().to_owned(),
            cut: CancellationToken::new(),
        };
        line.carry(listener);
        line
    }

    fn uri(&self) -> String {
        format!("mongodb://{}/{}?directConnection=true", self.here, self.name)
    }

    fn carry(&self, listener: TcpListener) {
        let (database, cut) = (self.database.clone(), self.cut.clone());
        tokio::spawn(async move {
            while let Some(Ok((mut client, _))) = cut.run_until_cancelled(listener.accept()).await {
                let (database, cut) = (database.clone(), cut.clone());
                tokio::spawn(async move {
                    let mut server = TcpStream::connect(database).await.unwrap();
                    cut.run_until_cancelled(copy_bidirectional(&mut client, &mut server)).await
                });
            }
        });
    }

    /// Ends every connection; nobody listens any more once this returns.
    async fn cut(&self) {
        self.cut.cancel();
        while TcpStream::connect(&self.here).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }

    async fn mend(&mut self) {
        self.cut = CancellationToken::new();
        self.carry(TcpListener::bind(&self.here).await.unwrap());
    }
}

/// A transaction that writes something.
async fn write(app: &TestApp) -> Result<(), AppError> {
    let write = |mut tx: trek_tribe::server::mongo::Tx| async move {
        tx.collection::<Document>("notes").insert_one(doc! { "text": "written" }).session(tx.session()).await?;
        tx.commit().await
    };
    app.app.db.transaction(write).await
}

#[tokio::test]
async fn transactions_are_refused_soon_and_all_at_once_while_the_database_is_away() {
    let mut line = Line::open(&fresh_uri().await).await;
    let app = TestApp::start_on(line.uri(), |_| {}).await;
    write(&app).await.unwrap();
    line.cut().await;
    // The first ones find broken connections, the others nobody to connect to.
    for _ in 0..2 {
        let start = Instant::now();
        let outcomes = join_all((0..20).map(|_| write(&app))).await;
        let took = start.elapsed();
        assert!(outcomes.iter().all(|outcome| *outcome == Err(AppError::Unavailable)), "{outcomes:?}");
        assert!(took < SOON, "{took:?}");
    }
    line.mend().await;
    write(&app).await.unwrap();
    assert_eq!(app.count("notes", doc! {}).await, 2);
}

#[tokio::test]
async fn requests_are_answered_unavailable_while_the_database_is_away() {
    let mut line = Line::open(&fresh_uri().await).await;
    let app = TestApp::start_on(line.uri(), |_| {}).await;
    let asha = app.register(trek_tribe::crm::accounts::user::Role::User, "Asha Rao").await;
    line.cut().await;
    let start = Instant::now();
    let nobody = app.anonymous();
    let login = nobody.post("/api/auth/login", json!({ "email": asha.email, "password": PASSWORD }));
    let logout = asha.post("/api/auth/logout", json!({}));
    let (login, logout, ready) = tokio::join!(login, logout, nobody.get("/readyz"));
    for reply in [login, logout, ready] {
        reply.refused(503, "unavailable");
    }
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    line.mend().await;
    app.sign_in(&asha.email).await;
}
