//! Figures about leads that pages of trips show.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::super::repository;
use crate::{
    crm::{accounts::user::UserId, trips::trip::TripId},
    server::state::App,
    shared::error::AppError,
};

/// The newest leads that tell how fast an organizer answers.
const RECENT: i64 = 100;
/// With fewer answers than that there is no figure.
const ENOUGH: usize = 5;

/// How many leads of these trips are open; trips without one are left out. The caller has checked that the trips may be seen.
///
/// # Errors
/// When the database is away.
pub async fn count_open_leads(app: &App, trips: &[TripId]) -> Result<BTreeMap<TripId, u64>, AppError> {
    repository::count_open(&app.db, trips).await
}

/// The median time to a first answer among an organizer's recent enquiries; `None` while there are too few answers to tell.
///
/// # Errors
/// When the database is away.
pub async fn median_first_response(app: &App, organizer: UserId) -> Result<Option<SignedDuration>, AppError> {
    let times = repository::response_times(&app.db, organizer, RECENT).await?;
    Ok((times.len() >= ENOUGH).then(|| median(times)).flatten())
}

/// The middle one; of an even number the slower of the two, so that nothing is promised that is not kept.
fn median(mut times: Vec<SignedDuration>) -> Option<SignedDuration> {
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        let hours = |hours: &[i64]| median(hours.iter().copied().map(SignedDuration::from_hours).collect());
        assert_eq!(hours(&[9, 1, 2]), Some(SignedDuration::from_hours(2)));
        assert_eq!(hours(&[9, 1, 2, 3]), Some(SignedDuration::from_hours(3)));
        assert_eq!(hours(&[]), None);
    }
}
