//! What the pages of chat are given: the service's answers in the words and the zone of a page; and what their forms send, as the
//! service's input. No rule is here.

mod about;
mod forms;
mod list;
mod thread;

pub use forms::{MessageForm, begin_conversation, send_message};

use self::list::ListQuery;
use super::service::{self, Unread};
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        chat::{
            conversation::ConversationId,
            row::{ChatPerson, NewConversation},
            screens::{CHAT_PATH, ChatList, NEW, Other, Pane, path_of},
        },
    },
    server::{state::App, zone::Zone},
    shared::{error::AppError, query::read_query},
};

/// The list that the query of an address names; `place` is what is open beside it.
///
/// # Errors
/// [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn load_conversations(app: &App, actor: &Actor, place: &str, query: &str) -> Result<ChatList, AppError> {
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    Viewer { app, actor, zone: &zone }.list(&ListQuery::read(query), place).await
}

/// What stands beside the list: nothing, the conversation of an id, or the first message of a `new` one.
///
/// # Errors
/// [`AppError::NotFound`] for a conversation of others; for a new one those of [`service::prepare_conversation`].
pub async fn load_pane(app: &App, actor: &Actor, place: &str, query: &str) -> Result<Pane, AppError> {
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let viewer = Viewer { app, actor, zone: &zone };
    match place {
        "" => Ok(Pane::Empty),
        NEW => viewer.new_talk(query).await,
        id => Ok(Pane::Thread(Box::new(viewer.thread(read_id(id)?, query, &ListQuery::read(query)).await?))),
    }
}

/// The message that the query of a conversation's page leads up to; its end where there is none.
fn read_before(query: &str) -> Option<u32> {
    let before = read_query(query).into_iter().find(|(name, _)| name == "before");
    before.and_then(|(_, value)| value.parse().ok())
}

/// How many messages somebody has not read, without those of the conversation at that address: it is read by being opened at its end.
///
/// # Errors
/// When the database is away.
pub async fn count_unread_beside(app: &App, actor: &Actor, address: &str) -> Result<u32, AppError> {
    let open = address.strip_prefix(CHAT_PATH).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
    let (id, query) = open.split_once('?').unwrap_or((open, ""));
    let open = read_id(id).ok().filter(|_| read_before(query).is_none());
    Ok(service::count_unread(app, actor, open).await?.messages)
}

/// What somebody has not read, in a sentence; nothing where there is nothing.
///
/// # Errors
/// When the database is away.
pub async fn describe_unread(app: &App, actor: &Actor) -> Result<Option<String>, AppError> {
    let Unread { messages, conversations } = service::count_unread(app, actor, None).await?;
    Ok(match (messages, conversations) {
        (0, _) => None,
        (1, _) => Some("You have a new message.".to_owned()),
        (messages, 1) => Some(format!("You have {messages} new messages in one conversation.")),
        (messages, conversations) => {
            Some(format!("You have {messages} new messages in {conversations} conversations."))
        }
    })
}

/// Who looks, and in which zone.
struct Viewer<'a> {
    app: &'a App,
    actor: &'a Actor,
    zone: &'a Zone,
}

impl Viewer<'_> {
    /// The first message of a conversation, or where it is if there is one.
    async fn new_talk(&self, query: &str) -> Result<Pane, AppError> {
        let parameter = |wanted: &str| {
            read_query(query).into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value).unwrap_or_default()
        };
        let (trip, lead) = (parameter("trip"), parameter("lead"));
        let talk = service::prepare_conversation(self.app, self.actor, read_opening(&trip, &lead)?).await?;
        match talk.there {
            Some(id) => Ok(Pane::There(path_of(id))),
            None => Ok(Pane::New(Box::new(self.begin(talk, (trip, lead)).await?))),
        }
    }
}

/// From what a conversation is opened, as an address or a form names it; support where nothing is named.
fn read_opening(trip: &str, lead: &str) -> Result<NewConversation, AppError> {
    let (trip_id, lead_id) = match (trip, lead) {
        ("", "") => (None, None),
        (trip, "") => (Some(trip.parse().map_err(|_| AppError::NotFound)?), None),
        (_, lead) => (None, Some(lead.parse().map_err(|_| AppError::NotFound)?)),
    };
    Ok(NewConversation { trip_id, lead_id, support: trip_id.is_none() && lead_id.is_none() })
}

/// The id in an address; what cannot be one is not there.
fn read_id(text: &str) -> Result<ConversationId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The other side, as pages name it: people by their first name, businesses by their whole one.
fn other_of(person: &ChatPerson) -> Other {
    let called = match (person.role, person.id) {
        (Role::Organizer, _) => person.name.as_str(),
        (_, None) => "support",
        (Role::User | Role::Admin, Some(_)) => person.name.split_whitespace().next().unwrap_or(&person.name),
    };
    Other {
        called: called.to_owned(),
        name: person.name.clone(),
        person: person.id.map(|id| id.to_string()),
        role: person.role.label().to_owned(),
        online: person.online,
    }
}
