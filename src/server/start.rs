//! Puts the application together from its configuration, serves it, and takes it apart in order: requests first, database
//! and file storage last.

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    crm::subscriptions::server::service::WithheldAccess,
    live,
    server::{
        clock::{Clock, Ids},
        config::{Config, S3Settings, Secret, load_secret},
        embedded::{Mongod, MongodOptions, S3Server},
        jobs,
        listen::{DRAIN_WITHIN, listen},
        mail::{self, Transport},
        mongo::Db,
        router, seed,
        site::Site,
        state::{App, Parts},
        storage::Bucket,
        terminal::say,
    },
};

/// Why the program cannot go on; its words are for the terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The name of the embedded database.
const DATABASE: &str = "trek_tribe";
/// The bucket of the embedded file storage.
const BUCKET: &str = "trek-tribe";

/// Starts what the configuration asks for, does `work` with it and stops it again, whatever came of the work. `None`: `stop` came
/// before everything was up.
///
/// # Errors
/// When a service cannot be started or reached, the work fails, or the database did not stop cleanly; nothing stays running.
pub async fn run_with<T>(
    config: Config,
    site: Site,
    stop: &CancellationToken,
    work: impl AsyncFnOnce(&App) -> Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    let secret = load_secret(&config)?;
    let (s3, bucket) = start_s3(&config, &secret).await?;
    let mongod = match config.mongodb_uri {
        Some(_) => None,
        None => match stop.run_until_cancelled(start_mongod(&config)).await {
            Some(mongod) => Some(mongod?),
            None => return Ok(None),
        },
    };
    let uri = match (&config.mongodb_uri, &mongod) {
        (Some(uri), _) => uri.reveal().to_owned(),
        (None, Some(mongod)) => mongod.database_uri(DATABASE),
        (None, None) => String::new(),
    };
    let outcome = match stop.run_until_cancelled(Db::open(&uri)).await {
        Some(Ok(db)) => work(&make_app(config, secret, db, Bucket::open(&bucket), site)).await.map(Some),
        Some(Err(failure)) => Err(failure.into()),
        None => Ok(None),
    };
    let (stopped, ()) = tokio::join!(stop_mongod(mongod), stop_s3(s3));
    let done = outcome?;
    stopped?;
    Ok(done)
}

fn make_app(config: Config, secret: Secret, db: Db, bucket: Bucket, site: Site) -> App {
    let clock = Clock::System;
    let ids = Ids::new(clock.clone());
    let (withheld_access, leptos) = (WithheldAccess::default(), router::leptos_options());
    App::new(Parts { config, secret, db, bucket, clock, ids, withheld_access, site, leptos })
}

/// The embedded file storage unless another one is configured, and the bucket in either.
async fn start_s3(config: &Config, secret: &Secret) -> Result<(Option<S3Server>, S3Settings), Failure> {
    if let Some(settings) = &config.s3 {
        return Ok((None, settings.clone()));
    }
    let folder = config.data_dir.join("files");
    let failed = |error| format!("The folder {} cannot keep files: {error}", folder.display());
    let server = S3Server::start(folder.clone(), secret).await.map_err(failed)?;
    let settings = server.bucket(BUCKET).map_err(failed)?;
    Ok((Some(server), settings))
}

async fn stop_s3(s3: Option<S3Server>) {
    if let Some(s3) = s3 {
        s3.stop().await;
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
    let transport = Transport::open(&config)?;
    run_with(config, site, &stop, async |app| {
        if demo {
            let Some(seeded) = stop.run_until_cancelled(seed::seed_if_empty(app)).await else { return Ok(()) };
            seeded?;
            say(seed::LOGINS)?;
        }
        say(&format!("Trek-Tribe is at {}", app.config.public_url))?;
        let mails = tokio::spawn(mail::run(app.clone(), transport, stop.clone()));
        let jobs = tokio::spawn(jobs::run(app.clone(), stop.clone()));
        let live = tokio::spawn(live::server::run(app.clone(), stop.clone()));
        let requests = listen(listener, router::build(app.clone()), stop.clone());
        let ends = (end("a mail", mails, &stop), end("a job", jobs, &stop), end("a connection", live, &stop));
        let ((), mails, jobs, live) = tokio::join!(requests, ends.0, ends.1, ends.2);
        tracing::info!("stopping");
        mails.and(jobs).and(live)
    })
    .await?;
    Ok(())
}

/// Waits after `stop` for what is being done, but not for long: when its lease is over somebody does it again, a mail under the same id.
/// A worker that ends before has panicked: then the process ends too, so that it is started anew and not without its worker.
async fn end(what: &str, mut worker: JoinHandle<()>, stop: &CancellationToken) -> Result<(), Failure> {
    tokio::select! {
        () = stop.cancelled() => {}
        ended = &mut worker => {
            stop.cancel();
            return Ok(ended?);
        }
    }
    if let Ok(ended) = timeout(DRAIN_WITHIN, &mut worker).await {
        return Ok(ended?);
    }
    worker.abort();
    tracing::warn!(what, "it was cut off because it did not end in time");
    Ok(())
}

/// A token that is cancelled by the first signal to end.
///
/// # Errors
/// When signals cannot be listened for.
pub fn stop_on_signals() -> Result<CancellationToken, Failure> {
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::server::{embedded::STOP_WITHIN, listen::DRAIN_WITHIN};

    #[test]
    fn requests_and_then_the_database_are_out_within_ten_seconds() {
        assert!(DRAIN_WITHIN + STOP_WITHIN < Duration::from_secs(10));
    }
}
