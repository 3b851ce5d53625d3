//! The API through the real router on a real database: a fresh one for each test.

mod accounts;
mod http;
mod pages_accounts;
mod people;
mod sessions;
mod support;
mod trips;
