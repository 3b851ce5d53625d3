//! How every mail looks, for admins: one of each kind with sample values, written by the same functions as real ones.

use super::mails;
use crate::{
    crm::{
        accounts::user::{Role, User},
        analytics::server::today::digest::sample_digest,
        notifications::server::mails::sample_news,
    },
    server::{mail::Mail, state::App},
    shared::mail::MailKind,
};

/// Where a real mail has its secret.
const SECRET: &str = "sample";

/// A mail of that kind, as `admin` would get it under another name.
pub fn write_sample(app: &App, kind: MailKind, admin: &User) -> Mail {
    let to = &User { name: "Deodar Trails".into(), role: Role::Organizer, ..admin.clone() };
    match kind {
        MailKind::VerifyEmail => mails::verify_email(app, to, SECRET),
        MailKind::AccountExists => mails::account_exists(app, to),
        MailKind::ResetPassword => mails::reset_password(app, to, SECRET),
        MailKind::Invitation => mails::invitation(app, to, &admin.name, SECRET),
        MailKind::PasswordChanged => mails::password_changed(app, to),
        MailKind::Notification => sample_news(app, to),
        MailKind::Digest => sample_digest(app, to),
        MailKind::Test => mails::test(app, admin),
    }
}

/// When a mail of that kind is sent.
pub const fn occasion(kind: MailKind) -> &'static str {
    match kind {
        MailKind::VerifyEmail => "Somebody registers, where addresses are confirmed",
        MailKind::AccountExists => "Somebody registers with the address of an account",
        MailKind::ResetPassword => "Somebody does not know their password any more",
        MailKind::Invitation => "An admin makes an account for somebody",
        MailKind::PasswordChanged => "A password was changed",
        MailKind::Notification => "Something happens that somebody chose to be told of by mail",
        MailKind::Digest => "At eight in the morning, when somebody waits for an organizer",
        MailKind::Test => "An admin tries whether mails arrive",
    }
}
