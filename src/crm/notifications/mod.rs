//! What people are told: one bell for everybody, and mail for who wants it. Other contexts tell by `server::service::notify`, in the
//! transaction of what they tell of; opening the page that a notification leads to marks it as read, which the frame of all pages
//! sees to (`crm::frame`).

pub mod notification;
pub mod preferences;
pub mod screens;
#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
