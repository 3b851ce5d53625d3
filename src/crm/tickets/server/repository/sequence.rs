//! The sequence of ticket numbers: one document, counted on in the transaction of the ticket that takes the number.

use mongodb::{
    bson::{Document, doc},
    options::ReturnDocument,
};
use serde::Deserialize;

use crate::{
    crm::tickets::ticket::TicketNumber,
    server::mongo::{Db, Tx, is_duplicate},
    shared::error::AppError,
};

const SEQUENCES: &str = "sequences";
const OF_TICKETS: &str = "tickets";

#[derive(Deserialize)]
struct Sequence {
    last: u32,
}

/// The next number. Two transactions at the same moment collide: one of them starts again.
pub(in super::super) async fn next_number(tx: &mut Tx) -> Result<TicketNumber, AppError> {
    let sequences = tx.collection::<Sequence>(SEQUENCES);
    let next = sequences
        .find_one_and_update(doc! { "_id": OF_TICKETS }, doc! { "$inc": { "last": 1 } })
        .upsert(true)
        .return_document(ReturnDocument::After);
    match next.session(tx.session()).await {
        // Somebody made the row in this moment.
        Err(error) if is_duplicate(&error) => Err(AppError::Busy),
        next => next?.map(|row| TicketNumber::new(row.last)).ok_or(AppError::Internal),
    }
}

/// Goes on after that number.
pub(super) async fn go_on_after(db: &Db, last: u32) -> Result<(), AppError> {
    let sequences = db.collection::<Document>(SEQUENCES);
    let highest = doc! { "$max": { "last": i64::from(last) } };
    sequences.update_one(doc! { "_id": OF_TICKETS }, highest).upsert(true).await?;
    Ok(())
}
