//! The server's part of leads.

mod csv_format;
pub mod enquiries;
pub mod export_form;
pub mod follow_up;
pub mod import_form;
pub mod profile;
mod repository;
pub mod rest;
pub mod screens;
pub mod service;
mod totals;
