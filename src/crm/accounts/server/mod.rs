//! The server's part of accounts.

pub mod actor;
pub mod browser;
pub mod caller;
pub mod directory;
pub mod mails;
pub mod password;
pub mod preview;
pub mod repository;
pub mod rest;
pub mod service;
pub mod session_store;
pub mod templates;
pub mod tokens;
pub mod views;
