//! Chat: a traveller and an organizer talk about a trip, anybody with the admins. Who is not a member of a conversation can neither
//! read nor write in it, nor notice that it is there; admins are members of the support ones, as one side.

pub mod conversation;
pub mod filter;
pub mod message;
pub mod news;
pub mod row;
pub mod screens;
#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
