//! The server's part of leads.

mod csv_format;
pub mod enquiries;
pub mod profile;
mod repository;
pub mod import_form;
pub mod rest;
pub mod screens;
pub mod service;
