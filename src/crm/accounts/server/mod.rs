//! The server's part of accounts.

pub mod actor;
