//! The server's part of chat.

mod repository;
pub mod rest;
pub mod screens;
pub mod service;
