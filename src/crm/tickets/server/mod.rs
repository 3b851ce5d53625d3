//! The server's part of tickets.

mod repository;
pub mod rest;
pub mod screens;
pub mod service;
