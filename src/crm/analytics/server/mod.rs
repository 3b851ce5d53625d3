//! The server's part of figures.

mod repository;
pub mod service;
pub mod today;
mod wording;
