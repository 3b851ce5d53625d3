//! Pages and programs that stay live: the protocol of events, the road on which they travel from process to process, and the two
//! doors at its end. It delivers what the business publishes, and knows nothing of it: neither what a lead is nor who may see one.

mod changes;
pub mod connection;
pub mod events;
pub mod frame;
pub mod outbox;
pub mod pause;
#[cfg(feature = "ssr")]
pub mod server;
pub mod topic;
pub mod websocket;
