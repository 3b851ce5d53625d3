//! What happens in conversations while people have them open: what they are told over their connections, and what these ask for. What is
//! told of a write is written in its transaction.

use std::collections::BTreeSet;

use super::{reading, scope};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory, service as accounts},
            user::{Role, UserId},
        },
        chat::{
            conversation::{ChatSide, Conversation, ConversationId, Host, Party},
            filter::{MessagesQuery, Part},
            message::Message,
            server::repository::{self, Slice},
        },
        files::file::Attachment,
    },
    live::{
        events::{self, AttachedFile, ChangedKind, Joined, ServerEvent},
        server::publish::{publish, publish_fleeting},
        topic::Topic,
    },
    server::{mongo::Tx, state::App},
    shared::{error::AppError, page::MAX_LIMIT},
};

/// Tells members of a new message: who has joined gets it, the others learn that their list has changed.
pub(super) async fn tell_said(
    tx: &mut Tx,
    app: &App,
    conversation: &Conversation,
    message: &Message,
) -> Result<(), AppError> {
    let event = ServerEvent::MessageNew(event_of(message.clone()));
    publish(tx, app, &[Topic::Conversation(conversation.id.cast())], &event)?;
    tell_lists(tx, app, conversation).await
}

/// Tells members how far somebody has read.
pub(super) async fn tell_read(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    conversation: &Conversation,
    seq: u32,
) -> Result<(), AppError> {
    let (conversation_id, user_id) = (conversation.id.cast(), actor.user().cast());
    let event = ServerEvent::MessageRead { conversation_id, user_id, seq };
    publish(tx, app, &[Topic::Conversation(conversation_id)], &event)?;
    tell_lists(tx, app, conversation).await
}

/// Tells everybody who has a conversation in their list that it has changed there.
async fn tell_lists(tx: &mut Tx, app: &App, conversation: &Conversation) -> Result<(), AppError> {
    let mut people = Vec::new();
    for side in [ChatSide::Guest, ChatSide::Host] {
        match conversation.party(side) {
            Party::Person(person) => people.push(person),
            Party::Admins => people.extend(accounts::list_admins(tx).await?),
        }
    }
    let topics: Vec<Topic> = people.into_iter().map(|person| Topic::Person(person.cast())).collect();
    let changed = ServerEvent::Changed { kind: ChangedKind::Conversation, id: Some(conversation.id.cast()) };
    publish(tx, app, &topics, &changed)
}

/// Lets a member listen to a conversation, and gives what was said after the message that they have.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub async fn join_conversation(
    app: &App,
    actor: &Actor,
    id: ConversationId,
    after_seq: Option<u32>,
) -> Result<Joined, AppError> {
    let (conversation, side) = scope::require(app, actor, id).await?;
    let online = reading::is_online(app, conversation.party(side.other())).await?;
    let Slice { messages, has_more } = match after_seq {
        Some(seq) => {
            let query = MessagesQuery { part: Part::After(seq), limit: MAX_LIMIT };
            repository::slice(&app.db, id, &query).await?
        }
        None => Slice::default(),
    };
    let last = messages.last().map_or(0, |message| message.seq);
    Ok(Joined {
        last_seq: conversation.last_seq.max(last),
        more: has_more,
        other_read_seq: conversation.read.of(side.other()),
        online,
        messages: messages.into_iter().map(event_of).collect(),
    })
}

/// Shows the other members that somebody types, or no longer.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub async fn show_typing(app: &App, actor: &Actor, id: ConversationId, is_typing: bool) -> Result<(), AppError> {
    scope::require(app, actor, id).await?;
    let (conversation_id, user_id) = (id.cast(), actor.user().cast());
    let event = ServerEvent::Typing { conversation_id, user_id, is_typing };
    publish_fleeting(app, &[Topic::Conversation(conversation_id)], &event).await
}

/// Who shares a conversation with somebody: they are told that this person comes and goes.
///
/// # Errors
/// When the database is away.
pub async fn list_acquaintances(app: &App, person: UserId) -> Result<BTreeSet<UserId>, AppError> {
    let people = directory::find_people(app, [person]).await?;
    let is_admin = people.get(&person).is_some_and(|person| person.role == Role::Admin);
    let parties = [Some(Party::Person(person)), is_admin.then_some(Party::Admins)];
    let (mut found, mut asks_admins) = (BTreeSet::new(), false);
    for party in parties.into_iter().flatten() {
        for (guest, host) in repository::list_members(&app.db, party).await? {
            found.insert(guest);
            match host {
                Host::Trip { organizer, .. } => drop(found.insert(organizer)),
                Host::Support => asks_admins |= guest == person,
            }
        }
    }
    if asks_admins {
        found.extend(directory::list_admins(app).await?.into_iter().map(|admin| admin.id));
    }
    found.remove(&person);
    Ok(found)
}

/// A message as connections are told of it.
fn event_of(message: Message) -> events::Message {
    let Message { id, conversation_id, seq, client_id, sender_id, body, attachments, sent_at, .. } = message;
    events::Message {
        conversation_id: conversation_id.cast(),
        id: id.cast(),
        seq,
        client_id,
        sender_id: sender_id.cast(),
        body,
        attachments: attachments.into_iter().map(file_of).collect(),
        sent_at,
    }
}

fn file_of(file: Attachment) -> AttachedFile {
    let Attachment { id, name, size, content_type } = file;
    let content_type = content_type.media_type().to_owned();
    AttachedFile { id: id.cast(), name, size, content_type }
}
