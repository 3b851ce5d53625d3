//! Enquiries: whoever asks about a trip, or comes back to it, becomes a lead; and what travellers are told about their own.

use std::net::IpAddr;

use jiff::SignedDuration;

use super::{
    arriving::{Arrival, Cause},
    reading,
    scope::{Scope, require_offer},
    writing::Writer,
};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, caller::Caller, directory, service as accounts},
            user::{Role, User, UserId},
        },
        leads::{
            lead::{Lead, LeadSource},
            new_lead::{CheckedLead, NewLead},
            row::{Arrived, Enquiry, LeadDetail},
            server::repository,
        },
        subscriptions::server::service::has_crm_access,
        trips::{
            server::service as trips,
            trip::{TripId, Visibility},
            views::TripOffer,
        },
    },
    server::{
        mongo::limits::{self, Limit},
        state::App,
    },
    shared::{
        error::AppError,
        page::{Page, PageRequest},
    },
};

/// Enquiries from one address by people who are not signed in.
const STRANGERS: Limit = Limit { max: 30, window: SignedDuration::from_mins(10) };
/// From so many views on, a view is interest.
const VIEWS_THAT_COUNT: u64 = 2;

/// Makes a lead, or touches the one that is there: of one address and trip there is exactly one.
///
/// # Errors
/// [`AppError::TooManyRequests`] for people who are not signed in; for organizers [`AppError::NotFound`] when the trip is not
/// theirs and [`AppError::CrmAccessRequired`]; [`AppError::InvalidInput`] with everything that is wrong.
pub async fn create_lead(
    app: &App,
    actor: Option<&Actor>,
    caller: &Caller,
    input: NewLead,
) -> Result<Arrived, AppError> {
    match actor {
        None => enquire_as_stranger(app, caller.address, &input).await,
        Some(actor) if actor.role() == Role::User => enquire_as_traveller(app, actor, input).await,
        Some(actor) => {
            let (lead, is_new) = record_lead(app, actor, &input).await?;
            Ok(Arrived::Lead { lead: Box::new(lead), is_new })
        }
    }
}

/// Whether a traveller has asked about a trip, so that they know of it whatever becomes of it.
///
/// # Errors
/// When the database is away.
pub async fn has_enquired(app: &App, traveller: UserId, trip: TripId) -> Result<bool, AppError> {
    repository::is_of_user(&app.db, traveller, trip).await
}

async fn enquire_as_stranger(app: &App, address: IpAddr, input: &NewLead) -> Result<Arrived, AppError> {
    limits::count(app, &key_of(address), STRANGERS).await?;
    let (lead, trip) = check(app, input, None).await?;
    if !input.is_from_a_program() {
        arrive(app, None, None, (&trip, &lead), Cause::Asked).await?;
    }
    Ok(Arrived::Received)
}

async fn enquire_as_traveller(app: &App, actor: &Actor, input: NewLead) -> Result<Arrived, AppError> {
    let account = accounts::require_user(app, actor.user()).await?;
    let (new, trip) = check(app, &input.filled_from(&account), Some(Role::User)).await?;
    let (lead, is_new) = arrive(app, Some(actor), Some(&account), (&trip, &new), Cause::Asked).await?;
    if lead.user_id != Some(account.id) {
        return Ok(Arrived::Received);
    }
    let enquiry = enquiries(app, vec![lead]).await?.pop().ok_or(AppError::Internal)?;
    Ok(Arrived::Enquiry { enquiry, is_new })
}

/// Writes down that somebody is interested: what organizers and admins do. Whether the lead is new.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers; those of [`create_lead`].
pub async fn record_lead(app: &App, actor: &Actor, input: &NewLead) -> Result<(LeadDetail, bool), AppError> {
    let scope = Scope::of(app, actor).await?;
    let trip = scope.require_trip(app, input.trip_id).await?;
    scope.require_access()?;
    let new = input.check(Some(actor.role()), Some(&trip))?;
    let (lead, is_new) = arrive(app, Some(actor), None, (&trip, &new), Cause::Recorded).await?;
    Ok((reading::detail(app, actor, &scope, lead).await?, is_new))
}

/// Lets only those pass from whose address one more enquiry may come.
///
/// # Errors
/// [`AppError::TooManyRequests`] when too many came.
pub async fn check_enquiry_rate(app: &App, address: IpAddr) -> Result<(), AppError> {
    limits::check(app, &key_of(address), STRANGERS).await
}

fn key_of(address: IpAddr) -> String {
    format!("enquiry:{address}")
}

/// Notes that a signed-in traveller looked at a trip, so often within 7 days: it touches the lead that they are, and the second
/// view makes them one.
///
/// # Errors
/// When the database is away.
pub async fn note_trip_view(app: &App, actor: &Actor, trip: &TripOffer, views: u64) -> Result<(), AppError> {
    if actor.role() != Role::User {
        return Ok(());
    }
    let account = accounts::require_user(app, actor.user()).await?;
    if views < VIEWS_THAT_COUNT && !repository::exists(&app.db, trip.id, &account.email).await? {
        return Ok(());
    }
    let lead = CheckedLead {
        email: account.email.clone(),
        name: account.name.clone(),
        phone: account.phone.clone(),
        source: LeadSource::TripView,
        message: None,
        party_size: None,
        departure_id: None,
        notes: None,
    };
    let cause = Cause::Viewed(u32::try_from(views).unwrap_or(u32::MAX));
    arrive(app, Some(actor), Some(&account), (trip, &lead), cause).await?;
    Ok(())
}

/// A traveller's own enquiries, the newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for others, [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn list_enquiries(app: &App, actor: &Actor, request: &PageRequest) -> Result<Page<Enquiry>, AppError> {
    actor.require_role(&[Role::User])?;
    let Page { items, limit, next, total, total_capped } =
        repository::page_of_user(&app.db, actor.user(), request).await?;
    Ok(Page { items: enquiries(app, items).await?, limit, next, total, total_capped })
}

/// The enquiry, checked against a trip that everybody can see.
async fn check(app: &App, input: &NewLead, role: Option<Role>) -> Result<(CheckedLead, TripOffer), AppError> {
    let trip = match require_offer(app, input.trip_id).await {
        Ok(trip) => Some(trip).filter(|trip| trip.visibility == Visibility::Live),
        Err(AppError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let lead = input.check(role, trip.as_ref())?;
    Ok((lead, trip.ok_or(AppError::NotFound)?))
}

async fn arrive(
    app: &App,
    actor: Option<&Actor>,
    account: Option<&User>,
    (trip, lead): (&TripOffer, &CheckedLead),
    cause: Cause,
) -> Result<(Lead, bool), AppError> {
    let with_access = has_crm_access(app, trip.organizer, Role::Organizer).await?;
    let arrival = Arrival { writer: Writer::new(app, actor), trip, lead, account, cause, with_access };
    let arrival = &arrival;
    app.db
        .transaction(|mut tx| async move {
            let arrived = arrival.arrive(&mut tx).await?;
            tx.commit().await?;
            Ok(arrived)
        })
        .await
}

async fn enquiries(app: &App, leads: Vec<Lead>) -> Result<Vec<Enquiry>, AppError> {
    let offers = trips::find_offers(app, leads.iter().map(|lead| lead.trip_id)).await?;
    let people = directory::find_people(app, leads.iter().map(|lead| lead.assigned_to)).await?;
    Ok(leads
        .iter()
        .map(|lead| {
            let booked = lead.conversion.as_ref().and_then(|conversion| conversion.departure_id);
            let trip = reading::trip_of(&offers, lead, booked.or(lead.departure_id));
            Enquiry::new(lead, trip, reading::name_of(&people, lead.assigned_to))
        })
        .collect())
}
