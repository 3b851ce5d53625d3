//! Puts together what the pages about trips show: trips with the names, dates and figures around them, in words.

use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory, service as accounts},
            user::{Role, User, UserId},
        },
        chat::screens::{CHAT_PATH, NEW},
        leads::server::service as leads,
        trips::{
            changes::TripChanges,
            form::TripForm,
            landscape::{Landscape, choose_landscape, find_landscape},
            listing::{MyTripFilter, TripFilter},
            screens::{
                Asker, BookedSeats, DayBlock, DayLine, DepartureLine, MyTripRow, MyTripsView, NewTripView,
                OrganizerBlock, Picture, TripCardView, TripEditView, TripPageView, TripQuery, TripSearchView,
                VisibilityStep,
            },
            server::service,
            trip::{Departure, Difficulty, Trip, TripId, Visibility},
        },
        verifications::verification::VerificationStatus,
    },
    server::{
        state::App,
        zone::{INDIA, Zone, long_weekday_date},
    },
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
        page::{Page, PageRequest},
    },
};

/// How many trips a page of the search has.
const CARDS: u32 = 12;
/// How many trips a page of one's own list has.
const ROWS: u32 = 50;

/// The live trips that somebody searches for.
///
/// # Errors
/// [`AppError::InvalidInput`] for a difficulty or an order that does not exist.
pub async fn search(app: &App, query: TripQuery) -> Result<TripSearchView, AppError> {
    let request = PageRequest { limit: CARDS, cursor: query.cursor.clone() };
    let found = service::search_trips(app, filter_of(query)?, &request).await?;
    let regions = service::list_regions(app).await?;
    let zone = zone(app);
    let Page { items, limit, next, total, total_capped } = found.map(|trip| card_of(&trip, &zone));
    Ok(TripSearchView { cards: items, regions, total, total_capped, limit, next })
}

fn filter_of(query: TripQuery) -> Result<TripFilter, AppError> {
    let difficulty = query.difficulty.map(|name| {
        Difficulty::from_name(&name)
            .ok_or_else(|| AppError::field("difficulty", "There is no such difficulty. Choose one of the list."))
    });
    let sort = query.sort.map(|text| {
        text.parse().map_err(|_| AppError::field("sort", "There is no such order. Choose one of the list."))
    });
    Ok(TripFilter {
        q: query.q,
        difficulty: difficulty.transpose()?,
        region: query.region,
        sort: sort.transpose()?.unwrap_or_default(),
    })
}

fn card_of(trip: &Trip, zone: &Zone) -> TripCardView {
    let lines = lines_of(trip, zone);
    let next = lines.iter().find(|line| !line.is_full()).or(lines.first()).cloned();
    TripCardView {
        next,
        picture: picture_of(trip.landscape()),
        slug: trip.slug.clone(),
        title: trip.title.clone(),
        destination: trip.destination.clone(),
        region: trip.region.clone(),
        duration_days: trip.duration_days,
        difficulty: trip.difficulty,
        price: trip.price,
    }
}

/// The public page of a live trip; the view is tracked.
///
/// # Errors
/// [`AppError::NotFound`] when no live trip has that slug.
pub async fn open_trip(app: &App, actor: Option<&Actor>, slug: &str) -> Result<TripPageView, AppError> {
    let trip = service::open_trip(app, actor, slug).await?;
    let organizer = describe_organizer(app, &trip).await?;
    let asker = match actor {
        Some(actor) if actor.role() == Role::User => describe_asker(app, actor).await?,
        _ => Asker::default(),
    };
    let may_chat = actor.is_none_or(|actor| actor.role() == Role::User);
    Ok(page_of(app, trip, organizer, (asker, may_chat)))
}

fn page_of(app: &App, trip: Trip, organizer: OrganizerBlock, (asker, may_chat): (Asker, bool)) -> TripPageView {
    let departures = lines_of(&trip, &zone(app));
    let hero = picture_of(trip.landscape());
    let public = &app.config.public_url;
    TripPageView {
        group: departures.iter().map(|line| line.seats).max(),
        is_verified: trip.verification == VerificationStatus::Verified,
        photos: trip.photos.iter().filter_map(|name| find_landscape(name)).map(picture_of).collect(),
        days: trip
            .itinerary
            .iter()
            .map(|day| DayBlock { day: day.day, title: day.title.clone(), paragraphs: paragraphs(&day.text) })
            .collect(),
        paragraphs: paragraphs(&trip.description),
        measures: paragraphs(&trip.safety.measures),
        emergency_plan: paragraphs(&trip.safety.emergency_plan),
        chat_href: may_chat.then(|| format!("{CHAT_PATH}/{NEW}?trip={}", trip.id)),
        address: format!("{public}/trips/{}", trip.slug),
        image_address: format!("{public}{}", hero.url),
        hero,
        departures,
        organizer,
        asker,
        id: trip.id,
        slug: trip.slug,
        title: trip.title,
        destination: trip.destination,
        region: trip.region,
        summary: trip.summary,
        difficulty: trip.difficulty,
        duration_days: trip.duration_days,
        price: trip.price,
        inclusions: trip.inclusions,
        exclusions: trip.exclusions,
    }
}

async fn describe_organizer(app: &App, trip: &Trip) -> Result<OrganizerBlock, AppError> {
    let organizer = directory::require_person(app, trip.organizer).await?;
    let trips = service::count_live_trips(app, trip.organizer).await?;
    let median = leads::median_first_response(app, trip.organizer).await?;
    Ok(OrganizerBlock {
        name: organizer.name,
        since: zone(app).date_of(organizer.since).strftime("%B %Y").to_string(),
        live_trips: trips.live,
        verified_trips: trips.verified,
        answers: median.map(|time| answers_in_words(time.as_hours())),
    })
}

/// How fast somebody answers, from the hours that have passed in full.
fn answers_in_words(hours: i64) -> String {
    match hours {
        ..24 => format!("within {} h", hours + 1),
        _ => format!("within {} days", hours / 24 + 1),
    }
}

/// The organizer's own trips; for admins those of everybody.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
pub async fn list_own(app: &App, actor: &Actor, cursor: Option<String>) -> Result<MyTripsView, AppError> {
    let of_everybody = actor.role() == Role::Admin;
    let request = PageRequest { limit: ROWS, cursor };
    let zone = zone(app);
    let found = service::list_my_trips(app, actor, MyTripFilter::default(), &request).await?;
    let ids: Vec<TripId> = found.items.iter().map(|row| row.face.id).collect();
    let open = leads::count_open_leads(app, &ids).await?;
    let Page { items, limit, next, total, total_capped } = found.map(|row| MyTripRow {
        picture: picture_of(choose_landscape(std::slice::from_ref(&row.face.landscape), &row.face.region)),
        organizer: of_everybody.then_some(row.face.organizer.name),
        next: row.next_departure.map(|at| DayLine { at: at.to_string(), text: zone.weekday_date(at) }),
        id: row.face.id,
        title: row.face.title,
        region: row.face.region,
        visibility: row.visibility,
        verification: row.verification,
        seats_booked: row.seats_booked,
        seats: row.seats,
        open_leads: open.get(&row.face.id).copied().unwrap_or(0),
    });
    Ok(MyTripsView { rows: items, of_everybody, total, total_capped, limit, next })
}

/// What the page of a new trip needs.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
pub async fn prepare_new(app: &App, actor: &Actor) -> Result<NewTripView, AppError> {
    actor.require_role(&[Role::Organizer, Role::Admin])?;
    let organizers = match actor.role() {
        Role::Admin => {
            directory::list_organizers(app).await?.into_iter().map(|person| (person.id, person.name)).collect()
        }
        _ => Vec::new(),
    };
    Ok(NewTripView { organizers })
}

/// A trip for who may change it.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] for another organizer's.
pub async fn edit(app: &App, actor: &Actor, id: &str) -> Result<TripEditView, AppError> {
    let trip = service::require_own_trip(app, actor, id.parse().map_err(|_| AppError::NotFound)?).await?;
    let organizer = match actor.role() {
        Role::Admin => Some(describe_owner(app, trip.organizer).await?),
        _ => None,
    };
    let by = if actor.role() == Role::Admin { By::Admin } else { By::Organizer };
    let booked = trip
        .departures
        .iter()
        .map(|departure| BookedSeats { id: departure.id.to_string(), booked: departure.seats_booked });
    Ok(TripEditView {
        id: trip.id,
        version: trip.version,
        organizer,
        form: TripForm::of(&trip),
        booked: booked.collect(),
        visibility: trip.visibility,
        verification: trip.verification,
        steps: steps_of(&trip, by),
        public_path: format!("/trips/{}", trip.slug),
    })
}

fn steps_of(trip: &Trip, by: By) -> Vec<VisibilityStep> {
    let step = |to| trip.check_visibility(to, by).err().map(|refusal| refusal.message());
    trip.visibility
        .steps_for(by)
        .map(|row| VisibilityStep { verb: row.verb.into(), to: row.to, refusal: step(row.to) })
        .collect()
}

/// Takes a step of a trip's visibility; tells what was done.
///
/// # Errors
/// Those of `update_trip`.
pub async fn set_visibility(
    app: &App,
    actor: &Actor,
    id: &str,
    version: u32,
    to: &str,
) -> Result<&'static str, AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let visibility =
        Visibility::from_name(to).ok_or_else(|| AppError::field("to", "A trip is draft, live or paused."))?;
    service::update_trip(
        app,
        actor,
        id,
        TripChanges { version, visibility: Some(visibility), ..TripChanges::default() },
    )
    .await?;
    Ok(match visibility {
        Visibility::Live => "Travellers see the trip now.",
        Visibility::Draft | Visibility::Paused => "Travellers do not see the trip any more.",
    })
}

/// Makes or changes the trip that a form describes; tells its id.
///
/// # Errors
/// Those of `create_trip` and `update_trip`, with the rows named as the form has them.
pub async fn save(app: &App, actor: &Actor, form: TripForm) -> Result<TripId, AppError> {
    let input = form.read()?;
    let saved = if form.id.is_empty() {
        service::create_trip(app, actor, input).await
    } else {
        let id = form.id.parse().map_err(|_| AppError::NotFound)?;
        service::update_trip(app, actor, id, form.changes(input)?).await
    };
    saved.map(|trip| trip.id).map_err(|refusal| form.name_rows(refusal))
}

async fn describe_owner(app: &App, organizer: UserId) -> Result<String, AppError> {
    let people = directory::find_people(app, [organizer]).await?;
    Ok(people.get(&organizer).map_or_else(|| "A former organizer".to_owned(), |person| person.name.clone()))
}

async fn describe_asker(app: &App, actor: &Actor) -> Result<Asker, AppError> {
    let User { name, email, phone, .. } = accounts::require_user(app, actor.user()).await?;
    Ok(Asker { name, email: email.to_string(), phone: phone.map(|phone| phone.to_string()).unwrap_or_default() })
}

/// Departures are read in India, where they start.
fn zone(app: &App) -> Zone {
    Zone::new(INDIA, app.clock.now())
}

fn lines_of(trip: &Trip, zone: &Zone) -> Vec<DepartureLine> {
    trip.upcoming(zone.today()).map(|departure| line_of(trip, departure, zone)).collect()
}

fn line_of(trip: &Trip, departure: &Departure, zone: &Zone) -> DepartureLine {
    DepartureLine {
        id: departure.id,
        starts_on: departure.starts_on,
        starts: zone.weekday_date(departure.starts_on),
        starts_in_full: long_weekday_date(departure.starts_on),
        ends: trip.ends_on(departure.starts_on).strftime("%a %-d %b").to_string(),
        seats: departure.seats,
        seats_left: departure.seats_left(),
    }
}

fn picture_of(landscape: &Landscape) -> Picture {
    Picture {
        name: landscape.name.into(),
        url: landscape.url(),
        thumb_url: landscape.thumb_url(),
        description: landscape.description.into(),
    }
}

/// The paragraphs of a text; blank lines part them.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(str::to_owned).collect()
}
