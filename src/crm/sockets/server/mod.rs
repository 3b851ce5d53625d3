//! The server's part of connections.

mod party;
pub mod service;
