//! Conversations are read: as lists, by what was said in them, and message by message.

use std::collections::{BTreeMap, BTreeSet};

use super::{presence, scope};
use crate::{
    crm::{
        accounts::{
            server::{
                actor::Actor,
                directory::{self, Person},
            },
            user::{Role, UserId},
        },
        chat::{
            conversation::{ChatSide, Conversation, ConversationId, Party},
            filter::{ConversationQuery, MessagesQuery, Part},
            message::Message,
            row::{ChatPerson, ChatTrip, ConversationRow, MessageRow},
            server::repository::{self, Hit, Slice},
        },
        leads::lead::LeadId,
        trips::{server::service as trips, trip::TripId},
    },
    server::state::App,
    shared::{
        error::AppError,
        page::{Page, TOTAL_CAP},
    },
};

pub use super::super::repository::Unread;

/// Conversations with what was found in them: the newest message with all of the words, for those that are not found by names.
#[derive(Debug, Clone)]
pub struct ConversationHits {
    /// The conversations.
    pub page: Page<ConversationRow>,
    /// What was found in which.
    pub said: BTreeMap<ConversationId, Message>,
}

/// A page of one's conversations, in which something was said last first: for admins those of support, for everybody else their own.
///
/// # Errors
/// [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn list_conversations(
    app: &App,
    actor: &Actor,
    query: &ConversationQuery,
) -> Result<Page<ConversationRow>, AppError> {
    let hits = find_hits(app, actor, query).await?;
    page(app, actor, query, hits.as_deref()).await
}

/// The same, with what was found in each.
///
/// # Errors
/// As [`list_conversations`].
pub async fn search_conversations(
    app: &App,
    actor: &Actor,
    query: &ConversationQuery,
) -> Result<ConversationHits, AppError> {
    let hits = find_hits(app, actor, query).await?;
    let page = page(app, actor, query, hits.as_deref()).await?;
    let shown: BTreeSet<ConversationId> = page.items.iter().map(|row| row.id).collect();
    let hits = hits.unwrap_or_default().into_iter().filter(|hit| shown.contains(&hit.conversation));
    let numbers: Vec<_> = hits.filter_map(|hit| Some((hit.conversation, hit.seq?))).collect();
    let said = repository::find_by_numbers(&app.db, &numbers).await?;
    Ok(ConversationHits { page, said: said.into_iter().map(|message| (message.conversation_id, message)).collect() })
}

async fn find_hits(app: &App, actor: &Actor, query: &ConversationQuery) -> Result<Option<Vec<Hit>>, AppError> {
    match &query.filter.q {
        Some(q) => repository::find_hits(&app.db, scope::party_of(actor), q).await.map(Some),
        None => Ok(None),
    }
}

async fn page(
    app: &App,
    actor: &Actor,
    query: &ConversationQuery,
    hits: Option<&[Hit]>,
) -> Result<Page<ConversationRow>, AppError> {
    let party = scope::party_of(actor);
    let page = repository::page(&app.db, party, &query.filter, hits, &query.page).await?;
    let Page { items, limit, next, total, total_capped } = page;
    let seen = items.into_iter().filter_map(|conversation| {
        let side = conversation.side_of(actor.user(), actor.role())?;
        Some((conversation, side))
    });
    Ok(Page { items: rows(app, seen.collect()).await?, limit, next, total, total_capped })
}

/// A conversation.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub async fn find_conversation(app: &App, actor: &Actor, id: ConversationId) -> Result<ConversationRow, AppError> {
    row(app, scope::require(app, actor, id).await?).await
}

/// The lead that the traveller is, for the organizer's side.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub async fn find_lead(app: &App, actor: &Actor, id: ConversationId) -> Result<Option<LeadId>, AppError> {
    let (conversation, side) = scope::require(app, actor, id).await?;
    Ok(conversation.lead().filter(|_| side == ChatSide::Host))
}

/// A part of a conversation, the oldest message first. The cursor of the page is the number to go on from, in the same direction.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub async fn list_messages(
    app: &App,
    actor: &Actor,
    id: ConversationId,
    query: &MessagesQuery,
) -> Result<Page<MessageRow>, AppError> {
    let (conversation, _) = scope::require(app, actor, id).await?;
    let Slice { messages, has_more } = repository::slice(&app.db, id, query).await?;
    let edge = if matches!(query.part, Part::After(_)) { messages.last() } else { messages.first() };
    let next = edge.filter(|_| has_more).map(|message| message.seq.to_string());
    let total = u64::from(conversation.last_seq);
    Ok(Page {
        items: messages.into_iter().map(MessageRow::from).collect(),
        limit: query.limit,
        next,
        total: total.min(TOTAL_CAP),
        total_capped: total > TOTAL_CAP,
    })
}

/// The newest messages of a conversation that have files.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent, or they are no member of it.
pub async fn list_files(app: &App, actor: &Actor, id: ConversationId, limit: i64) -> Result<Vec<MessageRow>, AppError> {
    scope::require(app, actor, id).await?;
    let messages = repository::find_files(&app.db, id, limit).await?;
    Ok(messages.into_iter().map(MessageRow::from).collect())
}

/// What somebody has not read, for admins what none of them has; without the conversation that they are about to read.
///
/// # Errors
/// When the database is away.
pub async fn count_unread(app: &App, actor: &Actor, except: Option<ConversationId>) -> Result<Unread, AppError> {
    repository::count_unread(&app.db, scope::party_of(actor), except).await
}

/// Lets only those pass who may read a file of a conversation: its members.
///
/// # Errors
/// [`AppError::NotFound`].
pub async fn check_may_read_file(app: &App, actor: &Actor, id: ConversationId) -> Result<(), AppError> {
    scope::require(app, actor, id).await.map(drop)
}

/// A conversation as a side sees it.
pub(super) async fn row(app: &App, seen: (Conversation, ChatSide)) -> Result<ConversationRow, AppError> {
    rows(app, vec![seen]).await?.pop().ok_or(AppError::Internal)
}

/// Conversations as sides see them, with the names of people and trips.
async fn rows(app: &App, seen: Vec<(Conversation, ChatSide)>) -> Result<Vec<ConversationRow>, AppError> {
    let others = seen.iter().map(|(conversation, side)| conversation.party(side.other()));
    let others: Vec<UserId> = others.filter_map(id_of).collect();
    let trip_ids: BTreeSet<TripId> = seen.iter().filter_map(|(conversation, _)| conversation.trip()).collect();
    let trip_ids: Vec<TripId> = trip_ids.into_iter().collect();
    let asks_admins = seen.iter().any(|(conversation, side)| conversation.party(side.other()) == Party::Admins);
    let (people, trips, online, support) = futures_util::try_join!(
        directory::find_people(app, others.iter().copied()),
        trips::find_labels(app, &trip_ids),
        presence::find_online(app, &others),
        async { if asks_admins { is_support_online(app).await } else { Ok(false) } },
    )?;
    let row = |(conversation, side): (Conversation, ChatSide)| {
        let with = match conversation.party(side.other()) {
            Party::Admins => ChatPerson::support(support),
            Party::Person(id) => person(&people, id, side.other(), online.contains(&id)),
        };
        let trip = conversation.trip().and_then(|id| trips.get(&id)).cloned().map(ChatTrip::from);
        ConversationRow::new(conversation, side, with, trip)
    };
    Ok(seen.into_iter().map(row).collect())
}

const fn id_of(party: Party) -> Option<UserId> {
    match party {
        Party::Person(id) => Some(id),
        Party::Admins => None,
    }
}

/// Whether a party is here.
pub(super) async fn is_online(app: &App, party: Party) -> Result<bool, AppError> {
    match party {
        Party::Person(id) => Ok(!presence::find_online(app, &[id]).await?.is_empty()),
        Party::Admins => is_support_online(app).await,
    }
}

/// Whether one of the admins is here.
async fn is_support_online(app: &App) -> Result<bool, AppError> {
    let admins: Vec<UserId> = directory::list_admins(app).await?.into_iter().map(|admin| admin.id).collect();
    Ok(!presence::find_online(app, &admins).await?.is_empty())
}

fn person(people: &BTreeMap<UserId, Person>, id: UserId, side: ChatSide, online: bool) -> ChatPerson {
    let (name, role) = match (people.get(&id), side) {
        (Some(person), _) => (person.name.clone(), person.role),
        (None, ChatSide::Host) => ("A former organizer".to_owned(), Role::Organizer),
        (None, ChatSide::Guest) => ("Somebody who has left".to_owned(), Role::User),
    };
    ChatPerson { id: Some(id), name, role, online }
}
