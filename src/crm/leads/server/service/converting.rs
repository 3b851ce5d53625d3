//! A lead is converted: the booking is noted and the seats are booked, both or neither.

use super::{reading, scope::Scope, telling::tell_of_booking, writing::Writer};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            changes::NewConversion,
            lead::{Conversion, Lead, LeadId},
            row::LeadDetail,
            server::repository,
            status::LeadStatus,
        },
        trips::{server::service as trips, views::TripOffer},
    },
    server::{mongo::Tx, state::App},
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
    },
};

/// Converts an interested lead and books its seats in the same step.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] when it is absent or another organizer's,
/// [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] with everything that is wrong, [`AppError::StepRefused`] unless it
/// is interested, [`AppError::NoSeatsLeft`] when fewer are left. Then nothing has changed.
pub async fn convert_lead(app: &App, actor: &Actor, id: LeadId, input: NewConversion) -> Result<LeadDetail, AppError> {
    let scope = Scope::of(app, actor).await?;
    let trip = scope.require_to_change(app, id).await?;
    let booking = input.check(&trip)?;
    let writer = Writer::new(app, Some(actor));
    let (writer, trip, booking) = (&writer, &trip, &booking);
    let lead = app
        .db
        .transaction(|mut tx| async move {
            let before = repository::require_in(&mut tx, id).await?;
            let after = book(&mut tx, writer, scope.by, (&before, trip), booking, actor).await?;
            tx.commit().await?;
            Ok(after)
        })
        .await?;
    reading::detail(app, actor, &scope, lead).await
}

async fn book(
    tx: &mut Tx,
    writer: &Writer<'_>,
    by: By,
    (before, trip): (&Lead, &TripOffer),
    booking: &NewConversion,
    actor: &Actor,
) -> Result<Lead, AppError> {
    before.status.check_step(LeadStatus::Converted, by)?;
    let NewConversion { departure_id, party_size, amount, note } = booking.clone();
    if let Some(departure) = departure_id {
        trips::book_seats(tx, trip.id, departure, party_size).await?;
    }
    let mut after = before.clone();
    after.enter(LeadStatus::Converted, writer.now);
    after.party_size = Some(party_size);
    after.departure_id = departure_id.or(after.departure_id);
    (after.estimated_value, after.value_is_set) = (amount, true);
    after.conversion =
        Some(Conversion { departure_id, party_size, amount, note: note.clone(), at: writer.now, by: actor.user() });
    after.recompute_since(before, trip.price);
    let after = writer.save(tx, before, after, "convert").await?;
    writer.note_step(tx, before, &after, note).await?;
    tell_of_booking(tx, writer, &after, trip).await?;
    Ok(after)
}
