//! The server's part of trips.

mod repository;
pub mod rest;
pub mod service;
