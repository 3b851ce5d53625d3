//! What the forms of the page send, as texts, made into what the service takes. Each says in a sentence what it did.

use jiff::ToSpan;

use super::{read_id, service};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            bulk::describe_step,
            changes::{LeadChanges, NewConversion},
            lead::LostReason,
            profile::StepTaken,
            status::LeadStatus,
            timeline::{InteractionKind, NewInteraction},
        },
    },
    server::{notice::set_notice, state::App, zone::Zone},
    shared::{checks::Checks, error::AppError, lifecycle::Lifecycle, money::Money, patch::Patch, time::Time},
};

const PEOPLE: &str = "Enter a whole number of people.";
const RUPEES: &str = "Enter an amount in rupees, such as 37,800.";

/// A step, and why.
#[derive(Debug)]
pub struct StepForm {
    /// The version that was seen.
    pub version: u32,
    /// The status to move to.
    pub to: String,
    /// The reason of `lost`.
    pub reason: Option<String>,
    /// What else there is to say.
    pub note: Option<String>,
}

/// Something that happened.
#[derive(Debug)]
pub struct LogForm {
    /// Its kind.
    pub kind: String,
    /// What was said.
    pub text: String,
    /// When to get back to them, as [`read_when`] knows it.
    pub follow_up: Option<String>,
}

/// A booking.
#[derive(Debug)]
pub struct ConvertForm {
    /// The departure; empty for none.
    pub departure_id: Option<String>,
    /// How many people.
    pub party_size: String,
    /// What they pay together, in rupees.
    pub amount: String,
    /// What else was agreed.
    pub note: Option<String>,
}

/// Takes a step. What there is to say about it is kept as a note of the timeline.
///
/// # Errors
/// Those of [`service::change_lead`].
pub async fn take_step(app: &App, actor: &Actor, id: &str, form: StepForm) -> Result<StepTaken, AppError> {
    let id = read_id(id)?;
    let to = LeadStatus::from_name(&form.to)
        .ok_or_else(|| AppError::field("to", "There is no such stage. Choose one of the buttons."))?;
    let reason = match filled(form.reason) {
        Some(name) => Patch::Set(
            LostReason::from_name(&name).ok_or_else(|| AppError::field("lostReason", "Choose one of the reasons."))?,
        ),
        None => Patch::Keep,
    };
    let note = filled(form.note).map(|text| NewInteraction { kind: InteractionKind::Note, text, at: None });
    if let Some(note) = &note {
        note.check(app.clock.now()).map_err(|error| rename(error, "text", "note"))?;
    }
    let changes = LeadChanges { status: Some(to), lost_reason: reason, ..LeadChanges::to_version(form.version) };
    let lead = service::change_lead(app, actor, id, changes, note).await?;
    let from = lead.history.last().map_or(to, |step| step.from);
    set_notice(&describe_step(&lead.row.name, to));
    Ok(StepTaken { id, from, to, version: lead.row.version })
}

/// Writes down what happened, and when to get back to them.
///
/// # Errors
/// Those of [`service::add_interaction`].
pub async fn log_interaction(app: &App, actor: &Actor, id: &str, form: LogForm) -> Result<(), AppError> {
    let id = read_id(id)?;
    let kind = InteractionKind::from_name(&form.kind)
        .ok_or_else(|| AppError::field("kind", "Choose what it was: a call, an e-mail, a note."))?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let follow_up = match filled(form.follow_up) {
        Some(when) => Patch::Set(read_when(&zone, &when)?),
        None => Patch::Keep,
    };
    let said = NewInteraction { kind, text: form.text, at: None };
    service::add_interaction(app, actor, id, said, follow_up).await?;
    set_notice(&match follow_up {
        Patch::Set(at) => format!("{} is logged, the follow-up is {}.", kind.label(), zone.weekday_stamp(at).text),
        _ => format!("{} is logged.", kind.label()),
    });
    Ok(())
}

/// Changes one fact; an empty value clears it.
///
/// # Errors
/// Those of [`service::change_lead`].
pub async fn change_fact(
    app: &App,
    actor: &Actor,
    id: &str,
    version: u32,
    (fact, value): (&str, &str),
) -> Result<(), AppError> {
    let id = read_id(id)?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let changes = read_fact(&zone, LeadChanges::to_version(version), fact, value.trim())?;
    let at = changes.next_follow_up_at;
    service::change_lead(app, actor, id, changes, None).await?;
    match at {
        Patch::Set(at) => set_notice(&format!("The follow-up is {}.", zone.weekday_stamp(at).text)),
        Patch::Clear => set_notice("The follow-up is done."),
        Patch::Keep => set_notice("The change is saved."),
    }
    Ok(())
}

fn read_fact(zone: &Zone, mut changes: LeadChanges, fact: &str, value: &str) -> Result<LeadChanges, AppError> {
    match fact {
        "follow_up" => changes.next_follow_up_at = patch(value, |text| read_when(zone, text))?,
        "departure" => {
            changes.departure_id = patch(value, |text| {
                text.parse().map_err(|_| AppError::field("departureId", "Choose a departure of this trip."))
            })?;
        }
        "party" => changes.party_size = patch(value, |text| read_number("partySize", text))?,
        "value" => changes.estimated_value = patch(value, |text| read_amount("estimatedValue", text))?,
        "name" => changes.name = Some(value.to_owned()),
        "phone" => changes.phone = patch(value, |text| Ok(text.to_owned()))?,
        "tags" => {
            changes.tags =
                Some(value.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect());
        }
        "notes" => changes.notes = patch(value, |text| Ok(text.to_owned()))?,
        _ => return Err(AppError::field("fact", "There is no such fact.")),
    }
    Ok(changes)
}

/// Makes a booking.
///
/// # Errors
/// Those of [`service::convert_lead`].
pub async fn convert_lead(app: &App, actor: &Actor, id: &str, form: ConvertForm) -> Result<(), AppError> {
    let id = read_id(id)?;
    let booking = read_booking(form)?;
    let lead = service::convert_lead(app, actor, id, booking).await?;
    set_notice(&format!("{} is booked.", lead.row.name));
    Ok(())
}

/// The booking, or everything that is wrong with it.
fn read_booking(form: ConvertForm) -> Result<NewConversion, AppError> {
    let mut checks = Checks::new();
    let departure = filled(form.departure_id).map(|text| text.parse().map_err(|_| "Choose a departure of this trip."));
    let departure_id = departure.and_then(|departure| checks.take("departureId", departure));
    let party_size = checks.take("partySize", form.party_size.trim().parse().map_err(|_| PEOPLE));
    let amount = checks.take("amount", Money::parse(&form.amount).ok_or(RUPEES));
    checks.finish()?;
    let (party_size, amount) = party_size.zip(amount).ok_or(AppError::Internal)?;
    Ok(NewConversion { departure_id, party_size, amount, note: filled(form.note) })
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn patch<T>(value: &str, read: impl FnOnce(&str) -> Result<T, AppError>) -> Result<Patch<T>, AppError> {
    if value.is_empty() { Ok(Patch::Clear) } else { read(value).map(Patch::Set) }
}

fn read_number(field: &str, text: &str) -> Result<u32, AppError> {
    text.trim().parse().map_err(|_| AppError::field(field, PEOPLE))
}

fn read_amount(field: &str, text: &str) -> Result<Money, AppError> {
    Money::parse(text).ok_or_else(|| AppError::field(field, RUPEES))
}

/// When to get back to somebody: `in:1h`; `in:2d` (at nine in the morning); a day; a day with a time.
fn read_when(zone: &Zone, text: &str) -> Result<Time, AppError> {
    let unknown = || AppError::field("nextFollowUpAt", "Choose a day and a time.");
    let Some(distance) = text.strip_prefix("in:") else { return zone.read_input(text).ok_or_else(unknown) };
    if let Some(hours) = distance.strip_suffix('h').and_then(|hours| hours.parse::<u8>().ok()) {
        return Ok(zone.now() + jiff::SignedDuration::from_hours(hours.into()));
    }
    let days = distance.strip_suffix('d').and_then(|days| days.parse::<u8>().ok()).ok_or_else(unknown)?;
    let day = zone.today().saturating_add(i64::from(days).days());
    zone.read_input(&day.to_string()).ok_or_else(unknown)
}

/// The same refusal under the name that the field has in this form.
fn rename(error: AppError, from: &str, to: &str) -> AppError {
    let AppError::InvalidInput(mut fields) = error else { return error };
    if let Some(messages) = fields.remove(from) {
        fields.insert(to.to_owned(), messages);
    }
    AppError::InvalidInput(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday 24 November 2026, 10:42 in India.
    fn zone() -> Zone {
        Zone::new("Asia/Kolkata", time("2026-11-24T10:42:00+05:30"))
    }

    fn time(text: &str) -> Time {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn a_follow_up_is_in_so_many_hours_or_days_or_at_a_time() {
        for (text, at) in [
            ("in:1h", "2026-11-24T11:42:00+05:30"),
            ("in:2d", "2026-11-26T09:00:00+05:30"),
            ("2026-12-01", "2026-12-01T09:00:00+05:30"),
            ("2026-12-01T18:30", "2026-12-01T18:30:00+05:30"),
        ] {
            assert_eq!(read_when(&zone(), text), Ok(time(at)), "{text}");
        }
        for wrong in ["soon", "in:", "in:3w", "in:-1d", "in:999d"] {
            assert!(read_when(&zone(), wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_empty_fact_is_cleared_and_the_others_stay() {
        let read = |fact, value| read_fact(&zone(), LeadChanges::to_version(3), fact, value).unwrap();
        assert_eq!(read("party", "").party_size, Patch::Clear);
        assert_eq!(read("party", "4").party_size, Patch::Set(4));
        assert_eq!(read("party", "4").estimated_value, Patch::Keep);
        assert_eq!(read("value", "37,800").estimated_value, Patch::Set(Money::rupees(37_800)));
        assert_eq!(read("tags", "first snow, , group").tags, Some(vec!["first snow".into(), "group".into()]));
    }

    #[test]
    fn what_is_no_number_is_refused_at_its_field() {
        let refuse = |fact, value| read_fact(&zone(), LeadChanges::to_version(3), fact, value).unwrap_err().fields();
        assert!(refuse("party", "four").contains_key("partySize"));
        assert!(refuse("value", "-5").contains_key("estimatedValue"));
        assert!(refuse("departure", "x").contains_key("departureId"));
        assert!(refuse("status", "lost").contains_key("fact"));
    }
}
