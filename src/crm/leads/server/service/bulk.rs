//! Many leads are changed at once: each by the same rules as one alone, and what cannot be done to one leaves the others alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{changing::change_in, scope::Scope, writing::Writer};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            bulk::Selection,
            changes::{BulkChange, BulkOutcome, MAX_BULK},
            lead::{Lead, LeadId},
            server::repository,
            status::LeadStatus,
        },
        trips::{server::service as trips, trip::TripId, views::TripOffer},
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// Leads of one transaction.
const BATCH: usize = 100;

/// Changes up to 1,000 leads, and tells what became of each. When the database goes away in between, those whose turn has not come
/// are told as refused.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] for more than 1,000.
pub async fn change_leads(
    app: &App,
    actor: &Actor,
    selection: Selection,
    change: BulkChange,
) -> Result<BulkOutcome, AppError> {
    let scope = Scope::of(app, actor).await?;
    scope.require_access()?;
    let ids = match selection {
        Selection::Ids(ids) => ids,
        Selection::Matching(filter) => {
            let among = scope.among(app, &filter)?;
            repository::find_ids(&app.db, &filter, &among, MAX_BULK + 1).await?
        }
    };
    if ids.len() > MAX_BULK {
        return Err(AppError::field("selection", format!("Choose at most {MAX_BULK} leads at once.")));
    }
    let (mut outcome, mut steps) = (BulkOutcome::default(), BTreeSet::new());
    let (writer, change) = (&Writer::of_many(app, Some(actor)), &change);
    for (number, batch) in ids.chunks(BATCH).enumerate() {
        let of_batch = match app.db.transaction(|tx| change_batch(tx, writer, scope, batch, change)).await {
            Err(_) if number > 0 => {
                let left = ids.iter().skip(number * BATCH);
                outcome.refused.extend(left.map(|id| (*id, not_reached())));
                break;
            }
            of_batch => of_batch?,
        };
        outcome.changed.extend(of_batch.changed.iter().map(|(id, _)| *id));
        steps.extend(of_batch.changed.into_iter().map(|(_, step)| step));
        outcome.refused.extend(of_batch.refused);
    }
    outcome.step = steps.pop_first().filter(|(from, to)| from != to && steps.is_empty());
    Ok(outcome)
}

fn not_reached() -> AppError {
    AppError::PartlyDone("Something went wrong before its turn came. Do the same again for those that are left.".into())
}

/// What became of the leads of one transaction.
#[derive(Default)]
struct Batch {
    /// Which were changed, and from which status to which.
    changed: Vec<(LeadId, (LeadStatus, LeadStatus))>,
    /// Which were not, and why.
    refused: Vec<(LeadId, AppError)>,
}

/// Changes some leads in one transaction.
async fn change_batch(
    mut tx: Tx,
    writer: &Writer<'_>,
    scope: Scope,
    ids: &[LeadId],
    change: &BulkChange,
) -> Result<Batch, AppError> {
    let found = repository::find_in(&mut tx, ids).await?;
    let offers: BTreeMap<TripId, TripOffer> =
        trips::find_offers(writer.app, found.iter().map(|lead| lead.trip_id)).await?;
    let mut found: BTreeMap<LeadId, Lead> = found.into_iter().map(|lead| (lead.id, lead)).collect();
    let (mut batch, mut changed) = (Batch::default(), Vec::new());
    for &id in ids {
        let own = found.remove(&id).filter(|lead| scope.organizer.is_none_or(|own| own == lead.assigned_to));
        let Some((lead, trip)) = own.and_then(|lead| offers.get(&lead.trip_id).map(|trip| (lead, trip))) else {
            batch.refused.push((id, AppError::NotFound));
            continue;
        };
        let (from, changes) = (lead.status, change.changes_of(&lead));
        match change_in(&mut tx, writer, scope.by, (lead, trip), &changes).await {
            Ok(after) => {
                batch.changed.push((id, (from, after.status)));
                changed.push(after);
            }
            Err(error @ (AppError::Busy | AppError::Unavailable | AppError::Internal)) => return Err(error),
            Err(error) => batch.refused.push((id, error)),
        }
    }
    writer.tell_of_many(&mut tx, &changed)?;
    tx.commit().await?;
    Ok(batch)
}
