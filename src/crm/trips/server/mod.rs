//! The server's part of trips.

mod repository;
pub mod rest;
pub mod screens;
pub mod service;
