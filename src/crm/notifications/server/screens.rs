//! Puts the pages of notifications together and turns what their forms send into what the service takes.

use super::service::{self, Inbox};
use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        notifications::{
            notification::{NotificationKind, NotificationPriority, NotificationRow},
            preferences::PreferenceChanges,
            screens::{NotificationLine, NotificationsScreen, PreferenceLine},
        },
    },
    server::{state::App, zone::Zone},
    shared::{checks::Checks, error::AppError, page::PageRequest},
};

/// A page of the list; `unread` is its filter, empty for all.
///
/// # Errors
/// [`AppError::InvalidInput`] for another filter, [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn load_notifications(
    app: &App,
    actor: &Actor,
    unread: &str,
    page: &PageRequest,
) -> Result<NotificationsScreen, AppError> {
    let mut checks = Checks::new();
    let unread_only = checks.filter("unread", unread, |text| (text == "true").then_some(true)).unwrap_or_default();
    checks.finish()?;
    let Inbox { page, unread } = service::list_notifications(app, actor, unread_only, page).await?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let unread = u32::try_from(unread).unwrap_or(u32::MAX);
    Ok(NotificationsScreen { page: page.map(|row| line_of(&zone, row)), unread })
}

fn line_of(zone: &Zone, row: NotificationRow) -> NotificationLine {
    let NotificationRow { id, kind, priority, title, body, link, created_at, read_at, .. } = row;
    NotificationLine {
        id,
        kind,
        presses: priority == NotificationPriority::High,
        title,
        body,
        link,
        day: zone.day_heading(zone.date_of(created_at)),
        at: zone.hour(created_at),
        unread: read_at.is_none(),
    }
}

/// The choices as the page shows them.
///
/// # Errors
/// When the database is away.
pub async fn load_preferences(app: &App, actor: &Actor) -> Result<Vec<PreferenceLine>, AppError> {
    let preferences = service::show_preferences(app, actor).await?;
    let line = |&kind: &NotificationKind| {
        let choice = preferences.of(kind);
        PreferenceLine {
            kind,
            tells: tells(kind, actor.role()).to_owned(),
            in_app: choice.in_app,
            email: choice.email,
            locked_because: kind.locked_because().map(str::to_owned),
        }
    };
    Ok(NotificationKind::TOLD.iter().map(line).collect())
}

/// Keeps what the boxes say that are ticked.
///
/// # Errors
/// [`AppError::InvalidInput`] for a box that is none of the page.
pub async fn save_preferences(app: &App, actor: &Actor, ticked: &[String]) -> Result<(), AppError> {
    service::change_preferences(app, actor, PreferenceChanges::from_ticked(ticked)?).await.map(drop)
}

/// What a kind tells somebody of that role.
const fn tells(kind: NotificationKind, role: Role) -> &'static str {
    match (kind, role) {
        (NotificationKind::Lead, Role::User) => "When an enquiry of yours becomes a booking.",
        (NotificationKind::Lead, Role::Organizer | Role::Admin) => {
            "When somebody is interested in a trip of yours, comes back or is booked, and when a follow-up is due. \
             Visits and follow-ups ring the bell alone."
        }
        (NotificationKind::Ticket, Role::Admin) => "When somebody asks for help, or answers.",
        (NotificationKind::Ticket, Role::User | Role::Organizer) => {
            "When your request for help is answered or moves on."
        }
        (NotificationKind::Chat, _) => {
            "When somebody writes to you while you are away. Of each conversation one mail is sent until you have read it."
        }
        (NotificationKind::Verification, Role::Admin) => "When a trip is submitted for review.",
        (NotificationKind::Verification, _) => "When the review of a trip of yours is decided.",
        (NotificationKind::Payment, _) => "When a payment arrives, fails or goes back.",
        (NotificationKind::Subscription, _) => "When what is paid for is about to end.",
        (NotificationKind::System, _) => "When something concerns your account or the service itself.",
    }
}
