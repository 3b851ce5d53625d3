//! What somebody may hear and say over a connection that stays open: the business's answers to the questions of `live`. Each rule is
//! in the service of the context that it is about.

#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
