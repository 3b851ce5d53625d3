//! The business, one folder a context. A context's rules are in its `server/service.rs`; its other files are its words and its doors.

pub mod accounts;
pub mod activities;
pub mod analytics;
pub mod chat;
pub mod files;
pub mod frame;
pub mod leads;
pub mod notifications;
pub mod sockets;
pub mod subscriptions;
pub mod tickets;
pub mod trips;
pub mod verifications;
