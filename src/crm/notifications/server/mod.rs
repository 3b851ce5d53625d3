//! The server's part of notifications.

pub mod mails;
mod repository;
pub mod rest;
pub mod screens;
pub mod service;
