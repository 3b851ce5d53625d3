//! The machine room: everything that only the server has and that is not the business.

pub mod answer;
pub mod clock;
pub mod config;
pub mod embedded;
pub mod extract;
pub mod middleware;
pub mod mongo;
pub mod router;
pub mod site;
pub mod state;
