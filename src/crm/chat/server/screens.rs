//! What the pages of chat are given: the service's answers in the words and the zone of a page; and what their forms send, as the
//! service's input. No rule is here.

mod about;
mod forms;
mod list;
mod thread;

pub use forms::{MessageForm, begin_conversation, send_message};

use self::list::ListQuery;
use super::service;
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        chat::{
            conversation::ConversationId,
            row::{ChatPerson, NewConversation},
            screens::{ChatPage, NEW, Other, Pane, path_of},
        },
    },
    server::{state::App, zone::Zone},
    shared::{error::AppError, query::read_query},
};

/// The page at a place below `/chat`: nothing, the id of a conversation, or `new`; `query` is that of its address.
///
/// # Errors
/// [`AppError::NotFound`] for a conversation of others; for a new one those of [`service::open_conversation`].
pub async fn load_chat(app: &App, actor: &Actor, place: &str, query: &str) -> Result<ChatPage, AppError> {
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let viewer = &Viewer { app, actor, zone: &zone };
    let asked = ListQuery::read(query);
    // First: what is opened is read by that, and so it counts no more.
    let pane = match place {
        "" => Pane::Empty,
        NEW => viewer.new_talk(query).await?,
        id => Pane::Thread(Box::new(viewer.thread(read_id(id)?, query, &asked).await?)),
    };
    let list = viewer.list(&asked, place).await?;
    Ok(ChatPage { list, pane, asks_support: actor.role() != Role::Admin })
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
