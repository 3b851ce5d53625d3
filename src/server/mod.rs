//! The machine room: everything that only the server has and that is not the business.

pub mod answer;
pub mod cli;
pub mod clock;
pub mod config;
pub mod embedded;
pub mod extract;
pub mod keys;
mod listen;
pub mod middleware;
pub mod mongo;
pub mod router;
pub mod schemas;
pub mod seed;
pub mod site;
mod start;
pub mod state;
mod telemetry;
pub mod zone;
