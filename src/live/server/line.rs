//! A connection at work, whichever its door: opening it, doing what its client asks for, closing it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use tokio::time::Instant;

use super::{
    connection::{Connection, Ending, Outgoing},
    hub::ConnectionNumber,
    lock::lock,
    party::Party,
    presence,
    repository::{self, presence::OpenConnection},
    typing::Typing,
};
use crate::{
    live::{
        events::{Answer, ClientEvent, Doing, ServerEvent},
        topic::{ThingId, Topic},
    },
    server::state::App,
    shared::error::AppError,
};

/// So many events of one connection are looked at in [`WINDOW`]; the others are refused.
const MAX_EVENTS: u32 = 200;
const WINDOW: Duration = Duration::from_secs(10);
/// An event may be older by this than the moment at which others can read what it tells of: its transaction takes a while.
const SEEN_LATE: SignedDuration = SignedDuration::from_millis(500);
/// A connection that was refused so often in one window is over.
const MAX_REFUSALS: u32 = 1_000;

/// An open connection with its party. What it does is on the heap while it is done: the task of a client that says nothing keeps no room
/// for it.
pub struct Line {
    app: App,
    party: Arc<dyn Party>,
    number: ConnectionNumber,
    connection: Arc<Connection>,
    counted: Mutex<Counted>,
    typing: Typing,
    /// The tickets that its client is at.
    tickets: Mutex<HashSet<ThingId>>,
}

/// What came in this window.
struct Counted {
    since: Instant,
    events: u32,
}

impl Line {
    /// Opens a connection. The session is looked for after the connection has begun to listen for its end, so that no end is missed.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when the session has ended; [`AppError::Unavailable`] when this process is about to end.
    pub async fn open(app: &App, party: Box<dyn Party>) -> Result<Self, AppError> {
        let mut own = vec![Topic::Person(party.person()), Topic::Session(party.session())];
        own.extend(party.own_topics());
        let connection = Arc::new(Connection::new(own));
        let number = app.live().hub.enter(&connection)?;
        let counted = Mutex::new(Counted { since: Instant::now(), events: 0 });
        let party = Arc::from(party);
        let (typing, tickets) = (Typing::default(), Mutex::default());
        let line = Self { app: app.clone(), party, number, connection, counted, typing, tickets };
        match line.party.is_signed_in().await {
            Ok(true) => Ok(line),
            Ok(false) => Err(AppError::Unauthenticated),
            Err(error) => Err(error),
        }
    }

    /// Who is at the other end.
    pub fn person(&self) -> ThingId {
        self.party.person()
    }

    /// Waits for the next thing to send.
    ///
    /// # Errors
    /// Why the connection is over.
    pub async fn next(&self) -> Result<Outgoing, Ending> {
        self.connection.next().await
    }

    /// Why the connection is over, if it is.
    pub fn ending(&self) -> Option<Ending> {
        self.connection.ending()
    }

    /// Does what the client asks for, and answers it: under the number if there is one, else only what is refused. Nothing any more once
    /// the connection is over.
    pub fn take(&self, ack: Option<u32>, event: Result<ClientEvent, AppError>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if self.ending().is_some() {
                return;
            }
            if let Err(error) = self.count() {
                return self.refuse(ack, &error, None);
            }
            let event = match event {
                Ok(event) => event,
                Err(error) => return self.refuse(ack, &error, None),
            };
            let client_id = match &event {
                ClientEvent::SendMessage(message) => Some(message.client_id.clone()),
                _ => None,
            };
            match self.carry_out(ack, event).await {
                Ok(Some(answer)) => {
                    if let Some(ack) = ack {
                        self.connection.answer(ack, answer);
                    }
                }
                Ok(None) => {}
                Err(error) => self.refuse(ack, &error, client_id),
            }
        })
    }

    /// Carries an event out; `None` when it has been answered in its place among what is told.
    async fn carry_out(&self, ack: Option<u32>, event: ClientEvent) -> Result<Option<Answer>, AppError> {
        let here = (self.number, &self.connection);
        let hub = &self.app.live().hub;
        match event {
            ClientEvent::JoinConversation { conversation_id, after_seq } => {
                let topic = Topic::Conversation(conversation_id);
                hub.join(here, &*self.party, (topic, after_seq), ack).await?;
                Ok(None)
            }
            ClientEvent::LeaveConversation { conversation_id } => {
                hub.leave((self.number, &self.connection), Topic::Conversation(conversation_id));
                Ok(Some(Answer::Done {}))
            }
            ClientEvent::ViewTicket { ticket_id, doing } => {
                let answer = self.party.carry_out(ClientEvent::ViewTicket { ticket_id, doing }).await?;
                self.attend(ticket_id, doing).await?;
                Ok(Some(answer))
            }
            ClientEvent::PageHere { user_id, .. } if user_id != self.person() => {
                self.connection.end(Ending::SignedOut);
                Err(AppError::Unauthenticated)
            }
            ClientEvent::PageHere { made_at, .. } => {
                if let Some(at) = made_at
                    && repository::is_told_since(&self.app.db, self.connection.own(), at - SEEN_LATE).await?
                {
                    self.connection.resync();
                }
                Ok(Some(Answer::Done {}))
            }
            ClientEvent::StartTyping { conversation_id } => {
                let answer = self.party.carry_out(event).await?;
                self.typing.begin(conversation_id, &self.party);
                Ok(Some(answer))
            }
            ClientEvent::StopTyping { conversation_id } => {
                self.typing.end(conversation_id);
                self.party.carry_out(event).await.map(Some)
            }
            event => self.party.carry_out(event).await.map(Some),
        }
    }

    /// Listens to who else is at a ticket while its client is, if the business lets it.
    async fn attend(&self, ticket_id: ThingId, doing: Doing) -> Result<(), AppError> {
        let topic = Topic::TicketDesk(ticket_id);
        let hub = &self.app.live().hub;
        if doing == Doing::Gone {
            lock(&self.tickets).remove(&ticket_id);
            hub.leave((self.number, &self.connection), topic);
            return Ok(());
        }
        lock(&self.tickets).insert(ticket_id);
        if self.connection.joined().contains(&topic) {
            return Ok(());
        }
        match hub.join((self.number, &self.connection), &*self.party, (topic, None), None).await {
            // Requesters are seen at their ticket and do not see who else is.
            Err(AppError::Forbidden) => Ok(()),
            outcome => outcome,
        }
    }

    fn open_connection(&self) -> OpenConnection {
        let (person, process) = (self.party.person(), self.app.live().process());
        OpenConnection { person, process, number: self.number.stored() }
    }

    fn refuse(&self, ack: Option<u32>, error: &AppError, client_id: Option<String>) {
        match ack {
            Some(ack) => self.connection.answer(ack, Answer::from(error)),
            None => self.connection.tell(&ServerEvent::refusal(error, client_id)),
        }
    }

    /// Counts an event.
    fn count(&self) -> Result<(), AppError> {
        let mut counted = lock(&self.counted);
        if counted.since.elapsed() >= WINDOW {
            *counted = Counted { since: Instant::now(), events: 0 };
        }
        counted.events += 1;
        if counted.events >= MAX_EVENTS + MAX_REFUSALS {
            self.connection.end(Ending::Misbehaving);
        }
        if counted.events > MAX_EVENTS {
            let left = WINDOW.saturating_sub(counted.since.elapsed()).as_secs();
            return Err(AppError::TooManyRequests { retry_after: u32::try_from(left).unwrap_or(u32::MAX).max(1) });
        }
        Ok(())
    }

    /// Counts the person as being there. A connection works all the same when that cannot be written.
    pub fn arrive(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if let Err(error) = presence::arrive(&self.app, self.open_connection()).await {
                tracing::warn!(%error, "that somebody has come has to wait");
            }
        })
    }

    /// Tells others what they cannot know of by themselves: that the person types no more, which tickets they have left, and that they are
    /// gone.
    pub fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.typing.end_all(&*self.party).await;
            let tickets = std::mem::take(&mut *lock(&self.tickets));
            for ticket_id in tickets {
                let left = ClientEvent::ViewTicket { ticket_id, doing: Doing::Gone };
                if let Err(error) = self.party.carry_out(left).await {
                    tracing::debug!(%error, "that somebody left a ticket cannot be told");
                }
            }
            if let Err(error) = presence::depart(&self.app, self.open_connection()).await {
                tracing::warn!(%error, "that somebody is gone has to wait");
            }
        })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.app.live().hub.exit(self.number);
    }
}
