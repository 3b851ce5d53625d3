//! The server's part of files.

mod picture;
mod repository;
pub mod rest;
pub mod service;
