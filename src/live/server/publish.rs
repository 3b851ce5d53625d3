//! Publishing: an event is a row that is written in the transaction of what it tells of, so that nothing is told that did not happen,
//! and nothing that happened is lost. Every process reads the rows in the order in which they were committed.

use jiff::SignedDuration;

use super::repository::{self, EventRow};
use crate::{
    live::{
        events::ServerEvent,
        frame::write_event,
        topic::{ThingId, Topic},
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// For so long a process that was away can catch up.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// For so long it is true that somebody types.
const FLEETING: SignedDuration = SignedDuration::from_secs(10);

/// Tells all who listen to one of these topics, once the transaction is committed. A [`ServerEvent::MessageNew`] has the one topic of its
/// conversation, and reaches everybody there in the order of `seq`, each one once.
///
/// # Errors
/// [`AppError::Internal`] when the row is nothing that can be stored.
pub fn publish(tx: &mut Tx, app: &App, topics: &[Topic], event: &ServerEvent) -> Result<(), AppError> {
    repository::append(tx, &row(app, topics, event, KEPT))
}

/// Tells what is over in a moment, such as that somebody types: outside of any transaction, and not to who comes later.
///
/// # Errors
/// When the database is away.
pub async fn publish_fleeting(app: &App, topics: &[Topic], event: &ServerEvent) -> Result<(), AppError> {
    repository::append_now(&app.db, &row(app, topics, event, FLEETING)).await
}

/// Ends the connections of a session, once the transaction is committed that ends the session.
///
/// # Errors
/// As [`publish`].
pub fn end_session(tx: &mut Tx, app: &App, session: ThingId) -> Result<(), AppError> {
    end(tx, app, Topic::Session(session))
}

/// Ends all connections of a person, once the transaction is committed that ends their sessions.
///
/// # Errors
/// As [`publish`].
pub fn end_sessions(tx: &mut Tx, app: &App, person: ThingId) -> Result<(), AppError> {
    end(tx, app, Topic::Person(person))
}

fn end(tx: &mut Tx, app: &App, topic: Topic) -> Result<(), AppError> {
    let (at, topics) = (app.clock.now(), vec![topic]);
    let row = EventRow { id: app.ids.next(), topics, frame: None, order: None, at, expires_at: at + KEPT };
    repository::append(tx, &row)
}

fn row(app: &App, topics: &[Topic], event: &ServerEvent, kept: SignedDuration) -> EventRow {
    let order = match event {
        ServerEvent::MessageNew(message) => Some(message.seq),
        _ => None,
    };
    let (at, frame) = (app.clock.now(), Some(write_event(event)));
    EventRow { id: app.ids.next(), topics: topics.to_vec(), frame, order, at, expires_at: at + kept }
}
