//! A notification as it is stored, and its kinds (product.md, "Notifications").

use serde::{Deserialize, Serialize};

use crate::{
    crm::accounts::user::UserId,
    shared::{id::Id, named::named, time::Time},
};

/// The id of a [`Notification`].
pub type NotificationId = Id<Notification>;

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum NotificationKind {
    /// Somebody is interested in a trip.
    Lead,
    /// Somebody needs help.
    Ticket,
    /// Somebody wrote.
    Chat,
    /// The review of a trip.
    Verification,
    /// Money came or went.
    Payment,
    /// What is paid for begins or ends.
    Subscription,
    /// Security and the service itself.
    System,
}

named!(NotificationKind {
    Lead = "lead", "Leads";
    Ticket = "ticket", "Tickets";
    Chat = "chat", "Messages";
    Verification = "verification", "Verifications";
    Payment = "payment", "Payments";
    Subscription = "subscription", "Subscription";
    System = "system", "Security and service";
});

impl NotificationKind {
    /// Whether nobody can switch it off.
    pub const fn is_locked(self) -> bool {
        matches!(self, Self::Payment | Self::System)
    }
}

/// How much a notification presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum NotificationPriority {
    /// To be read some time.
    #[default]
    Normal,
    /// To be read soon.
    High,
}

/// The thing that a notification is about. Opening it marks as read what tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "entity", content = "id", rename_all = "snake_case")]
pub enum Subject {
    /// A lead.
    Lead(Id<()>),
    /// A ticket.
    Ticket(Id<()>),
}

impl Subject {
    /// A lead.
    pub const fn lead<T>(id: Id<T>) -> Self {
        Self::Lead(Id::from_bytes(id.bytes()))
    }

    /// A ticket.
    pub const fn ticket<T>(id: Id<T>) -> Self {
        Self::Ticket(Id::from_bytes(id.bytes()))
    }
}

/// What one person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// The id.
    #[serde(rename = "_id")]
    pub id: NotificationId,
    /// Who is told.
    pub to: UserId,
    /// What it tells.
    #[serde(flatten)]
    pub news: News,
    /// When it was told.
    pub at: Time,
    /// When it was read.
    pub read_at: Option<Time>,
}

/// What is told, to however many people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct News {
    /// Of which kind.
    pub kind: NotificationKind,
    /// How much it presses.
    pub priority: NotificationPriority,
    /// What happened, in a line.
    pub title: String,
    /// The words of it: a message, a note.
    pub body: String,
    /// The path of the page that shows it.
    pub link: String,
    /// The thing that it is about.
    pub subject: Subject,
    /// What caused it, such as `ticket:<id>:message:<id>`: nobody is told twice of one cause.
    pub cause: String,
}
