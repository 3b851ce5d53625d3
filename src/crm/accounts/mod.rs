//! Who people are: accounts, roles, sessions, passwords, tokens. Everybody manages their own account; admins manage people.

#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
pub mod session;
pub mod user;
pub mod views;
