//! Seats: booked within the transaction that they are booked for, never twice.

use crate::{
    crm::trips::{
        server::repository,
        trip::{DepartureId, TripId},
    },
    server::mongo::Tx,
    shared::error::AppError,
};

/// Books seats for a party in the caller's transaction.
///
/// # Errors
/// [`AppError::NoSeatsLeft`] when fewer are left, [`AppError::InvalidInput`] (`departureId`) when the trip has no such departure.
pub async fn book_seats(tx: &mut Tx, trip: TripId, departure: DepartureId, party: u32) -> Result<(), AppError> {
    if repository::book_seats(tx, trip, departure, party).await? {
        return Ok(());
    }
    let trip = repository::require_in(tx, trip).await?;
    match trip.departure(departure) {
        Some(departure) => Err(AppError::NoSeatsLeft { left: departure.seats_left() }),
        None => Err(AppError::field("departureId", "This trip has no such departure. Choose one of its departures.")),
    }
}
