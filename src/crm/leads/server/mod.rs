//! The server's part of leads.

pub mod enquiries;
pub mod profile;
mod repository;
pub mod rest;
pub mod service;
