//! The rules of notifications, a module for each part: telling people, what they read, and what they choose to be told.

mod choosing;
mod reading;
mod telling;

pub use choosing::{change_preferences, show_preferences};
pub use reading::{
    Inbox, count_unread, list_notifications, mark_all_read, mark_notification_read, mark_read_at, store_notifications,
};
pub use telling::{find_mail_readers, notify, notify_admins, ring};
