//! Puts times into the words of who looks.

use super::actor::Actor;
use crate::{
    crm::accounts::{
        session::SessionRow,
        user::{User, Viewer},
        views::{AuditView, MailView, PersonView, SessionView},
    },
    server::{state::App, zone::Zone},
    shared::{audit::AuditRow, mail::OutboxMail},
};

/// The zone of who looks, now.
pub fn zone_of(app: &App, actor: &Actor) -> Zone {
    Zone::new(actor.time_zone(), app.clock.now())
}

/// A session as its owner sees it.
pub fn show_session(zone: &Zone, session: SessionRow) -> SessionView {
    let (signed_in, last_seen) = (zone.past(session.created_at), zone.past(session.last_seen_at));
    SessionView { session, signed_in, last_seen }
}

/// A person as admins see them.
pub fn show_person(zone: &Zone, user: User) -> PersonView {
    let joined = zone.past(user.created_at);
    PersonView { user, joined }
}

/// A mail as admins see it.
pub fn show_mail(zone: &Zone, mail: OutboxMail) -> MailView {
    let (written, sent) = (zone.past(mail.created_at), mail.sent_at.map(|at| zone.past(at)));
    MailView { mail, written, sent }
}

/// A row of the audit trail as admins see it.
pub fn show_audit(zone: &Zone, row: AuditRow) -> AuditView {
    let at = zone.stamp(row.at);
    AuditView { row, at }
}

impl From<&Actor> for Viewer {
    fn from(actor: &Actor) -> Self {
        Self {
            id: actor.user(),
            name: actor.name().to_owned(),
            role: actor.role(),
            locale: actor.locale(),
            time_zone: actor.time_zone().to_owned(),
        }
    }
}
