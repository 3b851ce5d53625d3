//! Figures: how many, how fast, how much, for a range of days and the equally long one before. Each is computed from the
//! documents at the moment of asking, so it equals a recount; nothing is written here.

pub mod figures;
pub mod range;
pub mod server_fns;
pub mod today;

#[cfg(feature = "ssr")]
pub mod server;
