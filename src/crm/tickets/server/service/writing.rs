//! What every write of a ticket consists of: the ticket itself, a row of the audit trail, entries of the timeline, all in one
//! transaction.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        tickets::{
            message::{TicketAuthor, TicketMessage, TicketSide, TicketStep},
            server::repository,
            ticket::Ticket,
        },
    },
    live::{
        events::{ChangedKind, ServerEvent},
        server::publish::publish,
        topic::Topic,
    },
    server::{
        mongo::{
            Tx,
            audit::{self, Changes},
        },
        state::App,
    },
    shared::{audit::AuditEntity, error::AppError, time::Time},
};

/// How the system signs what it does.
const SYSTEM: &str = "Trek-Tribe";

/// Who writes, and when.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    /// The application.
    pub(super) app: &'a App,
    /// Who writes; `None`: the system.
    pub(super) actor: Option<&'a Actor>,
    /// Now.
    pub(super) now: Time,
}

impl<'a> Writer<'a> {
    /// Somebody who writes now.
    pub(super) fn new(app: &'a App, actor: Option<&'a Actor>) -> Self {
        Self { app, actor, now: app.clock.now() }
    }

    /// Who writes, as the ticket names them: an admin who asked for help themselves is its requester.
    pub(super) fn author(&self, ticket: &Ticket) -> TicketAuthor {
        let Some(actor) = self.actor else {
            return TicketAuthor { side: TicketSide::System, id: None, name: SYSTEM.to_owned() };
        };
        let helps = actor.role() == Role::Admin && actor.user() != ticket.requester;
        let side = if helps { TicketSide::Admin } else { TicketSide::Requester };
        TicketAuthor { side, id: Some(actor.user()), name: actor.name().to_owned() }
    }

    /// Stores a new ticket, to be found by what its requester is called too.
    pub(super) async fn insert(&self, tx: &mut Tx, ticket: &Ticket, requester: [&str; 2]) -> Result<(), AppError> {
        repository::insert(tx, ticket, requester).await?;
        self.tell_pages(tx, ticket, &[Topic::TicketQueue, Topic::Person(ticket.requester.cast())])?;
        self.audit(tx, ticket, "create", Changes::new()).await
    }

    /// Stores a changed ticket under its next version, if nobody else has changed it since it was read.
    pub(super) async fn save(
        &self,
        tx: &mut Tx,
        before: &Ticket,
        after: Ticket,
        action: &str,
    ) -> Result<Ticket, AppError> {
        let after = Ticket { version: before.version + 1, updated_at: self.now, ..after };
        repository::replace(tx, before, &after).await?;
        self.tell_pages(tx, &after, &[Topic::TicketQueue, Topic::Person(after.requester.cast())])?;
        self.audit(tx, &after, action, differences(before, &after)).await?;
        Ok(after)
    }

    /// Stores that admins have noted something. The ticket stays at its version and its time, so that no requester sees it and no
    /// colleague's answer gets stale; who writes it at the same moment collides all the same.
    pub(super) async fn save_note(&self, tx: &mut Tx, before: &Ticket) -> Result<Ticket, AppError> {
        let after = Ticket { notes: before.notes + 1, ..before.clone() };
        repository::replace(tx, before, &after).await?;
        // The requester's pages do not learn of it either.
        self.tell_pages(tx, &after, &[Topic::TicketQueue])?;
        self.audit(tx, &after, "note", Changes::new()).await?;
        Ok(after)
    }

    /// Notes the step from one status to the other, if there is one.
    pub(super) async fn note_step(
        &self,
        tx: &mut Tx,
        before: &Ticket,
        after: &Ticket,
        note: Option<String>,
    ) -> Result<(), AppError> {
        if before.status == after.status {
            return Ok(());
        }
        let by = self.author(after);
        let step = TicketStep { from: before.status, to: after.status, by, at: self.now, note };
        repository::append_step(tx, after.id, self.app.ids.next(), step).await
    }

    /// Notes what was said.
    pub(super) async fn note_message(
        &self,
        tx: &mut Tx,
        ticket: &Ticket,
        message: TicketMessage,
    ) -> Result<(), AppError> {
        repository::append_message(tx, ticket.id, message).await
    }

    /// Tells open pages that what they show of a ticket is stale.
    fn tell_pages(&self, tx: &mut Tx, ticket: &Ticket, topics: &[Topic]) -> Result<(), AppError> {
        let changed = ServerEvent::Changed { kind: ChangedKind::Ticket, id: Some(ticket.id.cast()) };
        publish(tx, self.app, topics, &changed)
    }

    async fn audit(&self, tx: &mut Tx, ticket: &Ticket, action: &str, changes: Changes) -> Result<(), AppError> {
        let actor = self.actor.map(Actor::user);
        audit::record(tx, self.app, actor, (AuditEntity::Ticket, ticket.id), action, changes).await
    }
}

fn differences(before: &Ticket, after: &Ticket) -> Changes {
    Changes::new()
        .field("status", &before.status, &after.status)
        .field("priority", &before.priority, &after.priority)
        .field("assignee", &before.assignee, &after.assignee)
        .field("resolution", &before.resolution, &after.resolution)
        .field("rating", &before.rating, &after.rating)
}
