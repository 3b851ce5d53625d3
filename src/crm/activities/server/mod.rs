//! The server's part of activities.

mod repository;
pub mod service;
