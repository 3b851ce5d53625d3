//! Who sees which trips: live ones everybody, one's own the organizer, any the admins and the system.

use std::collections::BTreeMap;

use jiff::SignedDuration;

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
        activities::{activity::ActivityKind, server::service as activities},
        leads::server::service as leads,
        trips::{
            listing::{MyTripFilter, TripFilter, check_query},
            server::repository::{self, Filter},
            trip::{Trip, TripId, Visibility},
            views::{LiveTrips, PublicTrip, TripCard, TripLabel, TripOffer, TripRow},
        },
    },
    server::state::App,
    shared::{
        error::AppError,
        lifecycle::Lifecycle,
        page::{Page, PageRequest},
    },
};

/// Views that lie closer together are one visit, so that a reload is no sign of interest.
const SAME_VISIT: SignedDuration = SignedDuration::from_mins(30);
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

/// Records that a signed-in person looked at a trip. Who comes back shows interest: leads hear how often within the last 7 days, this
/// time included. Of strangers nothing is recorded.
///
/// # Errors
/// When the database is away.
async fn track_view(app: &App, actor: Option<&Actor>, trip: &Trip) -> Result<(), AppError> {
    let Some(actor) = actor else { return Ok(()) };
    let views_within = async |time| {
        activities::count_since(app, actor.user(), ActivityKind::TripViewed, trip.id, app.clock.now() - time).await
    };
    if views_within(SAME_VISIT).await? > 0 {
        return Ok(());
    }
    activities::record(app, actor.user(), ActivityKind::TripViewed, trip.id).await?;
    let views = views_within(VIEWS_COUNT_FOR).await?;
    leads::note_trip_view(app, actor, &TripOffer::from(trip), views).await
}

/// The organizer's own trips as rows; for admins those of every organizer, or of one. The newest come first.
///
/// # Errors
/// As [`search_my_trips`].
pub async fn list_my_trips(
    app: &App,
    actor: &Actor,
    filter: MyTripFilter,
    request: &PageRequest,
) -> Result<Page<TripRow>, AppError> {
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
pub async fn search_my_trips(
    app: &App,
    actor: &Actor,
    filter: MyTripFilter,
    request: &PageRequest,
) -> Result<Page<Trip>, AppError> {
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

/// How many trips are not verified: they wait for a review, or for its outcome.
///
/// # Errors
/// When the database is away.
pub async fn count_unverified(app: &App) -> Result<u32, AppError> {
    repository::count_unverified(&app.db).await
}

/// The offers of these trips, live or not; trips that are not there are left out.
///
/// # Errors
/// When the database is away.
pub async fn find_offers(
    app: &App,
    ids: impl IntoIterator<Item = TripId>,
) -> Result<BTreeMap<TripId, TripOffer>, AppError> {
    let mut ids: Vec<TripId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() { Ok(BTreeMap::new()) } else { repository::find_offers(&app.db, &ids).await }
}

/// The labels of the organizer's own trips (for admins: of all), by title, to choose from.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
pub async fn list_own_labels(app: &App, actor: &Actor) -> Result<Vec<TripLabel>, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    repository::list_labels(&app.db, owner(actor, None)?).await
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
