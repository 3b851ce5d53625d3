//! What stands around every signed-in page: the person, and what waits for them. It has no data of its own; it asks the
//! other contexts.

#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
pub mod view;
