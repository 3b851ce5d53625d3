//! The server's part of trips.

pub mod bulk;
mod repository;
pub mod rest;
pub mod service;
