//! A notification as it is stored, and its kinds (product.md, "Notifications").

use serde::{Deserialize, Serialize};

use crate::{
    crm::accounts::user::UserId,
    shared::{id::Id, named::named, time::Time},
};

/// The path of the page that lists one's notifications.
pub const NOTIFICATIONS_PATH: &str = "/notifications";
/// The path of the page on which everybody chooses what they are told, and how.
pub const PREFERENCES_PATH: &str = "/account/notifications";

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
    /// The kinds that somebody can be told of by now; of the others nothing tells yet.
    pub const TOLD: &'static [Self] = &[Self::Lead, Self::Ticket, Self::Chat, Self::System];

    /// Whether nobody can switch it off.
    pub const fn is_locked(self) -> bool {
        self.locked_because().is_some()
    }

    /// Why nobody can switch it off.
    pub const fn locked_because(self) -> Option<&'static str> {
        match self {
            Self::Payment => Some("Whatever happens to your money you are always told."),
            Self::System => Some("Whatever concerns the safety of your account you are always told."),
            Self::Lead | Self::Ticket | Self::Chat | Self::Verification | Self::Subscription => None,
        }
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

/// The id of what a notification is about, whatever that is.
pub type SubjectId = Id<()>;

/// The thing that a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "entity", content = "id", rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Subject {
    /// A lead.
    Lead(SubjectId),
    /// A ticket.
    Ticket(SubjectId),
    /// A file of leads that was imported.
    Import(SubjectId),
    /// A conversation.
    Conversation(SubjectId),
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

    /// A conversation.
    pub const fn conversation<T>(id: Id<T>) -> Self {
        Self::Conversation(Id::from_bytes(id.bytes()))
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
    /// Whether it is shown in the app. What somebody does not want to see there is kept all the same, so that they are told of its
    /// cause only once.
    pub in_app: bool,
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
    /// The address of the page that shows it, to whom it is told: a path, to which a query and a place in the page may belong.
    /// Opening that page marks it as read.
    pub link: String,
    /// The thing that it is about.
    pub subject: Subject,
    /// What caused it, such as `ticket:<id>:message:<id>`: nobody is told twice of one cause.
    pub cause: String,
}

impl News {
    /// The page that shows it, without a place in it. One whose link has no query is shown by the page of any query.
    pub fn page(&self) -> &str {
        self.link.split('#').next().unwrap_or_default()
    }
}

/// A notification as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NotificationRow {
    /// The id.
    pub id: NotificationId,
    /// Of which kind.
    #[serde(rename = "type")]
    pub kind: NotificationKind,
    /// How much it presses.
    pub priority: NotificationPriority,
    /// What happened, in a line.
    pub title: String,
    /// The words of it; may be empty.
    pub body: String,
    /// The address of the page that shows it.
    pub link: String,
    /// The thing that it is about.
    pub subject: Subject,
    /// When it was told.
    pub created_at: Time,
    /// When it was read; `null` while it is not.
    pub read_at: Option<Time>,
}

impl From<Notification> for NotificationRow {
    fn from(notification: Notification) -> Self {
        let Notification { id, news, at, read_at, .. } = notification;
        let News { kind, priority, title, body, link, subject, .. } = news;
        Self { id, kind, priority, title, body, link, subject, created_at: at, read_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_its_page() {
        let page = |link: &str| {
            let subject = Subject::Lead(Id::from_bytes([1; 12]));
            let (kind, priority) = (NotificationKind::Lead, NotificationPriority::Normal);
            let [title, body, cause] = ["", "", ""].map(str::to_owned);
            News { kind, priority, title, body, link: link.into(), subject, cause }.page().to_owned()
        };
        assert_eq!(page("/home?enquiry=65f1#top"), "/home?enquiry=65f1");
        assert_eq!(page("/tickets/65f1#message-3"), "/tickets/65f1");
        assert_eq!(page("/home"), "/home");
    }
}
