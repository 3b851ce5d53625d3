//! An actor at the other end of a connection: what they listen to, and which service does what they ask for.

use futures_util::future::BoxFuture;

use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, service as accounts},
            user::Role,
        },
        tickets::server::service as tickets,
    },
    live::{
        events::{Answer, ClientEvent, Joined},
        server::party::Party,
        topic::{ThingId, Topic},
    },
    server::state::App,
    shared::error::AppError,
};

/// An actor with a connection.
pub(super) struct ActorParty {
    app: App,
    actor: Actor,
}

impl ActorParty {
    pub(super) fn new(app: &App, actor: Actor) -> Self {
        Self { app: app.clone(), actor }
    }
}

impl Party for ActorParty {
    fn person(&self) -> ThingId {
        self.actor.user().cast()
    }

    fn session(&self) -> ThingId {
        self.actor.session().cast()
    }

    fn own_topics(&self) -> Vec<Topic> {
        match self.actor.role() {
            Role::User => Vec::new(),
            Role::Organizer => vec![Topic::Leads(self.person())],
            Role::Admin => vec![Topic::AllLeads, Topic::TicketQueue],
        }
    }

    fn is_signed_in(&self) -> BoxFuture<'_, Result<bool, AppError>> {
        Box::pin(accounts::is_signed_in(&self.app, self.actor.session()))
    }

    fn join(&self, topic: Topic, _after_seq: Option<u32>) -> BoxFuture<'_, Result<Joined, AppError>> {
        Box::pin(async move {
            match topic {
                Topic::TicketDesk(id) => tickets::join_desk(&self.app, &self.actor, id.cast()).await?,
                // Nobody is a member of a conversation yet; of the others each has their own from the start.
                _ => return Err(AppError::NotFound),
            }
            Ok(Joined { messages: Vec::new(), last_seq: 0, more: false })
        })
    }

    fn carry_out(&self, event: ClientEvent) -> BoxFuture<'_, Result<Answer, AppError>> {
        Box::pin(async move {
            match event {
                ClientEvent::ViewTicket { ticket_id, doing } => {
                    tickets::view_ticket(&self.app, &self.actor, ticket_id.cast(), doing).await?;
                    Ok(Answer::Done {})
                }
                // As above.
                _ => Err(AppError::NotFound),
            }
        })
    }
}
