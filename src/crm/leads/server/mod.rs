//! The server's part of leads.

mod csv_format;
mod repository;
pub mod rest;
pub mod screens;
pub mod service;
