//! Figures: how many, how fast, how much, for a range of days and the equally long one before. They are read from totals of days,
//! which every write of a lead keeps, so that they equal a recount at any moment; nothing is written here.

pub mod figures;
pub mod range;
pub mod server_fns;
pub mod today;

#[cfg(feature = "ssr")]
pub mod server;
