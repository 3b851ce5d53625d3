//! An actor at the other end of a connection: what they listen to, and which service does what they ask for.

use futures_util::future::BoxFuture;

use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, service as accounts},
            user::Role,
        },
        chat::{message::NewMessage, server::service as chat},
        tickets::server::service as tickets,
    },
    live::{
        events::{self, Answer, ClientEvent, Joined},
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

    /// Says something, and answers once it is stored.
    async fn send_message(&self, message: events::NewMessage) -> Result<Answer, AppError> {
        let events::NewMessage { conversation_id, client_id, body, attachments } = message;
        let attachments = attachments.into_iter().map(ThingId::cast).collect();
        let new = NewMessage { client_id, body, attachments };
        let sent = chat::send_message(&self.app, &self.actor, conversation_id.cast(), new).await?.message;
        Ok(Answer::Stored { id: sent.id.cast(), seq: sent.seq, sent_at: sent.sent_at })
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

    fn join(&self, topic: Topic, after_seq: Option<u32>) -> BoxFuture<'_, Result<Joined, AppError>> {
        Box::pin(async move {
            match topic {
                Topic::Conversation(id) => chat::join_conversation(&self.app, &self.actor, id.cast(), after_seq).await,
                Topic::TicketDesk(id) => {
                    tickets::join_desk(&self.app, &self.actor, id.cast()).await?;
                    Ok(Joined { messages: Vec::new(), last_seq: 0, more: false, other_read_seq: 0, online: false })
                }
                // Of the others each has their own from the start.
                _ => Err(AppError::NotFound),
            }
        })
    }

    fn carry_out(&self, event: ClientEvent) -> BoxFuture<'_, Result<Answer, AppError>> {
        Box::pin(async move {
            let (app, actor) = (&self.app, &self.actor);
            match event {
                ClientEvent::SendMessage(message) => return self.send_message(message).await,
                ClientEvent::StartTyping { conversation_id } | ClientEvent::StopTyping { conversation_id } => {
                    let is_typing = matches!(event, ClientEvent::StartTyping { .. });
                    chat::show_typing(app, actor, conversation_id.cast(), is_typing).await?;
                }
                ClientEvent::ReadMessages { conversation_id, seq } => {
                    chat::mark_conversation_read(app, actor, conversation_id.cast(), seq).await?;
                }
                ClientEvent::ViewTicket { ticket_id, doing } => {
                    tickets::view_ticket(app, actor, ticket_id.cast(), doing).await?;
                }
                // The road itself sees to these.
                ClientEvent::JoinConversation { .. }
                | ClientEvent::LeaveConversation { .. }
                | ClientEvent::PageHere { .. } => {
                    return Err(AppError::NotFound);
                }
            }
            Ok(Answer::Done {})
        })
    }
}
