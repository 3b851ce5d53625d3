//! Many leads are changed at once: each by the same rules as one alone, and what cannot be done to one leaves the others alone.

use std::collections::BTreeMap;

use super::{changing::change_in, scope::Scope, writing::Writer};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            changes::{BulkChange, BulkOutcome, MAX_BULK},
            filter::LeadFilter,
            lead::{Lead, LeadId},
            server::repository,
        },
        trips::{server::service as trips, trip::TripId, views::TripOffer},
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// Leads of one transaction.
const BATCH: usize = 100;

/// Which leads are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These.
    Ids(Vec<LeadId>),
    /// All that match.
    Matching(LeadFilter),
}

/// Changes up to 1,000 leads, and tells what became of each.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] for more than 1,000.
pub async fn change_leads(app: &App, actor: &Actor, selection: Selection, change: BulkChange) -> Result<BulkOutcome, AppError> {
    let scope = Scope::of(app, actor).await?;
    scope.require_access()?;
    let ids = match selection {
        Selection::Ids(mut ids) => {
            ids.sort_unstable();
            ids.dedup();
            ids
        }
        Selection::Matching(filter) => {
            let among = scope.among(app, &filter)?;
            repository::find_ids(&app.db, &filter, &among, MAX_BULK + 1).await?
        }
    };
    if ids.len() > MAX_BULK {
        return Err(AppError::field("selection", format!("Choose at most {MAX_BULK} leads at once.")));
    }
    let mut outcome = BulkOutcome::default();
    let (writer, change) = (&Writer::new(app, Some(actor)), &change);
    for batch in ids.chunks(BATCH) {
        let refused = app.db.transaction(|tx| change_batch(tx, writer, scope, batch, change)).await?;
        outcome.changed += u32::try_from(batch.len() - refused.len()).unwrap_or(u32::MAX);
        outcome.refused.extend(refused);
    }
    Ok(outcome)
}

/// Changes some leads in one transaction. Which ones were refused, and why.
async fn change_batch(
    mut tx: Tx,
    writer: &Writer<'_>,
    scope: Scope,
    ids: &[LeadId],
    change: &BulkChange,
) -> Result<Vec<(LeadId, AppError)>, AppError> {
    let found = repository::find_in(&mut tx, ids).await?;
    let offers: BTreeMap<TripId, TripOffer> = trips::find_offers(writer.app, found.iter().map(|lead| lead.trip_id)).await?;
    let mut found: BTreeMap<LeadId, Lead> = found.into_iter().map(|lead| (lead.id, lead)).collect();
    let mut refused = Vec::new();
    for &id in ids {
        let own = found.remove(&id).filter(|lead| scope.organizer.is_none_or(|own| own == lead.assigned_to));
        let Some((lead, trip)) = own.and_then(|lead| offers.get(&lead.trip_id).map(|trip| (lead, trip))) else {
            refused.push((id, AppError::NotFound));
            continue;
        };
        let changes = change.changes_of(&lead);
        match change_in(&mut tx, writer, scope.by, (lead, trip), &changes).await {
            Ok(_) => {}
            Err(error @ (AppError::Busy | AppError::Unavailable | AppError::Internal)) => return Err(error),
            Err(error) => refused.push((id, error)),
        }
    }
    tx.commit().await?;
    Ok(refused)
}
