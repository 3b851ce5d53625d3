//! A conversation is opened: one of a traveller about a trip, one of each person with the admins, however many open it at once.

use super::reading;
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::UserId,
        },
        chat::{
            conversation::{ChatSide, Conversation, ConversationId, Host, SUPPORT},
            row::{ChatPerson, ChatTrip, ConversationRow, NewConversation, Opening},
            server::repository,
        },
        leads::{lead::LeadId, server::service as leads},
        trips::{
            server::service as trips,
            trip::{TripId, Visibility},
        },
    },
    server::state::App,
    shared::error::AppError,
};

/// A conversation that somebody may open.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The one that is there.
    pub there: Option<ConversationId>,
    /// The other side.
    pub with: ChatPerson,
    /// The trip that it is about.
    pub trip: Option<ChatTrip>,
    /// The lead that the traveller is.
    pub lead: Option<LeadId>,
}

/// Opens a conversation, or finds the one that is there; whether it is new.
///
/// # Errors
/// [`AppError::Forbidden`] for what people of their role open no conversation from, [`AppError::NotFound`] when there is no such trip
/// for them or no such lead of theirs, [`AppError::CrmAccessRequired`] for a lead, [`AppError::InvalidInput`] when it is not one thing
/// that is named, or a lead without an account.
pub async fn open_conversation(
    app: &App,
    actor: &Actor,
    input: NewConversation,
) -> Result<(ConversationRow, bool), AppError> {
    let (guest, host, side) = read(app, actor, input).await?;
    let names = &names_of(app, guest, host).await?;
    let (conversation, is_new) = app
        .db
        .transaction(|mut tx| async move {
            if let Some(mut there) = repository::find_same_in(&mut tx, guest, host).await? {
                if let (None, Some(lead)) = (there.lead(), host.lead()) {
                    there.know_lead(lead);
                    repository::replace(&mut tx, &there).await?;
                }
                tx.commit().await?;
                return Ok((there, false));
            }
            let new = Conversation::open(app.ids.next(), guest, host, side, app.clock.now());
            repository::insert(&mut tx, &new, names).await?;
            tx.commit().await?;
            Ok((new, true))
        })
        .await?;
    Ok((reading::row(app, (conversation, side)).await?, is_new))
}

/// What somebody would open, for the page on which they say the first thing. Nothing is opened by that.
///
/// # Errors
/// As [`open_conversation`].
pub async fn prepare_conversation(app: &App, actor: &Actor, input: NewConversation) -> Result<Prepared, AppError> {
    let (guest, host, side) = read(app, actor, input).await?;
    let there = repository::find_same(&app.db, guest, host).await?;
    let new = Conversation::open(app.ids.next(), guest, host, side, app.clock.now());
    let lead = new.lead();
    let ConversationRow { with, trip, .. } = reading::row(app, (new, side)).await?;
    Ok(Prepared { there, with, trip, lead })
}

/// Between whom it is, and on which side who asks stands.
async fn read(app: &App, actor: &Actor, input: NewConversation) -> Result<(UserId, Host, ChatSide), AppError> {
    if !input.is_for(actor.role()) {
        return Err(AppError::Forbidden);
    }
    Ok(match input.read()? {
        Opening::Trip(trip) => (actor.user(), find_organizer(app, actor, trip).await?, ChatSide::Guest),
        Opening::Support => (actor.user(), Host::Support, ChatSide::Guest),
        Opening::Lead(lead) => {
            let (traveller, trip_id) = leads::find_traveller(app, actor, lead).await?;
            (traveller, Host::Trip { trip_id, organizer: actor.user(), lead_id: Some(lead) }, ChatSide::Host)
        }
    })
}

/// Who sells a trip that a traveller can see: a live one, or one that they have asked about.
async fn find_organizer(app: &App, actor: &Actor, trip: TripId) -> Result<Host, AppError> {
    let offer = trips::find_offers(app, [trip]).await?.remove(&trip).ok_or(AppError::NotFound)?;
    if offer.visibility != Visibility::Live && !leads::has_enquired(app, actor.user(), trip).await? {
        return Err(AppError::NotFound);
    }
    Ok(Host::Trip { trip_id: trip, organizer: offer.organizer, lead_id: None })
}

/// The names that a conversation is found by.
async fn names_of(app: &App, guest: UserId, host: Host) -> Result<Vec<String>, AppError> {
    let (organizer, trip) = match host {
        Host::Trip { organizer, trip_id, .. } => (Some(organizer), Some(trip_id)),
        Host::Support => (None, None),
    };
    let trip_ids: Vec<TripId> = trip.into_iter().collect();
    let (people, trips) = futures_util::try_join!(
        directory::find_people(app, organizer.into_iter().chain([guest])),
        trips::find_labels(app, &trip_ids),
    )?;
    let support = organizer.is_none().then(|| SUPPORT.to_owned());
    let people = people.into_values().map(|person| person.name);
    Ok(people.chain(trips.into_values().map(|trip| trip.title)).chain(support).collect())
}
