//! What organizers sell: trips with their departures. Everybody sees live trips; organizers write their own, admins any.

pub mod changes;
pub mod departures;
pub mod difficulty;
pub mod landscape;
pub mod listing;
#[cfg(feature = "ssr")]
pub mod server;
pub mod trip;
pub mod views;
pub mod visibility;
