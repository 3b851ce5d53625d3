//! The server's part of subscriptions.

pub mod service;
