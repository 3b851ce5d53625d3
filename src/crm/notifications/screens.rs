//! What the pages of notifications show, as arrays on the wire.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{
    crm::notifications::notification::{NotificationId, NotificationKind},
    shared::{page::Page, time::Moment},
};

/// A page of one's notifications, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct NotificationsScreen {
    /// The lines.
    pub page: Page<NotificationLine>,
    /// How many are unread in all, counted up to one more than are told.
    pub unread: u32,
}

/// A notification in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct NotificationLine {
    /// The id.
    pub id: NotificationId,
    /// Of which kind.
    pub kind: NotificationKind,
    /// Whether it is to be read soon.
    pub presses: bool,
    /// What happened.
    pub title: String,
    /// The words of it.
    pub body: String,
    /// The page that shows it.
    pub link: String,
    /// The day in the viewer's zone, as a heading.
    pub day: String,
    /// The time of that day.
    pub at: Moment,
    /// Whether it is still to be read.
    pub unread: bool,
}

/// How somebody is told of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct PreferenceLine {
    /// The kind.
    pub kind: NotificationKind,
    /// What it tells somebody of the viewer's role.
    pub tells: String,
    /// Whether by the bell.
    pub in_app: bool,
    /// Whether by mail.
    pub email: bool,
    /// Why that cannot be changed.
    pub locked_because: Option<String>,
}
