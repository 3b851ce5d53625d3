//! The server's part of the road: publishing, the feed that follows what all processes publish, and the hub that hands it to the
//! connections of this one.

pub mod connection;
pub mod door;
pub mod feed;
pub mod hub;
pub mod line;
mod lock;
pub mod party;
pub mod presence;
pub mod publish;
pub mod repository;
pub mod socket_io;
mod typing;
pub mod websocket;

use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::{hub::Hub, party::Acquaintances};
use crate::{
    live::topic::ThingId,
    server::{clock::Ids, state::App},
    shared::{error::AppError, id::Id},
};

/// The id of a process.
pub type ProcessId = Id<Live>;

/// The live part of an application.
#[derive(Debug)]
pub struct Live {
    /// The connections of this process.
    pub hub: Hub,
    process: ProcessId,
    acquaintances: Acquaintances,
    following: watch::Sender<bool>,
}

impl Live {
    /// One without connections.
    pub fn new(ids: &Ids, acquaintances: Acquaintances) -> Self {
        Self { hub: Hub::default(), process: ids.next(), acquaintances, following: watch::Sender::new(false) }
    }

    /// The id of this process.
    pub const fn process(&self) -> ProcessId {
        self.process
    }

    /// Waits until the feed follows what is published.
    pub async fn wait_until_following(&self) {
        // It ends early only with the application that it is part of.
        drop(self.following.subscribe().wait_for(|following| *following).await);
    }

    async fn acquaintances(&self, app: &App, person: ThingId) -> Result<Vec<ThingId>, AppError> {
        (self.acquaintances)(app.clone(), person).await
    }

    fn is_following(&self) -> bool {
        *self.following.borrow()
    }

    fn set_following(&self, following: bool) {
        self.following.send_replace(following);
    }
}

/// For so long connections may take to say goodbye.
const DRAIN_WITHIN: Duration = Duration::from_secs(3);
/// How often to look whether they have.
const LOOK: Duration = Duration::from_millis(20);

/// Follows what is published, and looks after who is there, until `stop`; then ends all connections, whose clients come again.
pub async fn run(app: App, stop: CancellationToken) {
    tokio::join!(feed::run(app.clone(), stop.clone()), presence::run(app.clone(), stop));
    let hub = &app.live().hub;
    hub.close();
    let all_gone = async {
        while !hub.is_empty() {
            tokio::time::sleep(LOOK).await;
        }
    };
    if tokio::time::timeout(DRAIN_WITHIN, all_gone).await.is_err() {
        tracing::warn!(connections = hub.len(), "connections were cut off because they did not end in time");
    }
}
