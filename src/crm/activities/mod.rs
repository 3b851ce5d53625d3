//! What people did, as scores, timelines and figures read it. Other contexts record here; nothing is decided here.

pub mod activity;
#[cfg(feature = "ssr")]
pub mod server;
