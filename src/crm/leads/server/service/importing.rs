//! Leads are imported from a file: good lines arrive like any other lead, broken ones are reported by their number.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use super::{
    arriving::{Arrival, Came, Cause},
    scope::Scope,
    telling::tell_of_import,
    writing::Writer,
};
use crate::{
    crm::{
        accounts::{
            server::actor::Actor,
            user::{Role, UserId},
        },
        leads::{
            changes::MAX_NOTES,
            import::{FailedLine, ImportOutcome},
            new_lead::{CheckedLead, NewLead},
            server::{
                csv_format::{self, Line},
                repository,
            },
        },
        notifications::notification::SubjectId,
        subscriptions::server::service::has_crm_access,
        trips::{
            server::service as trips,
            trip::TripId,
            views::{TripLabel, TripOffer},
        },
    },
    server::{mongo::Tx, state::App},
    shared::{
        checks::Checks,
        contact::Email,
        error::{AppError, FieldErrors},
    },
};

/// Lines of one transaction.
const BATCH: usize = 100;

/// A line that can be imported.
struct Good<'a> {
    lead: CheckedLead,
    trip: &'a TripOffer,
}

/// Imports a file of leads; a dry run tells what would happen and changes nothing.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] (`file`) when it is no file of
/// leads, [`AppError::TooLarge`] for more than 5,000 lines.
pub async fn import_leads(app: &App, actor: &Actor, file: &[u8], dry_run: bool) -> Result<ImportOutcome, AppError> {
    Scope::of(app, actor).await?.require_access()?;
    let (lines, failed) = csv_format::read_lines(file)?;
    let labels = trips::list_own_labels(app, actor).await?;
    let named = lines.iter().filter_map(|line| find_trip(&labels, line).ok());
    let offers = trips::find_offers(app, named).await?;
    let mut outcome = ImportOutcome { failed, ..ImportOutcome::default() };
    let mut good = Vec::new();
    for line in &lines {
        match check_line(line, &labels, &offers) {
            Ok(lead) => good.push(lead),
            Err(fields) => outcome.failed.push(FailedLine { line: line.number, fields }),
        }
    }
    outcome.failed.sort_by_key(|failed| failed.line);
    let made = if dry_run { count_new(app, &good).await? } else { store(app, actor, &good).await? };
    outcome.created = u32::try_from(made).unwrap_or(u32::MAX);
    outcome.updated = u32::try_from(good.len() - made).unwrap_or(u32::MAX);
    Ok(outcome)
}

/// The trip that a line names by slug or title, or what is wrong with that.
fn find_trip(labels: &[TripLabel], line: &Line) -> Result<TripId, &'static str> {
    let reference = line.cell("trip").ok_or("Name the trip by its title or address.")?;
    if let Some(label) = labels.iter().find(|label| label.slug == reference) {
        return Ok(label.id);
    }
    let mut called = labels.iter().filter(|label| label.is_called(reference));
    match (called.next(), called.next()) {
        (Some(label), None) => Ok(label.id),
        (Some(_), Some(_)) => Err("Several of your trips have this title. Name the one that is meant by its address."),
        (None, _) => Err("You have no trip of this title or address."),
    }
}

fn check_line<'a>(
    line: &Line,
    labels: &[TripLabel],
    offers: &'a BTreeMap<TripId, TripOffer>,
) -> Result<Good<'a>, FieldErrors> {
    let mut checks = Checks::new();
    let trip = checks.take("trip", find_trip(labels, line)).and_then(|id| offers.get(&id));
    let source = csv_format::read_source(line.cell("source"));
    checks.require("source", source.is_some(), "This source is not known. Leave it empty for “import”.");
    let party_size = line.cell("party_size").map(str::parse::<u32>);
    checks.require("party_size", !matches!(party_size, Some(Err(_))), "The party is a number of people, such as 2.");
    let notes = checks.optional_text("notes", "The notes", line.cell("notes").unwrap_or_default(), MAX_NOTES);
    let text = |column| line.cell(column).map(str::to_owned);
    // A trip that is not known has been noted: the other cells are checked all the same.
    let about = trip.map_or(TripId::from_bytes([0; 12]), |trip| trip.id);
    let new = NewLead {
        email: text("email"),
        name: text("name"),
        phone: text("phone"),
        source,
        message: text("message"),
        party_size: party_size.and_then(Result::ok),
        ..NewLead::about(about)
    };
    let checked = new.check(Some(Role::Organizer), trip);
    let mut problems = checks.finish().err().map(|error| error.fields()).unwrap_or_default();
    match (checked, trip) {
        (Ok(lead), Some(trip)) if problems.is_empty() => {
            Ok(Good { lead: CheckedLead { notes: Some(notes).filter(|notes| !notes.is_empty()), ..lead }, trip })
        }
        (checked, _) => {
            let others = checked.err().map(|error| error.fields()).unwrap_or_default();
            let others = others.into_iter().filter(|(field, _)| field != "tripId");
            problems.extend(
                others.map(|(field, messages)| {
                    (if field == "partySize" { "party_size".into() } else { field }, messages)
                }),
            );
            Err(problems)
        }
    }
}

/// How many of the lines would make a lead.
async fn count_new(app: &App, good: &[Good<'_>]) -> Result<usize, AppError> {
    let mut by_trip: BTreeMap<TripId, BTreeSet<&Email>> = BTreeMap::new();
    for Good { lead, trip } in good {
        by_trip.entry(trip.id).or_default().insert(&lead.email);
    }
    let mut new = 0;
    for (trip, emails) in by_trip {
        let known = repository::count_known(&app.db, trip, &emails).await?;
        new += emails.len().saturating_sub(known);
    }
    Ok(new)
}

/// What is the same for all batches.
struct Batches<'a> {
    writer: Writer<'a>,
    /// Which organizers have CRM access now.
    with_access: BTreeMap<UserId, bool>,
    /// What the import is called.
    import: SubjectId,
    /// How many lines concern each organizer.
    lines: BTreeMap<UserId, usize>,
}

/// Stores the lines batch by batch. How many made a lead. Lines bear to be repeated: whoever is there is touched, and says nothing
/// twice. So when a batch fails the whole file can be sent again.
async fn store(app: &App, actor: &Actor, good: &[Good<'_>]) -> Result<usize, AppError> {
    let (mut with_access, mut lines) = (BTreeMap::new(), BTreeMap::new());
    for Good { trip, .. } in good {
        *lines.entry(trip.organizer).or_default() += 1;
        if let Entry::Vacant(place) = with_access.entry(trip.organizer) {
            place.insert(has_crm_access(app, trip.organizer, Role::Organizer).await?);
        }
    }
    let batches = &Batches { writer: Writer::of_many(app, Some(actor)), with_access, import: app.ids.next(), lines };
    let (mut made, mut done) = (0, 0);
    for batch in good.chunks(BATCH) {
        let is_last = done + batch.len() == good.len();
        made += match app.db.transaction(|tx| batches.store(tx, batch, is_last)).await {
            Err(_) if done > 0 => return Err(partly_done(done, good.len())),
            outcome => outcome?,
        };
        done += batch.len();
    }
    Ok(made)
}

impl Batches<'_> {
    async fn store(&self, mut tx: Tx, batch: &[Good<'_>], is_last: bool) -> Result<usize, AppError> {
        let (mut made, mut changed) = (0, Vec::new());
        for Good { lead, trip } in batch {
            let with_access = self.with_access.get(&trip.organizer).copied().unwrap_or_default();
            let arrival =
                Arrival { writer: self.writer, trip, lead, account: None, cause: Cause::Recorded, with_access };
            let (lead, came) = arrival.arrive(&mut tx).await?;
            made += usize::from(came == Came::First);
            if came != Came::AsBefore {
                changed.push(lead);
            }
        }
        self.writer.tell_of_many(&mut tx, &changed)?;
        if is_last {
            tell_of_import(&mut tx, &self.writer, self.import, &self.lines).await?;
            tx.commit().await?;
        } else {
            tx.commit_part().await?;
        }
        Ok(made)
    }
}

fn partly_done(done: usize, all: usize) -> AppError {
    AppError::PartlyDone(format!(
        "The first {done} of {all} good lines are imported; then something went wrong. Send the same file again: who is there \
         already is not doubled."
    ))
}
