//! The server's part of leads.

mod repository;
pub mod rest;
pub mod screens;
pub mod service;
