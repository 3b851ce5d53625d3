//! What happened to a lead, by day: interactions, steps, visits to the trip, and changes of facts out of the audit trail.

use serde_json::Value;

use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::UserId,
        },
        activities::{activity::ActivityKind, server::service as activities},
        leads::{
            profile::{Entry, Happening, TimelineDay},
            row::{LeadDetail, LeadRow},
            timeline::{Author, Side},
        },
        trips::trip::{DepartureId, Trip},
    },
    server::{
        mongo::audit::{self, Trail},
        state::App,
        zone::Zone,
    },
    shared::{
        audit::{AuditChange, AuditEntity, AuditRow},
        error::AppError,
        id::Id,
        money::Money,
        page::PageRequest,
        time::{Date, Time},
    },
};

/// How many visits are shown.
const VISITS: i64 = 50;
/// How many changes are looked through.
const CHANGES: u32 = 200;

/// What happened beside the conversation.
pub(super) struct Around<'a> {
    pub(super) visits: Vec<Time>,
    pub(super) changes: Vec<(String, AuditRow)>,
    pub(super) trip: &'a Trip,
}

/// When the traveller looked at the trip, as far as they were signed in.
pub(super) async fn visits(app: &App, row: &LeadRow) -> Result<Vec<Time>, AppError> {
    match row.user_id {
        Some(user) => activities::list_times(app, user, ActivityKind::TripViewed, row.trip_id, VISITS).await,
        None => Ok(Vec::new()),
    }
}

/// Who changed which facts.
pub(super) async fn changes(app: &App, row: &LeadRow) -> Result<Vec<(String, AuditRow)>, AppError> {
    let trail =
        Trail { entity: Some(AuditEntity::Lead), entity_id: Some(Id::from_bytes(row.id.bytes())), ..Trail::default() };
    let rows = audit::page(&app.db, &trail, &PageRequest { limit: CHANGES, cursor: None }).await?.items;
    let rows: Vec<_> = rows.into_iter().filter(|row| row.actor.is_some() && row.action == "change").collect();
    let people = directory::find_people(app, rows.iter().filter_map(actor_of)).await?;
    let name = |id: Option<UserId>| {
        id.and_then(|id| people.get(&id)).map_or_else(|| "Somebody".into(), |person| person.name.clone())
    };
    Ok(rows.into_iter().map(|row| (name(actor_of(&row)), row)).collect())
}

fn actor_of(row: &AuditRow) -> Option<UserId> {
    row.actor.as_ref().and_then(|actor| actor.id.parse().ok())
}

/// Everything, by day in the viewer's zone, the newest first.
pub(super) fn days_of(actor: &Actor, zone: &Zone, lead: &LeadDetail, around: Around<'_>) -> Vec<TimelineDay> {
    let mut entries = entries_of(actor, zone, lead, &around);
    // What happened in the same moment stays in the order of telling: a step after what caused it.
    entries.sort_by_key(|entry| entry.moment.at);
    entries.reverse();
    let mut days: Vec<(Date, TimelineDay)> = Vec::new();
    for entry in entries {
        let date = zone.date_of(entry.moment.at);
        match days.last_mut() {
            Some((last, day)) if *last == date => day.entries.push(entry),
            _ => days.push((date, TimelineDay { label: zone.day_heading(date), entries: vec![entry] })),
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

fn entries_of(actor: &Actor, zone: &Zone, lead: &LeadDetail, around: &Around<'_>) -> Vec<Entry> {
    let entry = |what, who, from_traveller, at| Entry { what, who, from_traveller, moment: zone.hour(at) };
    let arrived = Happening::Arrived { source: lead.row.source.label().to_owned() };
    let arrived = entry(arrived, lead.row.name.clone(), true, lead.row.created_at);
    let said = lead.interactions.iter().map(|said| {
        let what = Happening::Interaction { kind: said.kind, text: said.text.clone() };
        entry(what, name_of(actor, &said.by), said.by.side == Side::Traveller, said.at)
    });
    let moved = lead.history.iter().map(|step| {
        let what = Happening::Moved { from: step.from, to: step.to, note: step.note.clone() };
        entry(what, name_of(actor, &step.by), step.by.side == Side::Traveller, step.at)
    });
    let viewed = around.visits.iter().map(|at| entry(Happening::Viewed, lead.row.name.clone(), true, *at));
    let changed = around.changes.iter().flat_map(|(name, row)| {
        let who = if actor_of(row) == Some(actor.user()) { "You".to_owned() } else { name.clone() };
        let texts = row.changes.iter().filter_map(|change| match change.field.as_str() {
            // A number that is masked above is not told here.
            "phone" if lead.row.contact_masked => Some("the phone number".to_owned()),
            _ => describe(zone, around.trip, change),
        });
        texts.map(move |text| entry(Happening::Changed { text }, who.clone(), false, row.at)).collect::<Vec<_>>()
    });
    std::iter::once(arrived).chain(said).chain(moved).chain(viewed).chain(changed).collect()
}

fn name_of(actor: &Actor, by: &Author) -> String {
    if by.id == Some(actor.user()) { "You".to_owned() } else { by.name.clone() }
}

/// A change of a fact in words; what is told elsewhere (steps), or follows from other facts (the score), is left out.
fn describe(zone: &Zone, trip: &Trip, change: &AuditChange) -> Option<String> {
    let word = match change.field.as_str() {
        "partySize" => "the party",
        "departureId" => "the departure",
        "estimatedValue" => "the value",
        "nextFollowUpAt" => "the follow-up",
        "name" => "the name",
        "phone" => "the phone number",
        "tags" => "the tags",
        "notes" => return Some("the notes".to_owned()),
        _ => return None,
    };
    let show = |value: &Value| show(zone, trip, &change.field, value);
    Some(match (show(&change.from), show(&change.to)) {
        (None, Some(to)) => format!("{word} to {to}"),
        (Some(from), None) => format!("{word} from {from} to nothing"),
        (Some(from), Some(to)) => format!("{word} from {from} to {to}"),
        (None, None) => word.to_owned(),
    })
}

fn show(zone: &Zone, trip: &Trip, field: &str, value: &Value) -> Option<String> {
    match field {
        "estimatedValue" => serde_json::from_value::<Money>(value.clone()).ok().map(|money| money.to_string()),
        "nextFollowUpAt" => read_time(value).map(|at| zone.weekday_stamp(at).text),
        "departureId" => {
            let id = value.get("$oid").unwrap_or(value).as_str()?.parse::<DepartureId>().ok()?;
            Some(
                trip.departure(id)
                    .map_or_else(|| "a former one".to_owned(), |departure| zone.weekday_date(departure.starts_on)),
            )
        }
        "tags" => {
            let tags: Vec<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
            (!tags.is_empty()).then(|| tags.join(", "))
        }
        _ => match value {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        },
    }
}

/// A date as the database hands it out to JSON: `{ "$date": { "$numberLong": "…" } }`, or RFC 3339.
fn read_time(value: &Value) -> Option<Time> {
    match value.pointer("/$date/$numberLong").and_then(Value::as_str) {
        Some(millis) => millis.parse().ok().map(Time::from_millis),
        None => serde_json::from_value(value.get("$date").unwrap_or(value).clone()).ok(),
    }
}
