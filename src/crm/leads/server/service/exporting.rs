//! Leads are exported as CSV, line by line: the file is never in memory as a whole.

use std::collections::BTreeMap;

use futures_util::{Stream, StreamExt, stream};

use super::scope::Scope;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            bulk::Selection,
            filter::LeadFilter,
            lead::Lead,
            server::{csv_format, repository},
        },
        trips::{server::service as trips, trip::TripId, views::TripOffer},
    },
    server::state::App,
    shared::error::AppError,
};

/// Lines that are sent together.
const LINES: usize = 200;

/// The leads that are meant as the bytes of a CSV file, the newest first. An id that is not there for the viewer is left out.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] for another organizer's. Once
/// the first bytes are out, a failure ends the stream early.
pub async fn export_leads(
    app: &App,
    actor: &Actor,
    selection: &Selection,
) -> Result<impl Stream<Item = Result<Vec<u8>, AppError>> + use<>, AppError> {
    let scope = Scope::of(app, actor).await?;
    scope.require_access()?;
    let among = match selection {
        Selection::Ids(_) => scope.among(app, &LeadFilter::default())?,
        Selection::Matching(filter) => scope.among(app, filter)?,
    };
    let own = trips::list_own_labels(app, actor).await?;
    let offers = trips::find_offers(app, own.iter().map(|label| label.id)).await?;
    let leads = repository::stream(&app.db, selection, &among).await?;
    let lines = leads.chunks(LINES).map(move |leads| write_lines(leads, &offers));
    Ok(stream::once(async { Ok(csv_format::header()) }).chain(lines))
}

fn write_lines(leads: Vec<Result<Lead, AppError>>, offers: &BTreeMap<TripId, TripOffer>) -> Result<Vec<u8>, AppError> {
    let mut lines = Vec::new();
    for lead in leads {
        let lead = lead?;
        lines.extend(csv_format::write_lead(&lead, offers.get(&lead.trip_id)));
    }
    Ok(lines)
}
