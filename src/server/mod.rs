//! The machine room: everything that only the server has and that is not the business.

pub mod answer;
pub mod cli;
pub mod clock;
pub mod config;
mod cookies;
pub mod embedded;
pub mod extract;
mod files;
mod health;
pub mod keys;
mod listen;
pub mod mail;
pub mod middleware;
pub mod mongo;
pub mod notice;
pub mod openapi;
mod pages;
pub mod redirects;
pub mod router;
pub mod schemas;
pub mod seed;
pub mod site;
mod start;
pub mod state;
mod telemetry;
mod theme;
pub mod zone;
