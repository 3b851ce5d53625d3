//! The mails that tell of news.

use crate::{
    crm::{
        accounts::user::User,
        notifications::notification::{News, NotificationKind, NotificationPriority, PREFERENCES_PATH, Subject},
    },
    server::{
        mail::{Letter, Mail},
        state::App,
    },
    shared::mail::MailKind,
};

/// The mail that tells somebody.
pub(super) fn news(app: &App, to: &User, news: &News) -> Mail {
    let site = &app.config.public_url;
    let paragraphs = [&news.title, &news.body].into_iter().filter(|text| !text.is_empty()).cloned();
    let letter = Letter {
        subject: news.title.clone(),
        name: to.name.clone(),
        paragraphs: paragraphs.collect(),
        link: Some((words_of(news.subject), format!("{site}{}", news.link))),
        note: why(news.kind, site),
    };
    letter.to(&to.email, MailKind::Notification)
}

/// The mail as admins see it before anybody gets one.
pub fn sample_news(app: &App, to: &User) -> Mail {
    let sample = News {
        kind: NotificationKind::Lead,
        priority: NotificationPriority::Normal,
        title: "Rohan Kulkarni asked about Kedarkantha winter trek".into(),
        body: "How deep is the snow in January, and can we hire boots?".into(),
        link: "/leads".into(),
        subject: Subject::lead(to.id),
        cause: String::new(),
    };
    news(app, to, &sample)
}

const fn words_of(subject: Subject) -> &'static str {
    match subject {
        Subject::Lead(_) => "See where it stands",
        Subject::Ticket(_) => "Open the ticket",
        Subject::Import(_) => "See the leads",
        Subject::Conversation(_) => "Open the conversation",
    }
}

/// Why somebody gets the mail, and where they can choose otherwise.
fn why(kind: NotificationKind, site: &str) -> String {
    match kind.locked_because() {
        Some(reason) => reason.to_owned(),
        None => format!("You chose to be told of this by mail. You can choose otherwise at {site}{PREFERENCES_PATH}."),
    }
}
