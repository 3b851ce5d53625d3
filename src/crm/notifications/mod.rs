//! What people are told: one bell for everybody, and mail for who wants it. Other contexts tell by `server::service::notify`, in the
//! transaction of what they tell of.

pub mod notification;
#[cfg(feature = "ssr")]
pub mod server;
