//! The pages, a folder for each kind of person who sees them.

pub mod not_found;
pub mod public;
