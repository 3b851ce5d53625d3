//! Something is said: once, under the next number, with all that follows from it in the same transaction.

use futures_util::try_join;
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
    // Who asks for what is not theirs is counted all the same.
    let reading = async { Ok(Known::read(app, actor, id).await) };
    let ((), known) = try_join!(limits::count(app, &limit, SENDING), reading)?;
    let known = known?;
    let body = input.check()?;
    let saying = &Saying { app, actor, input: &input, body, known };
    let why_not = match app.db.transaction(|tx| saying.store(tx, id)).await {
        Ok(Some(message)) => return Ok(Sent { message: message.into(), is_new: true }),
        Ok(None) => AppError::Unavailable,
        // A file is attached once: perhaps it was, by the same message.
        Err(error @ AppError::InvalidInput(_)) => error,
        Err(error) => return Err(error),
    };
    let message = find_stored(app, actor, id, &input).await?.ok_or(why_not)?;
    Ok(Sent { message: message.into(), is_new: false })
}

/// The message that came before under the same id. It may be younger than what a majority has: the commit waits for that.
async fn find_stored(
    app: &App,
    actor: &Actor,
    id: ConversationId,
    input: &NewMessage,
) -> Result<Option<Message>, AppError> {
    app.db
        .transaction(|mut tx| async move {
            let message = repository::find_sent_in(&mut tx, id, actor.user(), &input.client_id).await?;
            tx.commit().await?;
            Ok(message)
        })
        .await
}

/// What has to be known before something is said, read before the transaction.
struct Known {
    /// Who becomes a lead by this.
    enquiry: Option<ChatEnquiry>,
    /// Who is not here to read it.
    away: telling::Away,
}

impl Known {
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
    known: Known,
}

impl Saying<'_> {
    /// Stores it with all that follows; `None`: it is stored already.
    async fn store(&self, mut tx: Tx, id: ConversationId) -> Result<Option<Message>, AppError> {
        let Self { app, actor, .. } = *self;
        let (mut conversation, side) = scope::require_in(&mut tx, actor, id).await?;
        let mut message = self.message(&conversation, side);
        let to = AttachedTo::Conversation { id };
        message.attachments = files::attach_files(&mut tx, app, actor, &self.input.attachments, to).await?;
        if !repository::insert_message(&mut tx, &message).await? {
            return Ok(None);
        }
        self.follow_in_lead(&mut tx, &mut conversation, &message).await?;
        conversation.take(&message);
        telling::tell_message(&mut tx, app, (actor, &self.known.away), &mut conversation, &message).await?;
        repository::replace(&mut tx, &conversation).await?;
        activities::record_in(&mut tx, app, actor.user(), ActivityKind::MessageSent, id).await?;
        live::tell_said(&mut tx, app, &conversation, &message).await?;
        tx.commit().await?;
        Ok(Some(message))
    }

    /// What is said about a trip stands in the lead; who writes first becomes one by that.
    async fn follow_in_lead(
        &self,
        tx: &mut Tx,
        conversation: &mut Conversation,
        message: &Message,
    ) -> Result<(), AppError> {
        let (app, actor, words) = (self.app, self.actor, message.words());
        match (conversation.lead(), message.side, &self.known.enquiry) {
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
