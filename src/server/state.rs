//! What every request can reach: configuration, database, files, clock, ids, keys, the browser's files.

use std::{ops::Deref, sync::Arc};

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use tokio::sync::Notify;

use crate::{
    crm::{sockets::server::service::list_acquaintances, subscriptions::server::service::WithheldAccess},
    live::server::Live,
    server::{
        clock::{Clock, Ids},
        config::{Config, Secret},
        mongo::Db,
        site::Site,
        storage::Bucket,
    },
};

/// The running application; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Whole>);

struct Whole {
    parts: Parts,
    mail_due: Arc<Notify>,
    live: Live,
}

/// What an [`App`] is made of.
pub struct Parts {
    /// The configuration.
    pub config: Config,
    /// The secret that keys are derived from.
    pub secret: Secret,
    /// The database.
    pub db: Db,
    /// The bytes of files.
    pub bucket: Bucket,
    /// The time.
    pub clock: Clock,
    /// Ids and secrets.
    pub ids: Ids,
    /// From whom CRM access is withheld.
    pub withheld_access: WithheldAccess,
    /// The built browser files.
    pub site: Site,
    /// What leptos wants to know.
    pub leptos: LeptosOptions,
}

impl App {
    /// An application of these parts.
    pub fn new(parts: Parts) -> Self {
        let live = Live::new(&parts.ids, list_acquaintances);
        Self(Arc::new(Whole { parts, mail_due: Arc::default(), live }))
    }

    /// Where the worker that sends mails waits.
    pub fn mail_due(&self) -> Arc<Notify> {
        self.0.mail_due.clone()
    }

    /// The connections that are told of what happens.
    pub fn live(&self) -> &Live {
        &self.0.live
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

impl FromRef<App> for LeptosOptions {
    fn from_ref(app: &App) -> Self {
        app.leptos.clone()
    }
}
