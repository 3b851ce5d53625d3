//! Trek-Tribe CRM.

pub mod ui;
