//! Who is told that somebody wrote: whoever of the other side is not here. Each message rings the bell; of a conversation one mail is
//! sent until they have read it.

use super::presence;
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::UserId,
        },
        chat::{
            conversation::{ChatSide, Conversation, Party},
            message::Message,
            news::news_of,
        },
        notifications::server::service as notifications,
        trips::server::service as trips,
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// Who of the other side is not here, as it was found out before anything is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Away {
    people: Vec<UserId>,
    /// What the trip is called that it is about.
    trip: Option<String>,
}

/// Who of the other side is not here.
pub(super) async fn find_away(app: &App, conversation: &Conversation, side: ChatSide) -> Result<Away, AppError> {
    let mut people = match conversation.party(side.other()) {
        Party::Person(id) => vec![id],
        Party::Admins => directory::list_admins(app).await?.into_iter().map(|admin| admin.id).collect(),
    };
    let online = presence::find_online(app, &people).await?;
    people.retain(|person| !online.contains(person));
    let trip = match conversation.trip() {
        Some(trip) if !people.is_empty() => trips::find_labels(app, &[trip]).await?.remove(&trip),
        _ => None,
    };
    Ok(Away { people, trip: trip.map(|label| label.title) })
}

/// Tells who is away of a message, and notes to whom a mail was sent.
pub(super) async fn tell_message(
    tx: &mut Tx,
    app: &App,
    (actor, away): (&Actor, &Away),
    conversation: &mut Conversation,
    message: &Message,
) -> Result<(), AppError> {
    let by = Some(actor.user());
    let to = away.people.iter().copied().filter(|person| Some(*person) != by);
    let (mailed, others): (Vec<UserId>, Vec<UserId>) = to.partition(|person| conversation.mailed.contains(person));
    let news = news_of(actor.name(), away.trip.as_deref(), message);
    if !others.is_empty() {
        notifications::notify(tx, app, by, &others, &news).await?;
        conversation.mailed.extend(others);
    }
    if !mailed.is_empty() {
        notifications::ring(tx, app, by, &mailed, &news).await?;
    }
    Ok(())
}
