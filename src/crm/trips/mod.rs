//! What organizers sell: trips with their departures. Everybody sees live trips; organizers write their own, admins any.

pub mod changes;
pub mod departures;
pub mod difficulty;
pub mod form;
pub mod landscape;
pub mod listing;
pub mod screens;
#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
pub mod trip;
pub mod views;
pub mod visibility;
