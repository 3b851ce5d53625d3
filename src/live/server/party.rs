//! What the business tells the doors about who is at the other end of a connection, and does for them.

use futures_util::future::BoxFuture;

use crate::{
    live::{
        events::{Answer, ClientEvent, Joined},
        topic::{ThingId, Topic},
    },
    server::state::App,
    shared::error::AppError,
};

/// Somebody at the other end of a connection. The business makes one of a session, never of what a client says.
pub trait Party: Send + Sync + 'static {
    /// Who it is.
    fn person(&self) -> ThingId;

    /// Their session.
    fn session(&self) -> ThingId;

    /// What they listen to without asking, besides themselves and their session.
    fn own_topics(&self) -> Vec<Topic>;

    /// Whether their session is still there.
    fn is_signed_in(&self) -> BoxFuture<'_, Result<bool, AppError>>;

    /// Lets them listen to a topic, and gives what was said there after a message that they have.
    fn join(&self, topic: Topic, after_seq: Option<u32>) -> BoxFuture<'_, Result<Joined, AppError>>;

    /// Does what they ask for, other than joining and leaving.
    fn carry_out(&self, event: ClientEvent) -> BoxFuture<'_, Result<Answer, AppError>>;
}

/// Who is told that somebody comes and goes.
pub type Acquaintances = fn(App, ThingId) -> BoxFuture<'static, Result<Vec<ThingId>, AppError>>;

/// Finds out who holds a token.
pub type Authenticate = fn(App, String) -> BoxFuture<'static, Result<Box<dyn Party>, AppError>>;
