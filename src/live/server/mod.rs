//! The server's part of the road: publishing, the feed that follows what all processes publish, and the hub that hands it to the
//! connections of this one.

pub mod connection;
pub mod feed;
pub mod hub;
pub mod line;
pub mod party;
pub mod publish;
pub mod repository;

use tokio::sync::watch;

use self::hub::Hub;

/// The live part of an application.
#[derive(Debug)]
pub struct Live {
    /// The connections of this process.
    pub hub: Hub,
    following: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Self { hub: Hub::default(), following: watch::Sender::new(false) }
    }
}

impl Live {
    /// Waits until the feed follows what is published.
    pub async fn wait_until_following(&self) {
        // It ends early only with the application that it is part of.
        drop(self.following.subscribe().wait_for(|following| *following).await);
    }

    fn is_following(&self) -> bool {
        *self.following.borrow()
    }

    fn set_following(&self, following: bool) {
        self.following.send_replace(following);
    }
}
