//! Pages of admins.

pub mod today;
