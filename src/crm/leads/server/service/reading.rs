//! Leads are read: one by one, as a list, as a board.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;

use super::scope::Scope;
use crate::{
    crm::{
        accounts::{
            server::{
                actor::Actor,
                directory::{self, Person},
            },
            user::UserId,
        },
        leads::{
            filter::{LeadFilter, LeadQuery, LeadSort},
            lead::{Lead, LeadId},
            row::{Around, Board, Column, LeadDetail, LeadRow, LeadTrip},
            server::repository::{self, Among, Entry, Sum},
            status::LeadStatus,
        },
        trips::{
            server::service as trips,
            trip::{DepartureId, TripId},
            views::TripOffer,
        },
    },
    server::state::App,
    shared::{
        error::AppError,
        lifecycle::Lifecycle,
        money::Money,
        page::{Page, PageRequest, TOTAL_CAP},
    },
};

/// Cards of a column at first.
const CARDS: u32 = 50;

/// A page of the leads that somebody works.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::InvalidInput`] for another organizer's, [`AppError::MalformedRequest`] for
/// a cursor of another list.
pub async fn list_leads(app: &App, actor: &Actor, query: &LeadQuery) -> Result<Page<LeadRow>, AppError> {
    let scope = Scope::of(app, actor).await?;
    let among = scope.among(app, &query.filter)?;
    let (count, (leads, next)) = futures_util::try_join!(
        count_among(app, &query.filter, &among),
        repository::slice(&app.db, &query.filter, &among, query.sort, &query.page),
    )?;
    let (total, total_capped) = (count.min(TOTAL_CAP), count > TOTAL_CAP);
    Ok(Page { items: rows(app, actor, &scope, leads).await?, limit: query.page.limit, next, total, total_capped })
}

/// A lead in full.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] when it is absent or another organizer's.
pub async fn require_lead(app: &App, actor: &Actor, id: LeadId) -> Result<LeadDetail, AppError> {
    let scope = Scope::of(app, actor).await?;
    let lead = scope.require_lead(app, id).await?;
    detail(app, actor, &scope, lead).await
}

/// The pipeline: a column for each status of the filter (none given: for every one), with its first cards.
///
/// # Errors
/// As [`list_leads`].
pub async fn show_board(app: &App, actor: &Actor, filter: &LeadFilter, sort: LeadSort) -> Result<Board, AppError> {
    let scope = Scope::of(app, actor).await?;
    let among = scope.among(app, filter)?;
    let statuses = if filter.status.is_empty() { LeadStatus::ALL } else { &filter.status };
    let totals = kept_totals(app, filter, &among).await?;
    let columns = statuses.iter().map(|&status| {
        let filter = LeadFilter { status: vec![status], ..filter.clone() };
        let totals = totals.as_ref();
        async move {
            let sum = match totals {
                Some(totals) => totals.get(&status).copied().unwrap_or_default(),
                None => repository::sum(&app.db, &filter, &among, TOTAL_CAP + 1).await?,
            };
            let first = PageRequest { limit: CARDS, cursor: None };
            let (leads, next) = repository::slice(&app.db, &filter, &among, sort, &first).await?;
            let count_capped = totals.is_none() && sum.count > TOTAL_CAP;
            let count = if count_capped { TOTAL_CAP } else { sum.count };
            let cards = rows(app, actor, &scope, leads).await?;
            Ok::<_, AppError>(Column { status, count, count_capped, value: sum.value, cards, next })
        }
    });
    Ok(Board { columns: try_join_all(columns).await? })
}

/// How many leads match, by status, and what they are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many, counted up to 1,000 unless they come from the totals that are kept.
    pub count: u64,
    /// Whether there are more.
    pub count_capped: bool,
    /// What the counted ones are worth.
    pub value: Money,
}

/// How many of somebody's leads match, and what they are worth together (for the foot of a list, the chips above it and the to-dos).
///
/// # Errors
/// As [`list_leads`].
pub async fn sum_leads(app: &App, actor: &Actor, filter: &LeadFilter) -> Result<Summary, AppError> {
    let scope = Scope::of(app, actor).await?;
    let among = scope.among(app, filter)?;
    if let Some(Sum { count, value }) = kept_sum(app, filter, &among).await? {
        return Ok(Summary { count, count_capped: false, value });
    }
    let Sum { count, value } = repository::sum(&app.db, filter, &among, TOTAL_CAP + 1).await?;
    Ok(Summary { count: count.min(TOTAL_CAP), count_capped: count > TOTAL_CAP, value })
}

/// How many of somebody's leads match; `None` beyond what is counted (for the chips above a list).
///
/// # Errors
/// As [`list_leads`].
pub async fn count_leads(app: &App, actor: &Actor, filter: &LeadFilter) -> Result<Option<u64>, AppError> {
    let scope = Scope::of(app, actor).await?;
    let among = scope.among(app, filter)?;
    let is_exact = filter.is_kept_in_totals();
    Ok(Some(count_among(app, filter, &among).await?).filter(|count| is_exact || *count <= TOTAL_CAP))
}

/// How many leads match: all of them where that is kept, else up to one more than are told.
async fn count_among(app: &App, filter: &LeadFilter, among: &Among) -> Result<u64, AppError> {
    match kept_sum(app, filter, among).await? {
        Some(sum) => Ok(sum.count),
        None => repository::count(&app.db, filter, among, TOTAL_CAP + 1).await,
    }
}

/// The sum of the totals that are kept, where they know what the filter asks for.
async fn kept_sum(app: &App, filter: &LeadFilter, among: &Among) -> Result<Option<Sum>, AppError> {
    let Some(totals) = kept_totals(app, filter, among).await? else { return Ok(None) };
    let wanted = |status: &LeadStatus| filter.status.is_empty() || filter.status.contains(status);
    let sums = totals.into_iter().filter(|(status, _)| wanted(status)).map(|(_, sum)| sum);
    let (count, value) = sums.fold((0, 0), |(count, value), sum| (count + sum.count, value + sum.value.amount));
    Ok(Some(Sum { count, value: Money::paise(value) }))
}

/// The totals by status, when the filter asks for nothing that they are not kept by.
async fn kept_totals(
    app: &App,
    filter: &LeadFilter,
    among: &Among,
) -> Result<Option<BTreeMap<LeadStatus, Sum>>, AppError> {
    if !filter.is_kept_in_totals() {
        return Ok(None);
    }
    repository::sum_by_status(&app.db, among.organizer, filter.trip_id).await.map(Some)
}

/// A lead in full, for somebody who may see it.
pub(super) async fn detail(app: &App, actor: &Actor, scope: &Scope, lead: Lead) -> Result<LeadDetail, AppError> {
    let (mut interactions, mut history) = (Vec::new(), Vec::new());
    for entry in repository::timeline(&app.db, lead.id).await? {
        match entry {
            Entry::Interaction(interaction) => interactions.push(interaction),
            Entry::StatusChange(change) => history.push(change),
        }
    }
    let allowed_next = lead.status.allowed_next(scope.by);
    let row = rows(app, actor, scope, vec![lead]).await?.pop().ok_or(AppError::Internal)?;
    Ok(LeadDetail::new(row, interactions, history, allowed_next))
}

/// The rows of some leads, with the names of their trips and organizers.
async fn rows(app: &App, actor: &Actor, scope: &Scope, leads: Vec<Lead>) -> Result<Vec<LeadRow>, AppError> {
    let offers = trips::find_offers(app, leads.iter().map(|lead| lead.trip_id)).await?;
    let others = leads.iter().map(|lead| lead.assigned_to).filter(|&organizer| organizer != actor.user());
    let people = directory::find_people(app, others).await?;
    let now = app.clock.now();
    Ok(leads
        .into_iter()
        .map(|lead| {
            let trip = trip_of(&offers, &lead, lead.departure_id);
            let is_own = lead.assigned_to == actor.user();
            let organizer = if is_own { actor.name().to_owned() } else { name_of(&people, lead.assigned_to) };
            LeadRow::new(lead, Around { trip: &trip, organizer: &organizer, has_access: scope.has_access, now })
        })
        .collect())
}

/// The trip of a lead, with that departure.
pub(super) fn trip_of(offers: &BTreeMap<TripId, TripOffer>, lead: &Lead, departure: Option<DepartureId>) -> LeadTrip {
    match offers.get(&lead.trip_id) {
        Some(offer) => LeadTrip::new(offer, departure),
        None => LeadTrip { slug: String::new(), title: "A former trip".into(), starts_on: None, seats_left: None },
    }
}

/// The name of an organizer.
pub(super) fn name_of(people: &BTreeMap<UserId, Person>, organizer: UserId) -> String {
    people.get(&organizer).map_or_else(|| "A former organizer".into(), |person| person.name.clone())
}
