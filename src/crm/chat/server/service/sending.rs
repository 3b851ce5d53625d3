//! Something is said: once, under the next number, with all that follows from it in the same transaction.

use futures_util::join;
use jiff::SignedDuration;

use super::{live, scope, telling};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        activities::{activity::ActivityKind, server::service as activities},
        chat::{
            conversation::{ChatSide, Conversation, ConversationId, Host},
            message::{Message, NewMessage},
            row::MessageRow,
            server::repository,
        },
        files::{file::AttachedTo, server::service as files},
        leads::server::service::{self as leads, ChatEnquiry},
    },
    server::{
        mongo::{
            Tx,
            limits::{self, Limit},
        },
        state::App,
    },
    shared::error::AppError,
};

/// The messages of one person.
const SENDING: Limit = Limit { max: 20, window: SignedDuration::from_secs(10) };

/// A message that is stored.
#[derive(Debug, Clone)]
pub struct Sent {
    /// As it is stored.
    pub message: MessageRow,
    /// Whether it was stored now; the same one had come before otherwise.
    pub is_new: bool,
}

/// Says something. What the same device has sent before under the same id is stored already, and answered as it is stored. The answer
/// comes once a majority of the database has it.
///
/// # Errors
/// [`AppError::TooManyRequests`], [`AppError::NotFound`] when it is absent, or they are no member of it, [`AppError::InvalidInput`] with
/// everything that is wrong.
pub async fn send_message(app: &App, actor: &Actor, id: ConversationId, input: NewMessage) -> Result<Sent, AppError> {
    let limit = format!("chat:{}", actor.user());
    let (counted, read) = join!(limits::count(app, &limit, SENDING), Prepared::read(app, actor, id));
    counted?;
    let prepared = read?;
    let body = input.check()?;
    let saying = &Saying { app, actor, input: &input, body, prepared };
    match app.db.transaction(|tx| saying.store(tx, id)).await {
        Ok(message) => Ok(Sent { message: message.into(), is_new: true }),
        // There is one message of an id, and a file is attached once: perhaps it is all there already.
        Err(error @ (AppError::Conflict(_) | AppError::InvalidInput { .. })) => {
            let message = repository::find_sent(&app.db, id, actor.user(), &input.client_id).await?;
            Ok(Sent { message: message.ok_or(error)?.into(), is_new: false })
        }
        Err(error) => Err(error),
    }
}

/// What has to be known before something is said, read before the transaction.
struct Prepared {
    /// Who becomes a lead by this.
    enquiry: Option<ChatEnquiry>,
    /// Who is not here to read it.
    away: telling::Away,
}

impl Prepared {
    async fn read(app: &App, actor: &Actor, id: ConversationId) -> Result<Self, AppError> {
        let (conversation, side) = scope::require(app, actor, id).await?;
        let enquiry = match conversation.host {
            Host::Trip { trip_id, lead_id: None, .. } if side == ChatSide::Guest => {
                Some(ChatEnquiry::prepare(app, actor, trip_id).await?)
            }
            _ => None,
        };
        let away = telling::find_away(app, &conversation, side).await?;
        Ok(Self { enquiry, away })
    }
}

/// What is said.
struct Saying<'a> {
    app: &'a App,
    actor: &'a Actor,
    input: &'a NewMessage,
    body: String,
    prepared: Prepared,
}

impl Saying<'_> {
    /// Stores it with all that follows.
    async fn store(&self, mut tx: Tx, id: ConversationId) -> Result<Message, AppError> {
        let Self { app, actor, .. } = *self;
        let (mut conversation, side) = scope::require_in(&mut tx, actor, id).await?;
        let mut message = self.message(&conversation, side);
        let to = AttachedTo::Conversation { id };
        message.attachments = files::attach_files(&mut tx, app, actor, &self.input.attachments, to).await?;
        repository::insert_message(&mut tx, &message).await?;
        self.follow_in_lead(&mut tx, &mut conversation, &message).await?;
        conversation.take(&message);
        telling::tell_message(&mut tx, app, (actor, &self.prepared.away), &mut conversation, &message).await?;
        repository::replace(&mut tx, &conversation).await?;
        activities::record_in(&mut tx, app, actor.user(), ActivityKind::MessageSent, id).await?;
        live::tell_said(&mut tx, app, &conversation, &message).await?;
        tx.commit().await?;
        Ok(message)
    }

    /// What is said about a trip stands in the lead; who writes first becomes one by that.
    async fn follow_in_lead(
        &self,
        tx: &mut Tx,
        conversation: &mut Conversation,
        message: &Message,
    ) -> Result<(), AppError> {
        let (app, actor, words) = (self.app, self.actor, message.words());
        match (conversation.lead(), message.side, &self.prepared.enquiry) {
            (Some(lead), ChatSide::Guest, _) => leads::hear_in_chat(tx, app, actor, lead, &words).await,
            (Some(lead), ChatSide::Host, _) => leads::answer_in_chat(tx, app, actor, lead, &words).await,
            (None, ChatSide::Guest, Some(enquiry)) => {
                conversation.know_lead(leads::begin_chat(tx, app, actor, enquiry, &words).await?);
                Ok(())
            }
            (None, ..) => Ok(()),
        }
    }

    fn message(&self, conversation: &Conversation, side: ChatSide) -> Message {
        Message {
            id: self.app.ids.next(),
            conversation_id: conversation.id,
            seq: conversation.last_seq + 1,
            client_id: self.input.client_id.clone(),
            sender_id: self.actor.user(),
            side,
            body: self.body.clone(),
            attachments: Vec::new(),
            sent_at: self.app.clock.now(),
        }
    }
}
