//! The server's part of notifications.

mod repository;
pub mod service;
