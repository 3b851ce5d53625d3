//! What the forms of the pages send, read into the service's input.

use std::collections::BTreeMap;

use super::{head::address_of, lines::lines_of, read};
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        leads::{
            address::LeadsAddress,
            bulk::{BulkAction, Selection, describe_outcome, describe_step},
            changes::{BulkChange, BulkOutcome, LeadChanges},
            columns::LeadColumn,
            lead::{LeadId, LeadSource},
            listing::{Choice, LeadLine},
            new_lead::{MAX_NAME, NewLead},
            server::service,
            view::{NewView, ViewEntity, ViewFilter, ViewId, ViewLayout},
        },
        trips::{
            listing::MyTripFilter,
            server::service as trips,
            trip::{Trip, TripId},
        },
    },
    server::{
        notice::set_notice,
        state::App,
        zone::{Zone, long_date},
    },
    shared::{
        checks::Checks,
        contact::Email,
        error::AppError,
        page::{MAX_LIMIT, PageRequest},
        patch::Patch,
    },
};

/// The bar of actions below the list.
#[derive(Debug)]
pub struct BulkForm {
    /// The leads that were ticked.
    pub ids: Vec<String>,
    /// Whether all that match are meant.
    pub whole: bool,
    /// The query of the list.
    pub query: String,
    /// A [`BulkAction`].
    pub action: String,
    /// When to follow up, as an input has it.
    pub follow_up: Option<String>,
    /// A tag.
    pub tag: Option<String>,
}

/// A view as its form sends it.
#[derive(Debug)]
pub struct ViewForm {
    /// The view that is written anew; empty for a new one.
    pub id: String,
    /// The query of the list that is kept.
    pub query: String,
    /// Its name.
    pub name: String,
    /// Whether it stands in the sidebar.
    pub pinned: bool,
    /// Whether a new view is made although there is an id.
    pub as_new: bool,
}

/// A lead that is added by hand, as its form sends it.
#[derive(Debug)]
pub struct LeadForm {
    /// A trip, or `trip:departure`.
    pub trip: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The number.
    pub phone: String,
    /// A source.
    pub source: String,
    /// How many people.
    pub party_size: String,
    /// What they said.
    pub message: String,
}

/// Does what the bar says to the leads it means.
///
/// # Errors
/// [`AppError::InvalidInput`] when nothing was ticked or the action needs more; those of [`service::change_leads`].
pub async fn change_many(app: &App, actor: &Actor, form: BulkForm) -> Result<BulkOutcome, AppError> {
    let selection = read_selection(&form)?;
    let change = read_change(&Zone::new(actor.time_zone(), app.clock.now()), &form)?;
    let outcome = service::change_leads(app, actor, selection, change).await?;
    set_notice(&describe_outcome(&outcome));
    Ok(outcome)
}

fn read_selection(form: &BulkForm) -> Result<Selection, AppError> {
    if form.whole {
        return Ok(Selection::Matching(read(&LeadsAddress::from_query(&form.query))?.filter));
    }
    let ids =
        form.ids.iter().map(|id| id.parse().map_err(|_| AppError::NotFound)).collect::<Result<Vec<LeadId>, _>>()?;
    Selection::of(ids)
}

fn read_change(zone: &Zone, form: &BulkForm) -> Result<BulkChange, AppError> {
    let tag = || {
        let tag = form.tag.as_deref().unwrap_or_default().trim();
        if tag.is_empty() { Err(AppError::field("tag", "Write the tag first.")) } else { Ok(tag.to_owned()) }
    };
    match BulkAction::from_name(&form.action) {
        Some(BulkAction::Move(status, reason)) => Ok(BulkChange::Status(status, reason)),
        Some(BulkAction::NoFollowUp) => Ok(BulkChange::FollowUp(None)),
        Some(BulkAction::FollowUp) => match zone.read_input(form.follow_up.as_deref().unwrap_or_default()) {
            Some(at) => Ok(BulkChange::FollowUp(Some(at))),
            None => Err(AppError::field("followUp", "Choose when to follow up.")),
        },
        Some(BulkAction::Tag) => tag().map(BulkChange::AddTag),
        Some(BulkAction::Untag) => tag().map(BulkChange::RemoveTag),
        None => Err(AppError::field("action", "Choose what to do with these leads.")),
    }
}

/// Moves a card.
///
/// # Errors
/// Those of [`service::change_lead`].
pub async fn move_card(app: &App, actor: &Actor, id: LeadId, to: &str, version: u32) -> Result<LeadLine, AppError> {
    let Some(BulkAction::Move(status, reason)) = BulkAction::from_name(to) else {
        return Err(AppError::field("to", "Choose where to move this lead."));
    };
    let lost_reason = reason.map_or(Patch::Keep, Patch::Set);
    let changes = LeadChanges { status: Some(status), lost_reason, ..LeadChanges::to_version(version) };
    let lead = service::change_lead(app, actor, id, changes, None).await?;
    set_notice(&describe_step(&lead.row.name, status));
    lines_of(app, actor, vec![lead.row]).await?.pop().ok_or(AppError::Internal)
}

/// Keeps a view, and says where it is.
///
/// # Errors
/// Those of [`service::create_view`] and [`service::update_view`].
pub async fn save_view(app: &App, actor: &Actor, form: ViewForm) -> Result<String, AppError> {
    let address = LeadsAddress::from_query(&form.query);
    let filter: BTreeMap<String, String> =
        address.filter_pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let columns = LeadColumn::read_many(&address.columns, actor.role() == Role::Admin)
        .into_iter()
        .map(|column| column.as_str().to_owned());
    let view = NewView {
        name: form.name,
        entity: ViewEntity::Leads,
        layout: if address.is_board() { ViewLayout::Board } else { ViewLayout::List },
        filter: ViewFilter(filter),
        sort: Some(address.sort.clone()).filter(|sort| !sort.is_empty()),
        columns: columns.collect(),
        pinned: form.pinned,
    };
    let view = if form.id.is_empty() || form.as_new {
        service::create_view(app, actor, view).await?
    } else {
        service::update_view(app, actor, read_view_id(&form.id)?, view).await?
    };
    set_notice(&format!("“{}” is saved.", view.name));
    Ok(address_of(&view, actor).href())
}

/// Forgets a view.
///
/// # Errors
/// Those of [`service::delete_view`].
pub async fn delete_view(app: &App, actor: &Actor, id: &str) -> Result<(), AppError> {
    service::delete_view(app, actor, read_view_id(id)?).await?;
    set_notice("The view is deleted.");
    Ok(())
}

fn read_view_id(id: &str) -> Result<ViewId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

/// The trips that a lead can be about, each without a date and with each of its departures to come.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers.
pub async fn load_trip_choices(app: &App, actor: &Actor) -> Result<Vec<Choice>, AppError> {
    let (mut choices, mut request) = (Vec::new(), PageRequest { limit: MAX_LIMIT, cursor: None });
    loop {
        let page = trips::search_my_trips(app, actor, MyTripFilter::default(), &request).await?;
        choices.extend(page.items.iter().flat_map(|trip| choices_of(app, trip)));
        match page.next {
            Some(cursor) => request.cursor = Some(cursor),
            None => return Ok(choices),
        }
    }
}

fn choices_of(app: &App, trip: &Trip) -> Vec<Choice> {
    let whole = Choice { value: trip.id.to_string(), label: format!("{}, no date yet", trip.title) };
    let dates = trip.upcoming(trips::today(app)).map(|departure| Choice {
        value: format!("{}:{}", trip.id, departure.id),
        label: format!(
            "{}, {} ({})",
            trip.title,
            long_date(departure.starts_on),
            seats_in_words(departure.seats_left())
        ),
    });
    [whole].into_iter().chain(dates).collect()
}

fn seats_in_words(left: u32) -> String {
    match left {
        0 => "full".to_owned(),
        1 => "1 seat left".to_owned(),
        left => format!("{left} seats left"),
    }
}

/// Adds a lead by hand, and says where its page is.
///
/// # Errors
/// Those of [`service::record_lead`].
pub async fn add_lead(app: &App, actor: &Actor, form: LeadForm) -> Result<String, AppError> {
    let (lead, is_new) = service::record_lead(app, actor, &read_lead(form)?).await?;
    set_notice(if is_new { "The lead is added." } else { "They were there already; what is new was added." });
    Ok(format!("/leads/{}", lead.row.id))
}

fn read_lead(form: LeadForm) -> Result<NewLead, AppError> {
    let mut checks = Checks::new();
    let (trip, departure) =
        form.trip.split_once(':').map_or((form.trip.as_str(), None), |(trip, day)| (trip, Some(day)));
    let trip: Option<TripId> = trip.parse().ok();
    checks.require("tripId", trip.is_some(), "Choose the trip they are interested in.");
    let source = LeadSource::from_name(&form.source);
    checks.require("source", source.is_some() || form.source.is_empty(), "Choose how they came.");
    let party = form.party_size.trim();
    let party_size = party.parse().ok();
    checks.require("partySize", party_size.is_some() || party.is_empty(), "Enter a number of people, such as 2.");
    // The service checks these as well, but is not asked while something above is wrong: all of it is to be told at once.
    checks.text("name", "The name", &form.name, MAX_NAME);
    checks.take("email", form.email.parse::<Email>());
    checks.finish()?;
    let text = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    Ok(NewLead {
        email: text(form.email),
        name: text(form.name),
        phone: text(form.phone),
        source,
        message: text(form.message),
        party_size,
        departure_id: departure.and_then(|id| id.parse().ok()),
        ..NewLead::about(trip.ok_or(AppError::Internal)?)
    })
}
