//! What an organizer has paid for. Here is the one place that is asked whether somebody has CRM access.

#[cfg(feature = "ssr")]
pub mod server;
