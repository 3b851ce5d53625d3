//! Help: somebody in trouble opens a ticket, admins answer it in time.

pub mod levels;
pub mod screens;
pub mod status;
pub mod ticket;
