//! The mails that accounts cause. Links carry a secret; the database keeps its fingerprint only.

use crate::{
    crm::accounts::user::{Role, User},
    server::{
        mail::{Letter, Mail},
        state::App,
    },
    shared::mail::MailKind,
};

const NOT_YOU: &str = "If it was not you, you need not do anything: without this mail nothing happens.";

/// Confirm the address of an account that somebody has just registered.
pub fn verify_email(app: &App, user: &User, secret: &str) -> Mail {
    let letter = Letter {
        subject: "Confirm your e-mail address".into(),
        name: user.name.clone(),
        paragraphs: vec!["Welcome to Trek-Tribe. Confirm your address, and your account begins.".into()],
        link: Some(("Confirm this address", address(app, "/verify-email", secret))),
        note: format!("The link is good once, for a day. {NOT_YOU}"),
    };
    letter.to(&user.email, MailKind::VerifyEmail)
}

/// Somebody registered with the address of an account.
pub fn account_exists(app: &App, user: &User) -> Mail {
    let letter = Letter {
        subject: "You have an account already".into(),
        name: user.name.clone(),
        paragraphs: vec![
            "Somebody has just registered with your e-mail address. You have an account already, so no new one was made.".into(),
            format!("If you do not know your password any more, set a new one: {}/forgot-password", app.config.public_url),
        ],
        link: Some(("Sign in", format!("{}/sign-in", app.config.public_url))),
        note: NOT_YOU.into(),
    };
    letter.to(&user.email, MailKind::AccountExists)
}

/// Set a new password.
pub fn reset_password(app: &App, user: &User, secret: &str) -> Mail {
    let letter = Letter {
        subject: "Set a new password".into(),
        name: user.name.clone(),
        paragraphs: vec!["You asked to set a new password for your Trek-Tribe account.".into()],
        link: Some(("Set a new password", address(app, "/reset-password", secret))),
        note: format!("The link is good once, for an hour. {NOT_YOU}"),
    };
    letter.to(&user.email, MailKind::ResetPassword)
}

/// An admin has made an account for somebody.
pub fn invitation(app: &App, user: &User, by: &str, secret: &str) -> Mail {
    let what = match user.role {
        Role::User => "a traveller",
        Role::Organizer => "an organizer",
        Role::Admin => "an admin",
    };
    let letter = Letter {
        subject: "You are invited to Trek-Tribe".into(),
        name: user.name.clone(),
        paragraphs: vec![format!(
            "{by} has made a Trek-Tribe account for you, as {what}. Choose a password, and it is yours."
        )],
        link: Some(("Choose a password", address(app, "/reset-password", secret))),
        note: "The link is good once, for seven days. If you do not want an account, you need not do anything.".into(),
    };
    letter.to(&user.email, MailKind::Invitation)
}

/// The password was changed.
pub fn password_changed(app: &App, user: &User) -> Mail {
    let letter = Letter {
        subject: "Your password was changed".into(),
        name: user.name.clone(),
        paragraphs: vec![
            "The password of your Trek-Tribe account was changed just now, and all devices were signed out. Sign in again with the new one.".into(),
        ],
        link: Some(("Sign in", format!("{}/sign-in", app.config.public_url))),
        note: format!("If it was not you, set a new password at once: {}/forgot-password", app.config.public_url),
    };
    letter.to(&user.email, MailKind::PasswordChanged)
}

/// An admin tries whether mails arrive.
pub fn test(app: &App, user: &User) -> Mail {
    let letter = Letter {
        subject: "A test mail".into(),
        name: user.name.clone(),
        paragraphs: vec![
            "You asked for this mail. That you read it shows that Trek-Tribe's mails leave the server and arrive."
                .into(),
        ],
        link: Some(("Open the mails", format!("{}/admin/outbox", app.config.public_url))),
        note: "There is nothing to do.".into(),
    };
    letter.to(&user.email, MailKind::Test)
}

fn address(app: &App, path: &str, secret: &str) -> String {
    format!("{}{path}?token={secret}", app.config.public_url)
}
