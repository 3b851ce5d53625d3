//! The rules of trips: who may see and change which, when one goes live, and that no seat is sold twice.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::repository::{self, Filter};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory::{self, Person}},
            user::{Role, UserId},
        },
        activities::{activity::ActivityKind, server::service as activities},
        trips::{
            changes::{NewTrip, TripChanges},
            listing::{MyTripFilter, TripFilter, check_query},
            trip::{DepartureId, Trip, TripId, Visibility, slug_of},
            views::{LiveTrips, PublicTrip, TripCard, TripLabel, TripRow},
        },
    },
    server::{
        mongo::{Tx, audit::{self, Changes}},
        state::App,
        zone::{INDIA, Zone},
    },
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
        page::{Page, PageRequest},
        time::Date,
    },
};

/// Views within this time count together.
const VIEWS_COUNT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The live trips as everybody may see them.
///
/// # Errors
/// As [`search_trips`].
pub async fn list_trips(app: &App, filter: TripFilter, request: &PageRequest) -> Result<Page<TripCard>, AppError> {
    let page = search_trips(app, filter, request).await?;
    let organizers = find_organizers(app, &page.items).await?;
    let today = today(app);
    Ok(page.map(|trip| {
        let name = name_of(&organizers, &trip);
        TripCard::new(trip, name, today)
    }))
}

/// The live trips in full, for pages that show parts of them.
///
/// # Errors
/// [`AppError::InvalidInput`] for a search that is too long, [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn search_trips(app: &App, filter: TripFilter, request: &PageRequest) -> Result<Page<Trip>, AppError> {
    let wanted = Filter {
        visibility: Some(Visibility::Live.as_str()),
        difficulty: filter.difficulty.map(|difficulty| difficulty.as_str()),
        region: filter.region,
        q: check_query(filter.q.as_deref())?,
        organizer: None,
    };
    repository::refresh_next_departures(&app.db, today(app)).await?;
    repository::page(&app.db, wanted, repository::order(filter.sort), request).await
}

/// The regions in which trips are live, by name.
///
/// # Errors
/// When the database is away.
pub async fn list_regions(app: &App) -> Result<Vec<String>, AppError> {
    repository::list_live_regions(&app.db).await
}

/// A live trip as everybody may see it. The view is tracked.
///
/// # Errors
/// As [`open_trip`].
pub async fn view_trip(app: &App, actor: Option<&Actor>, slug: &str) -> Result<PublicTrip, AppError> {
    let trip = open_trip(app, actor, slug).await?;
    let organizers = find_organizers(app, std::slice::from_ref(&trip)).await?;
    let name = name_of(&organizers, &trip);
    Ok(PublicTrip::new(trip, name, today(app)))
}

/// A live trip in full, for the page that shows its public side. The view is tracked.
///
/// # Errors
/// [`AppError::NotFound`] when there is none under this slug, or it is not live.
pub async fn open_trip(app: &App, actor: Option<&Actor>, slug: &str) -> Result<Trip, AppError> {
    let trip = repository::find_by_slug(&app.db, slug).await?;
    let trip = trip.filter(|trip| trip.visibility == Visibility::Live).ok_or(AppError::NotFound)?;
    track_view(app, actor, &trip).await?;
    Ok(trip)
}

/// How many trips of an organizer are live, and how many of those are verified at this moment.
///
/// # Errors
/// When the database is away.
pub async fn count_live_trips(app: &App, organizer: UserId) -> Result<LiveTrips, AppError> {
    repository::count_live(&app.db, organizer).await
}

/// Records that a signed-in person looked at a trip, and tells how often they did within the last 7 days, this time included.
/// Of strangers nothing is recorded: `0`.
///
/// # Errors
/// When the database is away.
pub async fn track_view(app: &App, actor: Option<&Actor>, trip: &Trip) -> Result<u64, AppError> {
    let Some(actor) = actor else { return Ok(0) };
    activities::record(app, actor.user(), ActivityKind::TripViewed, trip.id).await?;
    let since = app.clock.now() - VIEWS_COUNT_FOR;
    activities::count_since(app, actor.user(), ActivityKind::TripViewed, trip.id, since).await
}

/// The organizer's own trips as rows; for admins those of every organizer, or of one. The newest come first.
///
/// # Errors
/// As [`search_my_trips`].
pub async fn list_my_trips(app: &App, actor: &Actor, filter: MyTripFilter, request: &PageRequest) -> Result<Page<TripRow>, AppError> {
    let page = search_my_trips(app, actor, filter, request).await?;
    let organizers = find_organizers(app, &page.items).await?;
    let today = today(app);
    Ok(page.map(|trip| {
        let name = name_of(&organizers, &trip);
        TripRow::new(trip, name, today)
    }))
}

/// The organizer's own trips in full; for admins those of every organizer, or of one. The newest come first.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::InvalidInput`] for a filter that does not fit.
pub async fn search_my_trips(app: &App, actor: &Actor, filter: MyTripFilter, request: &PageRequest) -> Result<Page<Trip>, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    let wanted = Filter {
        organizer: owner(actor, filter.organizer_id)?,
        visibility: filter.visibility.map(Visibility::as_str),
        q: check_query(filter.q.as_deref())?,
        ..Filter::default()
    };
    repository::page(&app.db, wanted, repository::NEWEST, request).await
}

/// One of the organizer's own trips, in full; for admins any.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] for another organizer's.
pub async fn require_own_trip(app: &App, actor: &Actor, id: TripId) -> Result<Trip, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    check_owner(actor, require_trip(app, id).await?)
}

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
            audit::record(&mut tx, app, Some(actor.user()), ("trip", trip.id), "create", Changes::new()).await?;
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
                return Err(AppError::field("organizerId", "This trip belongs to another organizer, and a trip cannot change hands."));
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
            audit::record(&mut tx, app, Some(actor.user()), ("trip", id), "update", differences(&before, &after)).await?;
            tx.commit().await?;
            Ok(after)
        })
        .await
}

/// Books seats for a party in the caller's transaction.
///
/// # Errors
/// [`AppError::NoSeatsLeft`] when fewer are left, [`AppError::InvalidInput`] (`departureId`) when the trip has no such departure.
pub async fn book_seats(tx: &mut Tx, trip: TripId, departure: DepartureId, party: u32) -> Result<(), AppError> {
    if repository::book_seats(tx, trip, departure, party).await? {
        return Ok(());
    }
    let trip = repository::require_in(tx, trip).await?;
    match trip.departure(departure) {
        Some(departure) => Err(AppError::NoSeatsLeft { left: departure.seats_left() }),
        None => Err(AppError::field("departureId", "This trip has no such departure. Choose one of its departures.")),
    }
}

/// Any trip, whoever asks.
///
/// # Errors
/// [`AppError::NotFound`].
pub async fn require_trip(app: &App, id: TripId) -> Result<Trip, AppError> {
    repository::find(&app.db, id).await?.ok_or(AppError::NotFound)
}

/// A trip that everybody can see.
///
/// # Errors
/// [`AppError::NotFound`] when it is not live.
pub async fn require_live_trip(app: &App, id: TripId) -> Result<Trip, AppError> {
    let trip = require_trip(app, id).await?;
    if trip.visibility == Visibility::Live { Ok(trip) } else { Err(AppError::NotFound) }
}

/// The labels of these trips; trips that are not there are left out.
///
/// # Errors
/// When the database is away.
pub async fn find_labels(app: &App, ids: &[TripId]) -> Result<BTreeMap<TripId, TripLabel>, AppError> {
    repository::find_labels(&app.db, ids).await
}

/// The labels of the organizer's own trips (for admins: of all), by title, to choose from.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
pub async fn list_own_labels(app: &App, actor: &Actor) -> Result<Vec<TripLabel>, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    repository::list_labels(&app.db, owner(actor, None)?).await
}

/// The day that it is in India, by which departures are past or to come.
pub fn today(app: &App) -> Date {
    Zone::new(INDIA, app.clock.now()).today()
}

/// The organizers of some trips.
///
/// # Errors
/// When the database is away.
pub async fn find_organizers(app: &App, trips: &[Trip]) -> Result<BTreeMap<UserId, Person>, AppError> {
    directory::find_people(app, trips.iter().map(|trip| trip.organizer)).await
}

fn name_of(organizers: &BTreeMap<UserId, Person>, trip: &Trip) -> String {
    organizers.get(&trip.organizer).map_or_else(|| "A former organizer".into(), |organizer| organizer.name.clone())
}

/// Whose trips are meant: an organizer's own, for admins those of `wanted`, or everybody's.
fn owner(actor: &Actor, wanted: Option<UserId>) -> Result<Option<UserId>, AppError> {
    match (actor.role(), wanted) {
        (Role::Admin, wanted) => Ok(wanted),
        (_, Some(other)) if other != actor.user() => {
            Err(AppError::field("organizerId", "You can see and make trips of your own only. Leave this out."))
        }
        _ => Ok(Some(actor.user())),
    }
}

/// Whose trip a new one becomes.
async fn require_owner(app: &App, actor: &Actor, wanted: Option<UserId>) -> Result<UserId, AppError> {
    let Some(organizer) = owner(actor, wanted)? else {
        return Err(AppError::field("organizerId", "Choose the organizer whose trip this is."));
    };
    if organizer == actor.user() {
        return Ok(organizer);
    }
    match directory::find_people(app, [organizer]).await?.get(&organizer) {
        Some(Person { role: Role::Organizer, .. }) => Ok(organizer),
        _ => Err(AppError::field("organizerId", "There is no organizer of this id.")),
    }
}

fn check_owner(actor: &Actor, trip: Trip) -> Result<Trip, AppError> {
    let theirs = actor.role() == Role::Admin || trip.organizer == actor.user();
    if theirs { Ok(trip) } else { Err(AppError::NotFound) }
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
