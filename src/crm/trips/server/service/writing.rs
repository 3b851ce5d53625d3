//! Making and changing trips.

use super::{check_owner, owner, today};
use crate::{
    crm::{
        accounts::{
            server::{
                actor::Actor,
                directory::{self, Person},
            },
            user::{Role, UserId},
        },
        trips::{
            changes::{NewTrip, TripChanges},
            server::repository,
            trip::{Trip, TripId, slug_of},
        },
        verifications::verification::VerificationStatus,
    },
    server::{
        mongo::{
            Tx,
            audit::{self, Changes},
        },
        state::App,
    },
    shared::{audit::AuditEntity, error::AppError, lifecycle::By},
};

/// Makes a trip: a draft that waits for its verification.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::InvalidInput`] with every problem, [`AppError::StepRefused`] when it
/// would be live at once.
pub async fn create_trip(app: &App, actor: &Actor, input: NewTrip) -> Result<Trip, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    let organizer = require_owner(app, actor, input.organizer_id).await?;
    let visibility = input.visibility.unwrap_or_default();
    let (now, today) = (app.clock.now(), today(app));
    let trip = input.write_to(&Trip::blank(app.ids.next(), organizer, now), today, || app.ids.next())?;
    if visibility != trip.visibility {
        trip.check_visibility(visibility, by(actor))?;
    }
    let slug = slug_of(&trip.title);
    let (trip, slug) = (&trip, &slug);
    app.db
        .transaction(|mut tx| async move {
            let trip = repository::insert(&mut tx, trip.clone(), slug, today).await?;
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::Trip, trip.id), "create", Changes::new())
                .await?;
            tx.commit().await?;
            Ok(trip)
        })
        .await
}

/// Changes a trip that is still at the version of the changes.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] for another organizer's trip, [`AppError::InvalidInput`]
/// with every problem, [`AppError::Conflict`] for a stale version, [`AppError::StepRefused`] for a visibility that cannot follow.
pub async fn update_trip(app: &App, actor: &Actor, id: TripId, changes: TripChanges) -> Result<Trip, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    let (now, today) = (app.clock.now(), today(app));
    let changes = &changes;
    app.db
        .transaction(|mut tx| async move {
            let before = check_owner(actor, repository::require_in(&mut tx, id).await?)?;
            if changes.organizer_id.is_some_and(|organizer| organizer != before.organizer) {
                return Err(AppError::field(
                    "organizerId",
                    "This trip belongs to another organizer, and a trip cannot change hands.",
                ));
            }
            let mut after = changes.clone().apply_to(&before, today, || app.ids.next())?;
            if changes.version != before.version {
                return Err(AppError::stale());
            }
            if let Some(visibility) = changes.visibility.filter(|&visibility| visibility != before.visibility) {
                before.check_visibility(visibility, by(actor))?;
                after.visibility = visibility;
            }
            if after == before {
                return Ok(before);
            }
            (after.version, after.updated_at) = (before.version + 1, now);
            repository::replace(&mut tx, &after, before.version, today).await?;
            audit::record(
                &mut tx,
                app,
                Some(actor.user()),
                (AuditEntity::Trip, id),
                "update",
                differences(&before, &after),
            )
            .await?;
            tx.commit().await?;
            Ok(after)
        })
        .await
}

/// Keeps the status that a trip's verification led to, in the transaction of that decision. A live trip is paused when it is
/// not accepted.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such trip.
pub async fn follow_verification(
    tx: &mut Tx,
    app: &App,
    id: TripId,
    status: VerificationStatus,
) -> Result<Trip, AppError> {
    let before = repository::require_in(tx, id).await?;
    let mut after = before.clone();
    after.verification = status;
    after.visibility = before.visibility.after_verification(status);
    after.version += 1;
    repository::replace(tx, &after, before.version, today(app)).await?;
    let changes = differences(&before, &after).field("verification", &before.verification, &after.verification);
    audit::record(tx, app, None::<UserId>, (AuditEntity::Trip, id), "follow_verification", changes).await?;
    Ok(after)
}

/// Stores trips as they are: demo data.
///
/// # Errors
/// [`AppError::Conflict`] when a slug is taken.
pub async fn store_trips(app: &App, trips: &[Trip]) -> Result<(), AppError> {
    repository::insert_many(&app.db, trips, today(app)).await
}

/// Whose trip a new one becomes.
async fn require_owner(app: &App, actor: &Actor, wanted: Option<UserId>) -> Result<UserId, AppError> {
    let Some(organizer) = owner(actor, wanted)? else {
        return Err(AppError::field("organizerId", "Choose the organizer whose trip this is."));
    };
    if actor.role() == Role::Organizer {
        return Ok(organizer);
    }
    match directory::find_people(app, [organizer]).await?.get(&organizer) {
        Some(Person { role: Role::Organizer, .. }) => Ok(organizer),
        _ => Err(AppError::field("organizerId", "There is no organizer of this id.")),
    }
}

fn by(actor: &Actor) -> By {
    if actor.role() == Role::Admin { By::Admin } else { By::Organizer }
}

fn differences(before: &Trip, after: &Trip) -> Changes {
    Changes::new()
        .field("title", &before.title, &after.title)
        .field("destination", &before.destination, &after.destination)
        .field("region", &before.region, &after.region)
        .field("summary", &before.summary, &after.summary)
        .field("description", &before.description, &after.description)
        .field("difficulty", &before.difficulty, &after.difficulty)
        .field("durationDays", &before.duration_days, &after.duration_days)
        .field("price", &before.price, &after.price)
        .field("itinerary", &before.itinerary, &after.itinerary)
        .field("safety", &before.safety, &after.safety)
        .field("inclusions", &before.inclusions, &after.inclusions)
        .field("exclusions", &before.exclusions, &after.exclusions)
        .field("photos", &before.photos, &after.photos)
        .field("departures", &before.departures, &after.departures)
        .field("visibility", &before.visibility, &after.visibility)
}
