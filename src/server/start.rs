//! Puts the application together from its configuration, serves it, and takes it apart in order: requests first, the
//! database last.

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;

use crate::{
    crm::subscriptions::server::service::WithheldAccess,
    server::{
        clock::{Clock, Ids},
        config::{Config, load_secret},
        embedded::{Mongod, MongodOptions},
        listen::listen,
        mail::{self, Transport},
        mongo::Db,
        router, seed,
        site::Site,
        state::{App, Parts},
        terminal::say,
    },
};

/// Why the program cannot go on; its words are for the terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The name of the embedded database.
const DATABASE: &str = "trek_tribe";

/// The application with the services that were started for it.
pub struct Running {
    /// The application.
    pub app: App,
    mongod: Option<Mongod>,
}

impl Running {
    /// Starts what the configuration asks for.
    ///
    /// # Errors
    /// When a service cannot be started or reached; then nothing stays running.
    pub async fn start(config: Config, site: Site) -> Result<Self, Failure> {
        let secret = load_secret(&config)?;
        let mongod = match config.mongodb_uri {
            Some(_) => None,
            None => Some(start_mongod(&config).await?),
        };
        let uri = match (&config.mongodb_uri, &mongod) {
            (Some(uri), _) => uri.reveal().to_owned(),
            (None, Some(mongod)) => mongod.database_uri(DATABASE),
            (None, None) => String::new(),
        };
        let clock = Clock::System;
        let db = match Db::open(&uri).await {
            Ok(db) => db,
            Err(failure) => {
                stop_mongod(mongod).await?;
                return Err(failure.into());
            }
        };
        let ids = Ids::new(clock.clone());
        let app = App::new(Parts {
            config,
            secret,
            db,
            clock,
            ids,
            withheld_access: WithheldAccess::default(),
            site,
            leptos: router::leptos_options(),
        });
        Ok(Self { app, mongod })
    }

    /// Stops what was started.
    ///
    /// # Errors
    /// When the database had to be killed.
    pub async fn stop(self) -> Result<(), Failure> {
        drop(self.app);
        stop_mongod(self.mongod).await
    }
}

async fn start_mongod(config: &Config) -> Result<Mongod, Failure> {
    let mut options = MongodOptions::durable(config.data_dir.join("mongod"), config.mongod_dirs.clone());
    options.binary.clone_from(&config.mongod);
    Ok(Mongod::start(options).await?)
}

async fn stop_mongod(mongod: Option<Mongod>) -> Result<(), Failure> {
    match mongod {
        Some(mongod) => Ok(mongod.stop().await?),
        None => Ok(()),
    }
}

/// Serves until the process is told to end (SIGTERM, Ctrl-C).
///
/// # Errors
/// When something cannot be started, the database did not stop cleanly, or demo data is asked for in production.
pub async fn serve(config: Config, demo: bool) -> Result<(), Failure> {
    if demo {
        seed::refuse_in_production(&config)?;
    }
    let stop = stop_on_signals()?;
    let site = Site::load(&config.site_dir)?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| format!("{} cannot be listened on: {error}", config.addr))?;
    let public_url = config.public_url.clone();
    let transport = Transport::open(&config)?;
    let running = Running::start(config, site).await?;
    if demo {
        seed::seed_if_empty(&running.app).await?;
        say(seed::LOGINS)?;
    }
    let mails = tokio::spawn(mail::run(running.app.clone(), transport, stop.clone()));
    say(&format!("Trek-Tribe is at {public_url}"))?;
    listen(listener, router::build(running.app.clone()), stop).await;
    tracing::info!("stopping");
    mails.await?;
    running.stop().await
}

/// A token that is cancelled by the first signal to end.
fn stop_on_signals() -> Result<CancellationToken, Failure> {
    let stop = CancellationToken::new();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let token = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        token.cancel();
    });
    Ok(stop)
}
