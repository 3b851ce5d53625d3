//! What admins look at: the outbox of mails, what is done by itself, and the audit trail.

use jiff::SignedDuration;

use crate::{
    crm::accounts::{
        server::{actor::Actor, directory::find_people, mails, repository, templates::write_sample},
        user::{Role, UserId},
    },
    server::{
        jobs,
        mail::{self, Mail},
        mongo::{
            audit::{self, Changes, Trail},
            jobs::Problem,
            limits::{self, Limit},
            outbox,
        },
        state::App,
        zone::Zone,
    },
    shared::{
        audit::{AuditActor, AuditEntity, AuditQuery, AuditRow},
        contact::Email,
        error::AppError,
        mail::{MailId, MailKind, MailState, OutboxMail},
        page::{Page, PageRequest},
    },
};

/// Test mails that one admin gets.
const TESTS: Limit = Limit { max: 5, window: SignedDuration::from_hours(1) };

/// The mails of the outbox, the newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
pub async fn list_outbox(
    app: &App,
    actor: &Actor,
    state: Option<MailState>,
    request: &PageRequest,
) -> Result<Page<OutboxMail>, AppError> {
    actor.require_role(&[Role::Admin])?;
    let page = outbox::page(&app.db, state, request).await?;
    Ok(page.map(|mail| hide_key(app, mail)))
}

/// A mail of the outbox.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`].
pub async fn find_mail(app: &App, actor: &Actor, id: MailId) -> Result<OutboxMail, AppError> {
    actor.require_role(&[Role::Admin])?;
    outbox::require(&app.db, id).await.map(|mail| hide_key(app, mail))
}

/// Sends a mail that was sent or given up once more.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Conflict`] when it is queued, or its contents are gone.
pub async fn resend_mail(app: &App, actor: &Actor, id: MailId) -> Result<OutboxMail, AppError> {
    actor.require_role(&[Role::Admin])?;
    let mail = app
        .db
        .transaction(|mut tx| async move {
            let mail = outbox::requeue(&mut tx, id, app.clock.now()).await?;
            audit::record(&mut tx, app, Some(actor.user()), (AuditEntity::Mail, id), "resend", Changes::new()).await?;
            tx.notify_on_commit(app.mail_due());
            tx.commit().await?;
            Ok(mail)
        })
        .await?;
    Ok(hide_key(app, mail))
}

/// Sends the admin who asks a mail that shows whether mails arrive; returns the address.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::TooManyRequests`] after five within an hour.
pub async fn send_test_mail(app: &App, actor: &Actor) -> Result<Email, AppError> {
    actor.require_role(&[Role::Admin])?;
    limits::count(app, &format!("test-mail:{}", actor.user()), TESTS).await?;
    app.db
        .transaction(|mut tx| async move {
            let user = repository::require_in(&mut tx, actor.user()).await?.user;
            mail::enqueue(&mut tx, app, &mails::test(app, &user)).await?;
            let own = (AuditEntity::User, user.id);
            audit::record(&mut tx, app, Some(actor.user()), own, "send_test_mail", Changes::new()).await?;
            tx.commit().await?;
            Ok(user.email)
        })
        .await
}

/// One mail of each kind, with sample values.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
pub async fn list_samples(app: &App, actor: &Actor) -> Result<Vec<Mail>, AppError> {
    actor.require_role(&[Role::Admin])?;
    let admin = repository::require(&app.db, actor.user()).await?.user;
    Ok(MailKind::ALL.iter().map(|kind| write_sample(app, *kind, &admin)).collect())
}

/// A mail of that kind, with sample values.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`] when there is no such kind.
pub async fn find_sample(app: &App, actor: &Actor, kind: Option<MailKind>) -> Result<Mail, AppError> {
    actor.require_role(&[Role::Admin])?;
    let kind = kind.ok_or(AppError::NotFound)?;
    let admin = repository::require(&app.db, actor.user()).await?.user;
    Ok(write_sample(app, kind, &admin))
}

/// The jobs that did not work the last time.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
pub async fn list_job_problems(app: &App, actor: &Actor) -> Result<Vec<Problem>, AppError> {
    actor.require_role(&[Role::Admin])?;
    jobs::find_problems(app).await
}

/// With the link of somebody's mail an admin could become them. In development there is no other way to read it.
fn hide_key(app: &App, mail: OutboxMail) -> OutboxMail {
    let is_hidden = mail.kind.carries_key() && app.config.is_production();
    OutboxMail { text: mail.text.filter(|_| !is_hidden), ..mail }
}

/// The audit trail, the newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
pub async fn list_audit(
    app: &App,
    actor: &Actor,
    query: &AuditQuery,
    request: &PageRequest,
) -> Result<Page<AuditRow>, AppError> {
    actor.require_role(&[Role::Admin])?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let trail = Trail {
        actor: query.actor,
        entity: query.entity,
        entity_id: query.id,
        from: query.from.map(|date| zone.start_of(date)),
        before: query.to.and_then(|date| date.tomorrow().ok()).map(|date| zone.start_of(date)),
        actions: &[],
    };
    let mut page = audit::page(&app.db, &trail, request).await?;
    let actors: Vec<UserId> = page.items.iter().filter_map(|row| row.actor.as_ref()?.id.parse().ok()).collect();
    let people = find_people(app, actors).await?;
    for AuditActor { id, name } in page.items.iter_mut().filter_map(|row| row.actor.as_mut()) {
        *name = id.parse().ok().and_then(|id: UserId| people.get(&id)).map(|person| person.name.clone());
    }
    Ok(page)
}
