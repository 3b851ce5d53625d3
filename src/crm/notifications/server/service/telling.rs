//! Telling people, as they chose. Rows and mails are written in the transaction of what they tell of.

use std::collections::BTreeSet;

use crate::{
    crm::{
        accounts::{
            server::service as accounts,
            user::{User, UserId},
        },
        notifications::{
            notification::{News, Notification, NotificationKind, NotificationPriority, NotificationRow},
            server::{mails, repository},
        },
    },
    live::{
        events::{Notice, ServerEvent},
        server::publish::publish,
        topic::Topic,
    },
    server::{mail, mongo::Tx, state::App},
    shared::error::AppError,
};

/// By which ways people may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ways {
    /// As they chose.
    BellAndMail,
    /// By the bell, if they chose that.
    BellAlone,
}

/// Tells these people by bell and mail, as they chose, each of them once for a cause, and not who did it.
///
/// # Errors
/// When a row cannot be written; then nothing of the transaction stays.
pub async fn notify(tx: &mut Tx, app: &App, by: Option<UserId>, to: &[UserId], news: &News) -> Result<(), AppError> {
    tell(tx, app, Ways::BellAndMail, (by, to), news).await.map(drop)
}

/// Like [`notify`], for what nobody waits for: no mail is sent. How many had not been told of its cause.
///
/// # Errors
/// As [`notify`].
pub async fn ring(tx: &mut Tx, app: &App, by: Option<UserId>, to: &[UserId], news: &News) -> Result<u32, AppError> {
    tell(tx, app, Ways::BellAlone, (by, to), news).await
}

/// Tells every active admin, but not who did it.
///
/// # Errors
/// As [`notify`].
pub async fn notify_admins(tx: &mut Tx, app: &App, by: Option<UserId>, news: &News) -> Result<(), AppError> {
    let admins = accounts::list_admins(tx).await?;
    notify(tx, app, by, &admins, news).await
}

/// Those of these people who want to read of a kind by mail, and to whom mail can be sent; for mails that tell of many things at once.
///
/// # Errors
/// When the database is away.
pub async fn find_mail_readers(
    tx: &mut Tx,
    app: &App,
    kind: NotificationKind,
    people: &[UserId],
) -> Result<Vec<User>, AppError> {
    let chosen = repository::find_preferences_in(tx, &people.iter().copied().collect()).await?;
    let wants = |person: &UserId| chosen.get(person).copied().unwrap_or_default().of(kind).email;
    let readers: Vec<UserId> = people.iter().copied().filter(wants).collect();
    accounts::find_reachable(tx, app, &readers).await
}

/// Tells the open pages of a person that there is something new, with how much is unread now.
async fn tell_pages(tx: &mut Tx, app: &App, row: Notification) -> Result<(), AppError> {
    let unread_count = repository::count_unread_in(tx, row.to).await?;
    let topic = Topic::Person(row.to.cast());
    let NotificationRow { id, kind, priority, title, body, link, created_at, .. } = NotificationRow::from(row);
    let notification = Notice {
        id: id.cast(),
        kind: kind.as_str().to_owned(),
        priority: if priority == NotificationPriority::High { "high" } else { "normal" }.to_owned(),
        title,
        body,
        link,
        created_at,
    };
    let event = ServerEvent::NotificationNew { notification: Some(notification), unread_count };
    publish(tx, app, &[topic], &event)
}

async fn tell(
    tx: &mut Tx,
    app: &App,
    ways: Ways,
    (by, to): (Option<UserId>, &[UserId]),
    news: &News,
) -> Result<u32, AppError> {
    let people: BTreeSet<UserId> = to.iter().copied().filter(|person| Some(*person) != by).collect();
    let chosen = repository::find_preferences_in(tx, &people).await?;
    let (mut told, mut by_mail) = (0, Vec::new());
    for person in people {
        let choice = chosen.get(&person).copied().unwrap_or_default().of(news.kind);
        let (id, at, in_app) = (app.ids.next(), app.clock.now(), choice.in_app);
        let row = Notification { id, to: person, news: news.clone(), at, read_at: None, in_app };
        let is_new = repository::insert_once(tx, &row).await?;
        told += u32::from(is_new);
        if is_new && in_app {
            tell_pages(tx, app, row).await?;
        }
        if is_new && choice.email && ways == Ways::BellAndMail {
            by_mail.push(person);
        }
    }
    for person in accounts::find_reachable(tx, app, &by_mail).await? {
        mail::enqueue(tx, app, &mails::news(app, &person, news)).await?;
    }
    Ok(told)
}
