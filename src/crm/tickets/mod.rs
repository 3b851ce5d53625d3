//! Help: somebody in trouble opens a ticket, admins answer it in time. Whoever is signed in may open one and sees their own,
//! without what admins note among themselves; admins see and work all of them.

pub mod answer;
pub mod changes;
pub mod filter;
pub mod levels;
pub mod message;
pub mod new_ticket;
pub mod news;
pub mod number;
pub mod row;
pub mod screens;
#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
pub mod status;
pub mod ticket;
