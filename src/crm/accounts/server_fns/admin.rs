//! The doors of accounts for admins' pages: people, mails, the audit trail.

use leptos::prelude::*;

use crate::{
    crm::accounts::{
        user::{Role, UserId, UserState},
        views::{AuditView, MailView, OutboxView, PersonView, SampleView},
    },
    shared::{
        audit::AuditFilter,
        error::AppError,
        mail::MailId,
        page::{Page, PageRequest},
    },
};

/// People, the newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
#[server(endpoint = "accounts/list_people", prefix = "/api/fn")]
pub async fn list_people(
    #[server(default)] q: String,
    #[server(default)] role: String,
    #[server(default)] state: String,
    page: PageRequest,
) -> Result<Page<PersonView>, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    use crate::crm::accounts::user::PeopleFilter;
    let (app, actor) = current_actor().await?;
    let zone = views::zone_of(&app, &actor);
    let people = service::list_people(&app, &actor, &PeopleFilter::read(&q, &role, &state)?, &page).await?;
    Ok(people.map(|user| views::show_person(&zone, user)))
}

/// Makes an account for somebody, who gets a mail to choose their password.
///
/// # Errors
/// What is wrong with the fields `name`, `email`, `role`; a known address.
#[server(endpoint = "accounts/invite_person", prefix = "/api/fn")]
pub async fn invite_person(name: String, email: String, role: Role) -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    let user = service::invite_person(&app, &actor, service::Invitation { name, email, role }).await?;
    set_notice(&format!("{} is invited.", user.name));
    Ok(())
}

/// Changes somebody's role or state; what is absent stays.
///
/// # Errors
/// [`AppError::Conflict`] when the version is stale, or no active admin would be left.
#[server(endpoint = "accounts/change_person", prefix = "/api/fn")]
pub async fn change_person(
    id: UserId,
    role: Option<Role>,
    state: Option<UserState>,
    version: u32,
) -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    let user = service::change_person(&app, &actor, id, service::PersonChanges { role, state, version }).await?;
    set_notice(&format!("{} is changed.", user.name));
    Ok(())
}

/// Ends all sessions of somebody.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`].
#[server(endpoint = "accounts/end_sessions_of", prefix = "/api/fn")]
pub async fn end_sessions_of(id: UserId) -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    let user = service::end_sessions_of(&app, &actor, id).await?;
    set_notice(&format!("{} is signed out everywhere.", user.name));
    Ok(())
}

/// Mails, the newest first, and what is done by itself and did not work.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
#[server(endpoint = "accounts/list_outbox", prefix = "/api/fn")]
pub async fn list_outbox(#[server(default)] state: String, page: PageRequest) -> Result<OutboxView, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    use crate::shared::mail::MailState;
    let (app, actor) = current_actor().await?;
    let mails = service::list_outbox(&app, &actor, MailState::read_filter(&state)?, &page).await?;
    let problems = service::list_job_problems(&app, &actor).await?;
    Ok(views::show_outbox(&views::zone_of(&app, &actor), mails, problems))
}

/// Sends the admin who asks a mail that shows whether mails arrive.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::TooManyRequests`].
#[server(endpoint = "accounts/send_test_mail", prefix = "/api/fn")]
pub async fn send_test_mail() -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    let to = service::send_test_mail(&app, &actor).await?;
    set_notice(&format!("A test mail to {to} is queued."));
    Ok(())
}

/// One mail of each kind, with sample values.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
#[server(endpoint = "accounts/list_samples", prefix = "/api/fn")]
pub async fn list_samples() -> Result<Vec<SampleView>, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    let (app, actor) = current_actor().await?;
    Ok(service::list_samples(&app, &actor).await?.into_iter().map(views::show_sample).collect())
}

/// A mail of that kind, with sample values.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`].
#[server(endpoint = "accounts/load_sample", prefix = "/api/fn")]
pub async fn load_sample(kind: String) -> Result<SampleView, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    use crate::shared::mail::MailKind;
    let (app, actor) = current_actor().await?;
    service::find_sample(&app, &actor, MailKind::from_name(&kind)).await.map(views::show_sample)
}

/// Sends a mail once more.
///
/// # Errors
/// [`AppError::Conflict`] when it is queued, or its contents are gone.
#[server(endpoint = "accounts/resend_mail", prefix = "/api/fn")]
pub async fn resend_mail(id: MailId) -> Result<(), AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service};
    use crate::server::notice::set_notice;
    let (app, actor) = current_actor().await?;
    let mail = service::resend_mail(&app, &actor, id).await?;
    set_notice(&format!("The mail to {} is queued again.", mail.to));
    Ok(())
}

/// Who changed what, the newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins.
#[server(endpoint = "accounts/list_audit", prefix = "/api/fn")]
pub async fn list_audit(
    #[server(default)] filter: AuditFilter,
    page: PageRequest,
) -> Result<Page<AuditView>, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    let (app, actor) = current_actor().await?;
    let zone = views::zone_of(&app, &actor);
    let rows = service::list_audit(&app, &actor, &filter.read()?, &page).await?;
    Ok(rows.map(|row| views::show_audit(&zone, row)))
}

/// Somebody's account.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`].
#[server(endpoint = "accounts/load_person", prefix = "/api/fn")]
pub async fn load_person(id: String) -> Result<PersonView, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    let (app, actor) = current_actor().await?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let user = service::find_person(&app, &actor, id).await?;
    Ok(views::show_person(&views::zone_of(&app, &actor), user))
}

/// A mail of the outbox.
///
/// # Errors
/// [`AppError::Forbidden`] for all but admins; [`AppError::NotFound`].
#[server(endpoint = "accounts/load_mail", prefix = "/api/fn")]
pub async fn load_mail(id: String) -> Result<MailView, AppError> {
    use crate::crm::accounts::server::{actor::current_actor, service, views};
    let (app, actor) = current_actor().await?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let mail = service::find_mail(&app, &actor, id).await?;
    Ok(views::show_mail(&views::zone_of(&app, &actor), mail))
}
