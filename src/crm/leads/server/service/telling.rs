//! Who is told what of leads, in the transaction of what it tells of: organizers of who comes and of what is due, travellers of their
//! booking. What an organizer does themselves they are not told of.

use std::collections::BTreeMap;

use super::{
    arriving::{Arrival, Came, Cause},
    writing::Writer,
};
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::UserId},
        leads::{
            lead::{Lead, LeadId},
            news::{self, Coming},
            server::repository,
        },
        notifications::{notification::SubjectId, server::service as notifications},
        trips::{server::service as trips, views::TripOffer},
    },
    server::{
        mongo::Tx,
        state::App,
        zone::{INDIA, Zone, long_weekday_date},
    },
    shared::{error::AppError, time::Time},
};

/// Follow-ups that are looked up at once.
const BATCH: i64 = 100;

impl Arrival<'_> {
    /// Tells the organizer who came. Who only looks waits for no answer, and of who writes in a conversation that tells by mail: both
    /// ring the bell alone. Who is written down once more was not here.
    pub(super) async fn tell(&self, tx: &mut Tx, lead: &Lead, came: Came) -> Result<(), AppError> {
        let Self { writer, trip, lead: new, cause, .. } = *self;
        let (app, by, to) = (writer.app, writer.actor.map(Actor::user), [lead.assigned_to]);
        let coming = match cause {
            Cause::Asked | Cause::Wrote => Coming::Asked(new.message.as_deref()),
            Cause::Viewed(_) => Coming::Looked,
            Cause::Recorded => Coming::WrittenDownBy(writer.actor.map_or("Somebody", Actor::name)),
        };
        let news = match (came, coming) {
            (Came::AsBefore, _) | (Came::Back, Coming::WrittenDownBy(_)) => return Ok(()),
            (Came::First, _) => news::new_lead(lead, &trip.title, coming),
            (Came::Back, Coming::Asked(_)) => news::came_back(lead, &trip.title, coming),
            (Came::Back, Coming::Looked) => news::looked_again(lead, &trip.title, &day_of(writer.now)),
        };
        if coming == Coming::Looked || cause == Cause::Wrote {
            return notifications::ring(tx, app, by, &to, &news).await.map(drop);
        }
        notifications::notify(tx, app, by, &to, &news).await
    }
}

/// The day in India: of visits one a day is told.
fn day_of(now: Time) -> String {
    Zone::new(INDIA, now).today().to_string()
}

/// Tells organizer and traveller of a booking.
pub(super) async fn tell_of_booking(
    tx: &mut Tx,
    writer: &Writer<'_>,
    lead: &Lead,
    trip: &TripOffer,
) -> Result<(), AppError> {
    let (by, name) = (writer.actor.map(Actor::user), writer.actor.map_or("Somebody", Actor::name));
    let departure = lead.conversion.as_ref().and_then(|booking| booking.departure_id);
    let day = departure.and_then(|id| trip.departure(id)).map(|departure| long_weekday_date(departure.starts_on));
    let organizer = news::booked(lead, &trip.title, name, day.as_deref());
    notifications::notify(tx, writer.app, by, &[lead.assigned_to], &organizer).await?;
    let Some(traveller) = lead.user_id else { return Ok(()) };
    let traveller_news = news::you_are_booked(lead, &trip.title, day.as_deref());
    notifications::notify(tx, writer.app, by, &[traveller], &traveller_news).await
}

/// Tells organizers of the leads that somebody else imported for them: once for a file, however many lines it has.
pub(super) async fn tell_of_import(
    tx: &mut Tx,
    writer: &Writer<'_>,
    import: SubjectId,
    lines: &BTreeMap<UserId, usize>,
) -> Result<(), AppError> {
    let (by, name) = (writer.actor.map(Actor::user), writer.actor.map_or("Somebody", Actor::name));
    for (organizer, count) in lines {
        let told = news::imported(import, name, *count);
        notifications::notify(tx, writer.app, by, &[*organizer], &told).await?;
    }
    Ok(())
}

/// Tells organizers of the follow-ups whose time has come, each of them once; how many were told. It bears to be broken off, to be
/// repeated, and to run in several processes at once.
///
/// # Errors
/// When the database is away; what has been told by then stays told.
pub async fn tell_due_follow_ups(app: &App) -> Result<u32, AppError> {
    let mut told = 0;
    loop {
        let due = repository::find_untold(&app.db, app.clock.now(), BATCH).await?;
        if due.is_empty() {
            return Ok(told);
        }
        let offers = trips::find_offers(app, due.iter().map(|lead| lead.trip_id)).await?;
        for lead in due {
            let trip = offers.get(&lead.trip_id).map_or("a former trip", |trip| trip.title.as_str());
            told += tell_of_follow_up(app, lead.id, trip).await?;
        }
    }
}

/// Tells of a follow-up if it still is due. It was set by the organizer, whose morning's digest tells of all of them by mail: it rings
/// the bell alone. How many were told for the first time.
async fn tell_of_follow_up(app: &App, id: LeadId, trip: &str) -> Result<u32, AppError> {
    app.db
        .transaction(|mut tx| async move {
            let taken = repository::take_untold(&mut tx, id, app.clock.now()).await?;
            let Some((lead, due)) = taken.and_then(|lead| lead.next_follow_up_at.map(|due| (lead, due))) else {
                return Ok(0);
            };
            let news = news::follow_up_due(&lead, trip, due);
            let told = notifications::ring(&mut tx, app, None, &[lead.assigned_to], &news).await?;
            tx.commit().await?;
            Ok(told)
        })
        .await
}
